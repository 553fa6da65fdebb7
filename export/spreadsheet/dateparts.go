package spreadsheet

import "strings"

// DateParts are the parts of a date that a number format shows.
type DateParts struct{ Year, Month, Day, Time bool }

// DateParts returns what the first section of a format shows of a date (Part 1, 18.8.31). It knows the letters of English,
// which files have whatever the language, eras and weekdays of East Asia, and those of German, French, Spanish, Italian
// and Dutch, which some programs write as they show them. A weekday tells the day.
func (n NumberFormat) DateParts() DateParts {
	var parts DateParts
	runs := dateRuns(string(n))
	has := func(letter byte) bool {
		for _, r := range runs {
			if r.letter == letter {
				return true
			}
		}
		return false
	}
	for i, r := range runs {
		switch r.letter {
		case 'y', 'e', 'b':
			parts.Year = true
		case 'm':
			isMinute := r.length <= 2 && (i > 0 && runs[i-1].letter == 'h' || i+1 < len(runs) && runs[i+1].letter == 's')
			parts.Month, parts.Time = parts.Month || !isMinute, parts.Time || isMinute
		case 'd', 't':
			parts.Day = true
		case 'h', 's':
			parts.Time = true
		case 'a': // a weekday beside a year, else the year of a Romance language
			isWeekday := has('y') || has('e') || r.length == 3
			parts.Day, parts.Year = parts.Day || isWeekday, parts.Year || !isWeekday
		case 'j': // jour beside année, else Jahr or jaar
			parts.Day, parts.Year = parts.Day || has('a'), parts.Year || !has('a')
		case 'g': // giorno beside anno, else the name of an era
			parts.Day = parts.Day || has('a')
		}
	}
	return parts
}

// dateRun is a letter of a number format and how many times it stands together.
type dateRun struct {
	letter byte // in lower case
	length int
}

// dateRuns returns the letters of the first section of a format outside of quotes, escapes and brackets.
func dateRuns(format string) (runs []dateRun) {
	text := strings.ToLower(format)
	if strings.HasPrefix(text, "general") {
		return nil
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ';':
			return runs
		case c == '"':
			i += 1 + max(strings.IndexByte(text[i+1:], '"'), 0)
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			inside, _, _ := strings.Cut(text[i+1:], "]")
			if inside != "" && strings.Trim(inside, "hms") == "" {
				runs = append(runs, dateRun{'h', len(inside)}) // elapsed time
			}
			i += len(inside) + 1
		case strings.HasPrefix(text[i:], "am/pm"):
			i += len("am/pm") - 1
		case strings.HasPrefix(text[i:], "a/p"):
			i += len("a/p") - 1
		case strings.HasPrefix(text[i:], "e+") || strings.HasPrefix(text[i:], "e-"): // an exponent
			i++
		case c >= 'a' && c <= 'z':
			length := 1
			for i+length < len(text) && text[i+length] == c {
				length++
			}
			runs = append(runs, dateRun{c, length})
			i += length - 1
		}
	}
	return runs
}
