package dataset

import (
	"slices"
	"strings"
)

// labelledTable is a table whose rows have labels: the same for all rows that have the same cells in some columns.
type labelledTable struct {
	table  *Table
	groups rowGroups
	labels references     // of each group of rows, the places of its labels
	places map[string]int // of each label that there is
}

// labelRows gives the rows of the table of a measure the labels that it matches.
func (d *Dataset) labelRows(m *Measure, units []Unit) *labelledTable {
	t := &labelledTable{table: d.Table(SchemaOf(m.Of)), places: map[string]int{}}
	columns := make([]int, len(m.Match))
	for i := range columns {
		columns[i] = t.table.Column(m.Match[i])
	}
	t.groups = t.table.groupBy(columns)
	t.labels.starts = make([]int32, 1, len(t.groups.cells)+1)
	for _, cells := range t.groups.cells {
		for _, label := range t.table.labels(columns, units, cells) {
			place, known := t.places[label]
			if !known {
				place = len(t.places)
				t.places[label] = place
			}
			t.labels.rows = append(t.labels.rows, int32(place))
		}
		t.labels.starts = append(t.labels.starts, int32(len(t.labels.rows)))
	}
	return t
}

// placesOf returns the places of the labels of a row, counted from 0.
func (t *labelledTable) placesOf(row int) []int32 { return t.labels.of(int(t.groups.of(row))) }

// labels returns the labels of rows that have some cells in some columns: the cells joined, once for each member of a list.
func (t *Table) labels(columns []int, units []Unit, cells []string) []string {
	labels := []string{""}
	for i, cell := range cells {
		var longer []string
		parts := labelParts(t.Columns[columns[i]].Type, units[i], cell)
		for _, label := range labels {
			if i > 0 {
				label += labelSeparator
			}
			for _, part := range parts {
				longer = append(longer, label+part)
			}
		}
		labels = longer
	}
	return labels
}

// labelParts returns what a cell gives labels: the unit of a date, if it is known, the members of a list, or else itself.
func labelParts(t Type, unit Unit, cell string) []string {
	switch t {
	case TypeDate:
		if label := unit.label(strings.TrimRight(cell, "?~%")); label != "" {
			return []string{label}
		}
		return nil
	case TypeList:
		return slices.Collect(List(cell).All())
	default:
		return []string{cell}
	}
}

// label returns the unit that a date lies in, an EDTF date without its qualifier, or nothing where that is not known.
func (u Unit) label(date string) string {
	const year, month, day = len("2022"), len("2022-03"), len("2022-03-09")
	switch {
	case u == AsWritten, u == ByDay && len(date) == day:
		return date
	case u == ByMonth && len(date) >= month:
		return date[:month]
	case u == ByQuarter && len(date) >= month:
		ordinal := (date[month-2]-'0')*10 + date[month-1] - '0'
		return date[:year] + "-Q" + string('1'+(ordinal-1)/3)
	case u == ByYear && len(date) >= year:
		return date[:year]
	default:
		return ""
	}
}

// rowGroups are the rows of a table, those together that have the same cells in some columns.
type rowGroups struct {
	groups []int32    // of each row; nil where all are one group
	cells  [][]string // of each group
}

// of returns the group of a row; both count from 0.
func (g rowGroups) of(row int) int32 {
	if g.groups == nil {
		return 0
	}
	return g.groups[row]
}

// groupBy groups the rows by their cells in some columns.
func (t *Table) groupBy(columns []int) rowGroups {
	all := rowGroups{cells: [][]string{nil}}
	for _, column := range columns {
		all = all.split(t.placed[column].found())
	}
	return all
}

// split splits the groups by one more column.
func (g rowGroups) split(column *placedTexts) rowGroups {
	if g.groups == nil {
		first := rowGroups{column.of, make([][]string, len(column.texts))}
		for i := range first.cells {
			first.cells[i] = column.texts[i : i+1]
		}
		return first
	}
	split := rowGroups{groups: make([]int32, len(g.groups))}
	numbers := map[[2]int32]int32{} // of the new groups, by the old one and the place of the cell
	for row, place := range column.of {
		both := [2]int32{g.groups[row], place}
		number, known := numbers[both]
		if !known {
			number = int32(len(split.cells))
			numbers[both] = number
			split.cells = append(split.cells, append(slices.Clip(g.cells[both[0]]), column.texts[place]))
		}
		split.groups[row] = number
	}
	return split
}
