package workbook

import (
	"strings"
	"unicode"
)

// The widths of letters, in thousandths of their size.
const (
	digitWidth   = 556
	spaceWidth   = 278
	wideLetter   = 1000 // of Chinese, Japanese and Korean
	capitalWidth = 750  // of other scripts, and with accents
	letterWidth  = 600
)

// asciiWidths are the widths of the letters from U+0020 to U+007E: Arial's, which Liberation Sans has too.
var asciiWidths = [...]int16{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // to the slash
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // digits
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // to Z
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // to z
}

// widthOf returns the width of a letter in thousandths of its size.
func widthOf(r rune) int {
	if i := uint32(r - ' '); i < uint32(len(asciiWidths)) {
		return int(asciiWidths[i])
	}
	return otherWidth(r)
}

func otherWidth(r rune) int {
	switch {
	case r < ' ':
		return spaceWidth
	case isWide(r):
		return wideLetter
	case unicode.IsUpper(r):
		return capitalWidth
	default:
		return letterWidth
	}
}

// isWide reports whether a letter takes the room of two digits.
func isWide(r rune) bool {
	const firstWide = 0x1100
	return r >= firstWide && isEastAsian(r)
}

func isEastAsian(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// textWidth returns the width of a text on one line, in digits.
func textWidth(text string) int {
	width := 0
	for _, r := range text {
		width += widthOf(r)
	}
	return (width + digitWidth - 1) / digitWidth
}

// roomOf returns the room that a column so many digits wide has for a text, in thousandths of the size of its letters: the edges
// and the indent take about two digits.
func roomOf(width int) int { return (width - 2) * digitWidth }

// boldly returns the room that is left for bold letters, which are wider.
func boldly(room int) int { return room * 14 / 15 }

// textLines returns the lines that a text takes in that much room: a word that has no room on a line begins the next, and one that
// has none on any is cut.
func textLines(text string, room int) (lines int) {
	for line := range strings.SplitSeq(text, "\n") {
		lines++
		before, word := 0, 0 // how wide the words before on the line are, with their spaces, and the word at hand
		for _, r := range line {
			width := widthOf(r)
			if r == ' ' {
				before, word = before+word+width, 0 // a space may stand beyond the edge
				continue
			}
			if word += width; before+word > room && before > 0 {
				lines, before = lines+1, 0
			}
			if word > room && word > width {
				lines, word = lines+1, width
			}
			if r == '-' || isWide(r) {
				before, word = before+word, 0
			}
		}
	}
	return lines
}
