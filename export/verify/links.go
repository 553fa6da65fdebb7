package verify

import (
	"cmp"
	"slices"

	"haltsheet/export/spreadsheet"
)

// links are the links of a sheet by cell. They stand behind the cells in the file, so that what depends on them waits.
type links struct {
	single map[spreadsheet.Ref]*spreadsheet.Link
	blocks []*spreadsheet.Link
}

// maxBlocks is how many links over several cells are looked at.
const maxBlocks = 1000

func linksOf(l *spreadsheet.Layout) links {
	all := links{single: make(map[spreadsheet.Ref]*spreadsheet.Link, len(l.Links))}
	for i := range l.Links {
		if link := &l.Links[i]; link.Range.From == link.Range.To {
			all.single[link.Range.From] = link
		} else if len(all.blocks) < maxBlocks {
			all.blocks = append(all.blocks, link)
		}
	}
	return all
}

// at returns the link of a cell, or nil.
func (l *links) at(r spreadsheet.Ref) *spreadsheet.Link {
	if link := l.single[r]; link != nil {
		return link
	}
	i := slices.IndexFunc(l.blocks, func(link *spreadsheet.Link) bool { return link.Range.Contains(r) })
	if i < 0 {
		return nil
	}
	return l.blocks[i]
}

// linkedCell is a cell that leads somewhere.
type linkedCell struct {
	spreadsheet.Ref
	target   string
	location string
	formula  string // that computes the target
}

// byOrder orders cells as they come.
func byOrder(a, b spreadsheet.Ref) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
}

// cells returns the cells that have a link and hold something, in order, and the first that has one and is blank.
func (l *links) cells(filled cellSet) (linked []linkedCell, blank *spreadsheet.Ref) {
	add := func(at spreadsheet.Ref, link *spreadsheet.Link) {
		linked = append(linked, linkedCell{Ref: at, target: link.Target, location: link.Location})
	}
	for at, link := range l.single {
		if filled.has(at) {
			add(at, link)
		} else if blank == nil || byOrder(at, *blank) < 0 {
			blank = &at
		}
	}
	if len(l.blocks) > 0 {
		filled.each(func(at spreadsheet.Ref) bool {
			if link := l.at(at); link != nil && l.single[at] == nil {
				add(at, link)
			}
			return true
		})
	}
	slices.SortFunc(linked, func(a, b linkedCell) int { return byOrder(a.Ref, b.Ref) })
	return linked, blank
}

// unlinkedCells are cells in which something is wrong unless they have a link.
type unlinkedCells struct {
	cells  cellSet
	values []string // of the first; one more than a sheet may have links is enough for one that has none
}

func (w *unlinkedCells) add(c *cell) {
	w.cells.add(c.Ref)
	if len(w.values) <= maxLinks {
		w.values = append(w.values, c.Value)
	}
}

// settled returns what is left when the links are known: nil for nothing.
func (w *unlinkedCells) settled(l *links) *tally {
	t, i := &tally{}, 0
	w.cells.each(func(at spreadsheet.Ref) bool {
		if l.at(at) == nil {
			if t.cells++; t.cells == 1 {
				t.first = at
				if i < len(w.values) {
					t.value = w.values[i]
				}
			}
		}
		i++
		return true
	})
	if t.cells == 0 {
		return nil
	}
	return t
}
