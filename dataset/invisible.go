package dataset

import (
	"fmt"
	"strings"
	"unicode"
)

// isInvisible reports whether a character shows nothing by itself: those of format and those that programs may leave out (Default
// Ignorable in the Unicode Standard, 5.21), the blank of Braille, and a byte order mark. Signs of Arabic and other scripts that count as
// format but are drawn are none.
func isInvisible(r rune) bool {
	if r < 0xad {
		return false
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\u2800'
}

// invisibleNames are the characters that nobody sees by the names that people know them by.
var invisibleNames = map[rune]string{
	'\u00ad': "a soft hyphen", '\u034f': "a grapheme joiner", '\u061c': "a mark of direction", '\u180e': "a vowel separator",
	'\u200b': "a zero-width space", '\u200c': "a zero-width non-joiner", '\u200d': "a zero-width joiner",
	'\u200e': "a mark of direction", '\u200f': "a mark of direction", '\u2060': "a word joiner", '\ufeff': "a byte order mark",
	'\u2800': "a blank of Braille", '\u3164': "a filler", '\u115f': "a filler", '\u1160': "a filler", '\uffa0': "a filler",
}

// invisibleName tells what a character is that nobody sees.
func invisibleName(r rune) string {
	switch name := invisibleNames[r]; {
	case name != "":
		return name
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return "a control of direction"
	case unicode.Is(unicode.Variation_Selector, r):
		return "a variation selector"
	default:
		return "a character that shows nothing"
	}
}

// invisibleProblem tells of the first character of a text that nobody sees and that has nothing to do where it stands, with its place in
// characters from 1, and of how many more there are.
func invisibleProblem(text string) string {
	var before, first rune
	place, at, found := 0, 0, 0
	for _, r := range text {
		place++
		if isInvisible(r) && !belongs(r, before) {
			if found++; found == 1 {
				first, at = r, place
			}
			continue // what stands behind it goes with what stands before it
		}
		before = r
	}
	switch found {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("its character %d is %s (%U), which nobody sees", at, invisibleName(first), first)
	default:
		return fmt.Sprintf("its character %d is %s (%U), which nobody sees, and %d more are such", at, invisibleName(first), first, found-1)
	}
}

// joined are the scripts in which a joiner or a non-joiner changes how letters are drawn (UAX #31, 2.3).
var joined = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
}

// belongs reports whether a character that nobody sees has its work behind another one: it joins or parts letters of scripts that join,
// joins signs such as emoji into one, or says how the one before is drawn.
func belongs(r, before rune) bool {
	isSign := unicode.In(before, unicode.So, unicode.Sk, unicode.Variation_Selector) || strings.ContainsRune("#*0123456789©®‼⁉〰〽", before)
	switch {
	case r == '\u200c':
		return unicode.In(before, joined...)
	case r == '\u200d':
		return unicode.In(before, joined...) || isSign && before > unicode.MaxLatin1
	case unicode.Is(unicode.Variation_Selector, r):
		return isSign || unicode.In(before, unicode.Sm, unicode.Po, unicode.Han, unicode.Mongolian, unicode.Myanmar)
	case r >= 0xe0020 && r <= 0xe007f: // the tags behind the black flag
		return before == '🏴' || before >= 0xe0020 && before <= 0xe007f
	default:
		return false
	}
}
