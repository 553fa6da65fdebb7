package dataset

import (
	"fmt"
	"strconv"
)

// Day is one civil day, counted from 1 January 1970 (day 0) in the proleptic Gregorian calendar.
type Day int32

// civilDay returns the day of a year, month (1 to 12) and day of the month (from 1).
func civilDay(year, month, day int) Day {
	if month <= 2 { // years that begin in March put the leap day last
		year, month = year-1, month+12
	}
	era := year / 400
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	return Day(era*146097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719468)
}

// Civil returns the year, the month (1 to 12) and the day of the month (from 1).
func (d Day) Civil() (year, month, day int) {
	n := int(d) + 719468
	era := n / 146097
	dayOfEra := n - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	year, month, day = yearOfEra+era*400, shifted+3, dayOfYear-(153*shifted+2)/5+1
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}

// String returns the day as ISO 8601 writes it, YYYY-MM-DD.
func (d Day) String() string { return string(d.Append(nil)) }

// Append appends the day to b as String writes it.
func (d Day) Append(b []byte) []byte {
	year, month, day := d.Civil()
	b = appendDigits(b, year, 4)
	b = appendDigits(append(b, '-'), month, 2)
	return appendDigits(append(b, '-'), day, 2)
}

// Precision says how much of a Date is known.
type Precision uint8

// The precisions, from nothing to a day.
const (
	PrecisionNone Precision = iota
	PrecisionYear
	PrecisionMonth
	PrecisionDay
)

// String returns year, month or day, and nothing for an empty date.
func (p Precision) String() string {
	return [...]string{"", "year", "month", "day"}[p]
}

// The first and last years of a Date: within them every spreadsheet counts days alike.
const (
	minYear = 1901
	maxYear = 9999
)

// Date is a date as a source gives it: a year, a month or a day, and how sure that is.
// Its text form is EDTF (ISO 8601-2:2019) level 0, YYYY, YYYY-MM or YYYY-MM-DD, with the level 1
// qualifiers ? (uncertain), ~ (approximate) and % (both). The zero Date is empty: not known.
type Date struct {
	year       int16
	month, day uint8
	qualifier  byte // 0, '?', '~' or '%'
}

// ParseDate reads an EDTF date; the empty text is the empty date.
func ParseDate(text string) (Date, error) {
	if text == "" {
		return Date{}, nil
	}
	var d Date
	digits := text
	switch last := text[len(text)-1]; last {
	case '?', '~', '%':
		d.qualifier, digits = last, text[:len(text)-1]
	}
	if len(digits) != 4 && len(digits) != 7 && len(digits) != 10 {
		return Date{}, fmt.Errorf("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", text)
	}
	year, okYear := parseDigits(digits[:4])
	month, okMonth, day, okDay := 0, true, 0, true
	if len(digits) >= 7 {
		month, okMonth = parseDigits(digits[5:7])
		okMonth = okMonth && digits[4] == '-'
	}
	if len(digits) == 10 {
		day, okDay = parseDigits(digits[8:])
		okDay = okDay && digits[7] == '-'
	}
	if !okYear || !okMonth || !okDay {
		return Date{}, fmt.Errorf("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", text)
	}
	if year < minYear {
		return Date{}, fmt.Errorf("date %q lies before %d", text, minYear)
	}
	if len(digits) >= 7 && (month < 1 || month > 12) {
		return Date{}, fmt.Errorf("date %q has no month %02d", text, month)
	}
	if len(digits) == 10 && (day < 1 || day > daysIn(year, month)) {
		return Date{}, fmt.Errorf("date %q has no day %02d", text, day)
	}
	d.year, d.month, d.day = int16(year), uint8(month), uint8(day)
	return d, nil
}

// IsZero reports whether the date is empty.
func (d Date) IsZero() bool { return d.year == 0 }

// Precision returns how much of the date is known.
func (d Date) Precision() Precision {
	switch {
	case d.year == 0:
		return PrecisionNone
	case d.month == 0:
		return PrecisionYear
	case d.day == 0:
		return PrecisionMonth
	default:
		return PrecisionDay
	}
}

