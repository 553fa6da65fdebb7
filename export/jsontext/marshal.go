package jsontext

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// Marshal writes a small document on one line.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return b.Bytes(), err
}

// MarshalIndented writes a small document with two spaces.
func MarshalIndented(v any) ([]byte, error) { return Indented(v, "") }

// Indented returns a value with two spaces, whose lines but the first begin with a prefix.
func Indented(v any, prefix string) ([]byte, error) {
	line, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(2 * len(line)) // which is enough for most
	err = json.Indent(&b, line, prefix, "  ")
	return b.Bytes(), err
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
