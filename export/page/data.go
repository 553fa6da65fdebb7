package page

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"haltsheet/dataset"
)

// MaxRows is the most rows of companies, halts and donations that a page holds; it shows a larger dataset without them.
const MaxRows = 100_000

// Table is a table in a page, its cells by column as CSV has them before any quoting.
type Table struct {
	Name    string     `json:"name"`
	Title   string     `json:"title"`
	Columns []Column   `json:"columns"`
	Rows    int        `json:"rows"`
	Cells   [][]string `json:"cells"` // empty in a page without rows
}

// Column is a column of a table in a page.
type Column struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Type  string `json:"type"`
	Names string `json:"names,omitempty"` // the list that names its codes
	Ref   string `json:"ref,omitempty"`   // the table whose keys it holds
	Key   bool   `json:"key,omitempty"`
}

// data is what the page holds for its scripts.
type data struct {
	Name   string                       `json:"name"`
	Names  map[string]map[string]string `json:"names"` // what people read for codes, by list
	Tables []Table                      `json:"tables"`
}

// holdsRows reports whether the page holds the rows of the tables.
func (c *Content) holdsRows() bool { return c.rows() <= MaxRows }

// rows returns how many rows the tables have that people search.
func (c *Content) rows() (rows int) {
	for _, table := range c.Curated {
		if searched[table.Name] != "" {
			rows += table.Rows
		}
	}
	return rows
}

// searched are the tables that people search, each with what one of its rows is called.
var searched = map[string]string{"companies": "company", "halts": "halt", "donations": "donation"}

// pack returns the data as JSON, compressed with gzip and written in base64.
func pack(c *Content) (string, error) {
	d := data{Name: c.Metadata.Name, Names: namesOf(c)}
	for _, table := range c.Curated {
		d.Tables = append(d.Tables, packTable(table, c.holdsRows()))
	}
	var b bytes.Buffer
	base := base64.NewEncoder(base64.StdEncoding, &b)
	zip, err := gzip.NewWriterLevel(base, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	err = errors.Join(json.NewEncoder(zip).Encode(d), zip.Close(), base.Close())
	return b.String(), err
}

// packTable returns a table as a page holds it. Tables by column are a third smaller than by row.
func packTable(table *dataset.Table, withCells bool) Table {
	packed := Table{Name: table.Name, Title: table.Title, Rows: table.Rows, Cells: [][]string{}}
	var cell []byte
	for i := range table.Columns {
		c := &table.Columns[i]
		packed.Columns = append(packed.Columns, Column{c.Name, c.Title, c.Type.String(), namedBy(c), c.Ref, c.Key})
		if !withCells {
			continue
		}
		cells := make([]string, table.Rows)
		for row := range cells {
			cell = table.AppendCell(cell[:0], row, i)
			cells[row] = string(cell)
		}
		packed.Cells = append(packed.Cells, cells)
	}
	return packed
}

// The data in the document. It stands in one element, which no text from the data can end.
const (
	dataStart = `<script type="application/gzip" id="data">`
	dataEnd   = `</script>`
)

// maxData is the most bytes that Read unpacks.
const maxData = 1 << 30

// Read returns the tables that a page holds. Those of a page without rows have no cells.
func Read(page []byte) ([]Table, error) {
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
func (t *Table) check() error {
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
