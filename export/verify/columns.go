package verify

import (
	"fmt"
	"maps"
	"slices"

	"haltsheet/dataset"
)

// Columns holds the records of a file to those of a table whose cells come column by column. What is off is reported at the end as
// Records does it: the first cell of the first record.
type Columns struct {
	records *Records
	names   []string
	rows    int // of the first column; -1 before it
	off     map[int]offCell
}

// offCell is the first cell of a record that is off.
type offCell struct {
	column int // of the table
	got    string
}

// Columns begins to read the columns of a table, which stand in the file in an order of its own.
func (f *File) Columns(table *dataset.Table, names []string) *Columns {
	return columnsOf(f.Records(table, names), names)
}

func columnsOf(r *Records, names []string) *Columns {
	return &Columns{records: r, names: names, rows: -1, off: map[int]offCell{}}
}

// Text holds a cell to the table, as CSV has it: that of a column of the file in a record, both from 0.
func (c *Columns) Text(column, record int, got []byte) {
	if c.isThere(column, record) && !sameCell(c.records, c.records.columns[column], got) {
		c.differs(column, record, string(got))
	}
}

// value holds a typed value to the table in the same way.
func (c *Columns) value(column, record int, got dataset.Value, kind dataset.Type) {
	if c.isThere(column, record) && !c.records.holdsValue(c.records.columns[column], got, kind) {
		c.differs(column, record, string(got.Append(nil, kind)))
	}
}

// isThere makes a record that of the table at hand, and reports whether the table has it and the column.
func (c *Columns) isThere(column, record int) bool {
	if c.records.columns[column] < 0 || record >= c.records.total() {
		return false
	}
	c.records.at(record)
	return true
}

func (c *Columns) differs(column, record int, got string) {
	if _, isOff := c.off[record]; !isOff {
		c.off[record] = offCell{c.records.columns[column], got}
	}
}

// Ends tells how many cells a column of the file had, which must be as many as the others.
func (c *Columns) Ends(column, cells int) error {
	if c.rows < 0 {
		c.rows = cells
	}
	if cells != c.rows {
		return fmt.Errorf("has %d cells of %q, and %d of %q", c.rows, c.names[0], cells, c.names[column])
	}
	return c.records.file.Stopped()
}

// Rows tells how many records a file has that does not hold their cells.
func (c *Columns) Rows(records int) { c.rows = records }

// End tells of what is off, and of records that are missing or too many.
func (c *Columns) End() {
	for _, record := range slices.Sorted(maps.Keys(c.off)) {
		c.records.at(record)
		c.records.differs(c.off[record].column, c.off[record].got, dataset.Place{})
	}
	c.records.read = max(c.rows, 0)
	c.records.End()
}

// holdsValue reports whether the record at hand has a value of a type in a column.
func (r *Records) holdsValue(column int, got dataset.Value, kind dataset.Type) bool {
	c := &r.table.Columns[column]
	switch {
	case got.Known && kind == dataset.TypeDay && c.Type == dataset.TypeDay:
		want := r.table.Cell(r.row, column)
		return want.Known && want.Day == got.Day
	case got.Known && kind == dataset.TypeDecimal && isNumber(c):
		if r.table.Cell(r.row, column).Number == got.Number {
			return true
		}
	case kind == dataset.TypeText:
		return sameCell(r, column, got.Text)
	}
	var text [32]byte // which takes a number or a day
	return sameCell(r, column, got.Append(text[:0], kind))
}
