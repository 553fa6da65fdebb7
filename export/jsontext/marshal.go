package jsontext

import (
	"bytes"
	"encoding/json"
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
func MarshalIndented(v any) ([]byte, error) {
	line, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(2 * len(line)) // which is enough for most
	err = json.Indent(&b, line, "", "  ")
	return b.Bytes(), err
}
