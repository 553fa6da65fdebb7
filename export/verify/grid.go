package verify

import (
	"haltsheet/export/spreadsheet"
)

// grid is a table, or a block of cells that should be one.
type grid struct {
	table   *spreadsheet.Table // nil where it is none
	ref     spreadsheet.Range
	columns []*column       // by their number in the sheet; nil for one without cells
	filled  int             // cells of the body
	gap     spreadsheet.Ref // the first empty cell of the body
	last    spreadsheet.Ref // of the body, so far
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
	token   spreadsheet.Ref
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
	if c.Kind != spreadsheet.String {
		return
	}
	if len(c.Value) > col.longest {
		if n := longestToken(c.Value, col.longest); n > col.longest {
			col.longest, col.token = n, c.Ref
		}
	}
	if c.isHeader() {
		return
	}
	col.texts++
	switch first := c.Value[0]; {
	case first > '9' || first < '+':
	case isDay(c.Value):
		if !hasDay(row, c.Value) {
			col.dates.add(c)
		}
	case mayBeNumber(c.Value) && numericText().MatchString(c.Value):
		col.numbers.add(c)
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
func (g *grid) next() spreadsheet.Ref {
	switch {
	case g.last.Row == 0:
		return spreadsheet.Ref{Row: g.firstRow(), Column: g.ref.From.Column}
	case g.last.Column >= g.ref.To.Column:
		return spreadsheet.Ref{Row: g.last.Row + 1, Column: g.ref.From.Column}
	default:
		return spreadsheet.Ref{Row: g.last.Row, Column: g.last.Column + 1}
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
func (g *grid) empty() (n int, first spreadsheet.Ref) {
	n = (g.ref.To.Row-g.firstRow()+1)*g.ref.Columns() - g.filled
	if g.gap.Row == 0 {
		return max(n, 0), g.next()
	}
	return max(n, 0), g.gap
}
