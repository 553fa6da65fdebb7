package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// cross is a summary with two labels as a cross-table: a row for each value of the first, a column for each of the second.
type cross struct {
	summary *dataset.Table
	rows    []crossLabel
	columns []crossLabel
	counts  map[[2]string]int64 // by both labels
}

// crossLabel is a value of a label, and what all of its figures add up to.
type crossLabel struct {
	words string
	total int64
}

// maxCrossColumns is how many values stand across; the rest is one column.
const maxCrossColumns = 12

// The columns of a cross-table beside those of its second label.
const (
	othersTitle = "Others"
	totalTitle  = "Total"
)

// crossTable returns a summary as a cross-table, or nil for one that does not have two labels.
func crossTable(t *dataset.Table) (*dataset.Table, *cross) {
	if t.Summary == nil || len(t.Summary.Labels) != 2 || t.Rows == 0 {
		return nil, nil
	}
	x := &cross{summary: t, counts: map[[2]string]int64{}}
	measure := t.Summary.MeasureColumn(0)
	for row := range t.Rows {
		labels, n := [2]string{x.words(0, row), x.words(1, row)}, t.Cell(row, measure).Number.Coefficient()
		x.rows, x.columns = addLabel(x.rows, labels[0], n), addLabel(x.columns, labels[1], n)
		x.counts[labels] += n
	}
	largestFirst := func(a, b crossLabel) int { return int(b.total - a.total) }
	if slices.SortStableFunc(x.columns, largestFirst); !t.Summary.ByLabel {
		slices.SortStableFunc(x.rows, largestFirst)
	}
	columns := textColumns([3]string{"label", t.Columns[x.place(0)].Title})
	number := func(name, title string) {
		columns = append(columns, dataset.Column{Name: name, Title: title, Type: dataset.TypeInteger})
	}
	for i, c := range x.across() {
		number("value_"+strconv.Itoa(i+1), c.words)
	}
	if len(x.columns) > maxCrossColumns {
		number("others", othersTitle)
	}
	number("total", totalTitle)
	table := dataset.NewTable(crossPrefix+t.Name, t.Title+", crosswise",
		fmt.Sprintf("The column %s of the worksheet %s: %s by %s.", t.Columns[measure].Title, SheetName(t), lowerFirst(t.Columns[x.place(0)].Title), lowerFirst(t.Columns[x.place(1)].Title)),
		columns, len(x.rows), x.cell)
	return table, x
}

// crossPrefix is what the name of a cross-table has before that of its summary.
const crossPrefix = "cross_"

// CrossName returns the name of the worksheet with the cross-table of a summary, if it has one.
func CrossName(summary *dataset.Table) string {
	return SheetName(&dataset.Table{Name: crossPrefix + summary.Name})
}

func lowerFirst(title string) string { return strings.ToLower(title[:1]) + title[1:] }

// place returns the column of the words of a label, or of the label where it has none.
func (x *cross) place(label int) int {
	place := x.summary.Summary.LabelColumn(label)
	if x.summary.Summary.Labels[label].Words != nil {
		place++
	}
	return place
}

func (x *cross) words(label, row int) string { return x.summary.Cell(row, x.place(label)).Text }

func addLabel(labels []crossLabel, words string, n int64) []crossLabel {
	i := slices.IndexFunc(labels, func(l crossLabel) bool { return l.words == words })
	if i < 0 {
		i, labels = len(labels), append(labels, crossLabel{words: words})
	}
	labels[i].total += n
	return labels
}

// across returns the values that stand across.
func (x *cross) across() []crossLabel { return x.columns[:min(len(x.columns), maxCrossColumns)] }

// cell returns a cell of the cross-table: the label, the figures, the others and the total.
func (x *cross) cell(row, column int) dataset.Value {
	label, across := x.rows[row], x.across()
	switch {
	case column == 0:
		return dataset.TextValue(label.words)
	case column <= len(across):
		return dataset.NumberValue(dataset.NewDecimal(x.counts[[2]string{label.words, across[column-1].words}], 0))
	case column == len(across)+1 && len(x.columns) > len(across):
		others := label.total
		for _, c := range across {
			others -= x.counts[[2]string{label.words, c.words}]
		}
		return dataset.NumberValue(dataset.NewDecimal(others, 0))
	default:
		return dataset.NumberValue(dataset.NewDecimal(label.total, 0))
	}
}

// addCross gives a cross-table its formulas: they add up the worksheet of the summary.
func (f *formulas) addCross(s *sheet) {
	x := s.cross
	of := func(column int) string {
		return SheetName(x.summary) + "[" + x.summary.Columns[column].Title + "]"
	}
	sum := func(row int) string {
		return fmt.Sprintf("SUMIFS(%s,%s,$A%d", of(x.summary.Summary.MeasureColumn(0)), of(x.place(0)), s.row(row))
	}
	last := len(s.columns) - 1
	for i := 1; i <= last; i++ {
		c := &s.columns[i]
		switch {
		case i == last:
			c.formula = func(row int) string { return sum(row) + ")" }
		case i > len(x.across()):
			c.formula = func(row int) string {
				n := strconv.Itoa(s.row(row))
				return s.columns[last].letters + n + "-SUM(B" + n + ":" + s.columns[i-1].letters + n + ")"
			}
		default:
			c.formula = func(row int) string {
				return sum(row) + "," + of(x.place(1)) + "," + c.letters + "$" + strconv.Itoa(HeaderRow) + ")"
			}
		}
	}
}
