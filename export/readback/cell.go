package readback

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
	"haltsheet/export/intake"
	"haltsheet/export/spreadsheet"
)

// cell returns a cell of a curated column as CSV would hold it, with what spreadsheets make of typed text undone: numbers
// where texts belong, days as numbers, stray spaces where no value has any. Quotes stay as they are.
func (t *sheetTable) cell(sheet string, column *dataset.Column, cell *spreadsheet.Cell) string {
	place := func() dataset.Place { return t.reader.place(sheet, cell.String()) }
	switch {
	case cell.Kind == spreadsheet.Failure:
		t.report("type-error", column.Name, place(), fmt.Sprintf("%s holds the error %s", column.Name, cell.Value), "write the value")
		return ""
	case cell.Value == "" && cell.HasFormula:
		t.report("type-error", column.Name, place(), column.Name+" holds a formula without a value", "write the value")
		return ""
	case cell.Lossy:
		t.report("encoding", column.Name, place(), column.Name+" has half of a character: a surrogate without its other half", "write the character anew")
		return ""
	}
	if text, isDate := t.date(column, cell, place); isDate {
		return text
	}
	if cell.Kind == spreadsheet.Number && column.Type == dataset.TypeText && digits(cell.Value) > maxDigits {
		text := allDigits(cell.Value)
		t.remarks.Add(intake.LeftOut(place(), fmt.Sprintf("%s was a number, of which spreadsheets keep 15 digits: read as %q", column.Name, text), "write it anew, in a cell of texts"))
		return text
	}
	text := plain(cell)
	if text != cell.Value && cell.Kind != spreadsheet.String && column.Type != dataset.TypeDecimal {
		t.remarks.Add(intake.ReadAs(place(), cell.Value, text))
	}
	if t.reader.base != nil {
		return text // white space at the edges is undone where what was there has none
	}
	if !column.IsProse() {
		text = strings.TrimSpace(text)
	}
	return text
}

// derived returns a cell of a derived column as CSV would hold it.
func (t *sheetTable) derived(column *dataset.Column, cell *spreadsheet.Cell) string {
	if cell.Kind == spreadsheet.Number && (column.Type == dataset.TypeDay || t.format(cell.Style).isDate) {
		if day, ok := t.reader.day(cell.Value); ok {
			return day
		}
	}
	return plain(cell)
}

// dateFormat is how a style shows numbers as dates.
type dateFormat struct {
	isDate bool
	parts  spreadsheet.DateParts
}

// date returns what a cell that holds a moment, or a number that is shown as a date, was meant as, and whether it is such a
// cell: a month where only month and year are shown, the day of a day with a time. A number without the format of a date is a
// day too in a column of days.
func (t *sheetTable) date(column *dataset.Column, cell *spreadsheet.Cell, place func() dataset.Place) (text string, isDate bool) {
	if cell.Kind == spreadsheet.ISODate {
		moment := withoutMidnight(cell.Value)
		day, time, hasTime := strings.Cut(moment, "T")
		if hasTime {
			t.tell(place(), fmt.Sprintf("read the day %s at %s as %q", day, time, day))
		}
		return day, true
	}
	format := t.format(cell.Style)
	if cell.Kind != spreadsheet.Number || !format.isDate && column.Type != dataset.TypeDay {
		return "", false
	}
	day, time, ok := t.reader.moment(cell.Value)
	if !ok {
		return "", false
	}
	t.days[column.Name]++
	year, month := day[:len("2022")], day[:len("2022-03")]
	shown := format.parts
	switch {
	case column.Type != dataset.TypeDay && shown.Month && !shown.Day:
		t.tell(place(), fmt.Sprintf("read the day %s, of which the month is shown, as %q", day, month))
		return month, true
	case column.Type != dataset.TypeDay && shown.Year && !shown.Day:
		t.tell(place(), fmt.Sprintf("read the day %s, of which the year is shown, as %q", day, year))
		return year, true
	case (column.Type == dataset.TypeDate || column.Type == dataset.TypeDay) && isYear(cell.Value):
		t.report("type-error", column.Name, place(), fmt.Sprintf("%s is %s, which is what a spreadsheet makes of the year %s in a cell of days", column.Name, day, cell.Value),
			"write "+cell.Value+" in a cell of texts, if the year is meant")
		return "", true
	case time:
		t.tell(place(), fmt.Sprintf("read the day %s with a time as %q", day, day))
	case column.Type != dataset.TypeDay:
		t.remarks.Add(intake.ReadAs(place(), cell.Value, day))
	}
	return day, true
}

// tell tells how a cell was read.
func (t *sheetTable) tell(place dataset.Place, message string) {
	t.remarks.Add(intake.Remark{Place: place, Message: message})
}

