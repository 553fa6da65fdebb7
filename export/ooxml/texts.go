package ooxml

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Text is a text of a cell.
type Text struct {
	Plain string
	// Runs are the parts of a text that are formatted differently; nil for most texts.
	Runs []Run
}

// Run is a part of a text with a format of its own.
type Run struct {
	Text string
	Font Font // as far as the run states it
}

// sharedTexts are the texts that cells refer to by number.
type sharedTexts struct {
	plain []string
	runs  map[int][]Run
}

func (s *sharedTexts) text(i int) Text { return Text{s.plain[i], s.runs[i]} }

// readTexts reads the shared texts; a workbook need not have any.
func (c *container) readTexts(part string) (*sharedTexts, error) {
	texts := &sharedTexts{runs: map[int][]Run{}}
	if part == "" || !c.has(part) {
		return texts, nil
	}
	s, err := c.scan(part, c.limits.Strings)
	if err != nil {
		return nil, err
	}
	defer s.close()
	for {
		start, err := s.start()
		if errors.Is(err, io.EOF) {
			return texts, nil
		}
		if err != nil {
			return nil, err
		}
		if start.Name.Local != "si" {
			continue
		}
		text, err := s.richText(start)
		if err != nil {
			return nil, err
		}
		if len(texts.plain) == c.limits.Texts {
			return nil, refuse(part, "has more than %d texts", c.limits.Texts)
		}
		if text.Runs != nil {
			texts.runs[len(texts.plain)] = text.Runs
		}
		texts.plain = append(texts.plain, text.Plain)
	}
}

// richText reads a text, plain or in runs; phonetic hints are left out (CT_Rst, Part 1, 18.4.8).
func (s *scanner) richText(start xml.StartElement) (Text, error) {
	before := s.elements
	s.elements = 0 // each text counts for itself
	e, err := s.element(start)
	if s.elements = before; err != nil {
		return Text{}, err
	}
	var text Text
	for _, child := range e.children {
		if !fits(text.Plain) {
			break
		}
		switch child.name {
		case "t":
			text.Plain += Unescape(child.text)
		case "r":
			run := Run{Font: fontOf(child.child("rPr"))}
			if t := child.child("t"); t != nil {
				run.Text = Unescape(t.text)
			}
			text.Plain += run.Text
			text.Runs = append(text.Runs, run)
		}
	}
	if !fits(text.Plain) {
		return Text{}, refuse(s.part, "has a text of more than %d characters", MaxCharacters)
	}
	return text, nil
}

// fits reports whether a text is no longer than a cell takes.
func fits(text string) bool {
	if len(text) <= MaxCharacters {
		return true
	}
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n <= MaxCharacters
}

// Unescape undoes _xHHHH_, by which workbooks write the characters that XML has not (ST_Xstring, Part 1, 22.9.2.19).
func Unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	var high rune // a first half of a pair, which waits for its second
	flush := func() {
		if high != 0 {
			b.WriteRune('\uFFFD')
			high = 0
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
		case high != 0 && pair != '\uFFFD':
			b.WriteRune(pair)
			high = 0
		case r >= 0xD800 && r < 0xDC00:
			flush()
			high = r
		default:
			flush()
			b.WriteRune(r)
		}
	}
	flush()
	return b.String()
}

// escaped returns the code unit that a text begins with as _xHHHH_.
func escaped(text string) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil
}
