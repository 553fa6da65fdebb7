// Package defuse keeps spreadsheets from taking a text in a CSV file for anything else: for a formula, or for a number, a month,
// a time or a truth. Such a text gets an apostrophe in front, the sign of a text in LibreOffice, Gnumeric and Excel. Of a CSV
// file that they open, Gnumeric hides it, and the others show it.
package defuse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"haltsheet/dataset/pattern"
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
		end := len(text)
		if cut := strings.IndexAny(text[start:], cuts); cut >= 0 {
			end = start + cut + 1
		}
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

// isMistaken reports whether a part of a text would be taken for something else, if a cell began with it. The apostrophes in
// front do not count.
func isMistaken(part string, isFirst bool) bool {
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
	if len(text) <= longestConstant && constants[strings.ToLower(text)] {
		return true
	}
	hasDigit := false
	for i := 0; i < len(text); {
		letters := len(text[i:]) - len(strings.TrimLeftFunc(text[i:], unicode.IsLetter))
		if letters > 0 {
			if letters > longestWord {
				return false
			}
			word := strings.ToLower(text[i : i+letters])
			if isKnown := months[word] || hasDigit && units[word]; !isKnown {
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
	return hasDigit && !harmless().MatchString(text)
}

// harmless are the numbers and days that spreadsheets take for such and do not change: without zeros in front, with no more
// digits than they keep.
var harmless = pattern.New(`^(0|[1-9]\d{0,14}|\d{4}-\d\d-\d\d)$`)

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

// The most bytes that a constant and a word of dates have, so that a longer text is not looked for.
const (
	longestConstant = len("#value!")
	longestWord     = len("september")
)

func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, word := range words {
		all[word] = true
	}
	return all
}
