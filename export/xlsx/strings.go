package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendStringItem appends the item of a text.
func appendStringItem(b []byte, text string) []byte {
	if hasSpace(text) {
		b = append(b, `<si><t xml:space="preserve">`...)
	} else {
		b = append(b, `<si><t>`...)
	}
	b = appendEscaped(b, text)
	return append(b, `</t></si>`...)
}

// hasSpace reports whether a text has white space that readers may drop: at an edge, two together, or other than a space.
func hasSpace(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c == '\n' || c == '\t' || c == ' ' && before == ' ' {
			return true
		}
		before = c
	}
	return before == ' ' || (text[0] >= utf8.RuneSelf || before >= utf8.RuneSelf) && text != strings.TrimSpace(text)
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
