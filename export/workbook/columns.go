package workbook

import "fmt"

// newCells returns the format of cells that are added to a column.
func (s *sheet) newCells(c *sheetColumn) (style int) {
	if c.styleOf != nil && s.from < s.to {
		return c.styleOf(s.from)
	}
	return c.style
}

// appendColumns appends the widths of the columns and the formats that new cells get (ECMA-376 Part 1, 18.3.1.17); neighbours
// that are the same share an element; styles are the numbers of the formats in the file. excelize would list all columns again
// for each new one.
func appendColumns(b []byte, s *sheet, styles []int) []byte {
	b = append(b, "<cols>"...)
	for from := 0; from < len(s.columns); {
		first := &s.columns[from]
		to := from + 1
		for to < len(s.columns) && s.columns[to].width == first.width && s.newCells(&s.columns[to]) == s.newCells(first) {
			to++
		}
		b = fmt.Appendf(b, `<col customWidth="true" max="%d" min="%d" style="%d" width="%d"></col>`, to, from+1, styles[s.newCells(first)], first.width)
		from = to
	}
	return append(b, "</cols>"...)
}
