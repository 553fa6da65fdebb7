package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// chunkTexts numbers the texts of one chunk of rows in the shared string table (ECMA-376 Part 1, 18.4.9) in the order in
// which they first occur in it. A text of a column whose texts recur is listed once for the chunk; any other each time, which
// costs less than remembering it. Since no chunk depends on what another one lists, chunks are encoded side by side: once for
// the table, and again for the cells, when it is known how many texts stand before the chunk's.
type chunkTexts struct {
	numbers map[string]int
	next    int // the number of the next text
	recent  []recentTexts
	// kept holds the texts that were put together for the chunk.
	kept []byte
}

// recentTexts are texts of a column that were met of late, since most columns have few.
type recentTexts [32]struct {
	text   string
	number int
}

func newChunkTexts(columns int) *chunkTexts {
	return &chunkTexts{numbers: map[string]int{}, recent: make([]recentTexts, columns)}
}

// begin begins a chunk whose first text has a number.
func (t *chunkTexts) begin(first int) {
	clear(t.numbers)
	clear(t.recent)
	t.next, t.kept = first, t.kept[:0]
}

// add returns the number of a text that is listed each time.
func (t *chunkTexts) add() int {
	t.next++
	return t.next - 1
}

// number returns the number of a text of a column whose texts recur, and whether it is to be listed now. A text that is new or
// stays may not change before the chunk ends.
func (t *chunkTexts) number(column int, text string, stays bool) (number int, isNew bool) {
	n := len(text)
	recent := &t.recent[column][(n*5+int(text[n-1])*3+int(text[n/2])*7+int(text[0]))%len(recentTexts{})]
	if recent.text == text {
		return recent.number, false
	}
	number, known := t.numbers[text]
	if !known {
		number = t.add()
		t.numbers[text] = number
	}
	if stays || !known {
		recent.text, recent.number = text, number
	}
	return number, !known
}

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
