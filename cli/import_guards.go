package cli

import (
	"fmt"
	"io"

	"haltsheet/dataset"
)

// mustBeSameDataset refuses a dataset of another name, and one that has hardly any record in common; of a selection, with what was
// chosen.
func (p *program) mustBeSameDataset(ours, theirs *dataset.Dataset) error {
	if ours.Metadata.Name != theirs.Metadata.Name {
		p.say("the dataset %q is not %q", theirs.Metadata.Name, ours.Metadata.Name)
		p.hint("import takes corrections to the same dataset; to rename it, change dataset.json")
		return errData
	}
	if theirs.IsSelection() {
		part, err := dataset.Select(ours, theirs.Metadata.Selection)
		if err != nil {
			return err
		}
		ours = part
	}
	if diff := dataset.Compare(ours, theirs); !diff.IsRecognizable() {
		rows, lost := diff.Lost()
		p.say("%s of %s are not there any more", counted(lost, "record"), counted(rows, "record"))
		p.hint("this is another dataset, or one that lost its records")
		return errData
	}
	return nil
}

// mustBeBase refuses a base of another name than the datasets that are to be merged, and one that has hardly a record in common with one
// of them: then everything would look new, or gone.
func (p *program) mustBeBase(base, ours, theirs *dataset.Dataset, name string) error {
	if base.Metadata.Name != ours.Metadata.Name {
		p.say("%q is the dataset %q, and not %q", name, base.Metadata.Name, ours.Metadata.Name)
		p.hint("--base names the export or release that the edited file was made from")
		return errData
	}
	for _, side := range []*dataset.Dataset{ours, theirs} {
		if !dataset.Compare(base, side).IsRecognizable() {
			p.say("%q has hardly a record in common with what is to be merged", name)
			p.hint("--base names the export or release that the edited file was made from")
			return errData
		}
	}
	return nil
}

// mustBeMeant refuses what looks like a slip: records that are gone, and columns whose headers were exchanged.
func (p *program) mustBeMeant(diff *dataset.Diff, o importOptions) error {
	removed := 0
	for i := range diff.Tables {
		t := &diff.Tables[i]
		removed += len(t.Removed)
		if one, other, rows := exchangedColumns(t); rows > 0 {
			p.say("%s and %s of %s are exchanged in %s", one, other, t.Schema.Name, counted(rows, "row"))
			p.hint("exchange the headers of the two columns back")
			return errData
		}
	}
	if removed > 0 && !o.remove {
		p.say("nothing was written, since %s would be removed", counted(removed, "record"))
		p.hint("--delete removes them; or bring them back")
		return errData
	}
	return nil
}

// exchangedColumns finds two columns of which most changed cells, and not just a few, have what the other one had.
func exchangedColumns(t *dataset.TableDiff) (one, other string, rows int) {
	const few = 2
	exchanged, changed := map[[2]string]int{}, map[string]int{}
	for i := range t.Changed {
		fields := t.Changed[i].Fields
		for j := range fields {
			changed[fields[j].Field]++
			for k := range j {
				if fields[j].Old == fields[k].New && fields[j].New == fields[k].Old {
					exchanged[[2]string{fields[k].Field, fields[j].Field}]++
				}
			}
		}
	}
	for _, a := range t.Schema.Curated() {
		for _, b := range t.Schema.Curated() {
			n := exchanged[[2]string{a.Name, b.Name}]
			if n > few && 2*n > changed[a.Name] && 2*n > changed[b.Name] {
				return a.Name, b.Name, n
			}
		}
	}
	return "", "", 0
}

// writeConflicts writes conflicts with all three values and where they stand.
func writeConflicts(w io.Writer, conflicts []dataset.Conflict) {
	for i := range conflicts {
		c := &conflicts[i]
		what := c.Table + " " + c.Key
		switch {
		case c.Table == "":
			what = dataset.MetadataFile + " " + c.Field
		case c.Field != "":
			what += " " + c.Field
		case c.Reason != "":
			what += ": " + c.Reason
		}
		fmt.Fprintf(w, "conflict: %s\n", printable(what))
		quoted := quotedApart(c.Base.Text, c.Ours.Text, c.Theirs.Text)
		for i, side := range []struct {
			name    string
			version dataset.Version
		}{{"base", c.Base}, {"folder", c.Ours}, {"edited", c.Theirs}} {
			if !side.version.Known {
				fmt.Fprintf(w, "  %s: not there\n", side.name)
				continue
			}
			fmt.Fprintf(w, "  %s: %s  %s\n", side.name, quoted[i], printable(side.version.Place.String()))
			for _, edit := range side.version.Edits {
				texts := quotedApart(edit.Was, edit.Is)
				fmt.Fprintf(w, "      %s: %s → %s  %s\n", edit.Field, texts[0], texts[1], printable(edit.Place.String()))
			}
		}
	}
}
