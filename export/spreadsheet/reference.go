package spreadsheet

import (
	"strconv"
	"strings"
)

// Ref is a cell by row and column, from 1.
type Ref struct{ Row, Column int }

// String returns the reference as spreadsheets write it, such as E17.
func (r Ref) String() string { return Letters(r.Column) + strconv.Itoa(r.Row) }

// Letters returns the letters of a column from 1: A, Z, AA.
func Letters(column int) string {
	var b []byte
	for ; column > 0; column = (column - 1) / 26 {
		b = append([]byte{byte('A' + (column-1)%26)}, b...)
	}
	return string(b)
}

// ParseRef reads a reference such as E17 or $E$17 within the limits of a sheet.
func ParseRef(text string) (Ref, bool) {
	row, column, rest := parseRef(text)
	return Ref{row, column}, rest == "" && row > 0 && column > 0
}

// parseRef reads letters and digits, both of which may be missing: then they are 0. What is beyond a sheet is left as rest.
func parseRef(text string) (row, column int, rest string) {
	rest = strings.TrimPrefix(text, "$")
	for len(rest) > 0 && rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z' {
		if column = column*26 + int(rest[0]|0x20-'a') + 1; column > MaxColumns {
			return 0, 0, text
		}
		rest = rest[1:]
	}
	if column > 0 {
		rest = strings.TrimPrefix(rest, "$")
	}
	for len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' {
		if row = row*10 + int(rest[0]-'0'); row > MaxRows {
			return 0, 0, text
		}
		rest = rest[1:]
	}
	return row, column, rest
}

// Range is a block of cells, ends included.
type Range struct{ From, To Ref }

// String returns the range as spreadsheets write it: A1:B2, or A1 for a single cell.
func (r Range) String() string {
	if r.From == r.To {
		return r.From.String()
	}
	return r.From.String() + ":" + r.To.String()
}

// Columns tells how many columns there are.
func (r Range) Columns() int { return r.To.Column - r.From.Column + 1 }

// Contains reports whether a cell is in the range.
func (r Range) Contains(c Ref) bool {
	return c.Row >= r.From.Row && c.Row <= r.To.Row && c.Column >= r.From.Column && c.Column <= r.To.Column
}

// ParseRange reads a cell, a block such as A1:B2, whole columns such as A:C or whole rows such as 1:3.
func ParseRange(text string) (Range, bool) {
	first, last, isBlock := strings.Cut(text, ":")
	if !isBlock {
		last = first
	}
	fromRow, fromColumn, rest := parseRef(first)
	toRow, toColumn, restTo := parseRef(last)
	switch {
	case rest+restTo != "", (fromRow == 0) != (toRow == 0), (fromColumn == 0) != (toColumn == 0), fromRow == 0 && fromColumn == 0:
		return Range{}, false
	case fromRow == 0 && isBlock:
		fromRow, toRow = 1, MaxRows
	case fromColumn == 0 && isBlock:
		fromColumn, toColumn = 1, MaxColumns
	}
	r := Range{Ref{min(fromRow, toRow), min(fromColumn, toColumn)}, Ref{max(fromRow, toRow), max(fromColumn, toColumn)}}
	return r, r.From.Row > 0 && r.From.Column > 0
}

// parseRanges reads ranges separated by spaces, and leaves out what is none.
func parseRanges(text string) (ranges []Range) {
	for field := range strings.FieldsSeq(text) {
		if r, ok := ParseRange(field); ok {
			ranges = append(ranges, r)
		}
	}
	return ranges
}
