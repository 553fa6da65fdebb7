package dataset

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"haltsheet/dataset/guess"
)

// meanings tells what was meant by texts that their columns cannot hold, as far as the whole dataset tells. It may be asked by
// several goroutines at once.
type meanings struct {
	dataset *Dataset
	named   map[string]func() map[string][]int // of each table the rows by folded name or address, made when it is asked for
}

func newMeanings(d *Dataset) *meanings {
	m := &meanings{d, map[string]func() map[string][]int{}}
	for i := range Schemas {
		m.named[Schemas[i].Name] = sync.OnceValue(func() map[string][]int { return d.rowsByName(&Schemas[i]) })
	}
	return m
}

// guessableRules are the rules of which a finding says that a text is none of its column: only of these there is something to guess.
var guessableRules = []string{"type-error", "decimal-form", "enum", "pattern", "required", "foreign-key"}

// hint returns how to mend a cell by what was meant, or nothing where nobody can tell.
func (m *meanings) hint(rule *Rule, at cellAt, text string) string {
	if !slices.Contains(guessableRules, rule.ID) {
		return ""
	}
	column := &at.schema.Columns[at.column]
	if text == "" {
		if key := m.newKey(at.schema, at.row); column.Key && key != "" {
			return "write " + key
		}
		return ""
	}
	switch readings := m.readings(column, text); len(readings) {
	case 0:
		switch {
		case column.Type == TypeDate:
			return intervalHint(text)
		case column.Ref != "" && rule.ID == "pattern":
			return "write the key of a record in " + column.Ref + ".csv"
		default:
			return ""
		}
	default:
		return writeOneOf(readings)
	}
}

// writeOneOf is the hint to write what a text was meant as.
func writeOneOf(readings []string) string {
	if len(readings) == 1 {
		return "write " + readings[0]
	}
	return "write " + strings.Join(readings, " or ") + ", whichever is meant"
}

// readings returns what a text of a column may have been meant as, each well formed.
func (m *meanings) readings(column *Column, text string) []string {
	if len(text) > mostGuessed {
		return nil
	}
	if column.Type == TypeList {
		return m.listReading(column, text)
	}
	return m.memberReadings(column, text)
}

// mostGuessed is how many bytes a text has at most that is guessed at: what is longer is no slip.
const mostGuessed = 1000

// memberReadings returns what a text, or a member of a list, may have been meant as.
func (m *meanings) memberReadings(column *Column, text string) (readings []string) {
	switch {
	case column.Type == TypeDate:
		readings = guess.Dates(text)
	case column.Form == formDay:
		readings = guess.Dates(text)
	case column.Type == TypeDecimal:
		readings = guess.Numbers(text, isCurrency)
	case column.Codes != "":
		readings = codesLike(m.dataset.CodeList(column.Codes), text)
	case column.Ref != "":
		readings = m.keysLike(column.Ref, text)
	case column.Form == formCountry:
		readings = countriesLike(text)
	case column.Form == formCurrency:
		readings = currenciesLike(text)
	case column.Form == formLanguage:
		readings = languagesLike(text)
	case column.Form == formURL:
		readings = addressesLike(text)
	case column.Form == formSlug:
		readings = []string{slugOf(text)}
	}
	return slices.DeleteFunc(readings, func(reading string) bool { return reading == text || !mayHold(column, reading) })
}

// mayHold reports whether a column may hold a text, or a list with it, which is not empty.
func mayHold(column *Column, text string) bool {
	var err error
	switch column.Type {
	case TypeDate:
		_, err = ParseDate(text)
	case TypeDecimal:
		_, err = ParseDecimal(text)
	default:
		if column.Form != nil {
			message, _ := column.Form.problem(text)
			return text != "" && message == ""
		}
	}
	return err == nil && text != ""
}

// memberEnds are what people write between the members of a list.
var memberEnds = regexp.MustCompile(`\s*(?:[;,/|+&\n]|\band\b|\bund\b|\bet\b|\ben\b|\by\b)\s*`)

// listReading returns the list that a text was meant as, if each of its members is clear.
func (m *meanings) listReading(column *Column, text string) []string {
	for _, members := range [][]string{strings.Split(text, listSeparator), memberEnds.Split(text, -1), strings.Fields(text)} {
		if list, ok := m.listOf(column, members); ok && string(list) != text {
			return []string{string(list)}
		}
	}
	return nil
}

func (m *meanings) listOf(column *Column, members []string) (list List, ok bool) {
	var meant []string
	seen := map[string]bool{}
	for _, member := range members {
		member = strings.TrimSpace(member)
		if member == "" {
			continue
		}
		if !m.isMember(column, member) {
			readings := m.memberReadings(column, member)
			if len(readings) != 1 {
				return "", false
			}
			member = readings[0]
		}
		if !seen[member] {
			seen[member], meant = true, append(meant, member)
		}
	}
	return List(strings.Join(meant, listSeparator)), len(meant) > 0
}

