package readback

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/ooxml"
)

// cell returns a cell of a curated column as CSV would hold it, with what spreadsheets make of typed text undone: numbers
// where texts belong, days as numbers, stray spaces where no value has any. Quotes stay as they are.
func (t *sheetTable) cell(sheet string, column *dataset.Column, cell *ooxml.Cell) string {
	switch {
	case cell.Kind == ooxml.Failure:
		t.report("type-error", column.Name, t.reader.place(sheet, cell.String()), fmt.Sprintf("%s holds the error %s", column.Name, cell.Value), "write the value")
		return ""
	case cell.Value == "" && cell.HasFormula:
		t.report("type-error", column.Name, t.reader.place(sheet, cell.String()), column.Name+" holds a formula without a value", "write the value")
		return ""
	case cell.Lossy:
		t.report("encoding", column.Name, t.reader.place(sheet, cell.String()), column.Name+" has half of a character: a surrogate without its other half", "write the character anew")
		return ""
	}
	text := t.plain(column, cell)
	if !column.IsProse() {
		text = strings.TrimSpace(text)
	}
	isNumber := cell.Kind == ooxml.Number && (column.Type == dataset.TypeDecimal || column.Type == dataset.TypeDay)
	if was := cell.Value; text != was && !isNumber {
		t.remarks = append(t.remarks, intake.ReadAs(t.reader.place(sheet, cell.String()), was, text))
	}
	return text
}

// plain returns what was typed into a cell, as far as the workbook tells. A number without the format of a date is a day too in
// a column of days.
func (t *sheetTable) plain(column *dataset.Column, cell *ooxml.Cell) string {
	if cell.Kind == ooxml.Number && (column.Type == dataset.TypeDay || t.hasDateFormat(cell.Style)) {
		if day, ok := t.reader.day(cell.Value); ok {
			t.days[column.Name]++
			return day
		}
	}
	return plain(cell)
}

// noteNumber keeps a number in a column of dates that might be a day, for it has too many digits for a year.
func (t *sheetTable) noteNumber(column *dataset.Column, field int, sheet string, cell *ooxml.Cell) {
	if column.Type == dataset.TypeDate && cell.Kind == ooxml.Number && len(cell.Value) > len("2022") && !t.hasDateFormat(cell.Style) {
		t.numbers = append(t.numbers, numberPlace{column.Name, len(t.rows), field, t.reader.place(sheet, cell.String()), cell.Value})
	}
}

// numberPlace is a number in a column of dates.
type numberPlace struct {
	column     string
	row, field int // in the rows that are read
	place      dataset.Place
	value      string
}

// mendNumbers makes days of the numbers that stand among days: somebody typed them into cells without the format of the others.
func (t *sheetTable) mendNumbers() {
	for _, n := range t.numbers {
		if day, ok := t.reader.day(n.value); ok && t.days[n.column] > 0 {
			t.rows[n.row][n.field] = day
			t.remarks = append(t.remarks, intake.ReadAs(n.place, n.value, day))
		}
	}
}

// hasDateFormat reports whether a format shows numbers as dates.
func (t *sheetTable) hasDateFormat(style int) bool {
	isDate, isKnown := t.isDate[style]
	if !isKnown {
		isDate = t.reader.book.Styles.Format(style).Number.IsDate()
		if t.isDate == nil {
			t.isDate = map[int]bool{}
		}
		t.isDate[style] = isDate
	}
	return isDate
}

// plain returns what was typed into a cell, but for days that are numbers.
func plain(cell *ooxml.Cell) string {
	switch cell.Kind {
	case ooxml.Number:
		if _, err := dataset.ParseDecimal(cell.Value); err == nil {
			return cell.Value
		}
		if plain, ok := dataset.PlainDecimal(cell.Value); ok {
			return plain
		}
		return cell.Value
	case ooxml.Boolean:
		return strings.ToUpper(cell.Value) // as spreadsheets show it
	case ooxml.ISODate:
		return withoutMidnight(cell.Value)
	default:
		return strings.ReplaceAll(cell.Value, "\r\n", "\n")
	}
}

// midnight is the time of a day that has none: to the minute, the second or less, with a zone or without.
var midnight = regexp.MustCompile(`T00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$`)

// withoutMidnight returns a date and time as the day that it is, if it is one.
func withoutMidnight(text string) string {
	if at := midnight.FindStringIndex(text); at != nil {
		return text[:at[0]]
	}
	return strings.TrimSuffix(text, "Z")
}

// day returns the day that a number stands for, unless it is one with a time, or before 1 March 1900, from when on
// spreadsheets count right (ECMA-376 Part 1, 18.17.4.1).
func (r *workbookReader) day(value string) (string, bool) {
	const (
		firstRight = 61
		unixEpoch  = 25569 // 1 January 1970
		years1904  = 1462  // from 30 December 1899 to 1 January 1904
		lastDay    = 2958465
	)
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n != float64(int(n)) {
		return "", false
	}
	serial := int(n)
	if r.book.Date1904 {
		serial += years1904
	}
	if serial < firstRight || serial > lastDay {
		return "", false
	}
	return dataset.Day(serial - unixEpoch).String(), true
}

// leaf returns a value of the metadata as a text.
func (r *workbookReader) leaf(cell *ooxml.Cell) string {
	switch {
	case cell.Kind == ooxml.Blank:
		return ""
	case cell.Kind == ooxml.Number && r.book.Styles.Format(cell.Style).Number.IsDate():
		if day, ok := r.day(cell.Value); ok {
			return day
		}
	}
	return plain(cell)
}
