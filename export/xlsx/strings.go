package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sharedStrings numbers the texts of a workbook in the order in which they first occur (ECMA-376 Part 1, 18.4.9).
// Texts that recur are kept once, up to a number of different ones; the others are listed each time they occur, which
// costs less than remembering them. None are held for writing: a second pass over the cells writes them.
type sharedStrings struct {
	numbers map[string]int // of the texts that recur
	next    int            // the number of the next text
	uses    int            // cells with a text
}

const (
	maxShared     = 64      // bytes of a text that is kept once
	maxSharedRows = 1 << 17 // different texts that are
)

// newSharedStrings begins behind the texts that are in the table already.
func newSharedStrings(first int) *sharedStrings {
	return &sharedStrings{numbers: map[string]int{}, next: first, uses: first}
}

// recent is the last text of a column that recurs, since the next cell often has it too.
type recent struct {
	text   string
	number int
}

// number returns the number of a text in the first pass, whose column has recurring texts.
func (s *sharedStrings) number(text string, last *recent) int {
	if text == last.text {
		s.uses++
		return last.number
	}
	n, known := s.numbers[text]
	if known {
		s.uses++
	} else if n = s.add(); len(s.numbers) < maxSharedRows && len(text) <= maxShared {
		s.numbers[text], known = n, true
	}
	if known {
		*last = recent{text, n}
	}
	return n
}

// add returns the number of a text that is listed each time it occurs.
func (s *sharedStrings) add() int {
	s.uses++
	s.next++
	return s.next - 1
}

// stringWriter is the second pass: it meets the same texts in the same order and writes each where it is numbered.
type stringWriter struct {
	strings *sharedStrings
	next    int
}

// append appends a text of a column with recurring texts, unless it is there already.
func (w *stringWriter) append(b []byte, text string, last *recent) []byte {
	if text == last.text {
		return b
	}
	n, shared := w.strings.numbers[text]
	if shared {
		*last = recent{text, n}
	}
	if shared && n != w.next {
		return b
	}
	return w.add(b, text)
}

// add appends a text that is listed each time it occurs.
func (w *stringWriter) add(b []byte, text string) []byte {
	w.next++
	return appendStringItem(b, text)
}

// appendStringItem appends the item of a text.
func appendStringItem(b []byte, text string) []byte {
	if text != strings.TrimSpace(text) || strings.ContainsAny(text, "\n\t") || strings.Contains(text, "  ") {
		b = append(b, `<si><t xml:space="preserve">`...)
	} else {
		b = append(b, `<si><t>`...)
	}
	b = appendEscaped(b, text)
	return append(b, `</t></si>`...)
}

// xmlSpecial marks the bytes that stand for themselves in no text: markup, control characters, and the underscore that
// may begin an escape.
var xmlSpecial = func() (table [256]bool) {
	for c := range ' ' {
		table[c] = c != '\n' && c != '\t'
	}
	for _, c := range `&<>"_` {
		table[c] = true
	}
	table[0xef] = true // U+FFFE and U+FFFF begin with it
	return table
}()

// appendEscaped appends a text as an ST_Xstring (ECMA-376 Part 1, 22.9.2.19): markup as entities, characters that XML
// cannot hold as _xHHHH_, and an underscore that would begin such an escape likewise.
func appendEscaped(b []byte, text string) []byte {
	start := 0
	for i := 0; i < len(text); {
		if !xmlSpecial[text[i]] {
			i++
			continue
		}
		size, escape := 1, ""
		switch c := text[i]; {
		case c == '&':
			escape = "&amp;"
		case c == '<':
			escape = "&lt;"
		case c == '>':
			escape = "&gt;"
		case c == '"':
			escape = "&quot;"
		case c < ' ':
			escape = "_x00" + hexDigits(c) + "_"
		case c == '_' && isEscape(text[i:]):
			escape = "_x005F_"
		case c == 0xef:
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); r == 0xfffe || r == 0xffff {
				escape = "_x" + strings.ToUpper(strconv.FormatInt(int64(r), 16)) + "_"
			}
		}
		if escape != "" {
			b = append(append(b, text[start:i]...), escape...)
			start = i + size
		}
		i += size
	}
	return append(b, text[start:]...)
}

func hexDigits(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[c>>4], digits[c&15]})
}

// isEscape reports whether a text begins with _xHHHH, which the underscore of an escape behind it could close.
func isEscape(text string) bool {
	if len(text) < 6 || text[1] != 'x' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}

// countStrings returns the number of items of a shared string table.
func countStrings(part []byte) int { return bytes.Count(part, []byte("<si>")) }
