package guess

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"haltsheet/dataset/pattern"
)

// Dates returns the dates that a text may stand for, in EDTF. Some may not be in the calendar; the caller knows.
func Dates(text string) []string {
	plain := plainForm(text)
	plain, qualifier := unqualified(plain)
	plain = clock().ReplaceAllString(plain, "$1")
	for _, form := range dateForms {
		if m := form.pattern().FindStringSubmatch(plain); m != nil {
			return qualify(form.dates(m[1:]), qualifier)
		}
	}
	return qualify(named(plain), qualifier)
}

// qualify puts a qualifier behind dates, and leaves out those that are there twice.
func qualify(dates []string, qualifier string) (qualified []string) {
	for _, date := range dates {
		if date += qualifier; !slices.Contains(qualified, date) {
			qualified = append(qualified, date)
		}
	}
	return qualified
}

// qualifiers are what says before or behind a date that it is uncertain or approximate.
var (
	approximate = pattern.New(`^(~|c\.|ca\.?|circa|about|around|approx\.?|approximately|um|etwa|environ|vers|rond|около) *`)
	behindDate  = pattern.New(` *(\?~|~\?|\(\?\)|[?~%])$`)
)

// unqualified returns a text without what qualifies it, and the qualifier of EDTF level 1 that says the same.
func unqualified(text string) (plain, qualifier string) {
	isApproximate, isUncertain := false, false
	if m := approximate().FindString(text); m != "" && m != text {
		text, isApproximate = text[len(m):], true
	}
	if m := behindDate().FindString(text); m != "" {
		text = strings.TrimSuffix(text, m)
		isApproximate = isApproximate || strings.ContainsAny(m, "~%")
		isUncertain = strings.ContainsAny(m, "?%")
	}
	switch {
	case isApproximate && isUncertain:
		return text, "%"
	case isApproximate:
		return text, "~"
	case isUncertain:
		return text, "?"
	default:
		return text, ""
	}
}

// clock is a time behind a day, with or without a zone.
var clock = pattern.New(`^(\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4})(?:t|,? +)\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?$`)

// dateForm is a way to write a date in digits.
type dateForm struct {
	pattern func() *regexp.Regexp
	dates   func(parts []string) []string
}

var dateForms = []dateForm{
	{pattern.New(`^(\d{4})-(\d{2})-xx$`), func(p []string) []string { return dates(p[0], p[1], "") }},
	{pattern.New(`^(\d{4})-(?:xx|uu)(?:-(?:xx|uu))?$`), func(p []string) []string { return dates(p[0], "", "") }},
	{pattern.New(`^(\d{4})年?$`), func(p []string) []string { return dates(p[0], "", "") }},
	{pattern.New(`^(\d{4})\.1$`), func(p []string) []string { return append(dates(p[0], "10", ""), dates(p[0], "1", "")...) }}, // a number that lost a zero
	{pattern.New(`^(\d{4}) ?[-/. 年] ?(\d{1,2})月?$`), func(p []string) []string { return dates(p[0], p[1], "") }},
	{pattern.New(`^(\d{1,2})[-/. ](\d{4})$`), func(p []string) []string { return dates(p[1], p[0], "") }},
	{pattern.New(`^(\d{4}) ?[-/. 年] ?(\d{1,2}) ?[-/. 月] ?(\d{1,2})日?\.?$`), func(p []string) []string {
		return firstOf(dates(p[0], p[1], p[2]), dates(p[0], p[2], p[1]))
	}},
	{pattern.New(`^((?:19|20)\d{2})(\d{2})(\d{2})$`), func(p []string) []string { return dates(p[0], p[1], p[2]) }},
	{pattern.New(`^([34]\d{4}|5[0-8]\d{3})$`), serialDay},
	{pattern.New(`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})\.?$`), func(p []string) []string { // points stand behind the day, then the month
		return firstOf(dates(fullYear(p[2]), p[1], p[0]), dates(fullYear(p[2]), p[0], p[1]))
	}},
	{pattern.New(`^(\d{1,2})[-/ ](\d{1,2})[-/ ](\d{4}|\d{2})$`), func(p []string) []string {
		return append(dates(fullYear(p[2]), p[1], p[0]), dates(fullYear(p[2]), p[0], p[1])...)
	}},
}

// serialDay returns the day that a spreadsheet counts so, for numbers that stand for days from 1982 on.
func serialDay(parts []string) []string {
	n, _ := strconv.Atoi(parts[0]) // five digits
	return []string{time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)}
}

