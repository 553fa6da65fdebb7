package verify

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"haltsheet/export/ooxml"
)

// cell is a cell with what stands around it.
type cell struct {
	ooxml.Cell
	format *ooxml.Format
	font   ooxml.Font // of the format, with what that leaves out
	grid   *grid      // nil outside of grids
	link   ooxml.Link
	isLink bool
}

func (c *cell) isHeader() bool { return c.grid != nil && c.Row < c.grid.firstRow() }

func (c *cell) isBody() bool { return c.grid != nil && !c.isHeader() }

// isText reports whether the cell has words in it.
func (c *cell) isText() bool { return c.Kind == ooxml.String && c.Value != "" }

// What texts are.
var (
	// noteMarker refers to a note as the guidance has it.
	noteMarker = pattern(`\[note \d+\]`)
	// otherMarker refers to a note in another way.
	otherMarker = pattern(`(?i)\[(\d+|[a-z]\d+|(foot)?note\d+|fn ?\d+|footnote \d+)\]|\((foot)?note ?\d+\)|[^\s*][*†‡§]+$|^[*†‡§]\s*\pL|\pL[⁰¹²³⁴⁵⁶⁷⁸⁹]+(\s|$)`)
	// powers are units with an exponent, which is no marker.
	powers = pattern(`\b[cdkmµ]?m[²³]`)
	// shorthand stands for a value, such as [x] for one that is not available.
	shorthand = pattern(`^\[[a-z]+\]$`)
	// onlySymbols has neither a letter nor a digit.
	onlySymbols = pattern(`^[\p{P}\p{S}\s]+$`)
	// numericText is a number; a leading zero makes it a code.
	numericText = pattern(`^[+-]?(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?\s?%?$`)
	// digest is a checksum, which nobody reads word by word.
	digest = pattern(`^[0-9a-f]{32,}$`)
	// address is a URL as it stands.
	address = pattern(`(?i)^\s*(https?://|www\.)\S+\s*$`)
)

// isDay reports whether a text is a day, in an order that leaves no doubt.
func isDay(text string) bool {
	if len(text) != len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// daysOf returns the days that a row has as dates.
func daysOf(row []cell) map[string]bool {
	var days map[string]bool
	for i := range row {
		c := &row[i]
		if c.Kind != ooxml.Number || !c.format.Number.IsDate() {
			continue
		}
		if serial, err := strconv.Atoi(c.Value); err == nil && serial > 0 && serial < 3_000_000 {
			if days == nil {
				days = map[string]bool{}
			}
			days[time.Date(1899, 12, 30+serial, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)] = true
		}
	}
	return days
}

// firstWide is the first letter of a wide script.
const firstWide = '\u1100'

// longestToken returns the width of the longest run of a text that does not break: between spaces and behind hyphens and
// slashes. Addresses and checksums are left out. Wide scripts break anywhere.
func longestToken(text string) (longest int) {
	for word := range strings.FieldsSeq(text) {
		if strings.Contains(word, "://") || digest().MatchString(word) {
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
