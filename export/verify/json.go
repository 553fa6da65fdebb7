package verify

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/dataset"
	"haltsheet/export/jsonread"
)

// Lines reads a file with a record a line.
func Lines(table *dataset.Table) Reader {
	return func(f *File) error { return f.lines(table) }
}

func (f *File) lines(table *dataset.Table) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	var line []byte
	var whole bytes.Reader
	r := &jsonRecords{Records: f.allColumns(table), decoder: jsontext.NewDecoder(&whole, jsontext.AllowDuplicateNames(true))}
	defer r.End()
	text := bufio.NewReaderSize(opened, 1<<16)
	for r.line = 1; ; r.line++ {
		if line, err = readLine(text, line[:0]); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		whole.Reset(line)
		r.decoder.Reset(&whole, jsontext.AllowDuplicateNames(true))
		if err := r.read(nil); err != nil {
			return fmt.Errorf("line %d: %w", r.line, err)
		}
		if _, err := r.decoder.ReadToken(); !errors.Is(err, io.EOF) {
			return fmt.Errorf("line %d: goes on behind its record", r.line)
		}
	}
}

// readLine appends a line to b, with its end, or returns io.EOF behind the last.
func readLine(r *bufio.Reader, b []byte) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		b = append(b, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(b) > 0:
			return b, nil
		default:
			return b, err
		}
	}
}

// allColumns begins to read a file that names its columns in each record.
func (f *File) allColumns(table *dataset.Table) *Records {
	r := &Records{file: f, table: table}
	for i := range table.Columns {
		r.columns = append(r.columns, i)
	}
	return r
}

// jsonRecords holds records that are JSON objects to a table, token by token.
type jsonRecords struct {
	*Records
	decoder *jsontext.Decoder
	line    int    // 0 for a file that is no lines
	isThere bool   // the table has the record at hand
	seen    []bool // the columns of the record at hand
	text    []byte
}

// read reads the next record. Other members than the columns of the table are read by a function, which returns false for one
// that does not belong there; nil knows none.
func (r *jsonRecords) read(other func(name []byte) (belongs bool, err error)) error {
	if err := jsonread.Open(r.decoder, '{'); err != nil {
		return err
	}
	r.isThere = r.next()
	differs, stray := false, ""
	r.seen = append(r.seen[:0], make([]bool, len(r.table.Columns))...)
	for next := 0; r.decoder.PeekKind() == '"'; next++ {
		name, err := r.string()
		if err != nil {
			return err
		}
		column := r.column(name, next)
		switch {
		case column < 0:
			belongs := false
			if other != nil {
				belongs, err = other(name)
			}
			if err == nil && !belongs {
				stray = string(name)
				err = r.decoder.SkipValue()
			}
		case r.seen[column]:
			err = fmt.Errorf("a record of %s has %q twice", r.table.Name, name)
		default:
			next, r.seen[column] = column, true
			var got []byte
			if got, err = r.cell(&r.table.Columns[column]); err != nil {
				err = fmt.Errorf("%q %w", r.table.Columns[column].Name, err)
			} else if r.isThere && !differs && !sameCell(r.Records, column, got) {
				differs = true
				r.differs(column, string(got), dataset.Place{Line: r.line, Column: min(r.line, 1)})
			}
		}
		if err != nil {
			return err
		}
	}
	for i := range r.seen {
		if !r.seen[i] {
			return fmt.Errorf("a record of %s has no %q", r.table.Name, r.table.Columns[i].Name)
		}
	}
	if stray != "" {
		return fmt.Errorf("a record of %s has a %q, which is no column", r.table.Name, stray)
	}
	_, err := r.decoder.ReadToken()
	return err
}

// column returns the column of a name, or -1. It is likely the next one.
func (r *jsonRecords) column(name []byte, next int) int {
	if next < len(r.table.Columns) && string(name) == r.table.Columns[next].Name {
		return next
	}
	return r.table.Column(string(name))
}

// string reads a string. It holds until the next is read.
func (r *jsonRecords) string() ([]byte, error) {
	value, err := r.decoder.ReadValue()
	if err != nil {
		return nil, err
	}
	return unquoted(&r.text, value)
}

// unquoted returns what a string of JSON says, where it stands if it can.
func unquoted(scratch *[]byte, value jsontext.Value) (text []byte, err error) {
	if bytes.IndexByte(value, '\\') < 0 {
		return value[1 : len(value)-1], nil
	}
	*scratch, err = jsontext.AppendUnquote((*scratch)[:0], value)
	return *scratch, err
}

// cell reads a value and returns it as CSV holds it, until the next is read.
func (r *jsonRecords) cell(c *dataset.Column) ([]byte, error) {
	switch kind := r.decoder.PeekKind(); {
	case c.Type == dataset.TypeList:
		return r.list(c)
	case kind == 'n':
		_, err := r.decoder.ReadToken()
		return nil, err
	case c.Type == dataset.TypeDecimal, c.Type == dataset.TypeInteger, c.Type == dataset.TypeBoolean:
		if kind == '"' {
			return nil, errors.New("is a text")
		}
		return r.decoder.ReadValue()
	case kind == '"':
		return r.string()
	default:
		return nil, errors.New("is no text")
	}
}

// list reads an array of strings, joined by semicolons.
func (r *jsonRecords) list(c *dataset.Column) ([]byte, error) {
	if err := jsonread.Open(r.decoder, '['); err != nil {
		return nil, err
	}
	r.text = r.text[:0]
	if c.Gaps && r.decoder.PeekKind() == ']' {
		return nil, errors.New("has no member")
	}
	for i := 0; r.decoder.PeekKind() == '"'; i++ {
		value, err := r.decoder.ReadValue()
		if err != nil {
			return nil, err
		}
		if i > 0 {
			r.text = append(r.text, ';')
		}
		if r.text, err = jsontext.AppendUnquote(r.text, value); err != nil {
			return nil, err
		}
	}
	if r.decoder.PeekKind() != ']' {
		return nil, errors.New("has other members than texts")
	}
	_, err := r.decoder.ReadToken()
	return r.text, err
}
