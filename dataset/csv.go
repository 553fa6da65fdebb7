package dataset

import (
	"strings"
	"unicode/utf8"
)

// csvScanner reads the records of a CSV text (RFC 4180) without copying what needs no unescaping.
// It takes LF and CRLF line ends, and goes on behind a fault.
type csvScanner struct {
	text   string
	offset int // of what comes next, in bytes
	line   int // of what comes next, from 1

	fields []string
	starts []int // the offset of each field, its opening quote included
}

// csvFault is a place where a text is not CSV.
type csvFault struct {
	offset        int
	message, hint string
}

// next reads one record into fields and starts, which the next call overwrites; more is false at the end of the text.
func (s *csvScanner) next() (fault *csvFault, more bool) {
	s.fields, s.starts = s.fields[:0], s.starts[:0]
	if s.offset >= len(s.text) {
		return nil, false
	}
	for {
		s.starts = append(s.starts, s.offset)
		var field string
		if s.text[s.offset:] != "" && s.text[s.offset] == '"' {
			field, fault = s.quoted()
		} else {
			field, fault = s.plain()
		}
		if fault != nil {
			return fault, true
		}
		s.fields = append(s.fields, field)
		if s.offset < len(s.text) && s.text[s.offset] == ',' {
			s.offset++
			continue
		}
		s.endLine()
		return nil, true
	}
}

// plain reads a field without quotes, up to a comma or the end of the line.
func (s *csvScanner) plain() (string, *csvFault) {
	rest := s.text[s.offset:]
	end := len(rest)
scan:
	for i := range len(rest) {
		switch rest[i] {
		case ',', '\n':
			end = i
			break scan
		case '"':
			fault := &csvFault{s.offset + i, "a quote stands inside a field that does not begin with one", "put the whole field in quotes and double the quotes in it"}
			s.skipLine()
			return "", fault
		}
	}
	s.offset += end
	field := rest[:end]
	if end < len(rest) && rest[end] == '\n' || end == len(rest) {
		field = strings.TrimSuffix(field, "\r")
	}
	return field, nil
}

// quoted reads a field in quotes.
func (s *csvScanner) quoted() (string, *csvFault) {
	open := s.offset
	content := s.text[open+1:]
	escaped := false
	for i := 0; ; {
		quote := strings.IndexByte(content[i:], '"')
		if quote < 0 {
			s.offset = len(s.text)
			return "", &csvFault{open, "the quote that opens this field is never closed", "close the field with a quote"}
		}
		i += quote
		if i+1 < len(content) && content[i+1] == '"' {
			escaped, i = true, i+2
			continue
		}
		field := content[:i]
		s.line += strings.Count(field, "\n")
		s.offset = open + 1 + i + 1
		if rest := s.text[s.offset:]; rest != "" && rest != "\r" && rest[0] != ',' && rest[0] != '\n' && !strings.HasPrefix(rest, "\r\n") {
			fault := &csvFault{s.offset, "text stands behind the quote that closes this field", "double the quotes inside a field"}
			s.skipLine()
			return "", fault
		}
		if escaped {
			field = strings.ReplaceAll(field, `""`, `"`)
		}
		if strings.Contains(field, "\r\n") {
			field = strings.ReplaceAll(field, "\r\n", "\n")
		}
		return field, nil
	}
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

// position returns the line and the column, in characters, of an offset in a text; both count from 1.
// known is an offset before it whose line is known.
func position(text string, offset, known, knownLine int) (line, column int) {
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
