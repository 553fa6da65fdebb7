package xlsx

import (
	"strconv"

	"haltsheet/dataset"
)

// rowEncoder encodes the cells of a sheet, one chunk of rows after the other.
type rowEncoder struct {
	sheet  *sheet
	texts  *chunkTexts // of the chunk
	starts []string    // of each column's cells, up to the row: <c r="A
	styled []string    // of each column's cells, behind the row: " s="5; empty where the style changes
	cells  []encodedCell
	row    []byte // its number
}

// encodedCell is one cell of the row.
type encodedCell struct {
	value dataset.Value // of a cell that is not a text
	text  int           // the number of a text, or none
}

// noText is the number of no text.
const noText = -1

func newRowEncoder(s *sheet) *rowEncoder {
	e := &rowEncoder{
		sheet:  s,
		starts: make([]string, len(s.columns)), styled: make([]string, len(s.columns)), cells: make([]encodedCell, len(s.columns)),
	}
	for i := range s.columns {
		c := &s.columns[i]
		e.starts[i] = `<c r="` + c.letters
		if c.styleOf == nil {
			e.styled[i] = `" s="` + strconv.Itoa(c.style)
		}
	}
	return e
}

// appendTexts appends the items of the texts that some rows of a chunk list, and counts those of the chunk at its end.
func (e *rowEncoder) appendTexts(b []byte, from, to int) []byte {
	if e.sheet.beginsChunk(from) {
		e.texts = beginTexts(len(e.cells), 0)
	}
	for row := from; row < to; row++ {
		for i := range e.sheet.columns {
			if !e.sheet.columns[i].isText {
				continue
			}
			if _, text, isNew := e.number(row, i); isNew {
				b = appendStringItem(b, text)
			}
		}
	}
	if e.sheet.endsChunk(to) {
		e.sheet.texts[e.sheet.chunk(from)] = e.texts.next
		e.texts.end()
	}
	return b
}

// number returns the number of the text of a cell or noText, the text, and whether it is to be listed now.
func (e *rowEncoder) number(row, i int) (number int, text string, isNew bool) {
	kept := len(e.texts.kept)
	text, e.texts.kept = e.sheet.table.Text(e.texts.kept, row, e.sheet.columns[i].at)
	switch {
	case text == "":
		return noText, "", false
	case !e.sheet.columns[i].recurs:
		number, isNew = e.texts.add(), true
	default:
		number, isNew = e.texts.number(i, text, len(e.texts.kept) == kept)
	}
	if !isNew || !e.sheet.columns[i].recurs {
		e.texts.kept = e.texts.kept[:kept] // nobody looks at it again
	}
	return number, text, isNew
}

// appendRows appends some rows of a chunk to the sheet's data.
func (e *rowEncoder) appendRows(b []byte, from, to int) []byte {
	if e.sheet.beginsChunk(from) {
		e.texts = beginTexts(len(e.cells), e.sheet.texts[e.sheet.chunk(from)])
	}
	for row := from; row < to; row++ {
		height := e.gather(row)
		e.row = strconv.AppendInt(e.row[:0], int64(e.sheet.row(row)), 10)
		b = append(b, `<row r="`...)
		b = append(b, e.row...)
		b = append(b, `" ht="`...)
		b = strconv.AppendInt(b, int64(height), 10)
		b = append(b, `">`...)
		for i := range e.cells {
			if e.cells[i].text != noText || e.cells[i].value.Known {
				b = e.appendCell(b, i, row)
			}
		}
		b = append(b, `</row>`...)
	}
	if e.sheet.endsChunk(to) {
		e.texts.end()
	}
	return b
}

// gather gathers the cells of a row, and estimates the height in points that its wrapped texts in view take.
func (e *rowEncoder) gather(row int) (height int) {
	lines := 1
	for i := range e.cells {
		c, cell := &e.sheet.columns[i], &e.cells[i]
		cell.text, cell.value.Known = noText, false
		if c.isText {
			var text string
			if cell.text, text, _ = e.number(row, i); c.inView && len(text) >= c.perLine {
				lines = max(lines, textLines(text, c.perLine))
			}
		}
		if !c.isText || c.isMixed && cell.text == noText {
			cell.value = e.sheet.table.Cell(row, c.at)
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
	column, cell := &e.sheet.columns[i], &e.cells[i]
	b = append(b, e.starts[i]...)
	b = append(b, e.row...)
	if b = append(b, e.styled[i]...); column.styleOf != nil {
		b = strconv.AppendInt(append(b, `" s="`...), int64(column.styleOf(row)), 10)
	}
	switch {
	case cell.text != noText:
		b = append(b, `" t="s"><v>`...)
		b = strconv.AppendInt(b, int64(cell.text), 10)
	case column.Type == dataset.TypeBoolean:
		b = append(b, `" t="b"><v>`...)
		b = appendBoolean(b, cell.value.True)
	default:
		b = append(b, `">`...)
		b = appendFormula(b, column, row, e.row)
		b = append(b, `<v>`...)
		if column.Type == dataset.TypeDay {
			b = strconv.AppendInt(b, serial(cell.value.Day), 10)
		} else {
			b = cell.value.Number.Append(b)
		}
	}
	return append(b, `</v></c>`...)
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
