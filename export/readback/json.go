package readback

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/plainfile"
)

// readJSON reads a JSON document. One that is handed in was made from a dataset; nil is for one that is just read.
func readJSON(name string, made *dataset.Dataset) (*intake.Reading, error) {
	text, err := readText(name)
	if err != nil {
		return nil, err
	}
	text = strings.TrimPrefix(text, "\ufeff")
	r := &jsonDocument{text: text, file: filepath.Base(name), lines: dataset.NewLines(text), tables: map[string]*jsonTable{}}
	if made != nil {
		r.base = intake.NewBase(made)
	}
	from, err := r.transcribe()
	if err != nil {
		return nil, refuse(name, err.Error(), cmp.Or(hintOf(err), "mend the document there, or take another copy of it"))
	}
	if made != nil {
		reading := &intake.Reading{Remarks: r.remarks}
		return reading, complete(reading, from, made, r.mended)
	}
	d, err := dataset.LoadTranscript(from)
	return &intake.Reading{Dataset: d}, err
}

// readText reads a file as one string, without a second copy.
func readText(name string) (text string, err error) {
	file, err := plainfile.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(int(info.Size()))
	_, err = io.Copy(&b, file)
	return b.String(), err
}

// jsonDocument is a document that is being read.
type jsonDocument struct {
	text       string
	file       string
	lines      *dataset.Lines
	decoder    *jsontext.Decoder
	tables     map[string]*jsonTable
	transcript dataset.Transcript
	log        dataset.FindingLog
	spare      []byte
	base       *intake.Base // that a document which is handed in was made from
	mended     []*intake.Rows
	remarks    []intake.Remark
}

// jsonTable is a table of a document.
type jsonTable struct {
	schema *dataset.Schema
	start  int // the offset of its first array
	rows   []jsonRow
	// foreign are the keys of records that are none of the table's, and were told of.
	foreign map[string]bool
}

// jsonRow is a record: the texts of its cells, and its offset. Derived cells have texts only where they are handed in.
type jsonRow struct {
	cells []string
	start int
}

// transcribe reads all of the document.
func (r *jsonDocument) transcribe() (*dataset.Transcript, error) {
	text := r.text
	r.transcript = dataset.Transcript{File: r.file, Tables: map[string]*dataset.TableTranscript{}}
	if !utf8.ValidString(text) {
		return nil, errors.New("is not UTF-8")
	}
	r.decoder = decoderOf(text)
	if err := r.document(); err != nil {
		return nil, r.fault(err)
	}
	if _, err := r.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, r.fault(cmp.Or(err, errors.New("it goes on behind its end")))
	}
	if r.transcript.Metadata == nil && len(r.tables) == 0 {
		return nil, errNoDocument
	}
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		if owner := schema.Owner(); owner != nil && r.tables[schema.Name] == nil {
			if owners := r.tables[owner.Name]; owners != nil && len(owners.rows) == 0 { // there is no record to stand in
				r.tables[schema.Name] = &jsonTable{schema: schema, start: owners.start}
			}
		}
	}
	for i := range dataset.Schemas {
		if table := r.tables[dataset.Schemas[i].Name]; table != nil {
			r.transcript.Tables[table.schema.Name] = table.transcribe(r)
		}
	}
	r.transcript.Findings = r.log.All()
	return &r.transcript, nil
}

// decoderOf reads JSON. Names that are there twice are told of by their places.
func decoderOf(text string) *jsontext.Decoder {
	return jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true))
}

var errNoDocument = errors.New("is JSON, but not the document of a dataset")

// hintOf returns how to mend what is no mistake in a document.
func hintOf(err error) string {
	if errors.Is(err, errNoDocument) {
		return fromExport
	}
	return ""
}

// fault returns the error about a text that is no document.
func (r *jsonDocument) fault(err error) error {
	offset := int(r.decoder.InputOffset())
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset, err = int(syntax.ByteOffset), syntax.Err
	}
	place := r.place(offset)
	return fmt.Errorf("is no such document: %w in line %d, column %d", err, place.Line, place.Column)
}

// place returns where an offset stands.
func (r *jsonDocument) place(offset int) dataset.Place {
	line, column := r.lines.At(offset)
	return dataset.Place{File: r.file, Line: line, Column: column}
}

