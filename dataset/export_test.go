package dataset

import "strings"

// What tests outside the package may look at.

var (
	RoundRat         = roundRat
	Quotient         = quotient
	CanonicalDecimal = canonicalDecimal
	CurrencyName     = currencyName
)

// MostSaid is how many findings of a rule keep their words.
var MostSaid = &mostSaid

func (d Decimal) Add(e Decimal) Decimal { return d.add(e) }
func (d Decimal) Compare(e Decimal) int { return d.compare(e) }
func (d Decimal) Canonical() Decimal    { return d.canonical() }
func (d Date) IsEarlier(e Date) bool    { return d.isEarlier(e) }
func (d Date) Overlaps(e Date) bool     { return d.overlaps(e) }
func (l List) With(text string) List    { return l.with(text) }
func (d *Dataset) RateOf(c string, on Date) (rate Decimal, date, status string) {
	choice := d.lookup.rateOf(c, on)
	return choice.rate, choice.on.String(), choice.status
}

// CurrencyUse returns the first and the last day on which a currency was in use.
func CurrencyUse(code string) (from, until Date, ok bool) {
	c, ok := findCurrency(code)
	return c.From, c.Until, ok
}

// WordsOf returns what says a cell of a column in words.
func (d *Dataset) WordsOf(c *Column) func(text string) string { return d.wordsOf(c) }

// Accepts reports whether a text is well-formed.
func (f *Form) Accepts(text string) bool {
	message, _ := f.problem(text)
	return message == ""
}

// PlainlyAccepts reports whether one look tells that a text, or each member of a list, is well-formed.
func (f *Form) PlainlyAccepts(text string) bool { return f.plain != nil && f.plain(text) }

// ScannedField is a field of a CSV text and where it starts, in bytes.
type ScannedField struct {
	Text  string
	Start int
}

// ScanCSV reads a CSV text to its end. Faults are the offsets of what is not CSV.
func ScanCSV(text string) (records [][]ScannedField, lines, faults []int) {
	scanner := &csvScanner{text: text, line: 1}
	for {
		offset, line := scanner.offset, scanner.line
		cells, fault, more := scanner.next(nil)
		switch {
		case !more:
			return records, lines, faults
		case fault != nil:
			faults = append(faults, fault.offset)
			continue
		}
		record := make([]ScannedField, len(cells))
		for i, field := range cells {
			record[i] = ScannedField{strings.Clone(field.text), fieldStart(text, offset, i)}
		}
		records, lines = append(records, record), append(lines, line)
	}
}

// ReadMetadata reads a dataset.json and returns what is wrong with it.
func ReadMetadata(text string) (Metadata, Findings) {
	m, _, log := readMetadata(text, nil)
	return m, All(log)
}

// SetLeastStretch sets how many bytes are worth a stretch of their own.
func SetLeastStretch(bytes int) { leastStretch = bytes }
