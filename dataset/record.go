package dataset

import (
	"fmt"
	"reflect"

	"github.com/gocarina/gocsv"
)

// recordAccess reaches the typed records of one table by row and curated column, both counted from 0.
type recordAccess struct {
	// count returns the number of records.
	count func(d *Dataset) int
	// field returns a pointer to one field: *string, *Date, *Decimal or *List.
	field func(d *Dataset, row, column int) any
	// resize makes room for a number of records, which bind can then fill side by side, or cuts them to it.
	resize func(d *Dataset, rows int)
	// bind fills some records from a row on with the rows of a reader, whose first row is the header.
	bind func(d *Dataset, row, rows int, from gocsv.CSVReader) error
	// equal reports whether a record of d and one of another dataset have the same curated cells.
	equal func(d *Dataset, row int, other *Dataset, otherRow int) bool
	// names are the csv tags of the record's fields in order.
	names []string
}

// accessRecords makes the access to a slice of records whose fields carry gocsv tags.
func accessRecords[R comparable](slice func(*Dataset) *[]R) recordAccess {
	record := reflect.TypeFor[R]()
	names := make([]string, record.NumField())
	for i := range names {
		names[i] = record.Field(i).Tag.Get("csv")
	}
	return recordAccess{
		names: names,
		equal: func(d *Dataset, row int, other *Dataset, otherRow int) bool {
			return (*slice(d))[row] == (*slice(other))[otherRow]
		},
		count: func(d *Dataset) int { return len(*slice(d)) },
		field: func(d *Dataset, row, column int) any {
			return reflect.ValueOf(&(*slice(d))[row]).Elem().Field(column).Addr().Interface()
		},
		resize: func(d *Dataset, rows int) {
			if records := slice(d); rows > len(*records) {
				*records = make([]R, rows)
			} else {
				*records = (*records)[:rows]
			}
		},
		bind: func(d *Dataset, row, rows int, from gocsv.CSVReader) error {
			into := (*slice(d))[row : row+rows : row+rows]
			return gocsv.UnmarshalCSV(from, &into) // in place, since there is room
		},
	}
}

// cell returns one curated cell of a record.
func (a *recordAccess) cell(d *Dataset, row, column int) Value {
	switch field := a.field(d, row, column).(type) {
	case *string:
		return TextValue(*field)
	case *List:
		return TextValue(string(*field))
	case *PlainDay:
		if field.IsZero() {
			return Value{}
		}
		return dayValue(field.Start())
	case *Date:
		return TextValue(field.String())
	case *Decimal:
		return NumberValue(*field)
	default:
		panic(fmt.Sprintf("dataset: no column type for a field of type %T", field))
	}
}
