package readback

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"haltsheet/dataset"
	"haltsheet/export/intake"
)

// readJSON reads a JSON document.
func readJSON(name string) (*intake.Reading, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	from, err := transcribeJSON(filepath.Base(name), string(bytes.TrimPrefix(content, []byte("\ufeff"))))
	if err != nil {
		return nil, refuse(name, err.Error(), fromExport)
	}
	d, err := dataset.LoadTranscript(from)
	return &intake.Reading{Dataset: d}, err
}

// jsonDocument is a document that is being read.
type jsonDocument struct {
	text       string
	file       string
	lines      []int // the offset of each line
	decoder    *json.Decoder
	tables     map[string]*jsonTable
	transcript dataset.Transcript
}

// jsonTable is a table of a document.
type jsonTable struct {
	schema *dataset.Schema
	start  int // the offset of its first array
	rows   []jsonRow
}

// jsonRow is a record: the texts of its curated cells, and their offsets.
type jsonRow struct {
	cells  []string
	starts []int
}

// transcribeJSON reads the text of a document.
func transcribeJSON(file, text string) (*dataset.Transcript, error) {
	r := &jsonDocument{text: text, file: file, lines: lineStarts(text), tables: map[string]*jsonTable{}}
	r.transcript = dataset.Transcript{File: file, Tables: map[string]*dataset.TableTranscript{}}
	if !utf8.ValidString(text) {
		return nil, errors.New("is not UTF-8")
	}
	if err := json.Unmarshal([]byte(text), new(json.RawMessage)); err != nil {
		offset := len(text)
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = max(int(syntax.Offset)-1, 0)
		}
		return nil, r.fault(err, offset)
	}
	r.decoder = json.NewDecoder(strings.NewReader(text))
	r.decoder.UseNumber()
	if err := r.document(); err != nil {
		return nil, r.fault(err, int(r.decoder.InputOffset()))
	}
	if r.transcript.Metadata == nil && len(r.tables) == 0 {
		return nil, errors.New("is JSON, but not the document of a dataset")
	}
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		if owner := schema.Owner(); owner != nil && r.tables[schema.Name] == nil {
			if owners := r.tables[owner.Name]; owners != nil && len(owners.rows) == 0 { // there is no record to stand in
				r.tables[schema.Name] = &jsonTable{schema: schema, start: owners.start}
			}
		}
	}
	for name, table := range r.tables {
		r.transcript.Tables[name] = table.transcribe(r)
	}
	return &r.transcript, nil
}

// fault returns the error about a text that is no document.
func (r *jsonDocument) fault(err error, offset int) error {
	place := r.place(offset)
	return fmt.Errorf("is no such document: %w in line %d, column %d", err, place.Line, place.Column)
}

func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// place returns where an offset stands.
func (r *jsonDocument) place(offset int) dataset.Place {
	offset = min(offset, len(r.text))
	line, found := slices.BinarySearch(r.lines, offset)
	if !found {
		line--
	}
	return dataset.Place{File: r.file, Line: line + 1, Column: utf8.RuneCountInString(r.text[r.lines[line]:offset]) + 1}
}

// next returns the offset of the value that comes next.
func (r *jsonDocument) next() int {
	offset := int(r.decoder.InputOffset())
	for offset < len(r.text) && strings.IndexByte(" \t\r\n:,", r.text[offset]) >= 0 {
		offset++
	}
	return offset
}

// report keeps what is wrong with the document at an offset.
func (r *jsonDocument) report(rule, table, field string, offset int, message, hint string) {
	r.transcript.Findings = append(r.transcript.Findings, dataset.Finding{
		Rule: rule, Place: r.place(offset), Table: table, Field: field, Message: message, Hint: hint,
	})
}

// skip passes a value.
func (r *jsonDocument) skip() error {
	var value json.RawMessage
	return r.decoder.Decode(&value)
}

// open passes the bracket that opens an object or an array.
func (r *jsonDocument) open(bracket json.Delim) error {
	token, err := r.decoder.Token()
	if err == nil && token != bracket {
		err = fmt.Errorf("%v where %v belongs", token, bracket)
	}
	return err
}

// object calls member with the name of each member of an object, which it reads, and where the name stands.
func (r *jsonDocument) object(table string, member func(name string, start int) error) error {
	if err := r.open('{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.decoder.More() {
		start := r.next()
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		name := fmt.Sprint(token)
		if seen[name] {
			r.report("header", table, name, start, fmt.Sprintf("the key %q is there twice", name), "remove one")
		}
		seen[name] = true
		if err := member(name, start); err != nil {
			return err
		}
	}
	_, err := r.decoder.Token()
	return err
}

// document reads all of it.
func (r *jsonDocument) document() error {
	return r.object("", func(name string, start int) error {
		schema := dataset.SchemaOf(name)
		switch {
		case name == "dataset":
			return r.metadata()
		case schema != nil:
			return r.records(schema, "")
		case name == "summaries": // computed anew
		default:
			r.report("header", "", name, start, fmt.Sprintf("there is no member %q in the document of a dataset", name), "remove it")
		}
		return r.skip()
	})
}

