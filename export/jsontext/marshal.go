package jsontext

import (
	"bytes"
	"fmt"
	"io"
	"iter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// asEncodingJSON has values written as encoding/json does, but without escapes for HTML.
var asEncodingJSON = json.JoinOptions(jsonv1.DefaultOptionsV1(), jsontext.EscapeForHTML(false))

// Marshal writes a small document on one line.
func Marshal(v any) ([]byte, error) { return marshal(nil, v) }

// MarshalIndented writes a document with two spaces.
func MarshalIndented(v any) ([]byte, error) {
	const most = 1 << 19 // bytes, that documents have; memory that is not used costs nothing
	return marshal(make([]byte, 0, most), v, jsontext.WithIndent("  "))
}

// Indented returns a value with two spaces, whose lines but the first begin with a prefix.
func Indented(v any, prefix string) ([]byte, error) {
	return marshal(nil, v, jsontext.WithIndentPrefix(prefix), jsontext.WithIndent("  "))
}

// marshal writes a value to memory that is empty, or to more where that is too little.
func marshal(memory []byte, v any, options ...json.Options) ([]byte, error) {
	b := bytes.NewBuffer(memory)
	err := json.MarshalWrite(b, v, append(options, asEncodingJSON)...)
	b.WriteByte('\n')
	return b.Bytes(), err
}

// Encoder is what a value writes itself to as JSON, in a method MarshalJSONTo.
type Encoder = jsontext.Encoder

// WriteMembers writes an object of members in their order, whose names and values a function gives.
func WriteMembers[Member any](to *Encoder, members []Member, of func(m Member) (name string, value any)) error {
	if err := to.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, m := range members {
		name, value := of(m)
		if err := to.WriteToken(jsontext.String(name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(to, value); err != nil {
			return err
		}
	}
	return to.WriteToken(jsontext.EndObject)
}

// WriteList writes an object of which one list is too long for memory: the first that is empty, filled with what follows one by one.
// indented returns a value as Indented does.
func WriteList(w io.Writer, object any, indented func(v any, prefix string) ([]byte, error), list iter.Seq[any]) error {
	const within = "    "
	text, err := indented(object, "")
	if err != nil {
		return err
	}
	before, behind, _ := bytes.Cut(text, []byte("[]"))
	if _, err := w.Write(before); err != nil {
		return err
	}
	separator, end := "[\n"+within, "[]"
	for item := range list {
		text, err := indented(item, within)
		if err == nil {
			_, err = fmt.Fprintf(w, "%s%s", separator, bytes.TrimSuffix(text, []byte("\n")))
		}
		if err != nil {
			return err
		}
		separator, end = ",\n"+within, "\n  ]"
	}
	_, err = fmt.Fprintf(w, "%s%s", end, behind)
	return err
}
