package sql

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/verify"
)

// Reader reads a script as text: every row of every INSERT is taken apart, value by value, and held to the table; all other
// statements, which say nothing of the records, must be the very text that the book asks for.
func Reader(f *verify.File) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	s := newScript(f.Book)
	r := reader{file: f, script: s, in: bufio.NewReaderSize(opened, 1<<16), line: 1, column: 1, records: make([]*verify.Records, len(s.tables))}
	if err := r.read(); err != nil {
		return fmt.Errorf("line %d: %w", r.line, err)
	}
	return nil
}

// reader is a script while it is read.
type reader struct {
	file         *verify.File
	script       *script
	in           *bufio.Reader
	line, column int // of the next byte, from 1
	records      []*verify.Records
	table        int      // that was inserted into last
	cells        []string // of the row at hand
	places       []dataset.Place
	values       []byte // of the cells, end to end
	ends         []int  // of each in values
}

func (r *reader) read() error {
	if !r.fixed(r.script.before) {
		return nil
	}
	for {
		start, err := r.in.Peek(len("\nINSERT"))
		if err != nil || string(start) != "\nINSERT" {
			break
		}
		if err := r.insert(); err != nil {
			return err
		}
		if err := r.file.Stopped(); err != nil {
			return err
		}
	}
	for i := range r.script.tables {
		r.recordsOf(i).End()
	}
	if r.fixed(r.script.behind) {
		if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
			return errors.New("goes on behind its end")
		}
	}
	return nil
}

// fixed reads a text that the book asks for, and reports where the file has another.
func (r *reader) fixed(want string) bool {
	for i := range len(want) {
		if c, err := r.in.ReadByte(); err != nil || c != want[i] {
			r.file.Report(verify.Descriptor, dataset.Finding{Place: r.place(), Message: "is not what the data asks for"})
			return false
		}
		r.passed([]byte{want[i]})
	}
	return true
}

// passed counts bytes that were read.
func (r *reader) passed(text []byte) {
	if end := bytes.LastIndexByte(text, '\n'); end >= 0 {
		r.line, r.column = r.line+bytes.Count(text, []byte("\n")), 1
		text = text[end+1:]
	}
	r.column += len(text)
}

func (r *reader) place() dataset.Place { return dataset.Place{Line: r.line, Column: r.column} }

// expect reads a text that must stand here.
func (r *reader) expect(want string) error {
	got, _ := r.in.Peek(len(want))
	if string(got) != want {
		return fmt.Errorf("has no %q in an INSERT where it should", want)
	}
	r.pass(got)
	return nil
}

// pass passes bytes that were peeked at.
func (r *reader) pass(text []byte) {
	r.passed(text)
	_, _ = r.in.Discard(len(text)) // they are there
}

// next reads a byte.
func (r *reader) next() (byte, error) {
	c, err := r.in.ReadByte()
	if err != nil {
		return 0, errEnd
	}
	r.passed([]byte{c})
	return c, nil
}

var errEnd = errors.New("ends within an INSERT")

// recordsOf returns the records of a table of the script.
func (r *reader) recordsOf(table int) *verify.Records {
	if r.records[table] == nil {
		t := &r.script.tables[table]
		names := make([]string, len(t.Columns))
		for i := range names {
			names[i] = t.Columns[i].Name
		}
		r.records[table] = r.file.RecordsInOrder(t.Table, names, t.order)
	}
	return r.records[table]
}

// insert reads an INSERT. Those of a table stand together, and the tables in their order.
func (r *reader) insert() error {
	if err := r.head(); err != nil {
		return err
	}
	table := &r.script.tables[r.table]
	for {
		if err := r.row(table.Columns); err != nil {
			return err
		}
		r.recordsOf(r.table).Add(r.cells, func(i int) dataset.Place { return r.places[i] })
		switch c, err := r.next(); {
		case err != nil:
			return err
		case c == ';':
			return r.expect("\n")
		case c != ',':
			return errors.New("has neither a comma nor a semicolon behind a row")
		}
		if err := r.expect("\n"); err != nil {
			return err
		}
	}
}