// isYear reports whether a number is a year rather than a day: as a day, the years of this age lie in the summer of 1905.
func isYear(value string) bool {
	n, err := strconv.Atoi(value)
	return err == nil && n >= 1990 && n <= 2099
}

// maxDigits is how many digits of a number spreadsheets keep.
const maxDigits = 15

// digits counts the digits of a number: all before the point, and those after it up to the last that is not 0.
func digits(number string) int {
	plain := strings.TrimLeft(allDigits(number), "-0")
	whole, fraction, _ := strings.Cut(plain, ".")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" {
		fraction = strings.TrimLeft(fraction, "0")
	}
	return len(whole) + len(fraction)
}

// allDigits writes out a number that has an exponent.
func allDigits(number string) string {
	const most = 400 // more than the digits of the largest number that a spreadsheet has
	_, exponent, isShort := strings.Cut(strings.ToLower(number), "e")
	if !isShort {
		return number
	}
	if power, err := strconv.Atoi(exponent); err != nil || power > most || power < -most {
		return number
	}
	exact, ok := new(big.Rat).SetString(number)
	if !ok {
		return number
	}
	if exact.IsInt() {
		return exact.RatString()
	}
	return strings.TrimRight(exact.FloatString(2*most), "0")
}

// noteNumber keeps a number in a column of dates that might be a day, for it has too many digits for a year.
func (t *sheetTable) noteNumber(column *dataset.Column, field int, sheet string, cell *spreadsheet.Cell) {
	if column.Type == dataset.TypeDate && cell.Kind == spreadsheet.Number && len(cell.Value) > len("2022") && !t.format(cell.Style).isDate {
		t.numbers = append(t.numbers, numberPlace{column.Name, len(t.cells), field, t.reader.place(sheet, cell.String()), cell.Value})
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
			if t.mended != nil {
				t.mended.Set(n.row, n.field, day)
			} else {
				t.rows[n.row][n.field] = day
			}
			t.remarks.Add(intake.ReadAs(n.place, n.value, day))
		}
	}
}

// format returns how a style shows numbers as dates.
func (t *sheetTable) format(style int) dateFormat {
	format, isKnown := t.formats[style]
	if !isKnown {
		number := t.reader.book.Styles.Format(style).Number
		if format.isDate = number.IsDate(); format.isDate {
			format.parts = number.DateParts()
		}
		if t.formats == nil {
			t.formats = map[int]dateFormat{}
		}
		t.formats[style] = format
	}
	return format
}

// plain returns what was typed into a cell, but for days that are numbers.
func plain(cell *spreadsheet.Cell) string {
	switch cell.Kind {
	case spreadsheet.Number:
		if _, err := dataset.ParseDecimal(cell.Value); err == nil {
			return cell.Value
		}
		if plain, ok := dataset.PlainDecimal(cell.Value); ok {
			return plain
		}
		return allDigits(cell.Value)
	case spreadsheet.Boolean:
		return strings.ToUpper(cell.Value) // as spreadsheets show it
	case spreadsheet.ISODate:
		return withoutMidnight(cell.Value)
	default:
		return strings.ReplaceAll(cell.Value, "\r\n", "\n")
	}
}

// midnight is the time of a day that has none: to the minute, the second or less, with a zone or without.
var midnight = pattern.New(`T00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$`)

// withoutMidnight returns a date and time as the day that it is, if it is one.
func withoutMidnight(text string) string {
	if at := midnight().FindStringIndex(text); at != nil {
		return text[:at[0]]
	}
	return strings.TrimSuffix(text, "Z")
}

// day returns the day that a number stands for, unless it has a time or lies before 1 March 1900: spreadsheets count right only
// from then on (ECMA-376 Part 1, 18.17.4.1).
func (r *workbookReader) day(value string) (string, bool) {
	day, time, ok := r.moment(value)
	return day, ok && !time
}

// moment returns the day that a number stands for, and whether it has a time besides.
func (r *workbookReader) moment(value string) (day string, time, ok bool) {
	const (
		firstRight = 61
		unixEpoch  = 25569 // 1 January 1970
		years1904  = 1462  // from 30 December 1899 to 1 January 1904
		lastDay    = 2958465
	)
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n < 0 || n > lastDay+1 {
		return "", false, false
	}
	serial := int(n)
	if r.book.Date1904 {
		serial += years1904
	}
	if serial < firstRight || serial > lastDay {
		return "", false, false
	}
	return dataset.Day(serial - unixEpoch).String(), n != float64(int(n)), true
}

// leaf returns a value of the metadata as a text.
func (r *workbookReader) leaf(cell *spreadsheet.Cell) string {
	switch {
	case cell.Kind == spreadsheet.Blank:
		return ""
	case cell.Kind == spreadsheet.Number && r.book.Styles.Format(cell.Style).Number.IsDate():
		if day, ok := r.day(cell.Value); ok {
			return day
		}
	}
	return plain(cell)
}
