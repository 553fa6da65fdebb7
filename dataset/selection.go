package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Choice is what one column has in a selection: one of some values, or a date within one of them.
type Choice struct {
	Column string   `json:"column"`
	Values []string `json:"values"`
}

// String returns the choice as the command line has it.
func (c Choice) String() string { return c.Column + "=" + strings.Join(c.Values, ",") }

// selectionWords says in words what was chosen: sector Energy, country Netherlands or Belgium.
func (d *Dataset) selectionWords(choices []Choice) string {
	all := selectors()
	said := make([]string, len(choices))
	for i, c := range choices {
		values := slices.Clone(c.Values)
		at := slices.IndexFunc(all, func(s selector) bool { return s.name == c.Column })
		for j := range values {
			if at >= 0 && all[at].words != nil {
				values[j] = cmp.Or(all[at].words(d, values[j]), values[j])
			}
		}
		said[i] = strings.ReplaceAll(c.Column, "_", " ") + " " + strings.Join(values, " or ")
	}
	return strings.Join(said, ", ")
}

// ErrNothingFits is the error about a selection that leaves nothing.
var ErrNothingFits = errors.New("nothing fits the selection")

// ChoiceError is an error about a choice: of a column that cannot be chosen by, or of a value that it does not have.
type ChoiceError struct {
	Problem string
	Known   []string // what there is instead
}

// Error returns the problem.
func (e *ChoiceError) Error() string { return e.Problem }

// selector tells what records of a table have of what can be chosen by.
type selector struct {
	name    string
	columns map[string][]string // by table: those that have it
	words   func(d *Dataset, value string) string
	isDate  bool
}

// selectedTables are the tables of which a selection takes what fits. Others follow what they belong to, or are referred to.
var selectedTables = []string{"companies", "halts", "donations"}

// selectors are what can be chosen by in order: the columns of codes, and those named here.
func selectors() []selector {
	all := []selector{
		{name: "country", columns: map[string][]string{"companies": {"country"}, "halts": {"company_country"}, "donations": {"company_country"}}, words: countryWords.of},
		{name: "countries", columns: map[string][]string{"halts": {"countries"}}, words: countryWords.of},
		{name: "company", columns: map[string][]string{"companies": {"company_id"}, "halts": {"company_id"}, "donations": {"company_id", "joint_company_ids"}}, words: nameWords("companies", Column{}).of},
		{name: "recipient", columns: map[string][]string{"donations": {"recipient_ids"}}, words: nameWords("recipients", Column{}).of},
		{name: "currency", columns: map[string][]string{"donations": {"currency"}}, words: currencyWords.of},
		{name: "publisher", columns: map[string][]string{"halts": {"publishers"}, "donations": {"publishers"}}},
		{name: "language", columns: map[string][]string{"halts": {"source_ids"}, "donations": {"source_ids"}}},
		{name: "announced", columns: map[string][]string{"halts": {"announced"}, "donations": {"announced"}}, isDate: true},
	}
	for _, table := range selectedTables {
		for _, c := range SchemaOf(table).Columns {
			if c.Codes == "" {
				continue
			}
			at := slices.IndexFunc(all, func(s selector) bool { return s.name == c.Name })
			if at < 0 {
				at = len(all)
				all = append(all, selector{name: c.Name, columns: map[string][]string{}, words: codeWords(c.Codes, "", "", "").of})
			}
			all[at].columns[table] = []string{c.Name}
		}
	}
	return all
}

// SelectionColumns returns the names of what a selection can choose by.
func SelectionColumns() (names []string) {
	for _, s := range selectors() {
		names = append(names, s.name)
	}
	return names
}

// resolvedChoice is a Choice that was understood.
type resolvedChoice struct {
	selector
	choice Choice // with codes and keys in place of their words
	values map[string]bool
	ranges [][2]Date // for dates; an empty one is open
}

// understand finds what a choice means in a dataset: values are keys or codes, or their words.
func (d *Dataset) understand(c Choice) (*resolvedChoice, error) {
	all := selectors()
	at := slices.IndexFunc(all, func(s selector) bool { return s.name == c.Column })
	if at < 0 {
		return nil, &ChoiceError{fmt.Sprintf("nothing can be chosen by %q", c.Column), SelectionColumns()}
	}
	x := &resolvedChoice{selector: all[at], choice: Choice{Column: c.Column}, values: map[string]bool{}}
	known := map[string]bool{}
	if !x.isDate {
		for table := range x.columns {
			for row := range d.Table(SchemaOf(table)).Rows {
				for value := range d.valuesOf(x.selector, table, row) {
					known[value] = true
				}
			}
		}
	}
	for _, value := range c.Values {
		if x.isDate {
			span, err := parseSpan(value)
			if err != nil {
				return nil, &ChoiceError{Problem: err.Error()}
			}
			x.ranges = append(x.ranges, span)
			x.choice.Values = append(x.choice.Values, value)
			continue
		}
		found := false
		for _, k := range slices.Sorted(maps.Keys(known)) {
			if k == value || x.words != nil && strings.EqualFold(x.words(d, k), value) {
				found = true
				if !x.values[k] {
					x.choice.Values = append(x.choice.Values, k)
				}
				x.values[k] = true
			}
		}
		if !found {
			return nil, &ChoiceError{fmt.Sprintf("nothing has the %s %q", c.Column, value), slices.Sorted(maps.Keys(known))}
		}
	}
	return x, nil
}

// parseSpan reads a date, or two with .. between them, of which one may be empty.
func parseSpan(text string) (span [2]Date, err error) {
	from, to, isSpan := strings.Cut(text, "..")
	if !isSpan {
		to = from
	}
	for i, part := range []string{from, to} {
		if span[i], err = ParseDate(part); err != nil {
			return span, err
		}
	}
	if span[0].IsZero() && span[1].IsZero() {
		return span, fmt.Errorf("%q is neither a date nor two with .. between them", text)
	}
	return span, nil
}

// valuesOf yields what a record has of what can be chosen by.
func (d *Dataset) valuesOf(s selector, table string, row int) func(yield func(value string) bool) {
	return func(yield func(value string) bool) {
		t := d.Table(SchemaOf(table))
		for _, column := range s.columns[table] {
			for value := range List(t.AppendCell(nil, row, t.Column(column))).All() {
				if s.name == "language" {
					source := d.keysOf("sources").find(value)
					if source < 0 {
						continue
					}
					value = d.Sources[source].Language
				}
				if value != "" && !yield(value) {
					return
				}
			}
		}
	}
}

// fits reports whether a record fits the choice; one of a table without such a column does not.
func (x *resolvedChoice) fits(d *Dataset, table string, row int) bool {
	for value := range d.valuesOf(x.selector, table, row) {
		if !x.isDate && x.values[value] {
			return true
		}
		if !x.isDate {
			continue
		}
		date, _ := ParseDate(value)
		for _, span := range x.ranges {
			if (span[0].IsZero() || date.Start() >= span[0].Start()) && (span[1].IsZero() || date.End() <= span[1].End()) {
				return true
			}
		}
	}
	return false
}
