package dataset

import (
	"fmt"
	"slices"
	"sync"
)

// records are the records of one table of a dataset, reached by row and curated column, both counted from 0.
type records interface {
	count() int
	// resize makes room for a number of records, which can then be set side by side, or cuts them to it.
	resize(rows int)
	// clear empties all records.
	clear()
	// move moves some records to an earlier place.
	move(to, from, rows int)
	// equal reports whether a record and one of another dataset have the same curated cells.
	equal(row int, other records, otherRow int) bool
	// text returns a cell of a text or a list, date one of a date or a day, and decimal one of a number.
	text(row, column int) string
	date(row, column int) Date
	decimal(row, column int) Decimal
	// textOf returns a cell if its column holds texts or lists.
	textOf(row, column int) (text string, ok bool)
	// cell returns any cell, append appends it to b as CSV holds it, and plainText returns it so.
	cell(row, column int) Value
	append(b []byte, row, column int) []byte
	plainText(row, column int) string
	// set sets one cell, which was empty, and reports whether its type can hold the text.
	set(row, column int, text string) bool
}

// recordsOf are records of type R.
type recordsOf[R comparable] struct {
	all    *[]R
	fields []field[R] // of each curated column
}

// field reaches what one column has of a record. Of the three functions it has the one that fits what it holds.
type field[R any] struct {
	holds   Type
	text    func(*R) *string
	date    func(*R) *Date
	decimal func(*R) *Decimal
}

// newField makes a field of the function that a column names.
func newField[R any](c *Column) field[R] {
	f := field[R]{holds: c.Type}
	fits := TypeText
	switch of := c.Field.(type) {
	case func(*R) *string:
		f.text = of
	case func(*R) *List:
		fits, f.text = TypeList, func(r *R) *string { return (*string)(of(r)) }
	case func(*R) *Date:
		fits, f.date = TypeDate, of
	case func(*R) *PlainDay:
		fits, f.date = TypeDay, func(r *R) *Date { return &of(r).Date }
	case func(*R) *Decimal:
		fits, f.decimal = TypeDecimal, of
	default:
		panic(fmt.Sprintf("dataset: column %s has a field of type %T", c.Name, c.Field))
	}
	if fits != c.Type {
		panic(fmt.Sprintf("dataset: column %s of type %s has a field of type %T", c.Name, c.Type, c.Field))
	}
	return f
}

// Declare gives a schema its records: a slice of them in each dataset, whose fields the curated columns name. It panics
// when a column names none, or one that its type does not fit.
func Declare[R comparable](slice func(*Dataset) *[]R, schema Schema) Schema {
	var fields []field[R]
	for i := range schema.Curated() {
		fields = append(fields, newField[R](&schema.Columns[i]))
	}
	schema.records = func(d *Dataset) records { return &recordsOf[R]{slice(d), fields} }
	schema.worksheet = slices.Concat(schema.Columns, schema.Words)
	return schema
}

// tableRecords are the records of a table.
type tableRecords struct {
	schema  *Schema
	records records
}

// newDataset makes a dataset without records.
func newDataset() *Dataset {
	d := &Dataset{found: make([]cellFindings, len(Schemas)), origins: map[string]origin{}, lost: map[string]lostRows{}}
	d.faults = sync.OnceValue(func() *faults { return newFaults(d) })
	for i := range Schemas {
		d.tables = append(d.tables, tableRecords{&Schemas[i], Schemas[i].records(d)})
	}
	return d
}

// records returns the records of a table.
func (d *Dataset) records(schema *Schema) records {
	for i := range d.tables {
		if d.tables[i].schema == schema {
			return d.tables[i].records
		}
	}
	panic("dataset: there is no table " + schema.Name)
}

// Clear takes all records out of the dataset, and leaves dataset.json as it is.
func (d *Dataset) Clear() {
	for i := range d.tables {
		d.tables[i].records.resize(0)
	}
	d.lookUp()
}

func (r *recordsOf[R]) count() int { return len(*r.all) }

func (r *recordsOf[R]) resize(rows int) {
	if rows > len(*r.all) {
		*r.all = make([]R, rows)
	} else {
		*r.all = (*r.all)[:rows]
	}
}

func (r *recordsOf[R]) clear() { clear(*r.all) }

func (r *recordsOf[R]) move(to, from, rows int) {
	copy((*r.all)[to:], (*r.all)[from:from+rows])
}

func (r *recordsOf[R]) equal(row int, other records, otherRow int) bool {
	return (*r.all)[row] == (*other.(*recordsOf[R]).all)[otherRow]
}

func (r *recordsOf[R]) text(row, column int) string { return *r.fields[column].text(&(*r.all)[row]) }

func (r *recordsOf[R]) date(row, column int) Date { return *r.fields[column].date(&(*r.all)[row]) }

func (r *recordsOf[R]) decimal(row, column int) Decimal {
	return *r.fields[column].decimal(&(*r.all)[row])
}

func (r *recordsOf[R]) cell(row, column int) Value {
	f, record := &r.fields[column], &(*r.all)[row]
	switch f.holds {
	case TypeDate:
		return TextValue(f.date(record).String())
	case TypeDay:
		if day := f.date(record); !day.IsZero() {
			return dayValue(day.Start())
		}
		return Value{}
	case TypeDecimal:
		return NumberValue(*f.decimal(record))
	default:
		return TextValue(*f.text(record))
	}
}

func (r *recordsOf[R]) append(b []byte, row, column int) []byte {
	f, record := &r.fields[column], &(*r.all)[row]
	switch {
	case f.text != nil:
		return append(b, *f.text(record)...)
	case f.date != nil:
		return f.date(record).Append(b)
	default:
		return f.decimal(record).Append(b)
	}
}

func (r *recordsOf[R]) textOf(row, column int) (text string, ok bool) {
	f := &r.fields[column]
	if f.text == nil {
		return "", false
	}
	return *f.text(&(*r.all)[row]), true
}

func (r *recordsOf[R]) plainText(row, column int) string {
	if text, ok := r.textOf(row, column); ok {
		return text
	}
	return string(r.append(nil, row, column))
}

func (r *recordsOf[R]) set(row, column int, text string) bool {
	var err error
	f, record := &r.fields[column], &(*r.all)[row]
	switch {
	case f.text != nil:
		*f.text(record) = text
	case f.date != nil:
		*f.date(record), err = ParseDate(text)
	default:
		*f.decimal(record), err = ParseDecimal(text)
	}
	return err == nil
}
