package page

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/klauspost/compress/gzip"

	"haltsheet/dataset"
	"haltsheet/export/book"
)

// maxRows is the most rows of curated tables that a page holds; it shows a larger dataset without them.
var maxRows = 300_000

// packedTable is a table in a page, its cells by column as CSV has them before any quoting.
type packedTable struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Columns []packedColumn `json:"columns"`
	Rows    int            `json:"rows"`
	Cells   [][]string     `json:"cells"` // empty in a page without rows
}

// packedColumn is a column of a table in a page.
type packedColumn struct {
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
	Tables []packedTable                `json:"tables"`
}

// holdsRows reports whether the page holds the rows of the tables.
func holdsRows(b *book.Book) bool {
	rows := 0
	for _, table := range b.Curated {
		rows += table.Rows
	}
	return rows <= maxRows
}

// rowsToSearch returns how many rows the tables have that people search.
func rowsToSearch(b *book.Book) (rows int) {
	for _, name := range searched {
		rows += b.Table(name).Rows
	}
	return rows
}

// searched are the tables that people search.
var searched = []string{"companies", "halts", "donations"}

// Rows is what a page holds for its scripts: JSON, compressed with gzip and written in base64.
type Rows string

// packLevel is how hard gzip packs: at the hardest it would take six times as long, for 3 % less of 100,000 halts.
const packLevel = 8

// Pack packs the rows of a book. Stopped returns why it should end early, and nil as long as it should not.
func Pack(stopped func() error, b *book.Book) (Rows, error) {
	d := data{Name: b.Metadata.Name, Names: namesOf(b)}
	for _, table := range b.Curated {
		packed, err := packTable(stopped, b, table)
		if err != nil {
			return "", err
		}
		d.Tables = append(d.Tables, packed)
	}
	var packed bytes.Buffer
	base := base64.NewEncoder(base64.StdEncoding, &packed)
	zip, err := gzip.NewWriterLevel(base, packLevel)
	if err != nil {
		return "", err
	}
	err = errors.Join(json.NewEncoder(zip).Encode(d), zip.Close(), base.Close())
	return Rows(packed.String()), err
}

// packTable returns a table as a page holds it. By column it is a third smaller, packed, than by row.
func packTable(stopped func() error, b *book.Book, table *dataset.Table) (packedTable, error) {
	packed := packedTable{Name: table.Name, Title: table.Title, Rows: table.Rows, Cells: [][]string{}}
	for i := range table.Columns {
		c := &table.Columns[i]
		packed.Columns = append(packed.Columns, packedColumn{c.Name, c.Title, c.Type.String(), namedBy(c), c.Ref, c.Key})
		if holdsRows(b) {
			packed.Cells = append(packed.Cells, make([]string, table.Rows))
		}
	}
	var cell []byte
	err := inSteps(stopped, b, table.Rows, func(row int) {
		for i := range packed.Cells {
			text, scratch := table.Text(cell[:0], row, i)
			if len(scratch) > 0 { // which the next cell is put together in
				text, cell = strings.Clone(text), scratch
			}
			packed.Cells[i][row] = text
		}
	})
	return packed, err
}

// stepRows is how many rows are taken before the writing tells of them, and may end early.
const stepRows = 500

// inSteps calls a function for every row in order.
func inSteps(stopped func() error, b *book.Book, rows int, do func(row int)) error {
	for row := range rows {
		if row%stepRows == 0 {
			if err := stopped(); err != nil {
				return err
			}
			b.Wrote(min(stepRows, rows-row))
		}
		do(row)
	}
	return nil
}