// head reads an INSERT up to its first row.
func (r *reader) head() error {
	var head []byte
	for !bytes.HasSuffix(head, []byte(" VALUES\n")) {
		c, err := r.next()
		if err != nil {
			return err
		}
		if head = append(head, c); len(head) > maxHead {
			break
		}
	}
	i := slices.IndexFunc(r.script.tables[r.table:], func(t tableRows) bool { return t.head == string(head) })
	if i < 0 {
		return fmt.Errorf("has %q, which begins no INSERT that the data asks for here", strings.TrimSpace(string(head[:min(len(head), 80)])))
	}
	r.table += i
	return nil
}

// maxHead is longer than what any INSERT begins with.
const maxHead = 1 << 14

// row reads a row into cells as CSV has them.
func (r *reader) row(columns []dataset.Column) error {
	r.places, r.values, r.ends = r.places[:0], r.values[:0], r.ends[:0]
	before := "("
	for i := range columns {
		if err := r.expect(before); err != nil {
			return err
		}
		r.places = append(r.places, r.place())
		if err := r.cell(&columns[i]); err != nil {
			return fmt.Errorf("%s %w", columns[i].Name, err)
		}
		r.ends = append(r.ends, len(r.values))
		before = ", "
	}
	r.cells = r.cells[:0]
	values, start := string(r.values), 0
	for _, end := range r.ends {
		r.cells = append(r.cells, values[start:end])
		start = end
	}
	return r.expect(")")
}

// cell reads a value that a column can have, and appends it to the values as CSV has it.
func (r *reader) cell(c *dataset.Column) error {
	start := len(r.values)
	isText, err := r.literal()
	value := r.values[start:]
	switch {
	case err != nil:
		return err
	case isText && len(value) == 0:
		return errors.New("is an empty text, where NULL stands for nothing")
	case !isText && string(value) == emptyCell:
		r.values = r.values[:start]
		return nil
	}
	switch c.Type {
	case dataset.TypeBoolean:
		if !isText && (string(value) == "TRUE" || string(value) == "FALSE") {
			copy(value, bytes.ToLower(value))
			return nil
		}
	case dataset.TypeDecimal, dataset.TypeInteger:
		if !isText && len(bytes.Trim(value, "0123456789.")) == 0 {
			return nil
		}
	default:
		if isText {
			return nil
		}
	}
	return fmt.Errorf("is %q, which is no %s in SQL", value, typeOf(c))
}

// literal reads a text between apostrophes, or a word or a number up to what ends it, and appends it to the values.
func (r *reader) literal() (isText bool, err error) {
	word, err := r.in.Peek(longestWord)
	if len(word) > 0 && word[0] == '\'' {
		return true, r.quoted()
	}
	length := bytes.IndexAny(word, ",)\n")
	if length < 0 && err != nil {
		return false, errEnd
	}
	if length >= 0 {
		word = word[:length]
	}
	r.values = append(r.values, word...)
	r.pass(word)
	return false, nil
}

// longestWord is longer than any word or number.
const longestWord = 65

// quoted reads a text between apostrophes, and appends it to the values.
func (r *reader) quoted() error {
	_, _ = r.next() // it was just there
	for {
		if _, err := r.in.Peek(1); err != nil {
			return errEnd
		}
		text, _ := r.in.Peek(r.in.Buffered()) // which is there
		length := bytes.IndexByte(text, '\'')
		if length >= 0 {
			text = text[:length]
		}
		r.values = append(r.values, text...)
		r.pass(text)
		if length < 0 {
			continue
		}
		_, _ = r.next() // it was just there
		if again, err := r.in.Peek(1); err != nil || again[0] != '\'' {
			return nil
		}
		_, _ = r.next() // likewise
		r.values = append(r.values, '\'')
	}
}
