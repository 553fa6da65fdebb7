package readback

import (
	"bytes"
	"cmp"
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
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
)

// readJSON reads a JSON document. made is the dataset that an edited document was made from, or nil for a document that is read as
// it stands.
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
func readText(name string) (string, error) {
	content, err := plainfile.Read(name, limits.JSONDocument)
	return stringOf(content), err
}

// jsonDocument is a document that is being read.
type jsonDocument struct {
	text       string
	file       string
	lines      *dataset.Lines
	decoder    *jsontext.Decoder
	tables     map[string]*jsonTable
	transcript dataset.Transcript
	spare      []byte
	base       *intake.Base // of the dataset that an edited document was made from; else nil
	mended     []*intake.Rows
	remarks    intake.Remarks
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
	return &r.transcript, nil
}

// decoderOf reads JSON. It lets names pass that are there twice, which are told of with their places.
func decoderOf(text string) *jsontext.Decoder {
	return jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true))
}

var errNoDocument = errors.New("is JSON, but not the document of a dataset")

// hintOf returns what to do about a file that is no document of a dataset.
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
	r.transcript.Findings.Add(dataset.Finding{Rule: rule, Place: r.place(offset), Table: table, Field: field, Message: message, Hint: hint})
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

// fewNames is how many names of an object are compared one by one; more go into a map.
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

// leaveOut tells of something in the document that no dataset has room for.
func (r *jsonDocument) leaveOut(offset int, message string) {
	r.remarks.Add(intake.LeftOut(r.place(offset), message, ""))
}
