package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"haltsheet/dataset/guess"
	"haltsheet/dataset/pattern"
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
		readings = m.dataset.CodeList(column.Codes).said(text)
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
var memberEnds = pattern.New(`\s*(?:[;,/|+&\n]|\band\b|\bund\b|\bet\b|\ben\b|\by\b)\s*`)

// listReading returns the list that a text was meant as, if each of its members is clear.
func (m *meanings) listReading(column *Column, text string) []string {
	for _, members := range [][]string{strings.Split(text, listSeparator), memberEnds().Split(text, -1), strings.Fields(text)} {
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
	slug := strings.Trim(notSlug().ReplaceAllString(plain, "-"), "-")
	isLost := strings.ContainsFunc(plain, func(r rune) bool { return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsNumber(r)) })
	if len(slug) > maxSlug || isLost {
		return ""
	}
	return slug
}
