package workbook

import (
	"strconv"

	"haltsheet/dataset"
)

// rowEncoder encodes the cells of a sheet, one chunk of rows after the other. What stands in them is the same in every kind of
// file; how a file spells it is a matter of its own.
type rowEncoder struct {
	sheet *sheet
	spell rowSpelling
	texts *chunkTexts // of the chunk
	cells []encodedCell
	table int    // the row of the table
	row   []byte // its number in the worksheet
}

// rowSpelling is how a kind of file spells rows.
type rowSpelling interface {
	// startRow appends the start of the row at hand, with its height in points.
	startRow(b []byte, e *rowEncoder, height int) []byte
	// appendCell appends a cell of the row at hand. Those that are blank are passed over.
	appendCell(b []byte, e *rowEncoder, i int) []byte
	// endRow appends the end of the row at hand.
	endRow(b []byte, e *rowEncoder) []byte
	// listsTexts reports whether cells name their texts by numbers in a table of all texts.
	listsTexts() bool
}

// encodedCell is one cell of the row: a text, another value, or blank.
type encodedCell struct {
	value  dataset.Value
	text   string // holds up to the end of the row, where the file lists no texts
	number int    // of the text, where the file lists them
}

func newRowEncoder(s *sheet, spell rowSpelling) *rowEncoder {
	return &rowEncoder{sheet: s, spell: spell, cells: make([]encodedCell, len(s.columns))}
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

// number returns the number of the text of a cell, the text, and whether it is to be listed now.
func (e *rowEncoder) number(row, i int) (number int, text string, isNew bool) {
	c := &e.sheet.columns[i]
	if text, place, ok := e.sheet.table.PlacedText(row, c.at); ok && c.recurs {
		if text != "" {
			number, isNew = e.texts.numberAt(i, place, text)
		}
		return number, text, isNew
	}
	kept := len(e.texts.kept)
	text, e.texts.kept = e.sheet.table.Text(e.texts.kept, row, c.at)
	switch {
	case text == "":
		return 0, "", false
	case !c.recurs:
		number, isNew = e.texts.add(), true
	default:
		number, isNew = e.texts.number(i, text, len(e.texts.kept) == kept)
	}
	if !isNew || !c.recurs {
		e.texts.kept = e.texts.kept[:kept] // nobody looks at it again
	}
	return number, text, isNew
}

// appendRows appends some rows of a chunk to the sheet's data.
func (e *rowEncoder) appendRows(b []byte, from, to int) []byte {
	if e.sheet.beginsChunk(from) {
		first := 0
		if e.spell.listsTexts() {
			first = e.sheet.texts[e.sheet.chunk(from)]
		}
		e.texts = beginTexts(len(e.cells), first)
	}
	for row := from; row < to; row++ {
		height := e.gather(row)
		e.table, e.row = row, strconv.AppendInt(e.row[:0], int64(e.sheet.row(row)), 10)
		b = e.spell.startRow(b, e, height)
		for i := range e.cells {
			if e.cells[i].text != "" || e.cells[i].value.Known {
				b = e.spell.appendCell(b, e, i)
			}
		}
		b = e.spell.endRow(b, e)
	}
	if e.sheet.endsChunk(to) {
		e.texts.end()
	}
	return b
}

// gather gathers the cells of a row, and finds the height in points that its wrapped texts in view take.
func (e *rowEncoder) gather(row int) (height int) {
	lines, listed := 1, e.spell.listsTexts()
	if !listed {
		e.texts.kept = e.texts.kept[:0]
	}
	for i := range e.cells {
		c, cell := &e.sheet.columns[i], &e.cells[i]
		cell.text, cell.value.Known = "", false
		if c.isText {
			if listed {
				cell.number, cell.text, _ = e.number(row, i)
			} else {
				cell.text, e.texts.kept = e.sheet.table.Text(e.texts.kept, row, c.at)
			}
			if c.inView && (c.LineBreaks || len(cell.text)*capitalWidth > c.room) {
				lines = max(lines, textLines(cell.text, c.room))
			}
		}
		if !c.isText || c.isMixed && cell.text == "" {
			cell.value = e.sheet.table.Cell(row, c.at)
		}
	}
	return min(lines*lineHeight+rowPadding, maxHeight)
}

const (
	lineHeight = 16 // points
	rowPadding = 3  // points
)
