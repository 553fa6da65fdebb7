package dataset

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// legalForms are words that a name may end with or without.
var legalForms = strings.Fields("ab ag asa as bv co company corp corporation gmbh group holding holdings inc kg limited llc ltd nv oy oyj plc sa sas se spa")

// foldName reduces a name to what tells names apart: letters and digits in lower case, without accents, spaces,
// punctuation, a leading article or legal forms at the end.
func foldName(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '.', r == '\'', r == '’':
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		default:
			return ' '
		}
	}, norm.NFD.String(name))
	words := strings.Fields(plain)
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(legalForms, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, "")
}

// namedColumns are the columns whose names are compared.
var namedColumns = []struct{ table, field string }{
	{"companies", "name"}, {"recipients", "name"}, {"sources", "publisher"},
}

func checkSimilarNames(d *Dataset, report reporter) {
	for _, c := range namedColumns {
		at := cellOf(c.table, 0, c.field)
		firstOf := map[string]int{}    // the first row of a folded name
		spelt := map[string]struct{}{} // names seen
		for row := range d.records(at.schema).count {
			at.row = row
			name := d.cellText(at)
			if _, seen := spelt[name]; seen || name == "" {
				continue
			}
			spelt[name] = struct{}{}
			folded := foldName(name)
			if first, similar := firstOf[folded]; similar && folded != "" {
				other := cellAt{at.schema, first, at.column}
				report(at, fmt.Sprintf("%s %q is nearly %q", c.field, name, d.cellText(other)), "", other)
				continue
			}
			firstOf[folded] = row
		}
	}
}