// next returns the offset of the value that comes next.
func (r *jsonDocument) next() int { return nextOffset(r.decoder, r.text) }

func nextOffset(decoder *jsontext.Decoder, text string) int {
	offset := int(decoder.InputOffset())
	for offset < len(text) && strings.IndexByte(" \t\r\n:,", text[offset]) >= 0 {
		offset++
	}
	return offset
}

// report keeps what is wrong with the document at an offset.
func (r *jsonDocument) report(rule, table, field string, offset int, message, hint string) {
	r.log.Add(dataset.Finding{Rule: rule, Place: r.place(offset), Table: table, Field: field, Message: message, Hint: hint})
}

// open passes the bracket that opens an object or an array.
func (r *jsonDocument) open(bracket jsontext.Kind) error {
	token, err := r.decoder.ReadToken()
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	if err == nil && token.Kind() != bracket {
		err = fmt.Errorf("%s where %s belongs", token.Kind(), bracket)
	}
	return err
}

// string reads a string. Most are where they stand in the text.
func (r *jsonDocument) string() (string, error) {
	value, err := r.decoder.ReadValue()
	if err != nil {
		return "", err
	}
	if end := int(r.decoder.InputOffset()); bytes.IndexByte(value, '\\') < 0 {
		return r.text[end-len(value)+1 : end-1], nil
	}
	r.spare, err = jsontext.AppendUnquote(r.spare[:0], value)
	return string(r.spare), err
}

// object calls member with the name of each member of an object, which it reads, and where the name stands.
func (r *jsonDocument) object(table string, member func(name string, start int) error) error {
	if err := r.open('{'); err != nil {
		return err
	}
	var few []string // names, and when they are many, all of them
	var many map[string]bool
	for r.decoder.PeekKind() != '}' {
		start := r.next()
		name, err := r.string()
		if err != nil {
			return err
		}
		if many[name] || many == nil && slices.Contains(few, name) {
			r.report("header", table, name, start, fmt.Sprintf("the key %q is there twice", name), "remove one")
		}
		switch few = append(few, name); {
		case many != nil:
			many[name] = true
		case len(few) > fewNames:
			many = map[string]bool{}
			for _, name := range few {
				many[name] = true
			}
		}
		if err := member(name, start); err != nil {
			return err
		}
	}
	_, err := r.decoder.ReadToken()
	return err
}

// fewNames is up to how many names are looked through one by one.
const fewNames = 64

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
		case r.base != nil:
			r.leaveOut(start, fmt.Sprintf("the document of a dataset has no member %q, and it is left out", name))
		default:
			r.report("header", "", name, start, fmt.Sprintf("there is no member %q in the document of a dataset", name), "remove it")
		}
		return r.decoder.SkipValue()
	})
}

// metadata reads the member that holds dataset.json.
func (r *jsonDocument) metadata() error {
	start := r.next()
	value, err := r.decoder.ReadValue()
	if err != nil {
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
		table = &jsonTable{schema: schema, start: r.next(), foreign: map[string]bool{}}
		r.tables[schema.Name] = table
	}
	if err := r.open('['); err != nil {
		return err
	}
	for r.decoder.PeekKind() != ']' {
		if err := r.record(table, owner); err != nil {
			return err
		}
	}
	_, err := r.decoder.ReadToken()
	return err
}

