// Package defuse keeps spreadsheets from taking a text in a CSV file for anything else: for a formula, or for a number, a month,
// a time or a truth. Such a text gets an apostrophe in front, the sign of a text in LibreOffice, Gnumeric and Excel. Of a CSV
// file that they open, Gnumeric hides it, and the others show it.
package defuse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	apostrophe = "'"
	// cuts end a cell for readers that do not separate cells by commas, or know no quotes (OWASP, CSV Injection).
	cuts = ";\t\r\n"
	// signs begin a formula: all characters whose compatibility form (UAX #15) has = + - or @, since spreadsheets take = and ＝
	// for one.
	signs = "=+-@＝＋－＠﹦﹢﹣﹫⁼₌⁺₊﬩⩴⩵⩶"
	// dressing is what spreadsheets may take off before the sign of a formula, and apostrophes.
	dressing = "'\" \u00a0"
)

// Text returns a text as a CSV file for spreadsheets holds it: behind an apostrophe where they would take it for something else,
// and with one wherever a reader that cuts at semicolons, tabs or ends of lines would find the beginning of a formula. A day
// becomes a day, and a whole number shows the same as a number. Original is the way back.
func Text(text string) string {
	return eachPart(text, func(part string, isFirst bool) string {
		if isMistaken(part, isFirst) {
			return apostrophe + part
		}
		return part
	})
}

// Original returns the text from which Text made another. A text that Text does not make comes back as it is.
func Original(text string) string {
	return eachPart(text, func(part string, isFirst bool) string {
		if rest, ok := strings.CutPrefix(part, apostrophe); ok && isMistaken(rest, isFirst) {
			return rest
		}
		return part
	})
}

// eachPart changes the parts of a text that end in a cut, and the rest behind the last. Nearly all stay as they are, and then the
// text does.
func eachPart(text string, change func(part string, isFirst bool) string) string {
	var changed []byte
	kept := 0 // the start of what is not in changed yet
	for start := 0; ; {
		end := behindCut(text, start)
		part := text[start:end]
		if other := change(part, start == 0); other != part {
			changed = append(append(changed, text[kept:start]...), other...)
			kept = end
		}
		if end == len(text) {
			break
		}
		start = end
	}
	if kept == 0 {
		return text
	}
	return string(append(changed, text[kept:]...))
}

// behindCut returns what is behind the first cut of a text from a byte on, or its end.
func behindCut(text string, from int) int {
	for i := from; i < len(text); i++ {
		if byteClasses[text[i]]&cutByte != 0 {
			return i + 1
		}
	}
	return len(text)
}

// isMistaken reports whether a part of a text would be taken for something else, if a cell began with it. The apostrophes in
// front do not count.
func isMistaken(part string, isFirst bool) bool {
	if part != "" && byteClasses[part[0]]&letterByte != 0 { // as most are
		return isFirst && isTaken(part)
	}
	bare := strings.TrimLeft(part, dressing)
	first, _ := utf8.DecodeRuneInString(bare)
	switch {
	case bare == "":
		return false
	case strings.ContainsRune(signs, first):
		return true
	default:
		return isFirst && (strings.ContainsRune("\t\r\n", first) || isTaken(strings.TrimLeft(part, apostrophe)))
	}
}

// isTaken reports whether spreadsheets in English take a text for a number, a date, a time, a truth or an error that they
// then show otherwise: of digits, signs and the words of dates and times alone.
func isTaken(text string) bool {
	if constants.has(text) {
		return true
	}
	hasDigit := false
	for i := 0; i < len(text); {
		if letters := leadingLetters(text[i:]); letters > 0 {
			word := text[i : i+letters]
			if isKnown := months.has(word) || hasDigit && units.has(word); !isKnown {
				return false
			}
			i += letters
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsDigit(r):
			hasDigit = true
		case strings.ContainsRune(" \u00a0\u202f.,:/()%'+-", r), unicode.Is(unicode.Sc, r):
		default:
			return false
		}
		i += size
	}
	return hasDigit && !isHarmless(text)
}

// leadingLetters returns how many bytes of letters a text begins with.
func leadingLetters(text string) int {
	for i := range len(text) {
		switch class := byteClasses[text[i]]; {
		case class&wideByte != 0:
			return len(text) - len(strings.TrimLeftFunc(text, unicode.IsLetter))
		case class&letterByte == 0:
			return i
		}
	}
	return len(text)
}

// What bytes may be.
const (
	letterByte = 1 << iota // of ASCII
	wideByte               // of a character beyond ASCII
	cutByte
)

var byteClasses = func() (classes [256]uint8) {
	for i := range classes {
		c := byte(i)
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			classes[i] = letterByte
		case c >= utf8.RuneSelf:
			classes[i] = wideByte
		case strings.IndexByte(cuts, c) >= 0:
			classes[i] = cutByte
		}
	}
	return classes
}()

// isHarmless reports whether a text is a number or a day that spreadsheets take for such and do not change: without zeros in front,
// with no more digits than they keep.
func isHarmless(text string) bool {
	const digits, day = 15, "2006-01-02"
	if len(text) == len(day) && text[4] == '-' && text[7] == '-' {
		return isNumber(text[:4]) && isNumber(text[5:7]) && isNumber(text[8:])
	}
	return text == "0" || len(text) <= digits && text[0] != '0' && isNumber(text)
}

// isNumber reports whether a text has nothing but digits of ASCII.
func isNumber(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// constants are the words of truths and errors.
var constants = set("true", "false", "#n/a", "#null!", "#div/0!", "#value!", "#ref!", "#name?", "#num!")

// months are the words of dates, and units those that stand behind a number: of times, and of a power of ten.
var (
	months = set(
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
	)
	units = set("a", "p", "am", "pm", "t", "z", "e")
)

// longestWord is how many bytes a word has at most, so that a longer one is not looked for.
const longestWord = len("september")

// words are words in lower case.
type words map[string]bool

func set(all ...string) words {
	w := make(words, len(all))
	for _, word := range all {
		w[word] = true
	}
	return w
}

// has reports whether a word is among them, whatever its case.
func (w words) has(word string) bool {
	if len(word) > longestWord {
		return false
	}
	var lower [longestWord]byte
	for i := range len(word) {
		switch c := word[i]; {
		case c >= 'A' && c <= 'Z':
			lower[i] = c | 0x20
		default:
			lower[i] = c
		}
	}
	return w[string(lower[:len(word)])]
}
