package dataset

import (
	"bytes"
	"fmt"
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
	for _, row := range rows {
		if slices.ContainsFunc(row, func(v Value) bool { return !v.Known }) {
			t.Blank = "Blank cells mean that the figure is not a total."
		}
	}
	return t
}

// Headline returns the key figures that matter most in one sentence without its full stop; of any other table nothing.
func (t *Table) Headline() string {
	if t.Summary == nil {
		return ""
	}
	var parts []string
	for row := range t.Summary.Figures {
		figure, cell := &t.Summary.Figures[row], func(name string) string { return t.Cell(row, t.Column(name)).Number.Grouped() }
		switch {
		case !figure.Headline:
		case figure.Included == nil:
			parts = append(parts, cell("value")+" "+figure.Unit)
		default:
			amounts := cell("included") + " amounts"
			if amounts == "1 amounts" {
				amounts = "1 amount"
			}
			parts = append(parts, fmt.Sprintf("%s %s of own cash (%s, %s not exact, %s left out)",
				cell("value"), figure.Unit, amounts, cell("not_exact"), cell("left_out")))
		}
	}
	return strings.Join(parts, ", ")
}

// columns returns the columns of labels and measures.
func (s *Summary) columns() []Column {
	columns := make([]Column, 0, len(s.Labels)+len(s.Measures))
	for i := range s.Labels {
		columns = append(columns, s.Labels[i].Column)
	}
	for i := range s.Measures {
		columns = append(columns, s.Measures[i].Column)
	}
	return columns
}

func (d *Dataset) figureRows(figures []Figure) [][]Value {
	rows := make([][]Value, len(figures))
	for i := range figures {
		f := &figures[i]
		rows[i] = []Value{TextValue(f.Name), d.measure(&f.Measure).of(nil), TextValue(f.Unit), {}, {}, {}}
		for j, m := range []*Measure{f.Included, f.LeftOut, f.NotExact} {
			if m != nil {
				rows[i][3+j] = d.measure(m).of(nil)
			}
		}
	}
	return rows
}

