package verify

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"haltsheet/dataset/pattern"
	"haltsheet/export/spreadsheet"
)

// cell is a cell with what stands around it.
type cell struct {
	spreadsheet.Cell
	look *look
	grid *grid // nil outside of grids
}

func (c *cell) isHeader() bool { return c.grid != nil && c.Row < c.grid.firstRow() }

func (c *cell) isBody() bool { return c.grid != nil && !c.isHeader() }

// isText reports whether the cell has words in it.
func (c *cell) isText() bool { return c.Kind == spreadsheet.String && c.Value != "" }

// What texts are.
var (
	// noteMarker refers to a note as the guidance has it.
	noteMarker = pattern.New(`\[note \d+\]`)
	// otherMarker refers to a note in another way.
	otherMarker = pattern.New(`(?i)\[(\d+|[a-z]\d+|(foot)?note\d+|fn ?\d+|footnote \d+)\]|\((foot)?note ?\d+\)|[^\s*][*†‡§]+$|^[*†‡§]\s*\pL|\pL[⁰¹²³⁴⁵⁶⁷⁸⁹]+(\s|$)`)
	// powers are units with an exponent, which is no marker.
	powers = pattern.New(`\b[cdkmµ]?m[²³]`)
	// shorthand stands for a value, such as [x] for one that is not available.
	shorthand = pattern.New(`^\[[a-z]+\]$`)
	// onlySymbols has neither a letter nor a digit.
	onlySymbols = pattern.New(`^[\p{P}\p{S}\s]+$`)
	// numericText is a number; a leading zero makes it a code.
	numericText = pattern.New(`^[+-]?(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?\s?%?$`)
	// digest is a checksum, which nobody reads word by word.
	digest = pattern.New(`^[0-9a-f]{32,}$`)
)

// isDay reports whether a text is a day, in an order that leaves no doubt.
func isDay(text string) bool {
	if len(text) != len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// hasDay reports whether a row has a day, which is told as text, as a date.
func hasDay(row []cell, text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return false
	}
	serial := strconv.Itoa(int(day.Sub(dayZero).Hours()) / 24)
	return slices.ContainsFunc(row, func(c cell) bool { return c.Kind == spreadsheet.Number && c.look.isDate && c.Value == serial })
}

// dayZero is the day that workbooks count from.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// isAddress reports whether a text is a URL as it stands.
func isAddress(text string) bool {
	text = strings.TrimSpace(text)
	for _, start := range []string{"https://", "http://", "www."} {
		if len(text) > len(start) && strings.EqualFold(text[:len(start)], start) {
			return !strings.ContainsFunc(text, unicode.IsSpace)
		}
	}
	return false
}

// vagueEnds are how texts end that do not say where a link leads.
var vagueEnds = []string{"here", "link", "this", "page", "more", "info", "information", "download"}

// longestVague is how long such a text is, with some space.
const longestVague = 32

// isVague reports whether a text does not say where a link leads, as "click here" does.
func isVague(text string) bool {
	if len(text) > longestVague {
		return false
	}
	end := strings.TrimRight(text, " \t\r\n.!")
	hasEnd := func(vague string) bool {
		return len(end) >= len(vague) && strings.EqualFold(end[len(end)-len(vague):], vague)
	}
	return slices.ContainsFunc(vagueEnds, hasEnd) && vagueText().MatchString(text)
}

// firstWide is the first letter of a wide script.
const firstWide = '\u1100'

// longestToken returns the width of the longest run of a text that does not break: between spaces and behind hyphens and
// slashes. Addresses and checksums are left out. Wide scripts break anywhere. Where no run is longer than a known one, it returns that.
func longestToken(text string, known int) (longest int) {
	longest = known
	if !hasLongerWord(text, known) {
		return longest
	}
	for word := range strings.FieldsSeq(text) {
		if len(word) <= longest || strings.Contains(word, "://") || digest().MatchString(word) {
			continue
		}
		width := 0
		for _, r := range word {
			if r >= firstWide && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
				width = 0
				continue
			}
			width++
			longest = max(longest, width)
			if r == '-' || r == '/' || r == '\u2013' {
				width = 0
			}
		}
	}
	return longest
}

// hasLongerWord reports whether a text may have a word of more than a number of bytes. It looks at a few bytes alone where spaces are
// as near to each other as in most texts.
func hasLongerWord(text string, than int) bool {
	for start := 0; start+than < len(text); {
		space := strings.LastIndexByte(text[start:start+than+1], ' ')
		if space < 0 {
			return true
		}
		start += space + 1
	}
	return false
}

// mayBeNumber reports whether a text has only what numericText has, and is not worth being asked about if not.
func mayBeNumber(text string) bool {
	for i := 1; i < len(text); i++ {
		if c := text[i]; (c < '0' || c > '9') && !strings.ContainsRune(",.% \t\n\f\r", rune(c)) {
			return false
		}
	}
	return true
}
