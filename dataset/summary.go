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
