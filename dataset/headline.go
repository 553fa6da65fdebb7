package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// HoldsFigures reports whether the rows of the table are figures, each of its own kind.
func (t *Table) HoldsFigures() bool { return t.Summary != nil && t.Summary.Figures != nil }

// FiguresOf returns the table among summaries that holds the key figures, or nil.
func FiguresOf(summaries []*Table) *Table {
	for _, t := range summaries {
		if t.HoldsFigures() {
			return t
		}
	}
	return nil
}

// unit returns what a number of the figure counts.
func (f *Figure) unit(n Decimal) string {
	if n.isOne() {
		return f.One
	}
	return f.Unit
}

// headlinePart is a figure of the headline in words.
type headlinePart struct {
	words  string
	detail string // what a sum holds
	isSum  bool
}

// Headline returns the key figures that matter most in one sentence without its full stop; of any other table nothing.
func (t *Table) Headline() string {
	counts, sums := t.HeadlineParts()
	return strings.Join(slices.DeleteFunc([]string{counts, sums}, func(part string) bool { return part == "" }), ", ")
}

// HeadlineParts returns the counts and the sums of the headline.
func (t *Table) HeadlineParts() (counts, sums string) {
	var counted, summed []string
	for _, part := range t.headline() {
		if part.isSum {
			summed = append(summed, part.words+" ("+part.detail+")")
		} else {
			counted = append(counted, part.words)
		}
	}
	counts, sums = strings.Join(counted, ", "), strings.Join(summed, ", ")
	if t.Selection != "" {
		counts = "only " + t.Selection + ": " + counts
	}
	return counts, sums
}

// HeadlineFigures returns the figures of the headline, each sum beside the count before it, and what the sums hold.
func (t *Table) HeadlineFigures() (figures, details []string) {
	for _, part := range t.headline() {
		switch {
		case part.isSum && len(figures) > 0:
			figures[len(figures)-1] += ", " + part.words
		default:
			figures = append(figures, part.words)
		}
		if part.detail != "" {
			details = append(details, part.detail)
		}
	}
	return figures, details
}

// headline returns the parts of the headline in order. Sums are rounded, since some of their amounts are bounds or estimates.
func (t *Table) headline() (parts []headlinePart) {
	if !t.HoldsFigures() {
		return nil
	}
	for row := range t.Summary.Figures {
		figure, number := &t.Summary.Figures[row], func(name string) Decimal { return t.Cell(row, t.Column(name)).Number }
		switch value := number("value"); {
		case !figure.Headline:
		case figure.Included == nil:
			parts = append(parts, headlinePart{words: value.Grouped() + " " + figure.unit(value)})
		default:
			amounts := "amounts"
			if number("included").isOne() {
				amounts = "amount"
			}
			parts = append(parts, headlinePart{isSum: true, words: EurosInWords(value) + " of own cash", detail: fmt.Sprintf("%s %s, %s not exact, %s left out",
				number("included").Grouped(), amounts, number("not_exact").Grouped(), number("left_out").Grouped())})
		}
	}
	return parts
}

// EurosInWords writes a sum of euros with its first three digits, as sure as such sums are: 425 million euros for
// 424549731.71.
func EurosInWords(sum Decimal) string {
	whole, _ := quotient(sum, NewDecimal(1, 0), 0)
	if whole.isOne() {
		return "1 euro"
	}
	euros := toThreeDigits(whole.coefficient)
	for _, large := range []struct {
		unit int64
		name string
	}{{1e9, "billion"}, {1e6, "million"}} {
		if euros >= large.unit {
			return NewDecimal(euros/(large.unit/100), 2).canonical().Grouped() + " " + large.name + " euros"
		}
	}
	return NewDecimal(euros, 0).Grouped() + " euros"
}

// isOne reports whether the number is 1.
func (d Decimal) isOne() bool { return d.compare(NewDecimal(1, 0)) == 0 }

// toThreeDigits rounds a number half up to its first three digits.
func toThreeDigits(n int64) int64 {
	step := int64(1)
	for n/step >= 1000 {
		step *= 10
	}
	return (n + step/2) / step * step
}
