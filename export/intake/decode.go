package intake

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// encoded is a text and how its file encodes it.
type encoded struct {
	text     string // without a byte order mark
	encoding string // as people call it; empty for UTF-8 without a byte order mark
	// broken is the offset in text of the first byte that belongs to no encoding, or -1; problem says what is wrong there.
	broken  int
	problem string
}

// The byte order marks.
var (
	markUTF8    = []byte("\xef\xbb\xbf")
	markUTF16LE = []byte("\xff\xfe")
	markUTF16BE = []byte("\xfe\xff")
	markUTF32LE = []byte("\xff\xfe\x00\x00")
	markUTF32BE = []byte("\x00\x00\xfe\xff")
)

// decode finds out how a file is encoded: UTF-8 or UTF-16, with a mark or without, else Windows-1252.
func decode(content []byte) encoded {
	switch {
	case bytes.HasPrefix(content, markUTF32LE), bytes.HasPrefix(content, markUTF32BE):
		return encoded{problem: "is UTF-32"}
	case bytes.HasPrefix(content, markUTF8):
		return decodeUTF8(content[len(markUTF8):], "UTF-8 with a byte order mark")
	case bytes.HasPrefix(content, markUTF16LE):
		return decodeUTF16(content[2:], binary.LittleEndian, "UTF-16 with a byte order mark")
	case bytes.HasPrefix(content, markUTF16BE):
		return decodeUTF16(content[2:], binary.BigEndian, "UTF-16 with a byte order mark")
	}
	if order := orderOfUTF16(content); order != nil {
		return decodeUTF16(content, order, "UTF-16 without a byte order mark")
	}
	return decodeUTF8(content, "")
}

// orderOfUTF16 returns the byte order of a text that looks like UTF-16: it begins with ASCII, as headers do, so that every other
// byte is zero. It returns nil for any other text.
func orderOfUTF16(content []byte) binary.ByteOrder {
	const headers = 40 // bytes
	sample := content[:min(len(content), headers)&^1]
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch most := len(sample) / 4; {
	case zeros[1] > most && zeros[0] == 0:
		return binary.LittleEndian
	case zeros[0] > most && zeros[1] == 0:
		return binary.BigEndian
	default:
		return nil
	}
}

func decodeUTF16(content []byte, order binary.ByteOrder, name string) encoded {
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	e := encoded{encoding: name, broken: -1}
	var b strings.Builder
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			second := rune(0)
			if i+1 < len(units) {
				second = rune(units[i+1])
			}
			pair := utf16.DecodeRune(r, second)
			if pair == utf8.RuneError {
				e.text, e.broken, e.problem = b.String(), b.Len(), "holds half a surrogate pair"
				return e
			}
			r, i = pair, i+1
		}
		b.WriteRune(r)
	}
	e.text = b.String()
	if len(content)%2 != 0 {
		e.broken, e.problem = len(e.text), "ends in half a character of UTF-16"
	}
	return e
}

// decodeUTF8 reads a text as UTF-8, or as Windows-1252 where it has no mark and hardly anything in it beyond ASCII is UTF-8.
func decodeUTF8(content []byte, name string) encoded {
	e := encoded{text: string(content), encoding: name, broken: -1}
	several, strays, first := surveyUTF8(content)
	switch {
	case strays == 0:
		return e
	case name != "" || several >= strays:
		e.broken, e.problem = first, "is UTF-8, but for this byte"
		return e
	}
	for i, b := range content {
		if r := charmap.Windows1252.DecodeByte(b); r == utf8.RuneError || r >= 0x80 && r < 0xa0 { // which Windows-1252 does not assign
			e.broken, e.problem = i, "is neither UTF-8 nor UTF-16 nor Windows-1252"
			return e
		}
	}
	if i := foreignLetters(content); i >= 0 {
		e.broken, e.problem = i, "is in another encoding than UTF-8, UTF-16 or Windows-1252"
		return e
	}
	text, _ := charmap.Windows1252.NewDecoder().Bytes(content) // which takes every byte
	return encoded{text: string(text), encoding: "Windows-1252", broken: -1}
}

// foreignLetters returns the offset of the first word that no language of Windows-1252 has: four letters beyond ASCII in a row, as
// encodings of Cyrillic, Greek or Hebrew have them. It returns -1 where there is none.
func foreignLetters(content []byte) int {
	const many = 4
	run := 0
	for i, b := range content {
		if run++; b < 0xc0 {
			run = 0
		}
		if run == many {
			return i - many + 1
		}
	}
	return -1
}

// surveyUTF8 counts the characters of more than one byte and the bytes that are in none, and returns the offset of the
// first of these.
func surveyUTF8(content []byte) (several, strays, first int) {
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if strays == 0 {
				first = i
			}
			strays++
		case size > 1:
			several++
		}
		i += size
	}
	return several, strays, first
}
