package spreadsheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Run is a part of a text with a format of its own.
type Run struct {
	Text string
	Font Font // as far as the run states it
}

// sharedTexts are the texts that cells refer to by number.
type sharedTexts struct {
	plain []string
	runs  map[int][]Run
	lossy map[int]bool // those that have half of a character
}

// readTexts reads the shared texts; a workbook need not have any.
func (c *container) readTexts(part string) (*sharedTexts, error) {
	texts := &sharedTexts{runs: map[int][]Run{}, lossy: map[int]bool{}}
	if part == "" || !c.has(part) {
		return texts, nil
	}
	s, err := c.scan(part, c.limits.Strings)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var pack packed
	for {
		err := s.start()
		if errors.Is(err, io.EOF) {
			texts.plain = pack.unpack(texts.plain)
			return texts, nil
		}
		if err != nil {
			return nil, err
		}
		if string(s.Name) != "si" {
			continue
		}
		number := len(texts.plain) + len(pack.ends)
		if number == c.limits.Texts {
			return nil, refuse(part, "has more than %d texts", c.limits.Texts)
		}
		runs, isLossy, err := s.richText(&pack)
		if err != nil {
			return nil, err
		}
		if isLossy {
			texts.lossy[number] = true
		}
		if runs != nil {
			texts.runs[number] = runs
		}
		if len(pack.bytes) > packSize {
			texts.plain = pack.unpack(texts.plain)
		}
	}
}

// packed are texts end to end, so that many of them take one piece of memory.
type packed struct {
	bytes []byte
	ends  []int
}

// packSize is how many bytes of shared texts are made a string at once.
const packSize = 64 << 10

// end ends a text, of which the bytes were appended.
func (p *packed) end() { p.ends = append(p.ends, len(p.bytes)) }

// unpack appends the texts to others, and begins anew.
func (p *packed) unpack(texts []string) []string {
	all, start := string(p.bytes), 0
	for _, end := range p.ends {
		texts = append(texts, all[start:end])
		start = end
	}
	p.bytes, p.ends = p.bytes[:0], p.ends[:0]
	return texts
}

// richText packs the text of the element that has just started, plain or in runs, which it returns; phonetic hints are left
// out (CT_Rst, Part 1, 18.4.8). A text is lossy if it has half of a character.
func (s *scanner) richText(pack *packed) (runs []Run, isLossy bool, err error) {
	s.elements = 0 // each text counts for itself
	start := len(pack.bytes)
	for depth := s.Depth; ; {
		more, err := s.startInside(depth)
		if err != nil {
			return nil, false, err
		}
		if !more {
			pack.end()
			return runs, isLossy, nil
		}
		switch string(s.Name) {
		case "t":
			at := len(pack.bytes)
			pack.bytes, err = s.text(pack.bytes)
			if bytes.Contains(pack.bytes[at:], []byte("_x")) {
				text, half := unescape(string(pack.bytes[at:]))
				pack.bytes, isLossy = append(pack.bytes[:at], text...), isLossy || half
			}
		case "r":
			var run *element
			if run, err = s.element(); err == nil {
				text, half := unescape(run.child("t").string())
				isLossy = isLossy || half
				runs = append(runs, Run{text, fontOf(run.child("rPr"))})
				pack.bytes = append(pack.bytes, text...)
			}
		default:
			err = s.skip()
		}
		if err != nil {
			return nil, false, err
		}
		if !fitsCell(pack.bytes[start:]) {
			return nil, false, refuse(s.part, "has a text of more than %d characters", MaxCharacters)
		}
	}
}

// fitsCell reports whether a text is no longer than a cell takes.
func fitsCell[T []byte | string](text T) bool {
	if len(text) <= MaxCharacters {
		return true
	}
	n := 0
	for _, r := range string(text) {
		n += max(utf16.RuneLen(r), 1)
	}
	return n <= MaxCharacters
}

// Unescape undoes _xHHHH_, by which workbooks write the characters that XML cannot hold (ST_Xstring, Part 1, 22.9.2.19). Half of a
// character becomes U+FFFD.
func Unescape(text string) string {
	plain, _ := unescape(text)
	return plain
}

// unescape does so, and reports whether there was half of a character.
func unescape(text string) (plain string, isLossy bool) {
	if !strings.Contains(text, "_x") {
		return text, false
	}
	var b strings.Builder
	var high rune // a first half of a pair, which waits for its second
	flush := func() {
		if high != 0 {
			b.WriteRune(utf8.RuneError)
			high, isLossy = 0, true
		}
	}
	for len(text) > 0 {
		r, ok := escaped(text)
		if !ok {
			flush()
			b.WriteByte(text[0])
			text = text[1:]
			continue
		}
		text = text[len("_xHHHH_"):]
		switch pair := utf16.DecodeRune(high, r); {
		case high != 0 && pair != utf8.RuneError:
			b.WriteRune(pair)
			high = 0
		case r >= 0xD800 && r < 0xDC00:
			flush()
			high = r
		default:
			flush()
			b.WriteRune(r)
			isLossy = isLossy || utf16.IsSurrogate(r)
		}
	}
	flush()
	return b.String(), isLossy
}

// escaped returns the code unit that a text begins with as _xHHHH_.
func escaped(text string) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil
}
