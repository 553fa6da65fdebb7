package verify

import (
	"cmp"
	"slices"
	"strings"

	"haltsheet/export/ooxml"
)

// book is what the rules know of a workbook.
type book struct {
	*ooxml.Workbook
	file    string
	profile string
	pages   []*page
}

// page is what the rules know of a sheet. Cells are not kept, so that a sheet of a million rows is no burden.
type page struct {
	*ooxml.Sheet
	number   int // from 0
	profile  string
	layout   *ooxml.Layout
	looks    looks
	grids    []*grid
	loose    []cell // texts outside of grids, in order
	cells    int    // that are not blank
	last     ooxml.Ref
	linked   []linkedCell
	blank    *ooxml.Ref // the first cell that has a link and is blank
	filled   cellSet
	formulas cellSet
	address  cellSet              // texts that are an address
	vague    cellSet              // texts that do not say where a link leads
	notes    map[string]ooxml.Ref // the notes that are referred to, and where first
	symbols  map[string]ooxml.Ref // the shorthand that stands for values, and where first
	legend   map[string]bool      // the shorthand that a table of notes or symbols explains
	words    map[string]bool      // the texts of a list of contents, in lower case
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

// grid is a table, or a block of cells that should be one.
type grid struct {
	table   *ooxml.Table // nil where it is none
	ref     ooxml.Range
	columns []*column // by their number in the sheet; nil for one without cells
	filled  int       // cells of the body
	gap     ooxml.Ref // the first empty cell of the body
	last    ooxml.Ref // of the body, so far
	blank   []int     // rows without a cell, the first of each run
}

// column is what the rules know of a column of a grid.
type column struct {
	header  cell
	filled  int
	numbers tally // texts that are numbers
	dates   tally // texts that are days, without the day as a date in the same row
	texts   int
	longest int // the longest run of a text that does not break
	token   ooxml.Ref
}

// maxLoose is how many texts outside of tables are kept of a sheet; no introduction is as long.
const maxLoose = 10_000

// alongside are what else looks at the rows of a sheet while the rules do; nil for nothing. Those of sheets that share a group,
// which is not empty, come one behind the other.
type alongside func(s *ooxml.Sheet) (group string, visit func(*ooxml.Row) error)

// readBook reads all that the rules ask for, as many sheets at once as there are processors. A profile that is empty is the one
// that the workbook says it has.
func readBook(w *ooxml.Workbook, file, profile string, also alongside) (*book, error) {
	says, isOurs := profileOf(w)
	profile = cmp.Or(profile, says)
	b := &book{Workbook: w, file: file, profile: profile}
	var groups [][]ooxml.Reading
	byName := map[string]int{}
	for i, s := range w.Sheets {
		p := newPage(s, i, profile, &w.Styles)
		p.quotes = isOurs
		b.pages = append(b.pages, p)
		group, visit := also(s)
		at, isKnown := byName[group]
		if group == "" || !isKnown {
			at, groups = len(groups), append(groups, nil)
			byName[group] = at
		}
		groups[at] = append(groups[at], p.reading(visit))
	}
	err := w.Read(groups)
	b.recognize()
	return b, err
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

// listsNotes reports whether the first column of a table numbers notes.
func (p *page) listsNotes() bool {
	return slices.ContainsFunc(p.grids, func(g *grid) bool {
		c := g.columnAt(g.ref.From.Column)
		return c != nil && notesHeader().MatchString(c.header.Value)
	})
}

var notesHeader = pattern(`(?i)^(foot)?notes?([ _](number|no\.?|ref|reference|id|marker))?$`)

func newPage(s *ooxml.Sheet, number int, profile string, styles *ooxml.Styles) *page {
	p := &page{
		Sheet: s, number: number, profile: profile, looks: newLooks(styles), isCover: number == 0 && coverName().MatchString(s.Name),
		isContents: contentsName().MatchString(s.Name), isNotes: notesName().MatchString(s.Name), notes: map[string]ooxml.Ref{}, symbols: map[string]ooxml.Ref{},
		legend: map[string]bool{}, words: map[string]bool{}, tallies: map[problem]*tally{}, waiting: map[problem]*unlinkedCells{},
	}
	for i := range s.Tables {
		p.grids = append(p.grids, &grid{table: &s.Tables[i], ref: s.Tables[i].Ref})
	}
	return p
}

// What sheets that are no data are called.
var (
	coverName    = pattern(`(?i)^(cover|title|about|information|introduction|read_?me)([ _-]?(sheet|page))?$`)
	contentsName = pattern(`(?i)^((table[ _-]of[ _-])?contents?|index|toc)$`)
	notesName    = pattern(`(?i)^(foot)?notes?$`)
)

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

// reading reads the sheet row by row, and then what waited for its links. Others may look at the rows too.
func (p *page) reading(also func(*ooxml.Row) error) ooxml.Reading {
	var row []cell
	visit := func(r *ooxml.Row) error {
		row = row[:0]
		for i := range r.Cells {
			c := cell{Cell: r.Cells[i], look: p.looks.of(r.Cells[i].Style)}
			if c.Value == "" {
				c.Kind = ooxml.Blank
			}
			row = append(row, c)
		}
		p.addRow(row)
		if also == nil {
			return nil
		}
		return also(r)
	}
	return ooxml.Reading{Sheet: p.Sheet, Visit: visit, End: p.end}
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
		if c.Kind != ooxml.Blank {
			p.cells++
			p.last = ooxml.Ref{Row: c.Row, Column: max(p.last.Column, c.Column)}
			p.add(c, row)
		}
		p.hold(c)
	}
}

// startGrid begins a grid in a sheet without tables, at the first row that has two cells.
func (p *page) startGrid(row []cell) {
	var filled []ooxml.Ref
	for i := range row {
		if row[i].Kind != ooxml.Blank {
			filled = append(filled, row[i].Ref)
		}
	}
	if len(filled) > 1 {
		p.grids = append(p.grids, &grid{ref: ooxml.Range{From: filled[0], To: filled[len(filled)-1]}})
	}
}

// gridAt returns the grid that a cell is in. A grid that is no table goes on as long as there are cells.
func (p *page) gridAt(c *cell) *grid {
	for _, g := range p.grids {
		if g.table == nil && c.Kind != ooxml.Blank {
			g.ref.To = ooxml.Ref{Row: c.Row, Column: max(g.ref.To.Column, c.Column)}
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
	if c.Kind == ooxml.String {
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
func remember(words map[string]ooxml.Ref, word string, at ooxml.Ref) {
	if _, seen := words[word]; !seen {
		words[word] = at
	}
}

// add takes a cell of the grid that is not blank, and its row.
func (g *grid) add(c *cell, row []cell) {
	col := g.column(c.Column)
	if c.isHeader() {
		col.header = *c
	} else {
		g.addBody(c)
		col.filled++
	}
	if c.Kind != ooxml.String {
		return
	}
	if len(c.Value) > col.longest {
		if n := longestToken(c.Value); n > col.longest {
			col.longest, col.token = n, c.Ref
		}
	}
	if c.isHeader() {
		return
	}
	col.texts++
	switch first := c.Value[0]; {
	case first > '9' || first < '+':
	case numericText().MatchString(c.Value):
		col.numbers.add(c)
	case isDay(c.Value) && !hasDay(row, c.Value):
		col.dates.add(c)
	}
}

// column returns what is known of a column, which has a cell.
func (g *grid) column(number int) *column {
	if number >= len(g.columns) {
		g.columns = append(g.columns, make([]*column, number+1-len(g.columns))...)
	}
	if g.columns[number] == nil {
		g.columns[number] = &column{}
	}
	return g.columns[number]
}

// columnAt returns what is known of a column, or nil.
func (g *grid) columnAt(number int) *column {
	if number >= len(g.columns) {
		return nil
	}
	return g.columns[number]
}

func (t *tally) add(c *cell) {
	if t.cells++; t.cells == 1 {
		t.first, t.value = c.Ref, c.Value
	}
}

// addBody counts a cell of the body, and looks for what is missing before it.
func (g *grid) addBody(c *cell) {
	if next := g.next(); g.gap.Row == 0 && c.Ref != next {
		g.gap = next
	}
	if before := max(g.last.Row, g.firstRow()-1); c.Row > before+1 {
		g.blank = append(g.blank, before+1)
	}
	g.filled++
	g.last = c.Ref
}

// next returns the cell behind the last one of the body.
func (g *grid) next() ooxml.Ref {
	switch {
	case g.last.Row == 0:
		return ooxml.Ref{Row: g.firstRow(), Column: g.ref.From.Column}
	case g.last.Column >= g.ref.To.Column:
		return ooxml.Ref{Row: g.last.Row + 1, Column: g.ref.From.Column}
	default:
		return ooxml.Ref{Row: g.last.Row, Column: g.last.Column + 1}
	}
}

// firstRow returns the first row of the body.
func (g *grid) firstRow() int { return g.ref.From.Row + g.headerRows() }

func (g *grid) headerRows() int {
	if g.table == nil {
		return 1
	}
	return g.table.HeaderRows
}

// empty returns how many cells of the body are empty, and the first of them.
func (g *grid) empty() (n int, first ooxml.Ref) {
	n = (g.ref.To.Row-g.firstRow()+1)*g.ref.Columns() - g.filled
	if g.gap.Row == 0 {
		return max(n, 0), g.next()
	}
	return max(n, 0), g.gap
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
