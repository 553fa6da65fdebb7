package dataset

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"
)

// IsSelection reports whether the dataset is what was chosen of another.
func (d *Dataset) IsSelection() bool { return len(d.Metadata.Selection) > 0 }

// Select returns the companies, halts and donations of a dataset without errors that fit all choices, with what belongs to them
// and the companies, parents, recipients, sources and rates that they refer to, and no others. What all of them fit is
// the whole, with what nothing refers to. Its metadata says what was chosen. An error is a *ChoiceError or ErrNothingFits.
func Select(d *Dataset, choices []Choice) (*Dataset, error) {
	s := selection{dataset: d, kept: map[string][]bool{}}
	for i := range Schemas {
		s.kept[Schemas[i].Name] = make([]bool, d.records(&Schemas[i]).count())
	}
	choices, err := s.keepFitting(choices)
	if err != nil {
		return nil, err
	}
	if s.isWhole() {
		for table, kept := range s.kept {
			s.kept[table] = slices.Repeat([]bool{true}, len(kept))
		}
	} else {
		s.keepOwned()
		s.keepReferred()
		s.keepRates()
	}
	return s.load(choices)
}

// HasTaken reports whether there is nothing to take into a dataset from an edited selection of it: it has all records of that one as they
// are there, one that does not fit any more among them, and all of its own that fit are there.
func HasTaken(whole, edited *Dataset) bool {
	missing := Compare(whole, edited)
	for i := range missing.Tables {
		if t := &missing.Tables[i]; len(t.Added)+len(t.Changed)+len(t.Renamed) > 0 {
			return false
		}
	}
	about := whole.chosen(edited.Metadata.Selection)
	about.Held = edited.Metadata.Held
	if !equalJSON(metadataValue(&about), metadataValue(&edited.Metadata)) {
		return false
	}
	part, err := Select(whole, edited.Metadata.Selection)
	if err != nil {
		return errors.Is(err, ErrNothingFits)
	}
	_, lost := Compare(part, edited).Lost()
	return lost == 0
}

// selection is a Select in progress.
type selection struct {
	dataset *Dataset
	kept    map[string][]bool // of each record of each table
}

// keepFitting keeps the records that fit all choices, and returns these as they were understood.
func (s *selection) keepFitting(choices []Choice) (understood []Choice, err error) {
	var all []*resolvedChoice
	for _, c := range choices {
		x, err := s.dataset.understand(c)
		if err != nil {
			return nil, err
		}
		all, understood = append(all, x), append(understood, x.choice)
	}
	found := false
	for _, table := range selectedTables {
		kept := s.kept[table]
		for row := range kept {
			kept[row] = !slices.ContainsFunc(all, func(x *resolvedChoice) bool { return !x.fits(s.dataset, table, row) })
			found = found || kept[row]
		}
	}
	if !found {
		return nil, ErrNothingFits
	}
	return understood, nil
}

// isWhole reports whether every record fits that may be chosen.
func (s *selection) isWhole() bool {
	return !slices.ContainsFunc(selectedTables, func(table string) bool { return slices.Contains(s.kept[table], false) })
}

// keepOwned keeps what belongs to records that were kept, over as many tables as lie between.
func (s *selection) keepOwned() {
	for i := range Schemas {
		schema := &Schemas[i]
		owner := schema.Owner()
		if owner == nil || slices.Contains(selectedTables, schema.Name) {
			continue
		}
		rows := s.dataset.references(schema.Name, schema.Columns[schema.Role(RoleOwner)].Name).rows
		for row, above := range rows {
			s.kept[schema.Name][row] = above >= 0 && s.kept[owner.Name][above]
		}
	}
}

// keepReferred keeps what the records that were kept refer to, and what that refers to, but no fact because another names it.
func (s *selection) keepReferred() {
	for again := true; again; {
		again = false
		for i := range Schemas {
			for c, column := range Schemas[i].Curated() {
				if column.Ref == "" || SchemaOf(column.Ref).Role(RoleSources) >= 0 {
					continue
				}
				references, kept := &s.dataset.lookup.references[i][c], s.kept[column.Ref]
				for row, isKept := range s.kept[Schemas[i].Name] {
					if !isKept {
						continue
					}
					for _, to := range references.of(row) {
						if to >= 0 && !kept[to] {
							kept[to], again = true, true
						}
					}
				}
			}
		}
	}
}