// record reads one record. A key that is not there is an empty cell.
func (r *jsonDocument) record(table *jsonTable, owner string) error {
	curated, columns := table.schema.Curated(), table.schema.Curated()
	if r.base != nil {
		columns = table.schema.Columns
	}
	row := jsonRow{make([]string, len(columns)), r.next()}
	at := len(table.rows)
	table.rows = append(table.rows, row)
	err := r.object(table.schema.Name, func(name string, start int) (err error) {
		column, isKnown := curatedColumn(table.schema, name)
		owned := dataset.SchemaOf(name)
		switch {
		case column >= 0:
			row.cells[column], err = r.cell(table.schema, &curated[column])
			return err
		case owned != nil && owned.Owner() == table.schema:
			return r.records(owned, row.cells[0])
		case isKnown && r.base != nil:
			i := slices.IndexFunc(columns, func(c dataset.Column) bool { return c.Name == name })
			row.cells[i], err = r.derived()
			return err
		case !isKnown && r.base != nil && intake.IsFormer(table.schema, name) && r.decoder.PeekKind() == 'n': // nothing is lost
		case !isKnown && r.base != nil:
			if !table.foreign[name] {
				r.leaveOut(start, fmt.Sprintf("%s has no key %q, and it is left out, here and wherever it is", table.schema.Title, name))
			}
			table.foreign[name] = true
		case !isKnown:
			value, err := r.decoder.ReadValue()
			r.log.Add(dataset.Finding{
				Rule: "header", Place: r.place(start), Table: table.schema.Name, Field: name, Value: string(value),
				Message: fmt.Sprintf("there is no key %q in %s", name, table.schema.Name), Hint: "remove it, or mend its spelling",
			})
			return err
		}
		return r.decoder.SkipValue()
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
		r.report("foreign-key", table.schema.Name, curated[id].Name, r.startOf(row.start, curated[id].Name),
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
	switch r.decoder.PeekKind() {
	case '"':
		return r.string()
	case '0':
		value, err := r.decoder.ReadValue()
		return number(string(value)), err
	case '[':
		if column.Type != dataset.TypeList {
			misfit("an array")
		}
		return r.list(misfit)
	case '{':
		misfit("an object")
	case 't':
		misfit("true")
	case 'f':
		misfit("false")
	default: // null, which is the empty cell
	}
	return "", r.decoder.SkipValue()
}

// derived reads a value of a derived column as CSV would hold it; one of another kind as it stands.
func (r *jsonDocument) derived() (string, error) {
	value, err := r.decoder.ReadValue()
	if err != nil {
		return "", err
	}
	switch value.Kind() {
	case '"':
		text, err := jsontext.AppendUnquote(nil, value)
		return string(text), err
	case '0':
		return number(string(value)), nil
	case 'n':
		return "", nil
	case '[':
		var members []string
		if err := json.Unmarshal(value, &members); err == nil {
			return strings.Join(members, ";"), nil
		}
	default: // a truth, an object
	}
	return string(value), nil
}

// leaveOut tells of something in the document that no dataset has room for.
func (r *jsonDocument) leaveOut(offset int, message string) {
	r.remarks = append(r.remarks, intake.LeftOut(r.place(offset), message, ""))
}

// number returns a number as CSV would hold it. One of more digits than a dataset keeps stays as it is, and is told of.
func number(text string) string {
	if plain, ok := dataset.ExactDecimal(text); ok {
		return plain
	}
	return text
}

// list reads an array as a list. What is no text in it is told of once.
func (r *jsonDocument) list(misfit func(what string)) (string, error) {
	if err := r.open('['); err != nil {
		return "", err
	}
	var members []string
	isTold := false
	for r.decoder.PeekKind() != ']' {
		if r.decoder.PeekKind() != '"' {
			if !isTold {
				misfit("an array of other things than strings")
			}
			isTold = true
			if err := r.decoder.SkipValue(); err != nil {
				return "", err
			}
			continue
		}
		member, err := r.string()
		if err != nil {
			return "", err
		}
		members = append(members, member)
	}
	_, err := r.decoder.ReadToken()
	return strings.Join(members, ";"), err
}

// startOf returns the offset of the value of a name in the record at an offset, or that of the record.
func (r *jsonDocument) startOf(record int, name string) int {
	text := r.text[record:]
	decoder := decoderOf(text)
	if _, err := decoder.ReadToken(); err != nil {
		return record
	}
	for decoder.PeekKind() == '"' {
		token, err := decoder.ReadToken()
		if err != nil {
			return record
		}
		if token.String() == name {
			return record + nextOffset(decoder, text)
		}
		if err := decoder.SkipValue(); err != nil {
			return record
		}
	}
	return record
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
	place := func(row, field int) dataset.Place {
		if row < 0 {
			return r.place(t.start)
		}
		return r.place(r.startOf(t.rows[row].start, t.schema.Columns[field].Name))
	}
	if r.base != nil {
		rows := intake.NewRows(t.schema, r.base, place)
		for _, row := range t.rows {
			rows.Add(row.cells)
		}
		r.mended = append(r.mended, rows)
		return rows.Transcript(curatedNames(t.schema))
	}
	table := &dataset.TableTranscript{Whole: place(-1, 0), Header: curatedNames(t.schema), Place: place}
	for _, row := range t.rows {
		table.Rows = append(table.Rows, row.cells)
	}
	return table
}
