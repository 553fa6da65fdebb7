package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"haltsheet/dataset"
)

// document is the JSON document of everything, while it is read record by record.
type document struct {
	folder  *folder
	file    string
	decoder *json.Decoder
	tables  map[string]*records
	nested  map[string]map[string][]int // the rows that belong to each record, by table and key
}

// checkDocument reads the document of everything.
func (f *folder) checkDocument(file string, _ *dataset.Table) error {
	if file == "json/dataset.json" && f.book.Metadata.Name != "dataset" {
		return nil
	}
	opened, err := os.Open(f.on(file))
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	d := document{folder: f, file: file, decoder: json.NewDecoder(opened), tables: map[string]*records{}, nested: map[string]map[string][]int{}}
	for _, table := range slices.Concat(f.book.Curated, f.book.Summaries) {
		d.tables[nameIn(table)] = f.allColumns(file, table)
		if owner := table.Role(dataset.RoleOwner); owner >= 0 {
			d.nested[table.Name] = rowsByKey(table, owner)
		}
	}
	if err := d.object(d.member); err != nil {
		return err
	}
	if _, err := d.decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("goes on behind its end")
	}
	for _, table := range slices.Concat(f.book.Curated, f.book.Summaries) {
		d.tables[nameIn(table)].end()
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

// object reads an object and calls a function for the value of each member.
func (d *document) object(member func(name string) error) error {
	return d.inside('{', func() error {
		name, err := d.decoder.Token()
		if err != nil {
			return err
		}
		return member(name.(string)) // a member has a name
	})
}

// inside reads what is inside a pair of brackets.
func (d *document) inside(bracket json.Delim, read func() error) error {
	token, err := d.decoder.Token()
	if err != nil {
		return err
	}
	if token != bracket {
		return fmt.Errorf("has %v where %v belongs", token, bracket)
	}
	for d.decoder.More() {
		if err := read(); err != nil {
			return err
		}
	}
	_, err = d.decoder.Token()
	return err
}

// member reads a member of the document.
func (d *document) member(name string) error {
	switch name {
	case "dataset":
		return d.metadata()
	case "summaries":
		return d.object(func(name string) error { return d.array("summaries/"+name, d.record) })
	default:
		return d.array(name, d.record)
	}
}

func (d *document) metadata() error {
	var got json.RawMessage
	if err := d.decoder.Decode(&got); err != nil {
		return err
	}
	want, err := dataset.MarshalMetadata(d.folder.book.Metadata)
	if err != nil {
		return err
	}
	if compact(got) != compact(want) {
		d.folder.reportFile("mismatch", d.file, "has another dataset.json than csv")
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

func (d *document) array(name string, read func(r *records) error) error {
	r := d.tables[name]
	if r == nil {
		return fmt.Errorf("has a member %q, which is no table", name)
	}
	return d.inside('[', func() error { return read(r) })
}

// record reads a record of a table that stands on its own.
func (d *document) record(r *records) error {
	var record json.RawMessage
	if err := d.decoder.Decode(&record); err != nil {
		return err
	}
	return d.add(r, record)
}

// add holds a record to its table, and those inside of it to theirs.
func (d *document) add(r *records, record json.RawMessage) error {
	owned := r.table.Owned()
	if err := r.addJSON(record, owned, 0); err != nil || len(owned) == 0 {
		return err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(record, &members); err != nil {
		return err
	}
	var id string
	_ = json.Unmarshal(members[r.table.Columns[0].Name], &id) // one that is no text differs, which is reported
	for _, name := range owned {
		var list []json.RawMessage
		if err := json.Unmarshal(members[name], &list); err != nil {
			return err
		}
		inside := *d.tables[name]
		inside.rows, inside.read = append([]int{}, d.nested[name][id]...), 0
		for _, item := range list {
			if err := d.add(&inside, item); err != nil {
				return err
			}
		}
		inside.rows, inside.read = nil, d.tables[name].read+inside.read
		*d.tables[name] = inside
	}
	return nil
}
