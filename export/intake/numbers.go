package intake

import (
	"fmt"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
)

// commas are numbers with one comma or one point among digits.
var oneMark = pattern.New(`^(\d+)([.,])(\d+)$`)

// marks say how the numbers of several files are written, as far as the numbers show it: whether one has a comma that cannot
// separate thousands.
type marks struct{ decimalCommas bool }

// isDecimalMark reports whether the mark of a number must stand before decimals: thousands are groups of three digits behind one
// to three digits, of which the first is not 0.
func isDecimalMark(whole, fraction string) bool {
	return len(fraction) != 3 || len(whole) > 3 || strings.HasPrefix(whole, "0")
}

// hasDecimalComma reports whether a cell is a number with a comma before decimals.
func hasDecimalComma(cell string) bool {
	n := oneMark().FindStringSubmatch(Bare(cell))
	return n != nil && n[2] == "," && isDecimalMark(n[1], n[3])
}

// mayHaveDecimalCommas reports whether the cells are separated as spreadsheets do where the decimal sign is a comma.
func (f *file) mayHaveDecimalCommas() bool { return f.separator == ';' || f.separator == '\t' }

// number returns a number with a decimal point and without needless zeros, and doubt that names both readings of one that can
// be meant in two ways. Whatever else a text is stays as it is, for the rules to tell.
func (m *marks) number(f *file, column *dataset.Column, text string) (plain, doubt string) {
	n := oneMark().FindStringSubmatch(Bare(text))
	if n == nil || !f.mayHaveDecimalCommas() && n[2] == "," {
		return text, ""
	}
	decimal, _ := dataset.PlainDecimal(n[1] + "." + n[3])
	if len(n[1])+len(n[3]) > dataset.MaxDigits || decimal == "" {
		return n[1] + "." + n[3], "" // the rules refuse it, where rounding would lose digits
	}
	isClear := isDecimalMark(n[1], n[3])
	switch {
	case isClear:
		return decimal, ""
	case n[2] == "," && m.decimalCommas && !strings.HasSuffix(n[3], "0"):
		return decimal, "" // as the spreadsheet that wrote the others writes it
	case n[2] == "." && !m.decimalCommas:
		return text, ""
	default:
		return decimal, fmt.Sprintf("%s %q can be meant in two ways: %s or %s", column.Name, text, n[1]+n[3], decimal)
	}
}