// isMember reports whether a text can stand in a list as it is: a key must be there, or nearly all texts would do.
func (m *meanings) isMember(column *Column, text string) bool {
	if column.Ref != "" {
		return m.dataset.keysOf(column.Ref).find(text) != noRow
	}
	return mayHold(column, text)
}

// intervalHint says how to write an interval of EDTF, which no column holds.
func intervalHint(text string) string {
	from, to, isInterval := strings.Cut(text, "/")
	start, err := ParseDate(from)
	if !isInterval || err != nil && from != ".." && from != "" {
		return ""
	}
	end, err := ParseDate(to)
	if err != nil && to != ".." {
		return ""
	}
	if start.IsZero() {
		start = end
	}
	switch {
	case start.IsZero():
		return ""
	case !end.IsZero() && start.Month() == end.Month():
		start, _ = ParseDate(start.Month())
	case !end.IsZero() && start.year == end.year:
		start = Date{year: start.year}
	default: // only its start is a date
	}
	return fmt.Sprintf("write one year, month or day, such as %s, and the interval in the note", start.plain())
}

// codesLike returns the code that a text is but for case and punctuation, or whose label it is.
func codesLike(list *CodeList, text string) (codes []string) {
	for i := range list.Codes {
		code := &list.Codes[i]
		if folded := foldWords(text); folded != "" && (folded == foldWords(code.Code) || folded == foldWords(code.Words())) {
			codes = append(codes, code.Code)
		}
	}
	return codes
}

// foldWords reduces a text to its letters and digits in lower case, without accents.
func foldWords(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(text))
}

// otherCountryNames are names of countries that the list does not have, folded.
var otherCountryNames = map[string]string{
	"usa": "US", "unitedstatesofamerica": "US", "america": "US", "uk": "GB", "greatbritain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
	"northernireland": "GB", "holland": "NL", "russianfederation": "RU", "korea": "KR", "republicofkorea": "KR", "czechrepublic": "CZ", "czechia": "CZ",
	"turkey": "TR", "turkiye": "TR", "ivorycoast": "CI", "uae": "AE", "emirates": "AE", "prc": "CN", "peoplesrepublicofchina": "CN", "mainlandchina": "CN",
	"macedonia": "MK", "swaziland": "SZ", "burma": "MM", "capeverde": "CV", "vatican": "VA", "bosnia": "BA", "macau": "MO", "macao": "MO", "republicofireland": "IE", "eire": "IE",
	"congo": "CG", "drcongo": "CD", "drc": "CD", "byelorussia": "BY", "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "espana": "ES",
	"italia": "IT", "polska": "PL", "sverige": "SE", "norge": "NO", "danmark": "DK", "suomi": "FI", "nederland": "NL", "belgie": "BE", "belgique": "BE", "россия": "RU", "россиискаяфедерация": "RU",
	"беларусь": "BY", "украина": "UA", "украіна": "UA",
}

// countriesLike returns the country that a text names, or is the code of in another form.
func countriesLike(text string) []string {
	folded := strings.TrimPrefix(foldWords(text), "the")
	if code, ok := otherCountryNames[folded]; ok {
		return []string{code}
	}
	for code, name := range Countries() {
		if folded == strings.TrimPrefix(foldWords(name), "the") {
			return []string{code}
		}
	}
	if len(folded) != 2 && len(folded) != 3 {
		return nil
	}
	region, err := language.ParseRegion(folded)
	if err != nil {
		return nil
	}
	code := region.Canonicalize().String()
	if _, ok := CountryName(code); !ok {
		return nil
	}
	return []string{code}
}

// currencyMarks are signs and words that stand for one currency only.
var currencyMarks = map[string]string{
	"€": "EUR", "euro": "EUR", "euros": "EUR", "us$": "USD", "£": "GBP", "sterling": "GBP", "gb£": "GBP", "a$": "AUD", "c$": "CAD", "¥": "JPY", "yen": "JPY", "rmb": "CNY", "zł": "PLN",
	"kč": "CZK", "₴": "UAH", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "usdollar": "USD", "usdollars": "USD", "swissfrancs": "CHF", "sfr": "CHF",
}

// currenciesLike returns the currency that a text is the sign or the name of, or the code of in another case.
func currenciesLike(text string) []string {
	plain := strings.ToLower(strings.Join(strings.Fields(text), ""))
	if code, ok := currencyMarks[plain]; ok {
		return []string{code}
	}
	if code := strings.ToUpper(plain); isCurrency(code) {
		return []string{code}
	}
	var codes []string
	for _, c := range currencies() {
		if foldWords(c.Name) == foldWords(text) && foldWords(text) != "" {
			codes = append(codes, c.Code)
		}
	}
	if len(codes) != 1 {
		return nil
	}
	return codes
}

// languageNames are the English names of the languages that most pages are in, folded.
var languageNames = map[string]string{
	"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "russian": "ru", "ukrainian": "uk",
	"polish": "pl", "czech": "cs", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "japanese": "ja", "chinese": "zh", "korean": "ko", "turkish": "tr",
	"hungarian": "hu", "greek": "el", "romanian": "ro", "bulgarian": "bg", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "belarusian": "be", "arabic": "ar", "hebrew": "he",
}

