package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"haltsheet/dataset"
)

// sheet is a CSV file as it is read record by record, whatever separates its cells and lines.
type sheet struct {
	file      string
	text      string // with LF between lines
	separator rune
	start     int // of the first record, behind a line that names the separator
	startLine int
}

// recordAt is where a record begins.
type recordAt struct {
	offset int // of its first line
	line   int // from 1
}

// record is a row that has cells, which hold until the next is read.
type record struct {
	recordAt
	cells []string
	// apart says that blank lines, or rows of separators, stand before it.
	apart bool
}

// separatorNames are what may stand between cells, and what people call it.
var separatorNames = map[rune]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "vertical bars"}

// separators are what may stand between cells, in the order in which they are tried.
var separators = []rune{',', ';', '\t', '|'}

// namedSeparator returns the separator that a first line such as sep=; names, and where the line behind it begins.
func namedSeparator(text string) (separator rune, behind int) {
	line, _, _ := strings.Cut(text, "\n")
	named, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, "\"\r")), "sep=")
	if !ok || named == "" {
		return 0, 0
	}
	separator, size := utf8.DecodeRuneInString(named)
	if strings.Trim(named[size:], ",;\t|\"\r ") != "" || !slices.Contains(separators, separator) {
		return 0, 0
	}
	return separator, min(len(line)+1, len(text))
}

// linesOf returns a text with LF between lines, each character where it was, and the name of what stood there. CR alone
// ends lines where it ends the first.
func linesOf(text string) (lines, name string) {
	switch end := strings.IndexAny(text, "\r\n"); {
	case end < 0 || text[end] == '\n':
		return text, "LF"
	case strings.HasPrefix(text[end:], "\r\n"):
		return text, "CRLF"
	default:
		return strings.ReplaceAll(text, "\r", "\n"), "CR"
	}
}

// reader reads the records of a text from an offset on.
func (s *sheet) reader(offset int) *csv.Reader {
	r := csv.NewReader(strings.NewReader(s.text[offset:]))
	r.Comma, r.FieldsPerRecord = s.separator, -1
	return r
}

// each calls visit with every record that has a cell with something in it, until visit returns false or the text is no CSV. It reads no
// record with more cells than a file may have columns, for it would take many times the memory of its bytes.
func (s *sheet) each(visit func(record) bool) *fault {
	r := s.reader(s.start)
	r.ReuseRecord = true
	offset, line, apart := s.start, s.startLine, false
	for {
		for offset < len(s.text) && (s.text[offset] == '\n' || strings.HasPrefix(s.text[offset:], "\r\n")) {
			offset, line, apart = offset+strings.IndexByte(s.text[offset:], '\n')+1, line+1, true
		}
		if n := s.cellsAt(offset); n > dataset.MaxColumns {
			message, hint := dataset.TooManyColumns(n)
			return &fault{"row-length", s.at(offset, offset, line), message, hint}
		}
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return s.fault(err, offset)
		}
		end := s.start + int(r.InputOffset())
		if slices.ContainsFunc(cells, func(cell string) bool { return Bare(cell) != "" }) {
			if !visit(record{recordAt{offset, line}, cells, apart}) {
				return nil
			}
			apart = false
		} else {
			apart = true
		}
		offset, line = end, line+strings.Count(s.text[offset:end], "\n")
	}
}

// cellsAt returns how many cells the record has that begins at an offset, or 0 for one that its first line, at one look, shows to have
// fewer than a file may have columns.
func (s *sheet) cellsAt(offset int) (cells int) {
	line, _, _ := strings.Cut(s.text[offset:], "\n")
	if len(line) < dataset.MaxColumns && strings.Count(line, `"`)%2 == 0 { // the record ends with it
		return 0
	}
	for range s.fields(offset) {
		cells++
	}
	return cells
}

// place returns where a field of a record stands; a field behind its last stands where that does. There may be millions to ask for, of
// which none takes memory.
func (s *sheet) place(offset, line, field int) (at dataset.Place) {
	for at = range s.places(offset, line) {
		if field--; field < 0 {
			break
		}
	}
	return at
}

