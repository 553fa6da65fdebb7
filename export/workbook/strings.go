package workbook

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendStringItem appends the item of a text.
func appendStringItem(b []byte, text string) []byte {
	escaped, spaced := needsEscapes(text)
	if spaced {
		b = append(b, `<si><t xml:space="preserve">`...)
	} else {
		b = append(b, `<si><t>`...)
	}
	if escaped {
		b = appendEscaped(b, text)
	} else {
		b = append(b, text...)
	}
	return append(b, `</t></si>`...)
}

// What a byte of a text may need.
const (
	needsEscape = 1 << iota // it cannot stand as it is: markup, a control character, or what may begin an escape
	needsSpace              // white space that readers may drop
	isSpace                 // white space that they may drop at an edge, or after another one
)

var byteNeeds = func() (table [256]byte) {
	for c := range ' ' {
		table[c] = needsEscape
	}
	for _, c := range `&<>"_` {
		table[c] = needsEscape
	}
	table[0xef] = needsEscape // U+FFFE and U+FFFF begin with it
	table['\n'], table['\t'], table[' '] = needsSpace, needsSpace, isSpace
	return table
}()

// needsEscapes reports whether a text may need escapes, and whether it has white space that readers may drop: at an edge, two
// together, or other than a space.
func needsEscapes(text string) (escapes, space bool) {
	seen, last := byte(0), byte(isSpace)
	for i := range len(text) {
		n := byteNeeds[text[i]]
		seen |= n | n&last>>1 // a second space is one that may be dropped
		last = n
	}
	edges := last == isSpace || text[0] >= utf8.RuneSelf || text[len(text)-1] >= utf8.RuneSelf
	return seen&needsEscape != 0, seen&needsSpace != 0 || edges && text != strings.TrimSpace(text)
}

// appendEscaped appends a text as an ST_Xstring (ECMA-376 Part 1, 22.9.2.19): markup as entities, characters that XML
// cannot hold as _xHHHH_, and an underscore that would begin such an escape likewise.
func appendEscaped(b []byte, text string) []byte {
	start := 0
	for i := 0; i < len(text); {
		if byteNeeds[text[i]]&needsEscape == 0 {
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
