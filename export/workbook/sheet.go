package workbook

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/export/rows"
)

// The rows of a sheet with a table, from 1: five lines that introduce it, the header, and the cells.
const (
	rowTitle = iota + 1
	rowTables
	rowDescription
	rowBlanks
	rowSource
	HeaderRow // HeaderRow is the worksheet row, from 1, with the headers of the table of every sheet that has one.
	rowFirst
)

// sheet is a worksheet with one table: some rows of a dataset.Table.
type sheet struct {
	name   string // of the worksheet and of its table
	title  string
	table  *dataset.Table
	from   int // the first row of the table, from 0
	to     int // behind the last
	source string
	cross  *cross // of a cross-table
	// hasCharts tells that charts lie beside the table.
	hasCharts bool
	columns   []sheetColumn // in the order of people
	first     int           // how many of the columns are for people
	number    int           // of the worksheet in the workbook, from 1
	// texts are, of each chunk of rows, how many texts it lists, and then the number of the first.
	texts []int
}

// sheetColumn is how one column of a table stands in a sheet.
type sheetColumn struct {
	*dataset.Column
	at      int // its place in the table, from 0
	letters string
	width   int // in characters
	room    int // for a line of text, in thousandths of the size of its letters
	// style is the cell format, unless styleOf returns one for each row of the table.
	style   int
	styleOf func(row int) int
	// formula returns the formula of a row; nil for plain values, and empty where a row has none.
	formula func(row int) string
	isArray bool // the formula works on arrays
	inView  bool // a screen shows it when the sheet opens
	isText  bool // its cells are texts
	isMixed bool // or numbers among texts
	recurs  bool // its texts are listed once in a chunk of rows
	// link returns where a cell leads; nil for a column without links.
	link  func(row int) target
	isWeb bool // the links are to web addresses, and none is to the workbook
}

// field returns the column with a name.
func (s *sheet) field(name string) *sheetColumn { return s.column(s.table.Column(name)) }

// column returns the column with a place in the table.
func (s *sheet) column(at int) *sheetColumn {
	return &s.columns[slices.IndexFunc(s.columns, func(c sheetColumn) bool { return c.at == at })]
}

// row returns the worksheet row, from 1, of a row of the table.
func (s *sheet) row(row int) int { return rowFirst + row - s.from }

// lastRow returns the last worksheet row of the table: Excel wants one below the header even when there are no cells.
func (s *sheet) lastRow() int { return max(s.row(s.to)-1, rowFirst) }

// lastColumn returns the letters of the last column.
func (s *sheet) lastColumn() string { return s.columns[len(s.columns)-1].letters }

// ref returns the range of the table, header included.
func (s *sheet) ref() string {
	return "A" + strconv.Itoa(HeaderRow) + ":" + s.lastColumn() + strconv.Itoa(s.lastRow())
}

// part returns the name of the worksheet's part.
func (s *sheet) part() string { return "xl/worksheets/sheet" + strconv.Itoa(s.number) + ".xml" }

// relationsPart returns the name of the part with the worksheet's relationships.
func (s *sheet) relationsPart() string {
	return "xl/worksheets/_rels/sheet" + strconv.Itoa(s.number) + ".xml.rels"
}

// letters returns the letters of a column counted from 0.
func letters(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		panic(err) // a schema has fewer columns than Excel
	}
	return name
}

// links returns how many links a sheet has, or a number beyond maxLinks once there are more.
func (s *sheet) links() (n int) {
	for i := range s.columns {
		if s.columns[i].link == nil {
			continue
		}
		for row := s.from; row < s.to; row++ {
			if s.columns[i].link(row) != (target{}) {
				n++
			}
			if n > maxLinks {
				return n
			}
		}
	}
	return n
}

// chunk returns which chunk of the sheet a row of the table is in, counted from 0.
func (s *sheet) chunk(row int) int { return (row - s.from) / rows.Chunk }

// beginsChunk reports whether a row of the table is the first one of a chunk.
func (s *sheet) beginsChunk(row int) bool { return (row-s.from)%rows.Chunk == 0 }

// endsChunk reports whether the row before a row of the table is the last one of a chunk.
func (s *sheet) endsChunk(row int) bool { return row == s.to || s.beginsChunk(row) }

// textsRecur reports whether the texts of a column are likely to occur again: all but keys, prose and lists of addresses.
func textsRecur(t *dataset.Table, c *dataset.Column) bool {
	isKey := c.Key && t.IsCurated()
	return !isKey && !c.LineBreaks && c.Name != "source_urls" && c.Name != "url"
}
