// Package jsonread goes through the values of a JSON document one after the other, so that a long one is not kept.
package jsonread

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// Open passes the bracket that opens an object or an array.
func Open(decoder *jsontext.Decoder, bracket jsontext.Kind) error {
	token, err := decoder.ReadToken()
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	if err == nil && token.Kind() != bracket {
		err = fmt.Errorf("has %s where %s belongs", token.Kind(), bracket)
	}
	return err
}

// Object reads an object, the values of whose members a function reads.
func Object(decoder *jsontext.Decoder, member func(name string) error) error {
	if err := Open(decoder, '{'); err != nil {
		return err
	}
	return Members(decoder, member)
}

// Members reads an object that was opened up to its end, the values of whose members a function reads.
func Members(decoder *jsontext.Decoder, member func(name string) error) error {
	for decoder.PeekKind() == '"' {
		name, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		if err := member(name.String()); err != nil {
			return err
		}
	}
	_, err := decoder.ReadToken()
	return err
}

// Items reads an array that was opened up to its end, whose items, counted from 0, a function reads.
func Items(decoder *jsontext.Decoder, item func(i int) error) error {
	for i := 0; ; i++ {
		if kind := decoder.PeekKind(); kind == ']' || kind == jsontext.KindInvalid {
			_, err := decoder.ReadToken() // or why there is none
			return err
		}
		if err := item(i); err != nil {
			return err
		}
	}
}
