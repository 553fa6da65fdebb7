package page

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/klauspost/compress/gzip"

	"haltsheet/dataset"
	"haltsheet/export/book"
	"haltsheet/export/jsontext"
)

// maxRows is the most rows of curated tables that a page holds; it shows a larger dataset without them.
var maxRows = 300_000

// packedTable is a table in a page. Behind what it says of itself stand its cells, an array of arrays: by column, as CSV has them
// before any quoting, and none in a page without rows.
type packedTable struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Columns []packedColumn `json:"columns"`
	Rows    int            `json:"rows"`
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

// data is what the page holds for its scripts. Behind it stand the tables, an array.
type data struct {
	Name  string                       `json:"name"`
	Names map[string]map[string]string `json:"names"` // what people read for codes, by list
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
	var packed bytes.Buffer
	base := base64.NewEncoder(base64.StdEncoding, &packed)
	zip, err := gzip.NewWriterLevel(base, packLevel)
	if err != nil {
		return "", err
	}
	p := packer{out: bufio.NewWriterSize(zip, 1<<16), book: b, stopped: stopped}
	err = errors.Join(p.pack(), p.out.Flush(), zip.Close(), base.Close())
	return Rows(packed.String()), err
}

// packer writes what a page holds as JSON, cell by cell: that of a large dataset is not kept.
type packer struct {
	out     *bufio.Writer // which keeps its first error
	book    *book.Book
	stopped func() error
	item    []byte
}

// pack writes all of it.
func (p *packer) pack() error {
	if err := p.begin(data{p.book.Metadata.Name, namesOf(p.book)}, "tables"); err != nil {
		return err
	}
	for i, table := range p.book.Curated {
		p.separate(i)
		if err := p.packTable(table); err != nil {
			return err
		}
	}
	p.end()
	return nil
}

// begin writes an object up to the items of one more member, an array.
func (p *packer) begin(head any, name string) error {
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, _ = p.out.Write(text[:len(text)-len("}")])
	_, err = p.out.WriteString(`,"` + name + `":[`)
	return err
}

func (p *packer) end() { _, _ = p.out.WriteString("]}") }

// separate writes what stands before an item of an array.
func (p *packer) separate(i int) {
	if i > 0 {
		_ = p.out.WriteByte(',')
	}
}

// packTable writes a table. By column it is a third smaller, packed, than by row.
func (p *packer) packTable(table *dataset.Table) error {
	head := packedTable{Name: table.Name, Title: table.Title, Rows: table.Rows}
	for i := range table.Columns {
		c := &table.Columns[i]
		head.Columns = append(head.Columns, packedColumn{c.Name, c.Title, c.Type.String(), namedBy(c), c.Ref, c.Key})
	}
	if err := p.begin(head, "cells"); err != nil {
		return err
	}
	for i := range table.Columns {
		if err := p.stopped(); err != nil {
			return err
		}
		if holdsRows(p.book) {
			p.separate(i)
			p.packColumn(table, i)
		}
		p.book.Wrote(table.Rows*(i+1)/len(table.Columns) - table.Rows*i/len(table.Columns))
	}
	p.end()
	return nil
}

// packColumn writes the cells of a column.
func (p *packer) packColumn(table *dataset.Table, column int) {
	_ = p.out.WriteByte('[')
	for row := range table.Rows {
		p.separate(row)
		p.item = table.EncodeText(p.item[:0], row, column, jsontext.AppendText)
		_, _ = p.out.Write(p.item)
	}
	_ = p.out.WriteByte(']')
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