// places ranges over where the fields of a record stand, of which there may be very many.
func (s *sheet) places(offset, line int) iter.Seq[dataset.Place] {
	return func(yield func(dataset.Place) bool) {
		before, at := offset, dataset.Place{File: s.file, Line: line, Column: 1}
		for start := range s.fields(offset) {
			within := s.text[before:start]
			if end := strings.LastIndexByte(within, '\n'); end >= 0 {
				at.Line, at.Column = at.Line+strings.Count(within, "\n"), 1
				within = within[end+1:]
			}
			before, at.Column = start, at.Column+utf8.RuneCountInString(within)
			if !yield(at) {
				return
			}
		}
	}
}

// fields ranges over the offsets of the fields of the record that begins at one.
func (s *sheet) fields(start int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for yield(start) {
			end := s.fieldEnd(start)
			if end == len(s.text) || s.text[end] != byte(s.separator) {
				return
			}
			start = end + 1
		}
	}
}

// fieldEnd returns the offset behind the field that begins at another: of a separator, of the end of the line, or of the text.
func (s *sheet) fieldEnd(start int) int {
	end := start
	if end < len(s.text) && s.text[end] == '"' {
		for isOpen := true; isOpen; { // a doubled quote closes the field and opens it again
			next := strings.IndexByte(s.text[end+1:], '"')
			if next < 0 {
				return len(s.text)
			}
			end += 1 + next + 1
			isOpen = end < len(s.text) && s.text[end] == '"'
		}
	}
	for end < len(s.text) && s.text[end] != byte(s.separator) && s.text[end] != '\n' {
		end++
	}
	return end
}

// at returns the place of an offset in the line that begins at another.
func (s *sheet) at(offset, lineStart, line int) dataset.Place {
	return dataset.Place{File: s.file, Line: line, Column: utf8.RuneCountInString(s.text[lineStart:offset]) + 1}
}

// fault is a place where a text is not CSV.
type fault struct {
	rule          string
	place         dataset.Place
	message, hint string
}

// fault returns what is wrong with the record at an offset. An error has the place where it was noticed, which for quotes may be far
// from where they open.
func (s *sheet) fault(err error, offset int) *fault {
	q := openQuote(s.text, offset, byte(s.separator))
	line := 1 + strings.Count(s.text[:q.offset], "\n")
	at := s.at(q.offset, strings.LastIndexByte(s.text[:q.offset], '\n')+1, line)
	last := 1 + strings.Count(s.text[:q.end], "\n")
	switch {
	case errors.Is(err, csv.ErrBareQuote) && q.end == q.offset:
		return &fault{"csv-syntax", at, "a quote stands inside a cell that does not begin with one", "put the whole cell in quotes and double the quotes in it"}
	case q.end == len(s.text):
		return &fault{"csv-syntax", at, "the quote that opens this cell is never closed, and " + dataset.TakenIn(line, last), "close the cell with a quote"}
	case last > line:
		return &fault{"csv-syntax", at, "the quote that opens this cell is not closed before another one opens, and " + dataset.TakenIn(line, last), "close the cell with a quote"}
	default:
		return &fault{"csv-syntax", s.at(q.end+1, strings.LastIndexByte(s.text[:q.end+1], '\n')+1, last), "text stands behind the quote that closes this cell", "double the quotes inside a cell"}
	}
}

// quote is a cell in quotes that is at fault: where its quote opens, and the quote that closes it, or the end of the text. A
// quote inside of a cell without quotes is both.
type quote struct{ offset, end int }

// openQuote finds the quote at which the record at an offset of a text stops being CSV.
func openQuote(text string, offset int, separator byte) quote {
	for i := offset; i < len(text); i++ {
		if text[i] != '"' {
			end := i + strings.IndexAny(text[i:], string([]byte{separator, '\n', '"'}))
			if end < i {
				break
			}
			if i = end; text[i] == '"' {
				return quote{i, i}
			}
			continue
		}
		open := i
		for i++; i < len(text); i++ {
			if text[i] != '"' {
				continue
			}
			if i+1 < len(text) && text[i+1] == '"' {
				i++
				continue
			}
			break
		}
		if i >= len(text) {
			return quote{open, len(text)}
		}
		rest := text[i+1:]
		if rest != "" && rest[0] != separator && rest[0] != '\n' && !strings.HasPrefix(rest, "\r\n") && rest != "\r" {
			return quote{open, i}
		}
		i++ // the separator
	}
	return quote{len(text), len(text)}
}
