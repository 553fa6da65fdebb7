package verify

import (
	"cmp"
	"slices"
	"strings"

	data "haltsheet/export/book"
	"haltsheet/export/spreadsheet"
)

// book is what the rules know of a workbook.
type book struct {
	*spreadsheet.Workbook
	file    string
	profile data.Profile
	pages   []*page
}

// alongside are what else looks at the rows of a sheet while the rules do; nil for nothing. Those of sheets that share a group,
// which is not empty, come one behind the other.
type alongside func(s *spreadsheet.Sheet) (group string, visit func(*spreadsheet.Row) error)

// readBook reads all that the rules ask for, as many sheets at once as there are processors. A profile that is empty is the one
// that the workbook says it has.
func readBook(w *spreadsheet.Workbook, file string, profile data.Profile, also alongside) (*book, error) {
	says, isOurs := profileOf(w)
	profile = cmp.Or(profile, says)
	b := &book{Workbook: w, file: file, profile: profile}
	groups := inGroups(w, also, func(s *spreadsheet.Sheet, visit func(*spreadsheet.Row) error) spreadsheet.Reading {
		p := newPage(s, len(b.pages), profile, &w.Styles)
		p.quotes = isOurs
		b.pages = append(b.pages, p)
		return p.reading(visit)
	})
	err := w.Read(groups)
	b.recognize()
	return b, err
}

// inGroups returns how all sheets are read, in the groups of those that look at their rows too.
func inGroups(w *spreadsheet.Workbook, also alongside, reading func(*spreadsheet.Sheet, func(*spreadsheet.Row) error) spreadsheet.Reading) (groups [][]spreadsheet.Reading) {
	byName := map[string]int{}
	for _, s := range w.Sheets {
		group, visit := also(s)
		at, isKnown := byName[group]
		if group == "" || !isKnown {
			at, groups = len(groups), append(groups, nil)
			byName[group] = at
		}
		groups[at] = append(groups[at], reading(s, visit))
	}
	return groups
}

// unlooked reads a sheet without asking any rule, so that what cannot be read comes up all the same.
func unlooked(s *spreadsheet.Sheet, visit func(*spreadsheet.Row) error) spreadsheet.Reading {
	if visit == nil {
		visit = func(*spreadsheet.Row) error { return nil }
	}
	return spreadsheet.Reading{Sheet: s, Visit: visit, End: func() error {
		_, err := s.Layout()
		return err
	}}
}

// A list of contents is among the first sheets, and has at most this many words.
const (
	maxContents = 4
	maxWords    = 5_000
)

// recognize finds the list of contents and that of notes by what they are, where no sheet is called so.
func (b *book) recognize() {
	if b.pageWith(func(p *page) bool { return p.isContents }) == nil {
		if p := b.pageWith(b.listsSheets); p != nil {
			p.isContents = true
		}
	}
	if b.pageWith(func(p *page) bool { return p.isNotes }) == nil {
		if p := b.pageWith((*page).listsNotes); p != nil {
			p.isNotes = true
		}
	}
}

// listsSheets reports whether a sheet names two others at least, and half of them.
func (b *book) listsSheets(p *page) bool {
	named := 0
	for _, other := range b.pages {
		if other != p && p.words[strings.ToLower(other.Name)] {
			named++
		}
	}
	return !p.isCover && named >= 2 && 2*named >= len(b.pages)-1
}

func (b *book) pageWith(isWanted func(*page) bool) *page {
	i := slices.IndexFunc(b.pages, isWanted)
	if i < 0 {
		return nil
	}
	return b.pages[i]
}

// cover returns the first sheet if it is a cover: by its name, or because it has words and no grid.
func (b *book) cover() *page {
	if p := b.pages[0]; p.isCover || len(p.grids) == 0 && p.cells > 0 {
		return p
	}
	return nil
}
