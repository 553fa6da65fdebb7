package page

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/gzip"

	"haltsheet/dataset"
	"haltsheet/export/jsonread"
	"haltsheet/export/limits"
	"haltsheet/export/verify"
)

// Reader holds the tables inside a page to those of the book. Of a page without rows, it holds the columns and how many rows
// there are.
func Reader(f *verify.File) error {
	content, err := f.Read()
	if err != nil {
		return err
	}
	zip, err := unpack(content)
	if err != nil {
		return err
	}
	data := &gate{from: zip}
	data.decoder = jsontext.NewDecoder(data)
	r := reader{file: f, decoder: data.decoder, seen: map[string]bool{}}
	switch err := r.read(); {
	case data.closed != nil:
		return data.closed
	case err != nil:
		return fmt.Errorf("its data cannot be read: %w", err)
	}
	for _, table := range f.Book.Curated {
		if !r.seen[table.Name] {
			return fmt.Errorf("lacks the table %q", table.Name)
		}
	}
	return nil
}

// The data in the document. It stands in one element, which no text from the data can end.
const (
	dataStart = `<script type="application/gzip" id="data">`
	dataEnd   = `</script>`
)

// gate lets a decoder have no more than it should keep: a page packs a gigabyte of one letter in a megabyte.
type gate struct {
	from    io.Reader
	decoder *jsontext.Decoder
	passed  int64 // bytes
	closed  error // why no more pass
}

// Read reads on, unless all that passed is too much, or what the decoder has not made a value of.
func (g *gate) Read(p []byte) (int, error) {
	switch {
	case g.passed > limits.PageData:
		g.closed = fmt.Errorf("its data is more than %d bytes", limits.PageData)
	case g.passed-g.decoder.InputOffset() > limits.PageValue:
		g.closed = fmt.Errorf("its data has a value of more than %d bytes", limits.PageValue)
	}
	if g.closed != nil {
		return 0, g.closed
	}
	n, err := g.from.Read(p)
	g.passed += int64(n)
	return n, err
}

// unpack finds the data that a page holds, and unpacks it.
func unpack(page []byte) (io.Reader, error) {
	_, rest, found := bytes.Cut(page, []byte(dataStart))
	packed, _, ended := bytes.Cut(rest, []byte(dataEnd))
	if !found || !ended {
		return nil, errors.New("holds no data of haltsheet")
	}
	zip, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("its data cannot be unpacked: %w", err)
	}
	return zip, nil
}

// reader reads the data of a page token by token: that of a large dataset is not kept.
type reader struct {
	file    *verify.File
	decoder *jsontext.Decoder
	seen    map[string]bool // the tables of the book
}

// read reads all of it.
func (r *reader) read() error {
	err := r.object(func(name string) error {
		if name != "tables" {
			return r.decoder.SkipValue()
		}
		return r.array(func(int) error { return r.table() })
	})
	if err != nil {
		return err
	}
	if _, err := r.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return cmp.Or(err, errors.New("it goes on behind its end"))
	}
	return nil
}

// table reads a table and holds it to that of the book. Of a page without rows, it holds the columns and how many rows there are.
func (r *reader) table() error {
	var head packedTable
	isHeld := false
	err := r.object(func(name string) error {
		switch name {
		case "name":
			return r.value(&head.Name)
		case "columns":
			return r.columns(&head)
		case "rows":
			return r.value(&head.Rows)
		case "cells":
			isHeld = true
			return r.cells(&head)
		default:
			return r.decoder.SkipValue()
		}
	})
	if err == nil && !isHeld {
		err = fmt.Errorf("the table %.100q has no cells", head.Name)
	}
	return err
}

// columns reads what a table says of its columns.
func (r *reader) columns(head *packedTable) error {
	return r.array(func(i int) error {
		if i == limits.PageColumns {
			return fmt.Errorf("the table %.100q has more than %d columns", head.Name, i)
		}
		head.Columns = append(head.Columns, packedColumn{})
		return r.value(&head.Columns[i])
	})
}

// cells reads the cells of a table, of which the name, the columns and the number of rows stand before them.
func (r *reader) cells(head *packedTable) error {
	i := slices.IndexFunc(r.file.Book.Curated, func(t *dataset.Table) bool { return t.Name == head.Name })
	if i < 0 || r.seen[head.Name] || head.Columns == nil {
		return fmt.Errorf("the table %.100q is none, or there twice, or has cells before columns", head.Name)
	}
	r.seen[head.Name] = true
	names := make([]string, len(head.Columns))
	for i := range names {
		names[i] = head.Columns[i].Name
	}
	columns, count := r.file.Columns(r.file.Book.Curated[i], names), 0
	var cell []byte
	err := r.array(func(column int) error {
		if count++; column >= len(names) {
			return fmt.Errorf("the table %.100q has %d columns, and cells of more", head.Name, len(names))
		}
		rows := 0
		err := r.array(func(row int) error {
			value, err := r.decoder.ReadValue()
			if err != nil {
				return err
			}
			if cell, err = jsontext.AppendUnquote(cell[:0], value); err != nil {
				return err
			}
			columns.Text(column, row, cell)
			rows++
			return nil
		})
		if err == nil && rows != head.Rows {
			err = fmt.Errorf("the table %.100q has %d rows, and %d cells of %.100q", head.Name, head.Rows, rows, names[column])
		}
		if err != nil {
			return err
		}
		return columns.Ends(column, rows)
	})
	switch {
	case err != nil:
		return err
	case !holdsRows(r.file.Book) && count == 0:
		columns.Rows(head.Rows)
	case count != len(names):
		return fmt.Errorf("the table %.100q has %d columns, and cells of %d", head.Name, len(names), count)
	}
	columns.End()
	return nil
}

// value reads a small value.
func (r *reader) value(to any) error {
	value, err := r.decoder.ReadValue()
	if err != nil {
		return err
	}
	return json.Unmarshal(value, to)
}

// object reads an object, the values of whose members a function reads.
func (r *reader) object(member func(name string) error) error {
	if err := r.open('{'); err != nil {
		return err
	}
	return jsonread.Members(r.decoder, member)
}

// array reads an array, whose items a function reads.
func (r *reader) array(item func(i int) error) error {
	if err := r.open('['); err != nil {
		return err
	}
	return jsonread.Items(r.decoder, item)
}

func (r *reader) open(bracket jsontext.Kind) error {
	token, err := r.decoder.ReadToken()
	if err == nil && token.Kind() != bracket {
		err = fmt.Errorf("it has %s where %s belongs", token.Kind(), bracket)
	}
	return err
}
