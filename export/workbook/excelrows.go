package workbook

import (
	"strconv"

	"haltsheet/dataset"
)

// excelRows spells the rows of a worksheet of an XLSX file (ECMA-376 Part 1, 18.3.1.73).
type excelRows struct {
	styles []int    // the numbers of the formats in the file
	starts []string // of each column's cells, up to the row: <c r="A
	styled []string // of each column's cells, behind the row: " s="5; empty where the style changes
}

func newExcelRows(s *sheet, styles []int) *excelRows {
	x := &excelRows{styles: styles, starts: make([]string, len(s.columns)), styled: make([]string, len(s.columns))}
	for i := range s.columns {
		c := &s.columns[i]
		x.starts[i] = `<c r="` + c.letters
		if c.styleOf == nil {
			x.styled[i] = `" s="` + strconv.Itoa(styles[c.style])
		}
	}
	return x
}

func (x *excelRows) listsTexts() bool { return true }

func (x *excelRows) startRow(b []byte, e *rowEncoder, height int) []byte {
	b = append(b, `<row r="`...)
	b = append(b, e.row...)
	b = append(b, `" ht="`...)
	b = strconv.AppendInt(b, int64(height), 10)
	return append(b, `">`...)
}

func (x *excelRows) endRow(b []byte, _ *rowEncoder) []byte { return append(b, `</row>`...) }

func (x *excelRows) appendCell(b []byte, e *rowEncoder, i int) []byte {
	column, cell := &e.sheet.columns[i], &e.cells[i]
	b = append(b, x.starts[i]...)
	b = append(b, e.row...)
	if b = append(b, x.styled[i]...); column.styleOf != nil {
		b = strconv.AppendInt(append(b, `" s="`...), int64(x.styles[column.styleOf(e.table)]), 10)
	}
	switch {
	case cell.isText:
		b = append(b, `" t="s"><v>`...)
		b = strconv.AppendInt(b, int64(cell.number), 10)
	case column.Type == dataset.TypeBoolean:
		b = append(b, `" t="b"><v>`...)
		b = appendBoolean(b, cell.value.True)
	default:
		b = append(b, `">`...)
		b = appendFormula(b, column, e)
		b = append(b, `<v>`...)
		if column.Type == dataset.TypeDay {
			b = strconv.AppendInt(b, serial(cell.value.Day), 10)
		} else {
			b = cell.value.Number.Append(b)
		}
	}
	return append(b, `</v></c>`...)
}

func appendFormula(b []byte, column *sheetColumn, e *rowEncoder) []byte {
	if column.formula == nil {
		return b
	}
	formula := column.formula(e.table)
	if formula == "" {
		return b
	}
	if column.isArray {
		b = append(b, `<f t="array" ref="`...)
		b = append(b, column.letters...)
		b = append(b, e.row...)
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
