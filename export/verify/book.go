package verify

import (
	"regexp"
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
	styles   *ooxml.Styles
	grids    []*grid
	loose    []cell // texts outside of grids, in order
	cells    int    // that are not blank
	last     ooxml.Ref
	links    links
	linked   []linkedCell
	notes    map[string]ooxml.Ref // the notes that are referred to, and where first
	symbols  map[string]ooxml.Ref // the shorthand that stands for values, and where first
	legend   map[string]bool      // the shorthand that a table of notes or symbols explains
	words    map[string]bool      // the texts of a list of contents, in lower case
	tallies  map[problem]*tally
	problems []problem // in the order in which they came up

	isCover    bool // by its name, at the first place
	isContents bool
	isNotes    bool
}

// grid is a table, or a block of cells that should be one.
type grid struct {
	table   *ooxml.Table // nil where it is none
	ref     ooxml.Range
	columns map[int]*column // by their number in the sheet
	filled  int             // cells of the body
	gap     ooxml.Ref       // the first empty cell of the body
	last    ooxml.Ref       // of the body, so far
	blank   []int           // rows without a cell, the first of each run
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

// linkedCell is a cell that leads somewhere.
type linkedCell struct {
	cell
	target   string
	location string
}

// maxLoose is how many texts outside of tables are kept of a sheet; no introduction is as long.
const maxLoose = 10_000

// readBook reads all that the rules ask for.
func readBook(w *ooxml.Workbook, file, profile string) (*book, error) {
	b := &book{Workbook: w, file: file, profile: profile}
	for i, s := range w.Sheets {
		p := &page{
			Sheet: s, number: i, profile: profile, styles: &w.Styles, isCover: i == 0 && coverName().MatchString(s.Name),
			isContents: contentsName().MatchString(s.Name), isNotes: notesName().MatchString(s.Name),
			notes: map[string]ooxml.Ref{}, symbols: map[string]ooxml.Ref{}, legend: map[string]bool{}, words: map[string]bool{}, tallies: map[problem]*tally{},
		}
		if err := p.read(); err != nil {
			return nil, err
		}
		b.pages = append(b.pages, p)
	}
	return b, nil
}

// What sheets that are no data are called.
var (
	coverName    = pattern(`(?i)^(cover|title|about|information|introduction|read_?me)([ _-]?(sheet|page))?$`)
	contentsName = pattern(`(?i)^((table[ _-]of[ _-])?contents?|index|toc)$`)
	notesName    = pattern(`(?i)^(foot)?notes?$`)
)

func (b *book) pageOf(name *regexp.Regexp) *page {
	i := slices.IndexFunc(b.pages, func(p *page) bool { return name.MatchString(p.Name) })
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

// read reads the sheet row by row.
func (p *page) read() (err error) {
	if p.layout, err = p.Layout(); err != nil {
		return err
	}
	for i := range p.Tables {
		p.grids = append(p.grids, &grid{table: &p.Tables[i], ref: p.Tables[i].Ref, columns: map[int]*column{}})
	}
	p.links = linksOf(p.layout)
	var row []cell
	err = p.Cells(func(c ooxml.Cell) error {
		if len(row) > 0 && row[0].Row != c.Row {
			p.addRow(row)
			row = row[:0]
		}
		if c.Value == "" {
			c.Kind = ooxml.Blank
		}
		format := p.styles.Format(c.Style)
		row = append(row, cell{Cell: c, format: format, font: p.font(format)})
		return nil
	})
	p.addRow(row)
	return err
}

// font returns the font of a format, with what it leaves out.
func (p *page) font(format *ooxml.Format) ooxml.Font {
	font, normal := format.Font, p.styles.Format(0).Font
	if font.Name == "" {
		font.Name, font.Family = normal.Name, normal.Family
	}
	if font.Size == 0 {
		font.Size = normal.Size
	}
	return font
}

// addRow takes the cells of one row.
func (p *page) addRow(row []cell) {
	if len(p.Tables) == 0 && len(p.grids) == 0 && !p.isCover {
		p.startGrid(row)
	}
	days := daysOf(row)
	for i := range row {
		c := &row[i]
		c.grid = p.gridAt(c)
		c.link, c.isLink = p.links.at(c.Ref)
		c.isLink = c.isLink || strings.HasPrefix(c.Formula, "HYPERLINK(")
		if c.Kind != ooxml.Blank {
			p.cells++
			p.last = ooxml.Ref{Row: c.Row, Column: max(p.last.Column, c.Column)}
			p.add(c, days)
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
		p.grids = append(p.grids, &grid{ref: ooxml.Range{From: filled[0], To: filled[len(filled)-1]}, columns: map[int]*column{}})
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

// add takes a cell that is not blank.
func (p *page) add(c *cell, days map[string]bool) {
	if c.grid == nil {
		if len(p.loose) < maxLoose {
			p.loose = append(p.loose, *c)
		}
	} else {
		c.grid.add(c, days)
	}
	if c.isLink {
		p.linked = append(p.linked, linkedCell{*c, c.link.Target, c.link.Location})
	}
	if c.Kind == ooxml.String {
		p.addWords(c)
	}
}

// addWords takes what a text refers to or explains.
func (p *page) addWords(c *cell) {
	if strings.Contains(c.Value, "[note ") {
		for _, note := range noteMarker().FindAllString(c.Value, -1) {
			remember(p.notes, note, c.Ref)
		}
	}
	switch {
	case p.isContents:
		p.words[strings.ToLower(c.Value)] = true
	case !c.isBody():
	case !shorthand().MatchString(c.Value):
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

// add takes a cell of the grid that is not blank.
func (g *grid) add(c *cell, days map[string]bool) {
	col := g.columns[c.Column]
	if col == nil {
		col = &column{}
		g.columns[c.Column] = col
	}
	if c.isHeader() {
		col.header = *c
	} else {
		g.addBody(c)
		col.filled++
	}
	if c.Kind != ooxml.String {
		return
	}
	if n := longestToken(c.Value); n > col.longest {
		col.longest, col.token = n, c.Ref
	}
	if c.isHeader() {
		return
	}
	col.texts++
	switch {
	case numericText().MatchString(c.Value):
		col.numbers.add(c)
	case isDay(c.Value) && !days[c.Value]:
		col.dates.add(c)
	}
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

// links are the links of a sheet by cell.
type links struct {
	single map[ooxml.Ref]ooxml.Link
	blocks []ooxml.Link
}

// maxBlocks is how many links over several cells are looked at.
const maxBlocks = 1000

func linksOf(l *ooxml.Layout) links {
	all := links{single: make(map[ooxml.Ref]ooxml.Link, len(l.Links))}
	for _, link := range l.Links {
		if link.Range.From == link.Range.To {
			all.single[link.Range.From] = link
		} else if len(all.blocks) < maxBlocks {
			all.blocks = append(all.blocks, link)
		}
	}
	return all
}

func (l *links) at(r ooxml.Ref) (ooxml.Link, bool) {
	if link, ok := l.single[r]; ok {
		return link, true
	}
	for _, link := range l.blocks {
		if link.Range.Contains(r) {
			return link, true
		}
	}
	return ooxml.Link{}, false
}
