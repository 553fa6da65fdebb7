package dataset

import "strconv"

// Type is what the cells of a column hold.
type Type uint8

// The types of columns.
const (
	TypeText    Type = iota // a text, in Value.Text
	TypeDate                // a Date, as its EDTF text in Value.Text
	TypeDay                 // a calendar day, in Value.Day
	TypeDecimal             // an exact number, in Value.Number
	TypeInteger             // a whole number, in Value.Number with scale 0
	TypeBoolean             // true or false, in Value.True
	TypeList                // a list of texts, in Value.Text as List writes it
)

// String returns the name of the type as the dictionary gives it.
func (t Type) String() string {
	return [...]string{"text", "date (EDTF)", "day", "decimal", "integer", "boolean", "list"}[t]
}

// IsText reports whether Value.Text has the cell: a text, a date or a list.
func (t Type) IsText() bool { return t == TypeText || t == TypeDate || t == TypeList }

// Value is one cell of a Table. Its column says which field holds the content; Known is false for an empty cell.
type Value struct {
	Known  bool
	True   bool
	Day    Day
	Number Decimal
	Text   string
}

// TextValue returns a cell of a text, a date's text or a list; the empty text is the empty cell.
func TextValue(text string) Value { return Value{Known: text != "", Text: text} }

// dayValue returns a cell of a calendar day.
func dayValue(day Day) Value { return Value{Known: true, Day: day} }

// NumberValue returns a cell of a number.
func NumberValue(d Decimal) Value { return Value{Known: d.set, Number: d} }

// integerValue returns a cell of a whole number.
func integerValue(n int) Value { return Value{Known: true, Number: NewDecimal(int64(n), 0)} }

// booleanValue returns a cell of a truth value.
func booleanValue(b bool) Value { return Value{Known: true, True: b} }

// Append appends the cell to b as CSV holds it, before any quoting: dates and days in ISO 8601,
// decimals and integers as plain digits, booleans as true and false, lists joined by semicolons.
func (v Value) Append(b []byte, t Type) []byte {
	if !v.Known {
		return b
	}
	switch t {
	case TypeDay:
		return v.Day.Append(b)
	case TypeDecimal, TypeInteger:
		return v.Number.Append(b)
	case TypeBoolean:
		return strconv.AppendBool(b, v.True)
	default:
		return append(b, v.Text...)
	}
}
