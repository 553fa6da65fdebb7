package workbook

import (
	"strings"
	"unicode"
	"unicode/utf8"
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

// plainWidths are the widths of ASCII letters that do not end a word, and 0 of every other byte.
var plainWidths = func() (widths [256]int16) {
	copy(widths[' ':], asciiWidths[:])
	widths[' '], widths['-'] = 0, 0
	return widths
}()

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
		used := 0 // of the room, by the words before and their spaces
		for len(line) > 0 {
			var word string
			var width int
			if word, width, line = cutWord(line); used+width > room && used > 0 {
				lines, used = lines+1, 0
			}
			if width > room {
				var cuts int
				cuts, width = cutLetters(word, room)
				lines += cuts
			}
			used += width
			for len(line) > 0 && line[0] == ' ' {
				used, line = used+spaceWidth, line[1:] // a space may stand beyond the edge
			}
		}
	}
	return lines
}

// cutWord cuts off what of a line stays together: all before a space, up to a hyphen, or up to a letter of a script without spaces.
func cutWord(line string) (word string, width int, rest string) {
	plain := 0 // letters, most of which are
	for plain < len(line) && plainWidths[line[plain]] > 0 {
		width += int(plainWidths[line[plain]])
		plain++
	}
	for i, r := range line[plain:] {
		if r == ' ' {
			return line[:plain+i], width, line[plain+i:]
		}
		width += widthOf(r)
		if r == '-' || isWide(r) {
			end := plain + i + utf8.RuneLen(r)
			return line[:end], width, line[end:]
		}
	}
	return line, width, ""
}

// cutLetters returns how often a word is cut that has no room on a line, and how wide its end is.
func cutLetters(word string, room int) (cuts, end int) {
	for _, r := range word {
		width := widthOf(r)
		if end += width; end > room && end > width {
			cuts, end = cuts+1, width
		}
	}
	return cuts, end
}
