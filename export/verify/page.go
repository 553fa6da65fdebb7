package verify

import (
	"slices"
	"strings"

	"haltsheet/dataset/pattern"
	data "haltsheet/export/book"
	"haltsheet/export/spreadsheet"
)

// page is what the rules know of a sheet. Cells are not kept, so that a sheet of a million rows is no burden.
type page struct {
	*spreadsheet.Sheet
	number   int // from 0
	profile  data.Profile
	rules    []*Rule // that ask about cells
	layout   *spreadsheet.Layout
	looks    looks
	grids    []*grid
	loose    []cell // texts outside of grids, in order
	cells    int    // that are not blank
	last     spreadsheet.Ref
	linked   []linkedCell
	blank    *spreadsheet.Ref // the first cell that has a link and is blank
	filled   cellSet
	formulas cellSet
	address  cellSet                    // texts that are an address
	vague    cellSet                    // texts that do not say where a link leads
	notes    map[string]spreadsheet.Ref // the notes that are referred to, and where first
	symbols  map[string]spreadsheet.Ref // the shorthand that stands for values, and where first
	legend   map[string]bool            // the shorthand that a table of notes or symbols explains
	words    map[string]bool            // the texts of a list of contents, in lower case
	tallies  map[problem]*tally
	problems []problem // in the order in which they came up
	waiting  map[problem]*unlinkedCells
	waits    []problem // those of waiting, likewise

	// quotes says that haltsheet made the workbook: what its texts say is what the dataset says, which check holds to rules.
	quotes     bool
	isCover    bool // by its name, at the first place
	isContents bool
	isNotes    bool
}

// maxLoose is how many texts outside of tables are kept of a sheet; no introduction is as long.
const maxLoose = 10_000

func newPage(s *spreadsheet.Sheet, number int, profile data.Profile, styles *spreadsheet.Styles) *page {
	p := &page{
		Sheet: s, number: number, profile: profile, rules: cellRules(profile), looks: newLooks(styles), isCover: number == 0 && coverName().MatchString(s.Name),
		isContents: contentsName().MatchString(s.Name), isNotes: notesName().MatchString(s.Name), notes: map[string]spreadsheet.Ref{}, symbols: map[string]spreadsheet.Ref{},
		legend: map[string]bool{}, words: map[string]bool{}, tallies: map[problem]*tally{}, waiting: map[problem]*unlinkedCells{},
	}
	for i := range s.Tables {
		p.grids = append(p.grids, &grid{table: &s.Tables[i], ref: s.Tables[i].Ref})
	}
	return p
}

// What sheets that are no data are called.
var (
	coverName    = pattern.New(`(?i)^(cover|title|about|information|introduction|read_?me)([ _-]?(sheet|page))?$`)
	contentsName = pattern.New(`(?i)^((table[ _-]of[ _-])?contents?|index|toc)$`)
	notesName    = pattern.New(`(?i)^(foot)?notes?$`)
)

// listsNotes reports whether the first column of a table numbers notes.
func (p *page) listsNotes() bool {
	return slices.ContainsFunc(p.grids, func(g *grid) bool {
		c := g.columnAt(g.ref.From.Column)
		return c != nil && notesHeader().MatchString(c.header.Value)
	})
}

var notesHeader = pattern.New(`(?i)^(foot)?notes?([ _](number|no\.?|ref|reference|id|marker))?$`)

// reading reads the sheet row by row, and then what waited for its links. Others may look at the rows too.
func (p *page) reading(also func(*spreadsheet.Row) error) spreadsheet.Reading {
	var row []cell
	visit := func(r *spreadsheet.Row) error {
		row = row[:0]
		for i := range r.Cells {
			c := cell{Cell: r.Cells[i], look: p.looks.of(r.Cells[i].Style)}
			if c.Value == "" {
				c.Kind = spreadsheet.Blank
			}
			row = append(row, c)
		}
		p.addRow(row)
		if also == nil {
			return nil
		}
		return also(r)
	}
	return spreadsheet.Reading{Sheet: p.Sheet, Visit: visit, End: p.end}
}

// end settles what stands around the rows, when they were read.
func (p *page) end() (err error) {
	if p.layout, err = p.Layout(); err == nil {
		p.settle()
	}
	return err
}