func (d *Dataset) labelledRows(s *Summary) [][]Value {
	tallies := make([]tally, len(s.Measures))
	for i := range s.Measures {
		tallies[i] = d.measure(&s.Measures[i])
	}
	var rows [][]Value
	for _, labels := range d.labels(s, tallies) {
		row := make([]Value, 0, len(s.Labels)+len(s.Measures))
		var key []string
		for i := range s.Labels {
			switch label := &s.Labels[i]; {
			case label.Days:
				day, _ := parseDay(labels[i])
				row, key = append(row, dayValue(day)), append(key, labels[i])
			case label.Name != "":
				row = append(row, d.nameOf(label, key[0]))
			default:
				row, key = append(row, TextValue(labels[i])), append(key, labels[i])
			}
		}
		for i := range s.Measures {
			v := tallies[i].of(key)
			if s.Measures[i].Running && len(rows) > 0 {
				v.Number = v.Number.add(rows[len(rows)-1][len(row)].Number)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	if !s.ByLabel {
		lead := len(s.Labels) + s.Leads
		slices.SortStableFunc(rows, func(a, b []Value) int { return b[lead].Number.compare(a[lead].Number) })
	}
	if s.Limit > 0 && len(rows) > s.Limit {
		rows = rows[:s.Limit]
	}
	return rows
}

// nameOf returns the name that stands beside a label.
func (d *Dataset) nameOf(label *Label, key string) Value {
	row := d.keysOf(label.NameIn).find(key)
	if row == noRow {
		return Value{}
	}
	return TextValue(d.cellText(cellOf(label.NameIn, int(row), label.Name)))
}

// labels returns the labels of each row in order of the labels; those that merely name another are empty.
func (d *Dataset) labels(s *Summary, tallies []tally) [][]string {
	if s.Labels[0].Days {
		return d.coveredDays(tallies)
	}
	seen := map[string]bool{}
	for _, t := range tallies {
		for key := range t.places {
			seen[key] = true
		}
	}
	var rows [][]string
	for _, key := range sortedKeys(seen) {
		row := strings.Split(key, labelSeparator)
		for len(row) < len(s.Labels) {
			row = append(row, "")
		}
		if !slices.Contains(strings.Split(key, labelSeparator), "") {
			rows = append(rows, row)
		}
	}
	return rows
}

// coveredDays returns every day of the coverage up to the last fact that is dated to a day, and the days of the
// facts outside it.
func (d *Dataset) coveredDays(tallies []tally) (rows [][]string) {
	days := map[string]bool{}
	last := ""
	for _, t := range tallies {
		for day := range t.places {
			days[day], last = true, max(last, day)
		}
	}
	start, errStart := parseDay(d.Metadata.Coverage.Start)
	end, errEnd := parseDay(min(last, d.Metadata.Coverage.End))
	if errStart == nil && errEnd == nil {
		for day := start; day <= end; day++ {
			days[day.String()] = true
		}
	}
	for _, day := range sortedKeys(days) {
		rows = append(rows, []string{day})
	}
	return rows
}

// labelSeparator joins the labels of a row; it is in no label.
const labelSeparator = "\x00"

// tally is a measure computed for all labels at once.
type tally struct {
	places  map[string]int // of each label's number
	numbers []Decimal
	nothing Decimal // what no rows add up to
}

// of returns the measure of a row with these labels.
func (t tally) of(labels []string) Value {
	if place, ok := t.places[strings.Join(labels, labelSeparator)]; ok {
		return NumberValue(t.numbers[place])
	}
	return NumberValue(t.nothing)
}

// place returns the place of a label's number.
func (t *tally) place(label []byte) int {
	place, ok := t.places[string(label)]
	if !ok {
		place = len(t.numbers)
		t.places[string(label)] = place
		t.numbers = append(t.numbers, Decimal{})
	}
	return place
}

// measure computes a measure in one pass over its table.
func (d *Dataset) measure(m *Measure) tally {
	t := tally{places: map[string]int{}, nothing: NewDecimal(0, 0)}
	table := d.Table(SchemaOf(m.Of))
	filter, match, sum := newRowFilter(table, m.Where), table.columnsOf(m.Match), table.Column(m.Sum)
	var counted companySets
	var buffer []byte
	for row := range table.Rows {
		if !filter.holds(row) {
			continue
		}
		addend := NewDecimal(1, 0)
		if sum >= 0 {
			addend = table.Cell(row, sum).Number
		}
		buffer = table.eachLabel(match, row, buffer, 0, func(label []byte) {
			place := t.place(label)
			if m.Distinct && !counted.add(place, d.companyRow(m.Of, row)) {
				return
			}
			t.numbers[place] = t.numbers[place].add(addend)
		})
	}
	switch {
	case sum < 0:
	case table.Columns[sum].Currency == "EUR":
		t.nothing = NewDecimal(0, 2)
	default:
		for place := range t.numbers {
			t.numbers[place] = t.numbers[place].canonical()
		}
	}
	return t
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
	company -= int(blank) // so that none is less than 0
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
type rowFilter struct {
	table   *Table
	columns []int // of the conditions
	where   []Condition
	cell    []byte
}

func newRowFilter(t *Table, where []Condition) *rowFilter {
	f := &rowFilter{table: t, where: where}
	for i := range where {
		f.columns = append(f.columns, t.Column(where[i].Field))
	}
	return f
}

// holds reports whether a row meets all conditions.
func (f *rowFilter) holds(row int) bool {
	for i := range f.where {
		f.cell = f.table.AppendCell(f.cell[:0], row, f.columns[i])
		met := len(f.cell) > 0
		if f.where[i].Test != Known {
			met = (string(f.cell) == f.where[i].Is) == (f.where[i].Test == Equals)
		}
		if !met {
			return false
		}
	}
	return true
}

// columnsOf returns the places of columns.
func (t *Table) columnsOf(names []string) []int {
	columns := make([]int, len(names))
	for i := range names {
		columns[i] = t.Column(names[i])
	}
	return columns
}

// eachLabel calls yield with every label that a row belongs to: its cells of some columns joined, once for each
// member of a list. The labels stand in b behind its first bytes, and the buffer comes back for the next row.
func (t *Table) eachLabel(columns []int, row int, b []byte, behind int, yield func(label []byte)) []byte {
	if len(columns) == 0 {
		yield(b[:behind])
		return b
	}
	b = b[:behind]
	if behind > 0 {
		b = append(b, labelSeparator...)
	}
	column, open := columns[0], len(b)
	b = t.AppendCell(b, row, column)
	switch t.Columns[column].Type {
	case TypeDate:
		b = bytes.TrimRight(b, "?~%")
	case TypeList:
		for member := range List(b[open:]).All() {
			b = append(b[:open], member...)
			b = t.eachLabel(columns[1:], row, b, len(b), yield)
		}
		return b
	default: // the label is the cell
	}
	return t.eachLabel(columns[1:], row, b, len(b), yield)
}
