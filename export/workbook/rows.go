package workbook

import (
	"strconv"

	"haltsheet/dataset"
	"haltsheet/export/rows"
)

// rowEncoder encodes the cells of a sheet, one chunk of rows after the other. What stands in them is the same in every kind of
// file; how a file spells it is a matter of its own.
type rowEncoder struct {
	sheet *sheet
	spell rowSpelling
	lists bool        // spell.listsTexts
	texts *chunkTexts // of the chunk
	few   []fewTexts  // of each column
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
	isText bool
	text   string // where the file lists no texts; it holds up to the end of the row
	number int    // of the text, where the file lists them
}

// fewTexts are the texts of a column that has few different ones; empty for any other.
type fewTexts struct {
	texts  []string
	places []int32 // of each row of the table
	lines  []int32 // of each text, the lines that it takes; nil, or 0, until that is measured
}

func newRowEncoder(s *sheet, spell rowSpelling) *rowEncoder {
	e := &rowEncoder{sheet: s, spell: spell, lists: spell.listsTexts(), cells: make([]encodedCell, len(s.columns)), few: make([]fewTexts, len(s.columns))}
	for i := range s.columns {
		e.few[i] = newFewTexts(s, &s.columns[i])
	}
	return e
}

// mostFew is up to how many texts are few: each chunk of rows has a number for every one of them. Tests lower it.
var mostFew = 16 * rows.Chunk

func newFewTexts(s *sheet, c *sheetColumn) fewTexts {
	if !c.isText || !c.recurs {
		return fewTexts{}
	}
	texts, places := s.table.PlacedTexts(c.at)
	if len(texts) > mostFew {
		return fewTexts{}
	}
	return fewTexts{texts: texts, places: places}
}

// appendTexts appends the items of the texts that some rows of a chunk list, and counts those of the chunk at its end.
func (e *rowEncoder) appendTexts(b []byte, from, to int) []byte {
	if e.sheet.beginsChunk(from) {
		e.texts = beginTexts(e.few, 0)
	}
	for row := from; row < to; row++ {
		for i := range e.sheet.columns {
			if !e.sheet.columns[i].isText {
				continue
			}
			if text, isNew := e.list(row, i); isNew {
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

// list returns the text of a cell, and whether it is to be listed now.
func (e *rowEncoder) list(row, i int) (text string, isNew bool) {
	few := &e.few[i]
	if few.places == nil {
		_, text, isNew = e.number(row, i)
		return text, isNew
	}
	place := few.places[row]
	if place != 0 {
		_, isNew = e.texts.numberAt(i, place, few.texts)
	}
	return few.texts[place], isNew
}

// number returns the number of the text of a cell of a column that has many, the text, and whether it is to be listed now.
func (e *rowEncoder) number(row, i int) (number int, text string, isNew bool) {
	c, kept := &e.sheet.columns[i], len(e.texts.kept)
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
		if e.lists {
			first = e.sheet.texts[e.sheet.chunk(from)]
		}
		e.texts = beginTexts(e.few, first)
	}
	for row := from; row < to; row++ {
		height := e.gather(row)
		e.table, e.row = row, strconv.AppendInt(e.row[:0], int64(e.sheet.row(row)), 10)
		b = e.spell.startRow(b, e, height)
		for i := range e.cells {
			if e.cells[i].isText || e.cells[i].value.Known {
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
	if !e.lists {
		e.texts.kept = e.texts.kept[:0]
	}
	lines := 1
	for i := range e.cells {
		lines = max(lines, e.gatherCell(row, i))
	}
	return min(lines*lineHeight+rowPadding, maxHeight)
}

// gatherCell gathers a cell, and returns the lines that it takes.
func (e *rowEncoder) gatherCell(row, i int) (lines int) {
	c, cell, few := &e.sheet.columns[i], &e.cells[i], &e.few[i]
	cell.isText, cell.value.Known = false, false
	switch {
	case few.places != nil:
		return e.gatherFew(cell, i, few.places[row])
	case c.isText:
		text := e.gatherText(cell, row, i)
		if cell.isText = text != ""; cell.isText || !c.isMixed {
			return c.linesOf(text)
		}
	}
	cell.value = e.sheet.table.Cell(row, c.at)
	return 1
}

// gatherText gathers a text of a column that has many.
func (e *rowEncoder) gatherText(cell *encodedCell, row, i int) (text string) {
	if e.lists {
		cell.number, text, _ = e.number(row, i)
	} else {
		text, e.texts.kept = e.sheet.table.Text(e.texts.kept, row, e.sheet.columns[i].at)
		cell.text = text
	}
	return text
}

// gatherFew gathers a text of a column that has few, by its place among them, and returns the lines that it takes.
func (e *rowEncoder) gatherFew(cell *encodedCell, i int, place int32) (lines int) {
	few := &e.few[i]
	if place == 0 {
		return 1
	}
	if cell.isText = true; e.lists {
		cell.number, _ = e.texts.numberAt(i, place, few.texts)
	} else {
		cell.text = few.texts[place]
	}
	if few.lines == nil {
		few.lines = make([]int32, len(few.texts))
	}
	if few.lines[place] == 0 {
		few.lines[place] = int32(e.sheet.columns[i].linesOf(few.texts[place]))
	}
	return int(few.lines[place])
}

// linesOf returns the lines that a text takes, where a screen shows it when the sheet opens.
func (c *sheetColumn) linesOf(text string) int {
	if c.inView && (c.LineBreaks || len(text)*capitalWidth > c.room) {
		return textLines(text, c.room)
	}
	return 1
}

const (
	lineHeight = 16 // points
	rowPadding = 3  // points
)
