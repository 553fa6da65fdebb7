package xlsx

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
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

// The limits of Excel; tests lower them.
var (
	maxSheetRows = 1048570 // records that one worksheet takes; Excel has 1,048,576 rows
	maxLinks     = 65530   // links on one worksheet
)

// sheet is a worksheet with one table: some rows of a dataset.Table.
type sheet struct {
	name    string // of the worksheet and of its table
	title   string
	table   *dataset.Table
	from    int // the first row of the table, from 0
	to      int // behind the last
	source  string
	columns []sheetColumn
	number  int // of the worksheet in the workbook, from 1
}

// sheetColumn is how one column of a table stands in a sheet.
type sheetColumn struct {
	*dataset.Column
	letters string
	width   int // in characters
	perLine int // characters that fit on a line
	// style returns the cell format of a row of the table.
	style func(row int) int
	// formula returns the formula of a row; nil for plain values, and empty where a row has none.
	formula func(row int) string
	isArray bool // the formula works on arrays
	isText  bool // its cells are texts
	recurs  bool // its texts are kept once
	// link returns where a cell leads: a web address, or a place in the workbook behind a #; nil or empty for none.
	link func(row int) string
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
			if s.columns[i].link(row) != "" {
				n++
			}
			if n > maxLinks {
				return n
			}
		}
	}
	return n
}

// rowEncoder encodes the cells of a sheet as the rows of its sheetData.
type rowEncoder struct {
	sheet   *sheet
	strings *sharedStrings
	cells   []dataset.Value
	starts  []string // of each column's cells: <c r="A
	recent  []recent // of each column
	number  []byte
}

func newRowEncoder(s *sheet, strings *sharedStrings) *rowEncoder {
	e := &rowEncoder{sheet: s, strings: strings, starts: make([]string, len(s.columns)), recent: make([]recent, len(s.columns))}
	for i := range s.columns {
		e.starts[i] = `<c r="` + s.columns[i].letters
	}
	return e
}

// append appends one row of the table.
func (e *rowEncoder) append(b []byte, row int) []byte {
	e.cells = e.sheet.table.AppendRow(e.cells[:0], row)
	e.number = strconv.AppendInt(e.number[:0], int64(e.sheet.row(row)), 10)
	b = append(b, `<row r="`...)
	b = append(b, e.number...)
	b = append(b, `" ht="`...)
	b = strconv.AppendInt(b, int64(e.height()), 10)
	b = append(b, `">`...)
	for i := range e.cells {
		if e.cells[i].Known {
			b = e.appendCell(b, i, row)
		}
	}
	return append(b, `</row>`...)
}

// height estimates the height in points that the wrapped texts of a row take.
func (e *rowEncoder) height() int {
	lines := 1
	for i := range e.cells {
		if text := e.cells[i].Text; len(text) >= e.sheet.columns[i].perLine {
			lines = max(lines, textLines(text, e.sheet.columns[i].perLine))
		}
	}
	return min(lines*lineHeight+rowPadding, maxHeight)
}

const (
	lineHeight = 16  // points
	rowPadding = 3   // points
	maxHeight  = 409 // points; Excel takes no more
)

func (e *rowEncoder) appendCell(b []byte, i, row int) []byte {
	column, v := &e.sheet.columns[i], &e.cells[i]
	b = append(b, e.starts[i]...)
	b = append(b, e.number...)
	b = append(b, `" s="`...)
	b = strconv.AppendInt(b, int64(column.style(row)), 10)
	switch {
	case column.Type == dataset.TypeBoolean:
		b = append(b, `" t="b"><v>`...)
		b = appendBoolean(b, v.True)
	case isTextCell(column, v):
		b = append(b, `" t="s"><v>`...)
		b = strconv.AppendInt(b, int64(e.stringNumber(i, v.Text)), 10)
	default:
		b = append(b, `">`...)
		b = appendFormula(b, column, row, e.number)
		b = append(b, `<v>`...)
		if column.Type == dataset.TypeDay {
			b = strconv.AppendInt(b, serial(v.Day), 10)
		} else {
			b = v.Number.Append(b)
		}
	}
	return append(b, `</v></c>`...)
}

// stringNumber returns the number of a text of a column.
func (e *rowEncoder) stringNumber(column int, text string) int {
	if e.sheet.columns[column].recurs {
		return e.strings.number(text, &e.recent[column])
	}
	return e.strings.add()
}

// recurs reports whether the texts of a column are likely to occur again: all but keys, prose and lists of addresses.
func recurs(t *dataset.Table, c *dataset.Column) bool {
	isKey := c.Key && t.IsCurated()
	return !isKey && !c.LineBreaks && c.Name != "source_urls" && c.Name != "url"
}

// isTextCell reports whether a cell holds a text: all cells of a text column do, but for a number among the metadata.
func isTextCell(c *sheetColumn, v *dataset.Value) bool { return c.isText && v.Number.IsZero() }

// holdsTexts reports whether the cells of a type are texts.
func holdsTexts(t dataset.Type) bool {
	return t == dataset.TypeText || t == dataset.TypeDate || t == dataset.TypeList
}

func appendFormula(b []byte, column *sheetColumn, row int, number []byte) []byte {
	if column.formula == nil {
		return b
	}
	formula := column.formula(row)
	if formula == "" {
		return b
	}
	if column.isArray {
		b = append(b, `<f t="array" ref="`...)
		b = append(b, column.letters...)
		b = append(b, number...)
		b = append(b, `">`...)
	} else {
		b = append(b, `<f>`...)
	}
	b = appendEscaped(b, formula)
	return append(b, `</f>`...)
}

func appendBoolean(b []byte, v bool) []byte {
	if v {
		return append(b, '1')
	}
	return append(b, '0')
}

// serial returns the number by which a spreadsheet knows a day: days since 30 December 1899, which is right from
// 1 March 1900 on (ECMA-376 Part 1, 18.17.4.1).
func serial(day dataset.Day) int64 { return int64(day) + 25569 }

// appendTexts appends the items of the texts of a row that are not there yet, in the order in which append meets them.
func (e *rowEncoder) appendTexts(b []byte, w *stringWriter, row int) []byte {
	for i := range e.sheet.columns {
		c := &e.sheet.columns[i]
		if !c.isText {
			continue
		}
		v := e.sheet.table.Cell(row, i)
		switch {
		case !v.Known || !isTextCell(c, &v):
		case c.recurs:
			b = w.append(b, v.Text, &e.recent[i])
		default:
			b = w.add(b, v.Text)
		}
	}
	return b
}