// settle finds out what depends on the links.
func (p *page) settle() {
	links := linksOf(p.layout)
	computed := slices.DeleteFunc(p.linked, func(l linkedCell) bool { return links.at(l.Ref) != nil })
	p.linked, p.blank = links.cells(p.filled)
	p.linked = append(p.linked, computed...)
	slices.SortStableFunc(p.linked, func(a, b linkedCell) int { return byOrder(a.Ref, b.Ref) })
	for _, key := range p.waits {
		if t := p.waiting[key].settled(&links); t != nil {
			p.tallies[key], p.problems = t, append(p.problems, key)
		}
	}
}

// addRow takes the cells of one row.
func (p *page) addRow(row []cell) {
	if len(p.Tables) == 0 && len(p.grids) == 0 && !p.isCover {
		p.startGrid(row)
	}
	for i := range row {
		c := &row[i]
		c.grid = p.gridAt(c)
		if c.Kind != spreadsheet.Blank {
			p.cells++
			p.last = spreadsheet.Ref{Row: c.Row, Column: max(p.last.Column, c.Column)}
			p.add(c, row)
		}
		p.hold(c)
	}
}

// startGrid begins a grid in a sheet without tables, at the first row that has two cells.
func (p *page) startGrid(row []cell) {
	var filled []spreadsheet.Ref
	for i := range row {
		if row[i].Kind != spreadsheet.Blank {
			filled = append(filled, row[i].Ref)
		}
	}
	if len(filled) > 1 {
		p.grids = append(p.grids, &grid{ref: spreadsheet.Range{From: filled[0], To: filled[len(filled)-1]}})
	}
}

// gridAt returns the grid that a cell is in. A grid that is no table goes on as long as there are cells.
func (p *page) gridAt(c *cell) *grid {
	for _, g := range p.grids {
		if g.table == nil && c.Kind != spreadsheet.Blank {
			g.ref.To = spreadsheet.Ref{Row: c.Row, Column: max(g.ref.To.Column, c.Column)}
			g.ref.From.Column = min(g.ref.From.Column, c.Column)
		}
		if g.ref.Contains(c.Ref) {
			return g
		}
	}
	return nil
}

// add takes a cell of a row that is not blank.
func (p *page) add(c *cell, row []cell) {
	p.filled.add(c.Ref)
	if c.HasFormula {
		p.formulas.add(c.Ref)
		if strings.HasPrefix(c.Formula, "HYPERLINK(") {
			p.linked = append(p.linked, linkedCell{Ref: c.Ref, formula: c.Formula})
		}
	}
	if c.grid == nil {
		if len(p.loose) < maxLoose {
			p.loose = append(p.loose, *c)
		}
	} else {
		c.grid.add(c, row)
	}
	if c.Kind == spreadsheet.String {
		p.addWords(c)
	}
}

// addWords takes what a text refers to or explains.
func (p *page) addWords(c *cell) {
	if p.isContents || p.number < maxContents && len(p.words) < maxWords {
		p.words[strings.ToLower(c.Value)] = true
	}
	if p.quotes {
		return
	}
	if strings.Contains(c.Value, "[note ") {
		for _, note := range noteMarker().FindAllString(c.Value, -1) {
			remember(p.notes, note, c.Ref)
		}
	}
	switch {
	case isAddress(c.Value):
		p.address.add(c.Ref)
	case isVague(c.Value):
		p.vague.add(c.Ref)
	}
	switch {
	case p.isContents, !c.isBody():
	case c.Value[0] != '[' || !shorthand().MatchString(c.Value):
	case p.isData():
		remember(p.symbols, c.Value, c.Ref)
	default:
		p.legend[c.Value] = true
	}
}

// remember keeps where a word stands first.
func remember(words map[string]spreadsheet.Ref, word string, at spreadsheet.Ref) {
	if _, seen := words[word]; !seen {
		words[word] = at
	}
}

// isData reports whether a grid holds data: it is not the list of contents, nor that of notes.
func (p *page) isData() bool {
	return !p.isContents && !p.isNotes
}

// above returns the texts above a grid.
func (p *page) above(g *grid) (texts []cell) {
	for i := range p.loose {
		if p.loose[i].Row < g.ref.From.Row {
			texts = append(texts, p.loose[i])
		}
	}
	return texts
}
