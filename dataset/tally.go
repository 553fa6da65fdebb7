package dataset

import "strings"

// tally is a measure computed for all labels at once.
type tally struct {
	*labelledTable
	numbers []Decimal // by the places of labels; empty where no row adds to it
	nothing Decimal   // what no rows add up to
}

// of returns the measure of a row with these labels.
func (t tally) of(labels []string) Value {
	if place, ok := t.places[strings.Join(labels, labelSeparator)]; ok && !t.numbers[place].IsZero() {
		return NumberValue(t.numbers[place])
	}
	return NumberValue(t.nothing)
}

// measure computes a measure in one pass over its table, whose rows have their labels.
func (d *Dataset) measure(m *Measure, labelled *labelledTable) tally {
	t := tally{labelledTable: labelled, numbers: make([]Decimal, len(labelled.places)), nothing: NewDecimal(0, 0)}
	filter, sum := newRowFilter(t.table, m.Where), t.table.Column(m.Sum)
	switch {
	case sum >= 0:
		t.addUp(filter, sum)
	case m.Distinct:
		t.countCompanies(filter, d.companyRow(m.Of))
	default:
		t.countRows(filter)
	}
	return t
}

// addUp adds up a column of the rows that a filter lets pass.
func (t *tally) addUp(filter rowFilter, column int) {
	for row := range t.table.Rows {
		if filter.holds(row) {
			number := t.table.Cell(row, column).Number
			for _, place := range t.placesOf(row) {
				t.numbers[place] = t.numbers[place].add(number)
			}
		}
	}
	if t.table.Columns[column].Currency == "EUR" {
		t.nothing = NewDecimal(0, 2)
		return
	}
	for place := range t.numbers {
		t.numbers[place] = t.numbers[place].canonical()
	}
}

// countCompanies counts the companies that the rows are about that a filter lets pass, each once for a label.
func (t *tally) countCompanies(filter rowFilter, companyRow func(row int) int) {
	var counted companySets
	for row := range t.table.Rows {
		if filter.holds(row) {
			for _, place := range t.placesOf(row) {
				if counted.add(int(place), companyRow(row)) {
					t.numbers[place] = t.numbers[place].add(NewDecimal(1, 0))
				}
			}
		}
	}
}

// countRows counts the rows that a filter lets pass: those of a group first, since all of them have the same labels.
func (t *tally) countRows(filter rowFilter) {
	counts := make([]int64, len(t.groups.cells))
	for row := range t.table.Rows {
		if filter.holds(row) {
			counts[t.groups.of(row)]++
		}
	}
	for group, count := range counts {
		if count == 0 {
			continue // it would make a row of the summary
		}
		for _, place := range t.labels.of(group) {
			t.numbers[place] = t.numbers[place].add(NewDecimal(count, 0))
		}
	}
}

// companyRow returns the row of the company that a row of a table is about; it is negative where there is none.
func (d *Dataset) companyRow(table string) func(row int) int {
	facts := d.lookup.factsOf(table)
	if facts == nil {
		return func(row int) int { return row }
	}
	return func(row int) int { return int(facts.companies[row]) }
}

// companySets are sets of companies by their rows, one for each place of a tally.
type companySets [][]uint64

// add adds a company to a set, and reports whether it was not in it.
func (s *companySets) add(place, company int) bool {
	for len(*s) <= place {
		*s = append(*s, nil)
	}
	company -= int(blankRow) // so that none is less than 0
	set := &(*s)[place]
	if word := company / 64; word >= len(*set) {
		*set = append(*set, make([]uint64, word+1-len(*set))...)
	}
	word, bit := &(*set)[company/64], uint64(1)<<(company%64)
	isNew := *word&bit == 0
	*word |= bit
	return isNew
}

// rowFilter holds rows of a table to conditions.
type rowFilter []rowCondition

// rowCondition is a condition, answered for each text of its column.
type rowCondition struct {
	texts *placedTexts
	holds []bool // of each text
}

func newRowFilter(t *Table, where []Condition) rowFilter {
	filter := make(rowFilter, len(where))
	for i := range where {
		c := rowCondition{texts: t.placed[t.Column(where[i].Field)].found()}
		for _, text := range c.texts.texts {
			c.holds = append(c.holds, where[i].holds(text))
		}
		filter[i] = c
	}
	return filter
}

// holds reports whether a cell meets the condition, as CSV holds it.
func (c *Condition) holds(cell string) bool {
	if c.Test == Known {
		return cell != ""
	}
	return (cell == c.Is) == (c.Test == Equals)
}

// holds reports whether a row meets all conditions.
func (f rowFilter) holds(row int) bool {
	for i := range f {
		if !f[i].holds[f[i].texts.of[row]] {
			return false
		}
	}
	return true
}