// languagesLike returns the tag of the language that a text names, or the canonical form of a tag.
func languagesLike(text string) []string {
	if tag, ok := languageNames[foldWords(text)]; ok {
		return []string{tag}
	}
	tag, err := language.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return []string{tag.String()}
}

// hostName is the beginning of an address that lacks its scheme.
var hostName = regexp.MustCompile(`^(?i)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}([/?#:]|$)`)

// slips are beginnings of addresses that are meant to be http:// or https://, without a colon, a slash or a letter.
var slips = regexp.MustCompile(`^(?i)(h?t?t?p)(s?)(?::?//?|:)([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#:].*)?)$`)

// addressesLike returns the web address that a text was meant as.
func addressesLike(text string) []string {
	address := strings.TrimSpace(text)
	if strings.Contains(address, "\n") {
		return nil
	}
	switch slip := slips.FindStringSubmatch(address); {
	case slip != nil:
		address = "http" + strings.ToLower(slip[2]) + "://" + slip[3]
	case hostName.MatchString(strings.TrimPrefix(address, "//")):
		address = "https://" + strings.TrimPrefix(address, "//")
	}
	return []string{strings.NewReplacer(" ", "%20", listSeparator, "%3B").Replace(address)}
}

// rowsByName returns the rows of a table by their names folded, by their addresses, and by the slugs of their names.
func (d *Dataset) rowsByName(schema *Schema) map[string][]int {
	rows := map[string][]int{}
	table := d.records(schema)
	for i := range schema.Curated() {
		c := &schema.Columns[i]
		isName := c.Role == RoleAbout && c.Unique
		if !isName && c.Role != RoleLink {
			continue
		}
		for row := range table.count() {
			name := table.plainText(row, i)
			if isName {
				name = foldName(name)
			}
			if name != "" {
				rows[name] = append(rows[name], row)
			}
		}
	}
	return rows
}

// keysLike returns the key of the record that a text names, or the key that it is but for its form.
func (m *meanings) keysLike(table, text string) []string {
	named := m.named[table]()
	for _, name := range []string{strings.TrimSpace(text), foldName(text)} {
		if rows := named[name]; len(rows) == 1 {
			return []string{m.dataset.records(SchemaOf(table)).text(rows[0], 0)}
		}
	}
	if slug := slugOf(text); m.dataset.keysOf(table).find(slug) != noRow {
		return []string{slug}
	}
	return nil
}

// newKey returns a key for a record that has none, which no other has: the slug of its name, or, for one that belongs to
// another record, the key of that, what it is about, and a number; for a source its publisher and its day.
func (m *meanings) newKey(schema *Schema, row int) string {
	table := m.dataset.records(schema)
	text := func(name string) string {
		if i := schema.column(name); i >= 0 && i < len(schema.Curated()) {
			return table.plainText(row, i)
		}
		return ""
	}
	isFree := func(key string) bool { return IsSlug(key) && m.dataset.keysOf(schema.Name).find(key) == noRow }
	numbered := func(stem string, from int) string {
		if stem == "" {
			return ""
		}
		for n := from; n < from+table.count()+1; n++ {
			key := stem
			if n > 0 {
				key += "-" + strconv.Itoa(n)
			}
			if isFree(key) {
				return key
			}
		}
		return ""
	}
	about := schema.Role(RoleAbout)
	switch owner := schema.Role(RoleOwner); {
	case owner >= 0:
		key := table.plainText(row, owner)
		what := slugOf(text("activity"))
		if what == "" {
			what = strings.TrimSuffix(schema.Name, "s")
		}
		if !IsSlug(key) {
			return ""
		}
		return numbered(key+"-"+what, 1)
	case about < 0 || schema.Columns[1].Key:
		return ""
	case schema.Role(RoleLink) >= 0:
		return numbered(strings.Trim(slugOf(table.plainText(row, about))+"-"+slugOf(text("published")), "-"), 0)
	default:
		return numbered(slugOf(table.plainText(row, about)), 0)
	}
}

// letterSpellings are those that no normalization takes apart, as slugs spell them.
var letterSpellings = strings.NewReplacer("ß", "ss", "ẞ", "ss", "ø", "o", "Ø", "o", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ł", "l", "Ł", "l", "đ", "d", "Đ", "d", "ð", "d", "þ", "th", "Þ", "th", "ı", "i", "’", "", "'", "")

// slugOf returns a text as a key, or nothing where that would lose letters or digits, such as those of another script, or be too long.
func slugOf(text string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(letterSpellings.Replace(text)))
	slug := strings.Trim(notSlug.ReplaceAllString(plain, "-"), "-")
	isLost := strings.ContainsFunc(plain, func(r rune) bool { return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsNumber(r)) })
	if len(slug) > maxSlug || isLost {
		return ""
	}
	return slug
}
