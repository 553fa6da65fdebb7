package dataset

import "bytes"

// labelledTable is a table whose rows have labels.
type labelledTable struct {
	table  *Table
	places map[string]int // of each label that there is
	labels references     // the places of the labels of each row
}

// labelRows gives the rows of the table of a measure the labels that it matches.
func (d *Dataset) labelRows(m *Measure, units []Unit) *labelledTable {
	t := &labelledTable{table: d.Table(SchemaOf(m.Of)), places: map[string]int{}}
	t.labels.starts = make([]int32, 1, t.table.Rows+1)
	match := newLabelling(t.table, m.Match, units)
	var buffer []byte
	for row := range t.table.Rows {
		buffer = match.each(row, buffer, 0, func(label []byte) {
			place, known := t.places[string(label)]
			if !known {
				place = len(t.places)
				t.places[string(label)] = place
			}
			t.labels.rows = append(t.labels.rows, int32(place))
		})
		t.labels.starts = append(t.labels.starts, int32(len(t.labels.rows)))
	}
	return t
}

// labelling gives the rows of a table their labels.
type labelling struct {
	table   *Table
	columns []int  // with the labels
	units   []Unit // of the labels
	isRest  bool   // there are labels before these
}

func newLabelling(t *Table, match []string, units []Unit) labelling {
	l := labelling{table: t, columns: make([]int, len(match)), units: units}
	for i := range match {
		l.columns[i] = t.Column(match[i])
	}
	return l
}

// each calls yield with every label that a row belongs to: its cells of the columns joined, once for each member of a list.
// The labels stand in b behind its first bytes, and the buffer comes back for the next row.
func (l labelling) each(row int, b []byte, behind int, yield func(label []byte)) []byte {
	if len(l.columns) == 0 {
		yield(b[:behind])
		return b
	}
	b = b[:behind]
	if l.isRest {
		b = append(b, labelSeparator...)
	}
	open, rest := len(b), labelling{l.table, l.columns[1:], l.units[1:], true}
	b = l.table.AppendCell(b, row, l.columns[0])
	switch l.table.Columns[l.columns[0]].Type {
	case TypeDate:
		label := l.units[0].label(bytes.TrimRight(b[open:], "?~%"))
		if label == nil {
			return b
		}
		b = append(b[:open], label...)
	case TypeList:
		for member := range List(b[open:]).All() {
			b = append(b[:open], member...)
			b = rest.each(row, b, len(b), yield)
		}
		return b
	default: // the label is the cell
	}
	return rest.each(row, b, len(b), yield)
}

// label returns the unit that a date lies in, an EDTF date without its qualifier, or nil where that is not known.
func (u Unit) label(date []byte) []byte {
	const year, month, day = len("2022"), len("2022-03"), len("2022-03-09")
	switch {
	case u == AsWritten, u == ByDay && len(date) == day:
		return date
	case u == ByMonth && len(date) >= month:
		return date[:month]
	case u == ByQuarter && len(date) >= month:
		ordinal := (date[month-2]-'0')*10 + date[month-1] - '0'
		return append(append(make([]byte, 0, month), date[:year]...), '-', 'Q', '1'+(ordinal-1)/3)
	case u == ByYear && len(date) >= year:
		return date[:year]
	default:
		return nil
	}
}
