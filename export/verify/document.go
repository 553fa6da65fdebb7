package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/dataset"
	"haltsheet/export/jsonread"
)

// document is the JSON document of everything, while it is read record by record.
type document struct {
	file    *File
	decoder *jsontext.Decoder
	tables  map[string]*jsonRecords
	nested  map[string]map[string][]int // the rows that belong to each record, by table and key
}

// Document reads the document of everything.
func Document(f *File) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	d := document{file: f, decoder: jsontext.NewDecoder(opened, jsontext.AllowDuplicateNames(true)), tables: map[string]*jsonRecords{}, nested: map[string]map[string][]int{}}
	for _, table := range slices.Concat(f.Book.Curated, f.Book.Summaries) {
		d.tables[nameIn(table)] = &jsonRecords{Records: f.allColumns(table), decoder: d.decoder}
		if owner := table.Role(dataset.RoleOwner); owner >= 0 {
			d.nested[table.Name] = rowsByKey(table, owner)
		}
	}
	if err := jsonread.Object(d.decoder, d.member); err != nil {
		return err
	}
	if _, err := d.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.New("goes on behind its end")
	}
	for _, table := range slices.Concat(f.Book.Curated, f.Book.Summaries) {
		d.tables[nameIn(table)].End()
	}
	return nil
}

// nameIn tells summaries from curated tables.
func nameIn(table *dataset.Table) string {
	if table.IsCurated() {
		return table.Name
	}
	return "summaries/" + table.Name
}

// rowsByKey returns the rows of a table by the key in a column.
func rowsByKey(table *dataset.Table, column int) map[string][]int {
	rows := map[string][]int{}
	for row := range table.Rows {
		id := table.Cell(row, column).Text
		rows[id] = append(rows[id], row)
	}
	return rows
}

// member reads a member of the document.
func (d *document) member(name string) error {
	switch name {
	case "dataset":
		return d.metadata()
	case "summaries":
		return jsonread.Object(d.decoder, func(name string) error { return d.array("summaries/" + name) })
	default:
		return d.array(name)
	}
}

func (d *document) metadata() error {
	got, err := d.decoder.ReadValue()
	if err != nil {
		return err
	}
	want, err := dataset.MarshalMetadata(d.file.Book.Metadata)
	if err != nil {
		return err
	}
	if compact(got) != compact(want) {
		d.file.Report(Mismatch, dataset.Finding{Message: "has another dataset.json than csv"})
	}
	return nil
}

func compact(value []byte) string {
	var b bytes.Buffer
	if err := json.Compact(&b, value); err != nil {
		return ""
	}
	return b.String()
}

// array reads an array of records of a table.
func (d *document) array(name string) error {
	r := d.tables[name]
	if r == nil {
		return fmt.Errorf("has a member %q, which is no table", name)
	}
	if err := jsonread.Open(d.decoder, '['); err != nil {
		return err
	}
	for d.decoder.PeekKind() == '{' {
		if err := d.record(r); err != nil {
			return err
		}
	}
	if d.decoder.PeekKind() != ']' {
		return fmt.Errorf("has other things than records in %q", name)
	}
	_, err := d.decoder.ReadToken()
	return err
}

// record reads a record, with those that stand inside of it: they are held to those that belong to the record that the data
// has there.
func (d *document) record(r *jsonRecords) error {
	if err := d.file.Stopped(); err != nil {
		return err
	}
	owned := r.table.Owned()
	var seen []string
	err := r.read(func(name []byte) (bool, error) {
		table := string(name)
		if !slices.Contains(owned, table) || slices.Contains(seen, table) {
			return false, nil
		}
		seen = append(seen, table)
		return true, d.inside(table, r)
	})
	if err == nil && len(seen) < len(owned) {
		err = fmt.Errorf("a record of %s has not all of %q", r.table.Name, owned)
	}
	return err
}

// inside reads the records of a table that stand inside one of another.
func (d *document) inside(name string, owner *jsonRecords) error {
	r := d.tables[name]
	before, rows := r.Records.read, []int{}
	if owner.isThere {
		rows = append(rows, d.nested[name][owner.table.Cell(owner.row, 0).Text]...)
	}
	r.rows, r.Records.read = rows, 0
	err := d.array(name)
	r.rows, r.Records.read = nil, before+r.Records.read
	return err
}
