package dataset

import "slices"

// WriteFiles gives the files of the dataset folder in canonical form, dataset.json first and the tables in order, each
// as its name and content. The first error of write ends it.
func WriteFiles(d *Dataset, write func(name string, content []byte) error) error {
	metadata, err := MarshalMetadata(d.Metadata)
	if err != nil {
		return err
	}
	if err := write(MetadataFile, metadata); err != nil {
		return err
	}
	for i := range Schemas {
		schema := &Schemas[i]
		if err := write(schema.File(), d.Table(schema).curatedCSV(d)); err != nil {
			return err
		}
	}
	return nil
}

// curatedCSV returns the curated columns of a table as canonical CSV: rows sorted bytewise by key.
func (t *Table) curatedCSV(d *Dataset) []byte {
	order := make([]int, t.Rows)
	for row := range order {
		order[row] = row
	}
	if !d.keysAscend(t.schema) {
		slices.SortStableFunc(order, func(a, b int) int {
			return slices.Compare(d.appendSortKey(nil, t.schema, a), d.appendSortKey(nil, t.schema, b))
		})
	}
	columns := t.schema.Curated()
	b := AppendCSVHeader(nil, columns)
	for _, row := range order {
		b = t.AppendCSVRow(b, columns, row)
	}
	return b
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
	var plain [64]byte
	for i := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		v := t.Cell(row, i)
		if v.Text != "" {
			b = AppendCSV(b, v.Text)
			continue
		}
		b = append(b, v.Append(plain[:0], columns[i].Type)...)
	}
	return append(b, '\n')
}
