package dataset

import (
	"fmt"
	"reflect"
	"unsafe"
)

// recordAccess reaches the typed records of one table.
type recordAccess struct {
	// of returns the records that a dataset has now.
	of func(d *Dataset) records
	// resize makes room for a number of records, which can then be set side by side, or cuts them to it.
	resize func(d *Dataset, rows int)
	// clear empties all records.
	clear func(d *Dataset)
	// move moves some records to an earlier place.
	move func(d *Dataset, to, from, rows int)
	// equal reports whether a record of d and one of another dataset have the same curated cells.
	equal func(d *Dataset, row int, other *Dataset, otherRow int) bool
}

// records are the records of one table, reached by row and curated column, both counted from 0. Those of a million rows
// are read and set cell by cell, so their fields are found by their offsets.
type records struct {
	count  int
	first  unsafe.Pointer // the first record
	size   uintptr        // of a record
	fields []field        // of each curated column
}

// field is a field of a record.
type field struct {
	offset uintptr
	holds  fieldType
}

// fieldType is the Go type of a field.
type fieldType uint8

const (
	holdsText fieldType = iota // string, or List
	holdsDate
	holdsDay // PlainDay
	holdsDecimal
)

// fieldTypes are all types that a field of a record may have.
var fieldTypes = map[reflect.Type]fieldType{
	reflect.TypeFor[string](): holdsText, reflect.TypeFor[List](): holdsText, reflect.TypeFor[Date](): holdsDate,
	reflect.TypeFor[PlainDay](): holdsDay, reflect.TypeFor[Decimal](): holdsDecimal,
}

// accessRecords makes the access to a slice of records whose fields are the curated columns in order.
func accessRecords[R comparable](slice func(*Dataset) *[]R) recordAccess {
	record := reflect.TypeFor[R]()
	var fields []field
	for f := range record.Fields() {
		holds, known := fieldTypes[f.Type]
		if !known {
			panic(fmt.Sprintf("dataset: no column type for a field of type %s", f.Type))
		}
		fields = append(fields, field{f.Offset, holds})
	}
	return recordAccess{
		of: func(d *Dataset) records {
			all := *slice(d)
			return records{len(all), unsafe.Pointer(unsafe.SliceData(all)), record.Size(), fields}
		},
		resize: func(d *Dataset, rows int) {
			if all := slice(d); rows > len(*all) {
				*all = make([]R, rows)
			} else {
				*all = (*all)[:rows]
			}
		},
		clear: func(d *Dataset) { clear(*slice(d)) },
		move: func(d *Dataset, to, from, rows int) {
			all := *slice(d)
			copy(all[to:], all[from:from+rows])
		},
		equal: func(d *Dataset, row int, other *Dataset, otherRow int) bool {
			return (*slice(d))[row] == (*slice(other))[otherRow]
		},
	}
}

// records returns the records of a table.
func (d *Dataset) records(schema *Schema) records { return schema.records.of(d) }

// field returns where a cell is kept, and as what.
func (r *records) field(row, column int) (unsafe.Pointer, fieldType) {
	if uint(row) >= uint(r.count) {
		panic(fmt.Sprintf("dataset: there is no record %d of %d", row, r.count))
	}
	f := &r.fields[column]
	return unsafe.Add(r.first, uintptr(row)*r.size+f.offset), f.holds
}

// cell returns one cell.
func (r *records) cell(row, column int) Value {
	switch at, holds := r.field(row, column); holds {
	case holdsDate:
		return TextValue((*Date)(at).String())
	case holdsDay:
		if day := (*PlainDay)(at); !day.IsZero() {
			return dayValue(day.Start())
		}
		return Value{}
	case holdsDecimal:
		return NumberValue(*(*Decimal)(at))
	default:
		return TextValue(*(*string)(at))
	}
}

// append appends a cell to b as CSV holds it.
func (r *records) append(b []byte, row, column int) []byte {
	switch at, holds := r.field(row, column); holds {
	case holdsDate, holdsDay: // a PlainDay is a Date
		return (*Date)(at).Append(b)
	case holdsDecimal:
		return (*Decimal)(at).Append(b)
	default:
		return append(b, *(*string)(at)...)
	}
}

// plainText returns a cell as CSV holds it.
func (r *records) plainText(row, column int) string {
	if at, holds := r.field(row, column); holds == holdsText {
		return *(*string)(at)
	}
	return string(r.append(nil, row, column))
}

// text returns a cell of a text or a list.
func (r *records) text(row, column int) string {
	at, holds := r.field(row, column)
	if holds != holdsText {
		panic(fmt.Sprintf("dataset: column %d holds no text", column))
	}
	return *(*string)(at)
}

// set sets one cell, which was empty, and reports whether its type can hold the text.
func (r *records) set(row, column int, text string) bool {
	var err error
	switch at, holds := r.field(row, column); holds {
	case holdsText:
		*(*string)(at) = text
	case holdsDate, holdsDay:
		*(*Date)(at), err = ParseDate(text)
	case holdsDecimal:
		*(*Decimal)(at), err = ParseDecimal(text)
	}
	return err == nil
}
