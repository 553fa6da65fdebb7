package dataset

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// csvScanner reads the records of a CSV text (RFC 4180) without copying what needs no unescaping.
// It takes LF and CRLF line ends, and goes on behind a fault.
type csvScanner struct {
	text   string
	offset int // of what comes next, in bytes
	line   int // of what comes next, from 1
	most   int // fields that are kept of a record, where there are more; or 0 for all
	fields int // of the record that was read last, with those that are not kept
}

// csvFault is a place where a text is not CSV.
type csvFault struct {
	offset        int
	message, hint string
}

// next reads one record and appends its fields to cells, as far as they are kept; more is false at the end of the text.
func (s *csvScanner) next(cells []cell) (_ []cell, fault *csvFault, more bool) {
	if s.offset >= len(s.text) {
		return cells, nil, false
	}
	before := len(cells)
	for s.fields = 1; ; s.fields++ {
		if strings.HasPrefix(s.text[s.offset:], `"`) {
			cells, fault = s.quoted(cells)
		} else {
			cells, fault = s.plain(cells)
		}
		if fault != nil {
			return cells, fault, true
		}
		if s.most > 0 && s.fields > s.most {
			cells = cells[:before+s.most]
		}
		if s.offset < len(s.text) && s.text[s.offset] == ',' {
			s.offset++
			continue
		}
		s.endLine()
		return cells, nil, true
	}
}

// plain reads a field without quotes, up to a comma or the end of the line.
func (s *csvScanner) plain(cells []cell) ([]cell, *csvFault) {
	rest := s.text[s.offset:]
	var seen, twice, last traits
	end := 0
	for ; end < len(rest); end++ {
		t := byteTraits[rest[end]]
		if t&traitDelimiter != 0 {
			break
		}
		seen, twice, last = seen|t, twice|t&last, t
	}
	s.offset += end
	field := rest[:end]
	if end == len(rest) || rest[end] == '\n' {
		field = strings.TrimSuffix(field, "\r")
	} else if rest[end] == '"' {
		fault := &csvFault{s.offset, "a quote stands inside a field that does not begin with one", "put the whole field in quotes and double the quotes in it"}
		s.skipLine()
		return cells, fault
	}
	return append(cells, cell{field, textTraits(field, seen, twice)}), nil
}

// quoted reads a field in quotes.
func (s *csvScanner) quoted(cells []cell) ([]cell, *csvFault) {
	open := s.offset
	content := s.text[open+1:]
	escaped := false
	for i := 0; ; {
		quote := strings.IndexByte(content[i:], '"')
		if quote < 0 {
			s.offset = len(s.text)
			last := s.line + strings.Count(strings.TrimRight(content, "\r\n"), "\n")
			return cells, &csvFault{open, "the quote that opens this field is never closed, and " + TakenIn(s.line, last), "close the field with a quote"}
		}
		i += quote
		if i+1 < len(content) && content[i+1] == '"' {
			escaped, i = true, i+2
			continue
		}
		s.offset = open + 1 + i + 1
		if rest := s.text[s.offset:]; rest != "" && rest != "\r" && rest[0] != ',' && rest[0] != '\n' && !strings.HasPrefix(rest, "\r\n") {
			fault := &csvFault{s.offset, "text stands behind the quote that closes this field", "double the quotes inside a field"}
			if breaks := strings.Count(content[:i], "\n"); breaks > 0 {
				fault = &csvFault{open, "the quote that opens this field is not closed before another one opens, and " + TakenIn(s.line, s.line+breaks), "close the field with a quote"}
				s.line += breaks
			}
			s.skipLine()
			return cells, fault
		}
		field := newCell(content[:i])
		if field.traits&traitControl != 0 {
			s.line += strings.Count(field.text, "\n")
			field.text = strings.ReplaceAll(field.text, "\r\n", "\n")
		}
		if escaped {
			field.text = strings.ReplaceAll(field.text, `""`, `"`)
		}
		return append(cells, field), nil
	}
}

// TakenIn tells how far a field goes on because of its quote, from one line to another.
func TakenIn(from, to int) string {
	if from == to {
		return "it takes in the rest of its line"
	}
	return fmt.Sprintf("it takes in all up to line %d", to)
}

// endLine passes the end of the line that the scanner stands at.
func (s *csvScanner) endLine() {
	if strings.HasPrefix(s.text[s.offset:], "\r") {
		s.offset++
	}
	if s.offset < len(s.text) {
		s.offset++
		s.line++
	}
}

// skipLine passes the rest of the line.
func (s *csvScanner) skipLine() {
	end := strings.IndexByte(s.text[s.offset:], '\n')
	if end < 0 {
		s.offset = len(s.text)
		return
	}
	s.offset += end + 1
	s.line++
}

// fieldStart returns the offset of a field, counted from 0, of the record of a CSV text that begins at an offset.
func fieldStart(text string, offset, field int) int {
	for ; field > 0; field-- {
		for quoted := false; text[offset] != ',' || quoted; offset++ {
			if text[offset] == '"' {
				quoted = !quoted
			}
		}
		offset++
	}
	return offset
}

// fieldStarts returns the offsets of a number of fields of the record that a text begins with.
func fieldStarts(text string, fields int) []int {
	starts := make([]int, fields)
	for i := 1; i < fields; i++ {
		starts[i] = fieldStart(text, starts[i-1], 1)
	}
	return starts
}

// lineAndColumn returns the line and the column, in characters, of an offset in a text; both count from 1.
// known is an offset before it whose line is known.
func lineAndColumn(text string, offset, known, knownLine int) (line, column int) {
	line = knownLine + strings.Count(text[known:offset], "\n")
	lineStart := strings.LastIndexByte(text[:offset], '\n') + 1
	return line, utf8.RuneCountInString(text[lineStart:offset]) + 1
}

// byteOrderMark may open a UTF-8 file, and is no part of its text.
const byteOrderMark = "\ufeff"

// AppendCSV appends one cell of a CSV record, in quotes only where RFC 4180 needs them.
func AppendCSV(b []byte, cell string) []byte {
	if !needsQuotes(cell) {
		return append(b, cell...)
	}
	b = append(b, '"')
	for {
		before, after, found := strings.Cut(cell, `"`)
		b = append(b, before...)
		if !found {
			return append(b, '"')
		}
		b = append(b, '"', '"')
		cell = after
	}
}

// csvSpecial marks the bytes that a field without quotes cannot hold.
var csvSpecial = [256]bool{',': true, '"': true, '\n': true, '\r': true}

func needsQuotes(cell string) bool {
	for i := range len(cell) {
		if csvSpecial[cell[i]] {
			return true
		}
	}
	return false
}