// metadata reads the member that holds dataset.json.
func (r *jsonDocument) metadata() error {
	start := r.next()
	var value json.RawMessage
	if err := r.decoder.Decode(&value); err != nil {
		return err
	}
	r.transcript.Metadata = &dataset.MetadataTranscript{
		Text:  string(value),
		Place: func(_ string, offset int) dataset.Place { return r.place(start + offset) },
	}
	return nil
}

// records reads an array of records, with the key of their owner where they stand inside one.
func (r *jsonDocument) records(schema *dataset.Schema, owner string) error {
	table := r.tables[schema.Name]
	if table == nil {
		table = &jsonTable{schema: schema, start: r.next()}
		r.tables[schema.Name] = table
	}
	if err := r.open('['); err != nil {
		return err
	}
	for r.decoder.More() {
		if err := r.record(table, owner); err != nil {
			return err
		}
	}
	_, err := r.decoder.Token()
	return err
}

// record reads one record. A key that is not there is an empty cell.
func (r *jsonDocument) record(table *jsonTable, owner string) error {
	curated := table.schema.Curated()
	row := jsonRow{make([]string, len(curated)), slices.Repeat([]int{r.next()}, len(curated))}
	at := len(table.rows)
	table.rows = append(table.rows, row)
	err := r.object(table.schema.Name, func(name string, start int) (err error) {
		column, isKnown := curatedColumn(table.schema, name)
		owned := dataset.SchemaOf(name)
		switch {
		case column >= 0:
			row.starts[column] = r.next()
			row.cells[column], err = r.cell(table.schema, &curated[column])
			return err
		case owned != nil && owned.Owner() == table.schema:
			return r.records(owned, row.cells[0])
		case !isKnown:
			r.report("header", table.schema.Name, name, start, fmt.Sprintf("there is no key %q in %s", name, table.schema.Name), "remove it, or mend its spelling")
		}
		return r.skip()
	})
	if err != nil || owner == "" {
		return err
	}
	id := table.schema.Role(dataset.RoleOwner)
	switch row = table.rows[at]; row.cells[id] {
	case "":
		row.cells[id] = owner
	case owner:
	default:
		r.report("foreign-key", table.schema.Name, curated[id].Name, row.starts[id],
			fmt.Sprintf("%s %q stands inside of %q", curated[id].Name, row.cells[id], owner), "move the record to where it belongs, or mend the key")
	}
	return nil
}

// cell reads a value as CSV would hold it.
func (r *jsonDocument) cell(schema *dataset.Schema, column *dataset.Column) (string, error) {
	start := r.next()
	misfit := func(what string) {
		r.report("type-error", schema.Name, column.Name, start, fmt.Sprintf("%s is %s, where %s belongs", column.Name, what, column.Type), "write it as haltsheet export does")
	}
	if start < len(r.text) && r.text[start] == '{' {
		misfit("an object")
		return "", r.skip()
	}
	token, err := r.decoder.Token()
	if err != nil {
		return "", err
	}
	switch value := token.(type) {
	case string:
		return value, nil
	case json.Number:
		if plain, ok := dataset.PlainDecimal(value.String()); ok {
			return plain, nil
		}
		return value.String(), nil
	case bool:
		misfit(fmt.Sprint(value))
	case json.Delim:
		if column.Type != dataset.TypeList {
			misfit("an array")
		}
		return r.list(misfit)
	}
	return "", nil
}

// list reads the rest of an array whose bracket was passed.
func (r *jsonDocument) list(misfit func(what string)) (string, error) {
	var members []string
	for r.decoder.More() {
		if start := r.next(); r.text[start] != '"' {
			misfit("an array of other things than strings")
			if err := r.skip(); err != nil {
				return "", err
			}
			continue
		}
		token, err := r.decoder.Token()
		if err != nil {
			return "", err
		}
		members = append(members, fmt.Sprint(token))
	}
	_, err := r.decoder.Token()
	return strings.Join(members, ";"), err
}

// transcribe returns the table with its rows sorted by key, since those inside companies come in the order of these.
func (t *jsonTable) transcribe(r *jsonDocument) *dataset.TableTranscript {
	slices.SortStableFunc(t.rows, func(a, b jsonRow) int {
		for i, column := range t.schema.Curated() {
			if column.Key && a.cells[i] != b.cells[i] {
				return strings.Compare(a.cells[i], b.cells[i])
			}
		}
		return 0
	})
	table := &dataset.TableTranscript{Whole: r.place(t.start), Header: curatedNames(t.schema)}
	for _, row := range t.rows {
		table.Rows = append(table.Rows, row.cells)
	}
	table.Place = func(row, field int) dataset.Place {
		if row < 0 {
			return r.place(t.start)
		}
		return r.place(t.rows[row].starts[field])
	}
	return table
}