// keepRates keeps the rates by which the donations that were kept are converted.
func (s *selection) keepRates() {
	d := s.dataset
	used := map[string]bool{} // a currency and a day or a month
	for row := range d.Donations {
		if !s.kept["donations"][row] {
			continue
		}
		x := &d.Donations[row]
		for _, currency := range []string{x.Currency, x.StatedCurrency} {
			used[currency+d.lookup.rateOf(currency, x.Announced).on.String()] = true
		}
	}
	for row := range d.Rates {
		r := &d.Rates[row]
		day := r.Date.String()
		s.kept["rates"][row] = used[r.Currency+day] || used[r.Currency+day[:len("2022-03")]]
	}
}

// load makes a dataset of what was kept.
func (s *selection) load(choices []Choice) (*Dataset, error) {
	d := s.dataset
	m := d.chosen(choices)
	m.Held = append(slices.Clone(m.Held), s.held()...)
	slices.Sort(m.Held)
	m.Held = slices.Compact(m.Held)
	text, err := MarshalMetadata(m)
	if err != nil {
		return nil, err
	}
	from := &Transcript{File: MetadataFile, Metadata: FileMetadata(string(text)), Tables: map[string]*TableTranscript{}}
	for i := range Schemas {
		all := d.Transcribe(&Schemas[i])
		var rows []int
		part := &TableTranscript{Whole: all.Whole, Header: all.Header}
		for row, isKept := range s.kept[Schemas[i].Name] {
			if isKept {
				rows = append(rows, row)
			}
		}
		part.Count, part.Row = len(rows), func(row int) []string { return all.Row(rows[row]) }
		part.Place = func(row, field int) Place {
			if row < 0 {
				return all.Place(row, field)
			}
			return all.Place(rows[row], field)
		}
		from.Tables[Schemas[i].Name] = part
	}
	selected, err := LoadTranscript(from)
	if err != nil {
		return nil, fmt.Errorf("selection: %w", err)
	}
	return selected, nil
}

// chosen returns the metadata of what was chosen, which say so.
func (d *Dataset) chosen(choices []Choice) Metadata {
	m := d.Metadata
	what := d.selectionWords(choices)
	m.Title = fittingCell("", m.Title, " (selection: "+what+")")
	m.Description = fittingCell("A selection of a larger dataset: only what fits "+what+". ", m.Description, "")
	m.Selection = append(slices.Clone(m.Selection), choices...)
	return m
}

// fittingCell puts a text between two others. Of what a worksheet cell has no room for, the end of the text makes way first.
func fittingCell(before, text, behind string) string {
	room := max(0, maxText-utf16Length(before+behind))
	return cutTo(maxText, before+cutTo(room, text)+behind)
}

// cutTo returns a text of at most some UTF-16 code units, with … in place of what has no room, or … alone.
func cutTo(most int, text string) string {
	units, end := 0, 0 // of what fits beside the …
	for i, r := range text {
		if units < most {
			end = i
		}
		units += utf16.RuneLen(r)
	}
	if units <= most {
		return text
	}
	return text[:end] + "…"
}

// held returns the keys of the donations that one up their chain holds which is left out, so that they still count nowhere.
func (s *selection) held() (keys []string) {
	d := s.dataset
	holders := d.references("donations", "included_in").rows
	isLeftOut := func(row int32) bool { return row >= 0 && !s.kept["donations"][row] }
	for row := range holders {
		at := holders[row]
		for at >= 0 && !isLeftOut(at) {
			at = holders[at]
		}
		if c := &d.lookup.conversions[row]; s.kept["donations"][row] && isLeftOut(at) && !c.totalled && !c.summed {
			keys = append(keys, d.Donations[row].ID)
		}
	}
	return keys
}
