package page

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/gzip"

	"haltsheet/dataset"
	"haltsheet/export/verify"
)

// Reader holds the tables inside a page to those of the book. Of a page without rows, it holds the columns and how many rows
// there are.
func Reader(f *verify.File) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	content, err := io.ReadAll(opened)
	if err != nil {
		return err
	}
	tables, err := read(content)
	if err != nil {
		return err
	}
	for _, table := range f.Book.Curated {
		i := slices.IndexFunc(tables, func(t packedTable) bool { return t.Name == table.Name })
		if i < 0 {
			return fmt.Errorf("lacks the table %q", table.Name)
		}
		if err := tables[i].hold(f, table); err != nil {
			return err
		}
	}
	return nil
}

// hold holds the table to that of the book.
func (t *packedTable) hold(f *verify.File, table *dataset.Table) error {
	names := make([]string, len(t.Columns))
	for i := range names {
		names[i] = t.Columns[i].Name
	}
	records := f.Records(table, names)
	switch {
	case !holdsRows(f.Book):
		records.Skip(t.Rows)
	case len(t.Cells) < len(names):
		return fmt.Errorf("has no rows of %q", table.Name)
	default:
		cells := make([]string, len(names))
		for row := range t.Rows {
			for i := range cells {
				cells[i] = t.Cells[i][row]
			}
			records.Add(cells, func(int) dataset.Place { return dataset.Place{} })
		}
	}
	records.End()
	return f.Stopped()
}

// The data in the document. It stands in one element, which no text from the data can end.
const (
	dataStart = `<script type="application/gzip" id="data">`
	dataEnd   = `</script>`
)

// maxData is the most bytes that read unpacks.
const maxData = 1 << 30

// read returns the tables that a page holds. Those of a page without rows have no cells.
func read(page []byte) ([]packedTable, error) {
	_, rest, found := bytes.Cut(page, []byte(dataStart))
	packed, _, ended := bytes.Cut(rest, []byte(dataEnd))
	if !found || !ended {
		return nil, errors.New("holds no data of haltsheet")
	}
	zip, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("its data cannot be unpacked: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(zip, maxData+1))
	if err != nil {
		return nil, fmt.Errorf("its data cannot be unpacked: %w", err)
	}
	if len(content) > maxData {
		return nil, fmt.Errorf("its data is more than %d bytes", maxData)
	}
	var d data
	if err := json.Unmarshal(content, &d); err != nil {
		return nil, fmt.Errorf("its data cannot be read: %w", err)
	}
	for i := range d.Tables {
		if err := d.Tables[i].check(); err != nil {
			return nil, err
		}
	}
	return d.Tables, nil
}

// check reports a table whose cells do not fit its columns and rows.
func (t *packedTable) check() error {
	if len(t.Cells) == 0 {
		return nil
	}
	if len(t.Cells) != len(t.Columns) {
		return fmt.Errorf("its table %q has %d columns and cells of %d", t.Name, len(t.Columns), len(t.Cells))
	}
	for i, cells := range t.Cells {
		if len(cells) != t.Rows {
			return fmt.Errorf("its table %q has %d rows, and %d cells of %q", t.Name, t.Rows, len(cells), t.Columns[i].Name)
		}
	}
	return nil
}
