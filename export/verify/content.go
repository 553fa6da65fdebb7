package verify

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"haltsheet/dataset"
	data "haltsheet/export/book"
	"haltsheet/export/readback"
	"haltsheet/export/spreadsheet"
)

// Text reads a small document that has the same bytes wherever it is made of the same data.
func Text(want func(b *data.Book) ([]byte, error)) Reader {
	return func(f *File) error {
		got, err := f.Read()
		if err != nil {
			return err
		}
		text, err := want(f.Book)
		if err == nil {
			f.holdText(got, text)
		}
		return err
	}
}

// holdText reports the first line in which a text is not what the data asks for.
func (f *File) holdText(got, want []byte) {
	if string(got) == string(want) {
		return
	}
	line, column := 1, 1
	for i := 0; i < min(len(got), len(want)) && got[i] == want[i]; i++ {
		if column++; got[i] == '\n' {
			line, column = line+1, 1
		}
	}
	f.Report(Descriptor, dataset.Finding{Place: dataset.Place{Line: line, Column: column}, Message: "is not what the data asks for"})
}

// CSV reads a file of comma-separated values, which begins with a mark where it has one.
func CSV(table *dataset.Table, mark string) Reader {
	return func(f *File) error { return f.csv(table, mark) }
}

func (f *File) csv(table *dataset.Table, mark string) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	text := bufio.NewReader(opened)
	switch begin, err := text.Peek(len(mark)); {
	case err != nil && !errors.Is(err, io.EOF):
		return err
	case string(begin) != mark:
		return fmt.Errorf("does not begin with %q", mark)
	}
	_, _ = text.Discard(len(mark)) // they were there
	reader := csv.NewReader(text)
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		return err
	}
	r := f.Records(table, header)
	defer r.End()
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		r.Add(cells, func(i int) dataset.Place {
			line, column := reader.FieldPos(min(i, len(cells)-1))
			return dataset.Place{Line: line, Column: column}
		})
	}
}

// Parquet reads a Parquet file of a table, or of those rows of it that have one value in a column, which the file then leaves
// out.
func Parquet(table *dataset.Table, without string, rows []int) Reader {
	return func(f *File) error { return f.parquet(table, without, rows) }
}

func (f *File) parquet(table *dataset.Table, without string, rows []int) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	info, err := opened.Stat()
	if err != nil {
		return err
	}
	file, err := readback.OpenParquet(opened, info.Size())
	if err != nil {
		return err
	}
	names := make([]string, len(file.Columns))
	for i := range names {
		names[i] = file.Columns[i].Name
	}
	r := f.newRecords(table, names, byName)
	r.rows = rows
	columns := columnsOf(r.without(without), names)
	for i, column := range file.Columns {
		cells, err := file.Read(i, func(row int, value dataset.Value) { columns.value(i, row, value, column.Type) })
		if err == nil {
			err = columns.Ends(i, cells)
		}
		if err != nil {
			return err
		}
	}
	columns.End()
	f.holdSaid(table, without, file.Says)
	return nil
}

// holdSaid reports what a file says otherwise of the dataset and of its table than the book, the first of it.
func (f *File) holdSaid(table *dataset.Table, without string, says map[string]string) {
	columns := slices.DeleteFunc(slices.Clone(table.Columns), func(c dataset.Column) bool { return c.Name == without })
	for _, want := range f.Book.Says(table, columns) {
		if said, ok := says[want.Key]; !ok || said != want.Text {
			f.Report(Mismatch, dataset.Finding{Message: fmt.Sprintf("its metadata has %.200q under %q, where the dataset has %.200q", said, want.Key, want.Text)})
			return
		}
	}
}

// Spreadsheet reads a workbook, be it XLSX or OpenDocument: it holds it to the Rules of its profile, unless only its data matters, and
// its worksheets to the tables.
func Spreadsheet(f *File) error {
	w, err := spreadsheet.OpenFile(f.name())
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }() // it was only read
	readers := f.newSheetReaders(w)
	if f.dataOnly {
		err = w.Read(inGroups(w, readers.alongside, unlooked))
	} else {
		f.findings, err = workbookAlong(w, f.Path, f.profile, readers.alongside)
	}
	if err != nil {
		return err
	}
	f.findings = append(f.findings, readers.end()...)
	return nil
}
