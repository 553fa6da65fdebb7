package verify

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// Records holds the records that are read from a file to those of a table, one after the other. The first cell that is
// off is reported; what follows from it is only counted.
type Records struct {
	file    *File
	table   *dataset.Table
	rows    []int // of the table, in the order of the file; nil for all of them
	columns []int // of the table, for each cell
	read    int
	row     int // of the table, for the record at hand
	wrong   int
	finding int // of the first that is wrong, in those of the file
	scratch []byte
}

// Records begins to read the records of a table, whose columns stand in the file in an order of its own.
func (f *File) Records(table *dataset.Table, columns []string) *Records {
	return f.newRecords(table, columns, byName).without("")
}

// RecordsInOrder begins to read the records of a table that stand in the file in the order of some rows, or as in the table
// where there are none.
func (f *File) RecordsInOrder(table *dataset.Table, columns []string, rows []int) *Records {
	r := f.Records(table, columns)
	r.rows = rows
	return r
}

func (f *File) newRecords(table *dataset.Table, names []string, nameOf func(c *dataset.Column) string) *Records {
	r := &Records{file: f, table: table}
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
func (r *Records) without(column string) *Records {
	for i := range r.table.Columns {
		if name := r.table.Columns[i].Name; name != column && !slices.Contains(r.columns, i) {
			r.fault(dataset.Finding{Field: name, Message: fmt.Sprintf("lacks the column %q", name)})
		}
	}
	return r
}

func (r *Records) total() int {
	if r.rows != nil {
		return len(r.rows)
	}
	return r.table.Rows
}

// next begins the next record. It returns false for one that the table does not have, of which End tells.
func (r *Records) next() bool {
	record := r.read
	if r.read++; record >= r.total() {
		return false
	}
	r.at(record)
	return true
}

// at makes a record of the file, which the table has, that at hand.
func (r *Records) at(record int) {
	if r.row = record; r.rows != nil {
		r.row = r.rows[record]
	}
}

// isDay reports whether a column holds days, whole or not.
func (r *Records) isDay(column int) bool {
	kind := r.table.Columns[column].Type
	return kind == dataset.TypeDay || kind == dataset.TypeDate
}

// holdsDay reports whether the record at hand has a day in a column.
func (r *Records) holdsDay(column int, day dataset.Day) bool {
	if r.table.Columns[column].Type != dataset.TypeDay {
		return sameCell(r, column, day.String())
	}
	v := r.table.Cell(r.row, column)
	return v.Known && v.Day == day
}

// sameCell reports whether the record at hand has in a column what a file says as CSV would.
func sameCell[T string | []byte](r *Records, column int, got T) bool {
	c := &r.table.Columns[column]
	switch c.Type {
	case dataset.TypeText, dataset.TypeDate, dataset.TypeList:
		var want string
		want, r.scratch = r.table.Text(r.scratch[:0], r.row, column)
		if r.file.Shows != nil {
			want = r.file.Shows(want)
		}
		return string(got) == want
	default:
		r.scratch = r.table.AppendCell(r.scratch[:0], r.row, column)
		return string(got) == string(r.scratch) || isNumber(c) && isSameNumber(string(got), string(r.scratch))
	}
}

func isNumber(c *dataset.Column) bool {
	return c.Type == dataset.TypeDecimal || c.Type == dataset.TypeInteger
}

// isSameNumber reports whether two texts are the same number, written differently. A text that is longer than any number
// here, or has an exponent of many digits, is not looked at.
func isSameNumber(got, want string) bool {
	if _, exponent, _ := strings.Cut(strings.ToLower(got), "e"); len(got) > 64 || len(exponent) > 3 {
		return false
	}
	a, okA := new(big.Rat).SetString(got)
	b, okB := new(big.Rat).SetString(want)
	return okA && okB && a.Cmp(b) == 0
}

// differs reports that the record at hand is another than the file has.
func (r *Records) differs(column int, got string, place dataset.Place) {
	c := &r.table.Columns[column]
	want := string(r.table.AppendCell(nil, r.row, column))
	if r.file.Shows != nil && !isNumber(c) {
		want = r.file.Shows(want)
	}
	key := r.key(r.row)
	is, asked := quotedApart(got, want)
	r.fault(dataset.Finding{
		Place: place, Key: key, Field: c.Name, Value: got, Message: fmt.Sprintf("%s of %s is %s, where the data asks for %s", c.Name, key, is, asked),
	})
}

// quotedApart returns two texts in quotes: both whole or, where one of them is long, the stretch of each in which they part.
func quotedApart(a, b string) (quotedA, quotedB string) {
	const long, before, stretch = 1000, 50, 200 // bytes
	if max(len(a), len(b)) <= long {
		return strconv.Quote(a), strconv.Quote(b)
	}
	parted := 0
	for parted < min(len(a), len(b)) && a[parted] == b[parted] {
		parted++
	}
	from := max(0, parted-before)
	quote := func(text string) string {
		to := min(len(text), from+stretch)
		quoted := strconv.Quote(strings.ToValidUTF8(text[from:to], ""))
		if from > 0 {
			quoted = "…" + quoted
		}
		if to < len(text) {
			quoted += "…"
		}
		return quoted
	}
	return quote(a), quote(b)
}

// Add holds the cells of the next record to the table, as CSV has them. place tells where one stands.
func (r *Records) Add(cells []string, place func(i int) dataset.Place) {
	if !r.next() {
		return
	}
	for i, column := range r.columns {
		if column < 0 {
			continue
		}
		got := ""
		if i < len(cells) {
			got = cells[i]
		}
		if !sameCell(r, column, got) {
			r.differs(column, got, place(i))
			return
		}
	}
}

// key returns the key of a record, or of a row of a summary what stands first in it.
func (r *Records) key(row int) string {
	key := ""
	for i := range r.table.Columns {
		c := &r.table.Columns[i]
		if !c.Key && (r.table.IsCurated() || i > 0) {
			continue
		}
		if key != "" {
			key += "/"
		}
		key += string(r.table.AppendCell(nil, row, i))
	}
	return key
}

func (r *Records) fault(finding dataset.Finding) {
	if r.wrong++; r.wrong > 1 {
		return
	}
	r.finding = len(r.file.findings)
	finding.Table = r.table.Name
	r.file.Report(Mismatch, finding)
}

// End tells of records that are missing or too many.
func (r *Records) End() {
	if r.read != r.total() {
		r.fault(dataset.Finding{Message: fmt.Sprintf("has %d records of %s, where there are %d", r.read, r.table.Name, r.total())})
	}
	if r.wrong > 1 {
		r.file.findings[r.finding].Message += fmt.Sprintf(" (and %s that differ)", counted(r.wrong-1, "more record"))
	}
}
