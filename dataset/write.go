package dataset

import (
	"io"
	"slices"
)

// WriteFiles writes the files of the dataset folder in canonical form, dataset.json first and the tables in order. It
// creates each by name; the first error ends it.
func WriteFiles(d *Dataset, create func(name string) (io.WriteCloser, error)) error {
	metadata, err := MarshalMetadata(d.Metadata)
	if err != nil {
		return err
	}
	if err := writeFile(MetadataFile, create, func(w io.Writer) error {
		_, err := w.Write(metadata)
		return err
	}); err != nil {
		return err
	}
	for i := range Schemas {
		schema := &Schemas[i]
		if err := writeFile(schema.File(), create, d.Table(schema).writeCurated); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(name string, create func(name string) (io.WriteCloser, error), write func(w io.Writer) error) error {
	file, err := create(name)
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		return err
	}
	return file.Close()
}

// writeCurated writes the curated columns of a table as canonical CSV: rows sorted bytewise by key.
func (t *Table) writeCurated(w io.Writer) error {
	columns, order := t.schema.Curated(), t.dataset.inKeyOrder(t.schema)
	b := AppendCSVHeader(make([]byte, 0, writeBytes+writeBytes/4), columns)
	for place := range t.Rows {
		if b = t.AppendCSVRow(b, columns, order(place)); len(b) >= writeBytes {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

// writeBytes is how many bytes are written at once.
const writeBytes = 1 << 16

// inKeyOrder returns which row has which place when the rows of a table are sorted bytewise by key.
func (d *Dataset) inKeyOrder(schema *Schema) func(place int) int {
	if d.keysOf(schema.Name).ascends {
		return func(place int) int { return place }
	}
	records := d.records(schema)
	order := make([]int, records.count())
	for row := range order {
		order[row] = row
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return compareKeys(schema, records, a, records, b)
	})
	return func(place int) int { return order[place] }
}

// AppendCSVHeader appends the names of columns as the first record of a CSV file.
func AppendCSVHeader(b []byte, columns []Column) []byte {
	for i := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendCSV(b, columns[i].Name)
	}
	return append(b, '\n')
}

// AppendCSVRow appends the first cells of a row, counted from 0, as a CSV record: as many as there are columns.
func (t *Table) AppendCSVRow(b []byte, columns []Column, row int) []byte {
	for i := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		switch columns[i].Type {
		case TypeText, TypeList:
			b = t.EncodeText(b, row, i, AppendCSV)
		default: // has nothing to quote
			b = t.AppendCell(b, row, i)
		}
	}
	return append(b, '\n')
}