// Qualifier returns uncertain, approximate or both, as EDTF's ?, ~ and % say, and nothing for a plain date.
func (d Date) Qualifier() string {
	switch d.qualifier {
	case '?':
		return "uncertain"
	case '~':
		return "approximate"
	case '%':
		return "both"
	default:
		return ""
	}
}

// Start returns the first day that the date may mean. The date must not be empty.
func (d Date) Start() Day {
	return civilDay(int(d.year), max(int(d.month), 1), max(int(d.day), 1))
}

// End returns the last day that the date may mean. The date must not be empty.
func (d Date) End() Day {
	month := int(d.month)
	if month == 0 {
		month = 12
	}
	day := int(d.day)
	if day == 0 {
		day = daysIn(int(d.year), month)
	}
	return civilDay(int(d.year), month, day)
}

// plain returns the date without a qualifier.
func (d Date) plain() Date {
	d.qualifier = 0
	return d
}

// dateOf returns the date that is one day.
func dateOf(day Day) Date {
	year, month, dayOfMonth := day.Civil()
	return Date{year: int16(year), month: uint8(month), day: uint8(dayOfMonth)}
}

// Month returns the date cut to its month, YYYY-MM, or to its year where that is all; without a qualifier.
func (d Date) Month() string {
	d.day, d.qualifier = 0, 0
	return d.String()
}

// String returns the date in EDTF.
func (d Date) String() string { return string(d.Append(nil)) }

// Append appends the date to b as String writes it.
func (d Date) Append(b []byte) []byte {
	if d.year == 0 {
		return b
	}
	b = appendDigits(b, int(d.year), 4)
	if d.month > 0 {
		b = appendDigits(append(b, '-'), int(d.month), 2)
	}
	if d.day > 0 {
		b = appendDigits(append(b, '-'), int(d.day), 2)
	}
	if d.qualifier != 0 {
		b = append(b, d.qualifier)
	}
	return b
}

// MarshalText writes the date in EDTF.
func (d Date) MarshalText() ([]byte, error) { return d.Append(nil), nil }

// UnmarshalText reads the date as ParseDate does.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// overlaps reports whether some day may be meant by both dates.
func (d Date) overlaps(e Date) bool { return d.Start() <= e.End() && e.Start() <= d.End() }

// isEarlier orders dates by the day they start on, then by the day they end on.
func (d Date) isEarlier(e Date) bool {
	if d.Start() != e.Start() {
		return d.Start() < e.Start()
	}
	return d.End() < e.End()
}

// PlainDay is a Date that is always a calendar day, with nothing left open; the checks see to it.
type PlainDay struct{ Date }

// parseDay reads a plain day, YYYY-MM-DD, with nothing left open.
func parseDay(text string) (Day, error) {
	d, err := ParseDate(text)
	if err != nil || d.Precision() != PrecisionDay || d.qualifier != 0 {
		return 0, fmt.Errorf("day %q is not a calendar day YYYY-MM-DD", text)
	}
	return d.Start(), nil
}

func daysIn(year, month int) int {
	if month == 2 {
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 30 + (month+month/8)%2
}

// parseDigits reads a text of nothing but ASCII digits.
func parseDigits(text string) (n int, ok bool) {
	for i := range len(text) {
		c := text[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

// appendDigits appends n, which is not negative, with leading zeros up to a width.
func appendDigits(b []byte, n, width int) []byte {
	switch {
	case int64(n) >= pow10(width):
		return strconv.AppendInt(b, int64(n), 10)
	case width == 2:
		return append(b, '0'+byte(n/10), '0'+byte(n%10))
	case width == 4: // a year
		return append(b, '0'+byte(n/1000), '0'+byte(n/100%10), '0'+byte(n/10%10), '0'+byte(n%10))
	}
	const zeros = "000000000000000000"
	b = append(b, zeros[:width]...)
	for i := len(b) - 1; n > 0; i, n = i-1, n/10 {
		b[i] += byte(n % 10)
	}
	return b
}