// firstOf returns the first of two readings that there is.
func firstOf(one, other []string) []string {
	if len(one) > 0 {
		return one
	}
	return other
}

// fullYear returns the year of four digits that two stand for, as spreadsheets take them.
func fullYear(digits string) string {
	switch {
	case len(digits) != 2:
		return digits
	case digits < "30":
		return "20" + digits
	default:
		return "19" + digits
	}
}

// dates returns a date in EDTF, month and day being empty where they are not known, or nothing where it is none.
func dates(year, month, day string) []string {
	if month == "" {
		return []string{year}
	}
	y, _ := strconv.Atoi(year) // all are digits
	m, _ := strconv.Atoi(month)
	if m < 1 || m > 12 {
		return nil
	}
	if day == "" {
		return []string{fmt.Sprintf("%04d-%02d", y, m)}
	}
	d, _ := strconv.Atoi(day)
	if date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); date.Day() != d || date.Month() != time.Month(m) {
		return nil
	}
	return []string{fmt.Sprintf("%04d-%02d-%02d", y, m, d)}
}

// monthNames are the names of the months, January first, in the languages of most who will use this: English, German, French,
// Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Polish, Czech, Russian and Ukrainian, as they stand in dates.
var monthNames = [12]string{
	"january januar jänner janvier enero gennaio janeiro januari styczeń stycznia leden ledna январь января січень січня",
	"february februar février febrero febbraio fevereiro februari luty lutego únor února февраль февраля лютий лютого",
	"march märz maerz mars marzo março maart mrt marts marzec marca březen března март марта березень березня",
	"april avril abril aprile kwiecień kwietnia duben dubna апрель апреля квітень квітня",
	"may mai mayo maggio maio mei maj maja květen května май мая травень травня",
	"june juni juin junio giugno junho czerwiec czerwca červen června июнь июня червень червня",
	"july juli juillet julio luglio julho lipiec lipca červenec července июль июля липень липня",
	"august août aout agosto augustus augusti sierpień sierpnia srpen srpna август августа серпень серпня",
	"september septembre septiembre settembre setembro wrzesień września září сентябрь сентября вересень вересня",
	"october oktober octobre octubre ottobre outubro październik października říjen října октябрь октября жовтень жовтня",
	"november novembre noviembre novembro listopad listopada ноябрь ноября листопад листопада",
	"december dezember décembre diciembre dicembre dezembro desember grudzień grudnia prosinec prosince декабрь декабря грудень грудня",
}

// monthOf returns the month that a word names in full or by three letters or more, from 1, or 0. A longer name that fits is
// none where another fits the whole word.
func monthOf(word string) (month int) {
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			switch {
			case word == name:
				return i + 1
			case month == 0 && utf8.RuneCountInString(word) >= 3 && strings.HasPrefix(name, word):
				month = i + 1
			}
		}
	}
	return month
}

var (
	ordinal  = pattern.New(`^(\d{1,2})(st|nd|rd|th|er|e|º|ª|-го)$`)
	fillers  = pattern.New(`^(of|the|de|del|di|den|г|р|роки|року|года|on|in|im|en|w)$`)
	weekdays = pattern.New(`^(mon|tue|wed|thu|fri|sat|sun)(day|sday|nesday|rsday|urday)?$|^(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)$`)
)

// named returns the dates that a text with the name of a month stands for.
func named(text string) []string {
	var numbers []string
	month := 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",./-", r) }) {
		if m := ordinal().FindStringSubmatch(word); m != nil {
			word = m[1]
		}
		switch {
		case strings.Trim(word, "0123456789") == "":
			numbers = append(numbers, word)
		case fillers().MatchString(word) || weekdays().MatchString(word):
		case month == 0 && monthOf(word) > 0:
			month = monthOf(word)
		default:
			return nil
		}
	}
	if month == 0 {
		return nil
	}
	return inMonth(strconv.Itoa(month), numbers)
}

// inMonth returns the dates that numbers beside the name of a month stand for: a year, or a day and a year.
func inMonth(month string, numbers []string) []string {
	switch {
	case len(numbers) == 1 && (len(numbers[0]) == 4 || len(numbers[0]) == 2):
		return dates(fullYear(numbers[0]), month, "")
	case len(numbers) != 2:
		return nil
	case len(numbers[0]) == 4 && len(numbers[1]) <= 2:
		return dates(numbers[0], month, numbers[1])
	case len(numbers[0]) <= 2 && (len(numbers[1]) == 4 || len(numbers[1]) == 2):
		return dates(fullYear(numbers[1]), month, numbers[0])
	default:
		return nil
	}
}
