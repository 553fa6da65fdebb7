package workbook

import (
	"bytes"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// openRows spells the rows of a table of an OpenDocument (OpenDocument 1.3 Part 3, 9.1). A cell names its style where it is not
// that of the column, and cells that are blank are counted.
type openRows struct {
	book   *openBook
	starts []string // of each column's cells, up to their style
	next   int      // the column that comes next
}

func newOpenRows(w *openBook, s *sheet) *openRows {
	o := &openRows{book: w, starts: make([]string, len(s.columns))}
	for i := range s.columns {
		o.starts[i] = "<table:table-cell"
		if offered := s.offerOf(&s.columns[i]); offered != nil {
			o.starts[i] += ` table:content-validation-name="` + offered.name() + `"`
		}
	}
	return o
}

const plainStart = "<table:table-cell"

func (o *openRows) listsTexts() bool { return false }

func (o *openRows) startRow(b []byte, _ *rowEncoder, height int) []byte {
	o.next = 0
	b = append(b, `<table:table-row table:style-name="`+rowPrefix...)
	b = strconv.AppendInt(b, int64(height), 10)
	return append(b, `">`...)
}

func (o *openRows) endRow(b []byte, e *rowEncoder) []byte {
	return append(o.appendBlanks(b, len(e.cells)), "</table:table-row>"...)
}

// appendBlanks appends blank cells up to a column. Those with a drop-down stand alone.
func (o *openRows) appendBlanks(b []byte, to int) []byte {
	for o.next < to {
		from := o.next
		for o.next < to && o.starts[o.next] == plainStart {
			o.next++
		}
		switch n := o.next - from; n {
		case 0:
			b = append(append(b, o.starts[from]...), "/>"...)
			o.next++
		case 1:
			b = append(b, plainStart+"/>"...)
		default:
			b = append(b, plainStart+` table:number-columns-repeated="`...)
			b = append(strconv.AppendInt(b, int64(n), 10), `"/>`...)
		}
	}
	return b
}

func (o *openRows) appendCell(b []byte, e *rowEncoder, i int) []byte {
	column, cell := &e.sheet.columns[i], &e.cells[i]
	b = append(o.appendBlanks(b, i), o.starts[i]...)
	o.next = i + 1
	if column.styleOf != nil {
		if style := column.styleOf(e.table); style != e.sheet.newCells(column) {
			b = append(append(append(b, ` table:style-name="`...), o.book.cellStyle(e.sheet, style)...), '"')
		}
	}
	if cell.isText {
		b = append(b, ` office:value-type="string">`...)
		b = appendLinked(b, column, e.table, cell.text)
		return append(b, `</table:table-cell>`...)
	}
	kind := column.Type
	switch kind {
	case dataset.TypeBoolean:
		b = append(b, ` office:value-type="boolean" office:boolean-value="`...)
	case dataset.TypeDay:
		b = append(b, ` office:value-type="date" office:date-value="`...)
	default:
		b, kind = o.appendFormula(b, column, e.table), dataset.TypeDecimal
		b = append(b, ` office:value-type="float" office:value="`...)
	}
	// Readers take what is shown: pandas skips a row that shows nothing.
	start := len(b)
	b = cell.value.Append(b, kind)
	shown := b[start:]
	if kind == dataset.TypeBoolean {
		shown = bytes.ToUpper(shown)
	}
	b = append(append(b, `"><text:p>`...), shown...)
	return append(b, `</text:p></table:table-cell>`...)
}

func (o *openRows) appendFormula(b []byte, column *sheetColumn, row int) []byte {
	if column.formula == nil {
		return b
	}
	formula := column.formula(row)
	if formula == "" {
		return b
	}
	if column.isArray {
		b = append(b, ` table:number-matrix-columns-spanned="1" table:number-matrix-rows-spanned="1"`...)
	}
	b = append(b, ` table:formula="`...)
	return append(o.book.formulas.append(b, formula), '"')
}

// appendLinked appends the paragraphs of a text, which has a link where its column has one.
func appendLinked(b []byte, column *sheetColumn, row int, text string) []byte {
	var to target
	if column.link != nil {
		to = column.link(row)
	}
	if to == (target{}) || strings.Contains(text, "\n") {
		return appendParagraphs(b, text)
	}
	b = append(b, `<text:p><text:a xlink:type="simple" xlink:href="`...)
	if to.url != "" {
		b = appendPlain(b, to.url)
	} else {
		b = append(append(append(b, '#'), to.sheet...), ".A"...)
		b = strconv.AppendInt(b, int64(to.row), 10)
	}
	b = append(b, `">`...)
	return append(appendParagraph(b, text), `</text:a></text:p>`...)
}
