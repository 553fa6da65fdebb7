package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// Summarize computes the summary tables of a dataset in order.
func (d *Dataset) Summarize() []*Table {
	tables := make([]*Table, len(Summaries))
	for i := range Summaries {
		tables[i] = d.summarize(&Summaries[i])
	}
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
	row := rowIn(d.lookup.rows[label.NameIn], key)
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
		for key := range t.numbers {
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
		for day := range t.numbers {
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
	numbers map[string]Decimal
	nothing Decimal // what no rows add up to
}

// of returns the measure of a row with these labels.
func (t tally) of(labels []string) Value {
	n, ok := t.numbers[strings.Join(labels, labelSeparator)]
	if !ok {
		n = t.nothing
	}
	return NumberValue(n)
}

// measure computes a measure in one pass over its table.
func (d *Dataset) measure(m *Measure) tally {
	t := tally{numbers: map[string]Decimal{}, nothing: NewDecimal(0, 0)}
	table := d.Table(SchemaOf(m.Of))
	match := make([]int, len(m.Match))
	for i, field := range m.Match {
		match[i] = table.Column(field)
	}
	sum, company := table.Column(m.Sum), table.Column("company_id")
	counted := map[[2]string]bool{}
	for row := range table.Rows {
		if !table.holds(m.Where, row) {
			continue
		}
		table.eachLabel(match, row, "", func(label string) {
			addend := NewDecimal(1, 0)
			if m.Sum != "" {
				addend = table.Cell(row, sum).Number
			}
			if m.Distinct {
				id := [2]string{label, table.Cell(row, company).Text}
				if counted[id] {
					return
				}
				counted[id] = true
			}
			t.numbers[label] = t.numbers[label].add(addend)
		})
	}
	switch {
	case sum < 0:
	case table.Columns[sum].Currency == "EUR":
		t.nothing = NewDecimal(0, 2)
	default:
		for label := range t.numbers {
			t.numbers[label] = t.numbers[label].canonical()
		}
	}
	return t
}

// holds reports whether a row meets all conditions.
func (t *Table) holds(where []Condition, row int) bool {
	for i := range where {
		c := t.Column(where[i].Field)
		v := t.Cell(row, c)
		switch where[i].Test {
		case Known:
			if !v.Known {
				return false
			}
		default:
			is := string(v.Append(nil, t.Columns[c].Type)) == where[i].Is
			if is != (where[i].Test == Equals) {
				return false
			}
		}
	}
	return true
}

// eachLabel calls yield with every label that a row belongs to: its cells of some columns joined, once for each
// member of a list.
func (t *Table) eachLabel(columns []int, row int, label string, yield func(label string)) {
	if len(columns) == 0 {
		yield(label)
		return
	}
	separator := ""
	if label != "" {
		separator = labelSeparator
	}
	column := columns[0]
	text := string(t.Cell(row, column).Append(nil, t.Columns[column].Type))
	if t.Columns[column].Type == TypeDate {
		text = strings.TrimRight(text, "?~%")
	}
	if t.Columns[column].Type != TypeList {
		t.eachLabel(columns[1:], row, label+separator+text, yield)
		return
	}
	for member := range List(text).All() {
		t.eachLabel(columns[1:], row, label+separator+member, yield)
	}
}
