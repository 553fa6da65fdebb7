package dataset

import (
	"slices"
	"strings"
	"sync"
)

// Summarize computes the summary tables of a dataset in order.
func (d *Dataset) Summarize() []*Table {
	tables := make([]*Table, len(Summaries))
	var running sync.WaitGroup
	for i := range Summaries {
		running.Go(func() { tables[i] = d.summarize(&Summaries[i]) })
	}
	running.Wait()
	return tables
}

// summarize computes one summary table.
func (d *Dataset) summarize(s *Summary) *Table {
	rows := d.figureRows(s.Figures)
	columns := figureColumns
	if s.Figures == nil {
		rows = d.labelledRows(s)
		columns = s.columns()
	}
	t := NewTable(s.Name, s.Title, s.Description, columns, len(rows), func(row, column int) Value { return rows[row][column] })
	t.Summary = s
	if d.IsSelection() {
		t.Selection = d.selectionWords(d.Metadata.Selection)
		t.Description += " Only what fits the selection is counted: " + t.Selection + "."
	}
	for _, row := range rows {
		if slices.ContainsFunc(row, func(v Value) bool { return !v.Known }) {
			t.Blank = "Blank cells mean that the figure is not a total."
		}
	}
	return t
}

// columns returns the columns of labels, each with its words, and of measures.
func (s *Summary) columns() []Column {
	columns := make([]Column, 0, 2*len(s.Labels)+len(s.Measures))
	for i := range s.Labels {
		columns = append(columns, s.Labels[i].Column)
		if words := s.Labels[i].Words; words != nil {
			columns = append(columns, words.Column)
		}
	}
	for i := range s.Measures {
		columns = append(columns, s.Measures[i].Column)
	}
	return columns
}

// LabelColumn returns the place of the column of a label, counted from 0; behind the labels and their words begin the
// measures.
func (s *Summary) LabelColumn(label int) int {
	column := label
	for i := range s.Labels[:label] {
		if s.Labels[i].Words != nil {
			column++
		}
	}
	return column
}

// MeasureColumn returns the place of the column of a measure, counted from 0.
func (s *Summary) MeasureColumn(measure int) int { return s.LabelColumn(len(s.Labels)) + measure }

// units returns the units of the labels.
func (s *Summary) units() []Unit {
	units := make([]Unit, len(s.Labels))
	for i := range s.Labels {
		units[i] = s.Labels[i].Unit
	}
	return units
}

func (d *Dataset) figureRows(figures []Figure) [][]Value {
	rows := make([][]Value, len(figures))
	for i := range figures {
		f := &figures[i]
		value := d.figure(&f.Measure)
		rows[i] = []Value{TextValue(f.Name), value, TextValue(f.unit(value.Number)), {}, {}, {}}
		for j, m := range []*Measure{f.Included, f.LeftOut, f.NotExact} {
			if m != nil {
				rows[i][3+j] = d.figure(m)
			}
		}
	}
	return rows
}

// figure computes a measure of all rows of its table.
func (d *Dataset) figure(m *Measure) Value { return d.measure(m, d.labelRows(m, nil)).of(nil) }

func (d *Dataset) labelledRows(s *Summary) [][]Value {
	tallies := make([]tally, len(s.Measures))
	labelled := map[string]*labelledTable{} // by table and columns, since several measures match the same
	for i := range s.Measures {
		m := &s.Measures[i]
		by := strings.Join(append([]string{m.Of}, m.Match...), labelSeparator)
		if labelled[by] == nil {
			labelled[by] = d.labelRows(m, s.units())
		}
		tallies[i] = d.measure(m, labelled[by])
	}
	var rows [][]Value
	for _, labels := range d.labels(s, tallies) {
		row := d.labelCells(s, labels)
		for i := range s.Measures {
			v := tallies[i].of(labels)
			if s.Measures[i].Running && len(rows) > 0 {
				v.Number = v.Number.add(rows[len(rows)-1][len(row)].Number)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	if !s.ByLabel {
		leads := s.MeasureColumn(s.Leads)
		slices.SortStableFunc(rows, func(a, b []Value) int { return b[leads].Number.compare(a[leads].Number) })
	}
	if s.Limit > 0 && len(rows) > s.Limit {
		rows = rows[:s.Limit]
	}
	return rows
}

// labelCells returns the cells of the labels of a row, each with its words.
func (d *Dataset) labelCells(s *Summary, labels []string) []Value {
	cells := make([]Value, 0, 2*len(s.Labels)+len(s.Measures))
	for i := range s.Labels {
		label := &s.Labels[i]
		switch label.Column.Type {
		case TypeDay:
			day, _ := parseDay(labels[i])
			cells = append(cells, dayValue(day))
		case TypeInteger:
			number, _ := ParseDecimal(labels[i])
			cells = append(cells, NumberValue(number))
		default:
			cells = append(cells, TextValue(labels[i]))
		}
		if label.Words != nil {
			cells = append(cells, TextValue(label.Words.of(d, labels[i])))
		}
	}
	return cells
}

// labels returns the labels of each row in their order.
func (d *Dataset) labels(s *Summary, tallies []tally) (rows [][]string) {
	found := map[string]bool{}
	for _, t := range tallies {
		for key, place := range t.places {
			if !t.numbers[place].IsZero() {
				found[key] = true
			}
		}
	}
	if s.Labels[0].Every {
		d.addCovered(found, s.Labels[0].Unit)
	}
	for _, key := range sortedKeys(found) {
		if labels := strings.Split(key, labelSeparator); !slices.Contains(labels, "") {
			rows = append(rows, labels)
		}
	}
	return rows
}

// addCovered adds every unit of the coverage up to the last one that was found.
func (d *Dataset) addCovered(found map[string]bool, unit Unit) {
	start, errStart := parseDay(d.Metadata.Coverage.Start)
	end, errEnd := parseDay(d.Metadata.Coverage.End)
	if errStart != nil || errEnd != nil || len(found) == 0 {
		return
	}
	last := slices.Max(sortedKeys(found))
	for day := start; day <= end; day++ {
		label := unit.label(string(day.Append(nil)))
		if label > last {
			return
		}
		found[label] = true
	}
}

// labelSeparator joins the labels of a row; it is in no label.
const labelSeparator = "\x00"

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
		t.countCompanies(filter, func(row int) int { return d.companyRow(m.Of, row) })
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
func (t *tally) countCompanies(filter rowFilter, companyOf func(row int) int) {
	var counted companySets
	for row := range t.table.Rows {
		if filter.holds(row) {
			for _, place := range t.placesOf(row) {
				if counted.add(int(place), companyOf(row)) {
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
func (d *Dataset) companyRow(table string, row int) int {
	if facts := d.lookup.factsOf(table); facts != nil {
		return int(facts.companies[row])
	}
	return row
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
