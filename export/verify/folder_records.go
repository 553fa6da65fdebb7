package verify

import (
	"fmt"
	"math/big"
	"slices"

	"haltsheet/dataset"
)

// records holds the records that are read from a file to those of a table, one after the other. The first cell that is
// off is reported; what follows from it is only counted.
type records struct {
	folder  *folder
	file    string
	table   *dataset.Table
	rows    []int // of the table, in the order of the file; nil for all of them
	columns []int // of the table, for each cell
	read    int
	wrong   int
	finding int                      // of the first that is wrong, in those of the folder
	shown   func(text string) string // how the file shows a text; nil for as it is
}

// newRecords begins to read a file that has some columns of a table.
func (f *folder) newRecords(file string, table *dataset.Table, names []string, nameOf func(c *dataset.Column) string) *records {
	r := &records{folder: f, file: file, table: table}
	for _, name := range names {
		column := slices.IndexFunc(table.Columns, func(c dataset.Column) bool { return nameOf(&c) == name })
		if column < 0 {
			r.fault(dataset.Finding{Field: name, Message: fmt.Sprintf("has the column %q, which %s does not have", name, table.Name)})
		}
		r.columns = append(r.columns, column)
	}
	return r
}

// byName and byTitle are how files name columns.
func byName(c *dataset.Column) string { return c.Name }

func byTitle(c *dataset.Column) string { return c.Title }

// without says that the file leaves out a column; any other that is missing is a fault.
func (r *records) without(column string) *records {
	for i := range r.table.Columns {
		if name := r.table.Columns[i].Name; name != column && !slices.Contains(r.columns, i) {
			r.fault(dataset.Finding{Field: name, Message: fmt.Sprintf("lacks the column %q", name)})
		}
	}
	return r
}

func (r *records) total() int {
	if r.rows != nil {
		return len(r.rows)
	}
	return r.table.Rows
}

// add holds the next record to the table. place tells where a cell of it stands.
func (r *records) add(cells []string, place func(i int) dataset.Place) {
	at := r.read
	if r.read++; at >= r.total() {
		return // end tells of them
	}
	row := at
	if r.rows != nil {
		row = r.rows[at]
	}
	for i, column := range r.columns {
		if column < 0 {
			continue
		}
		got := ""
		if i < len(cells) {
			got = cells[i]
		}
		c := &r.table.Columns[column]
		want := string(r.table.Cell(row, column).Append(nil, c.Type))
		if r.shown != nil && c.Type != dataset.TypeDecimal && c.Type != dataset.TypeInteger {
			want = r.shown(want)
		}
		if got == want || isSame(got, want, c) {
			continue
		}
		r.fault(dataset.Finding{
			Place: place(i), Key: r.key(row), Field: c.Name, Value: got, Message: fmt.Sprintf("%s of %s is %q, where the data asks for %q", c.Name, r.key(row), got, want),
		})
		return
	}
}

// isSame reports whether two cells hold the same number or the same truth value, written differently.
func isSame(got, want string, c *dataset.Column) bool {
	if c.Type != dataset.TypeDecimal && c.Type != dataset.TypeInteger {
		return false
	}
	a, okA := new(big.Rat).SetString(got)
	b, okB := new(big.Rat).SetString(want)
	return okA && okB && a.Cmp(b) == 0
}

// key returns the key of a record, or of a row of a summary what stands first in it.
func (r *records) key(row int) string {
	key := ""
	for i := range r.table.Columns {
		c := &r.table.Columns[i]
		if !c.Key && (r.table.IsCurated() || i > 0) {
			continue
		}
		if key != "" {
			key += "/"
		}
		key += string(r.table.Cell(row, i).Append(nil, c.Type))
	}
	return key
}

func (r *records) fault(finding dataset.Finding) {
	if r.wrong++; r.wrong > 1 {
		return
	}
	r.finding = len(r.folder.findings)
	finding.Table, finding.File = r.table.Name, r.file
	r.folder.report("mismatch", finding)
}

// end tells of records that are missing or too many.
func (r *records) end() {
	if r.read != r.total() {
		r.fault(dataset.Finding{Message: fmt.Sprintf("has %d records of %s, where there are %d", r.read, r.table.Name, r.total())})
	}
	if r.wrong > 1 {
		r.folder.findings[r.finding].Message += fmt.Sprintf(" (and %s that differ)", counted(r.wrong-1, "more record"))
	}
}
