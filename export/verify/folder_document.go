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

// nested are the tables whose records stand inside of their companies.
var nested = []string{"halts", "donations"}

// document is the JSON document of everything, while it is read record by record.
type document struct {
	folder  *folder
	file    string
	decoder *json.Decoder
	tables  map[string]*records
	nested  map[string]map[string][]int // the rows of each company, by table and company
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
		if slices.Contains(nested, table.Name) && table.IsCurated() {
			d.nested[table.Name] = rowsByCompany(table)
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

func rowsByCompany(table *dataset.Table) map[string][]int {
	rows := map[string][]int{}
	company := table.Column("company_id")
	for row := range table.Rows {
		id := table.Cell(row, company).Text
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
	case "companies":
		return d.array(name, d.company)
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

func (d *document) record(r *records) error {
	var record json.RawMessage
	if err := d.decoder.Decode(&record); err != nil {
		return err
	}
	return r.addJSON(record, nil, 0)
}

// company reads a company with its records of the nested tables.
func (d *document) company(r *records) error {
	var record json.RawMessage
	if err := d.decoder.Decode(&record); err != nil {
		return err
	}
	if err := r.addJSON(record, nested, 0); err != nil {
		return err
	}
	var company map[string]json.RawMessage
	if err := json.Unmarshal(record, &company); err != nil {
		return err
	}
	var id string
	_ = json.Unmarshal(company["company_id"], &id) // one that is no text differs, which is reported
	for _, name := range nested {
		var list []json.RawMessage
		if err := json.Unmarshal(company[name], &list); err != nil {
			return err
		}
		inside := *d.tables[name]
		inside.rows, inside.read = append([]int{}, d.nested[name][id]...), 0
		for _, item := range list {
			if err := inside.addJSON(item, nil, 0); err != nil {
				return err
			}
		}
		inside.rows, inside.read = nil, d.tables[name].read+inside.read
		*d.tables[name] = inside
	}
	return nil
}
