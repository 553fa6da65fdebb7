package dataset

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// legalForms are words that a name may end with or without.
var legalForms = func() map[string]bool {
	forms := map[string]bool{}
	for form := range strings.FieldsSeq("ab ag asa as bv co company corp corporation gmbh group holding holdings inc kg limited llc ltd nv oy oyj plc sa sas se spa") {
		forms[form] = true
	}
	return forms
}()

// foldName reduces a name to what tells names apart: letters and digits in lower case, without accents, spaces,
// punctuation, a leading article or legal forms at the end.
func foldName(name string) string {
	plain := make([]byte, 0, 64)
	for _, r := range decomposed(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			plain = append(plain, byte(r))
		case unicode.Is(unicode.Mn, r), r == '.', r == '\'', r == '’':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			plain = utf8.AppendRune(plain, unicode.ToLower(r))
		default:
			plain = append(plain, ' ')
		}
	}
	words := bytes.Fields(plain)
	if len(words) > 1 && string(words[0]) == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[string(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	return string(bytes.Join(words, nil))
}

// decomposed returns a text with accents set apart from their letters.
func decomposed(text string) string {
	if newCell(text).traits&traitNotASCII == 0 {
		return text
	}
	return norm.NFD.String(text)
}

func checkSimilarNames(d *Dataset, report reporter) {
	for _, table := range d.tables {
		columns := table.schema.Curated()
		for column := range columns {
			if columns[column].Form == formMember { // a name, which lists of names can hold
				checkSimilarNamesIn(table.records, cellAt{table.schema, 0, column}, report)
			}
		}
	}
}

func checkSimilarNamesIn(records records, at cellAt, report reporter) {
	column := &at.schema.Columns[at.column]
	most := 0
	if column.Unique {
		most = records.count()
	}
	firstOf := make(map[string]int, most) // the first row of a folded name
	spelt := map[string]struct{}{}        // names seen, where they may be there again
	for row := range records.count() {
		at.row = row
		name := records.text(row, at.column)
		if _, seen := spelt[name]; seen || name == "" {
			continue
		}
		if !column.Unique {
			spelt[name] = struct{}{}
		}
		folded := foldName(name)
		first, similar := firstOf[folded]
		if !similar || folded == "" {
			firstOf[folded] = row
			continue
		}
		if other := records.text(first, at.column); other != name {
			report(at, fmt.Sprintf("%s %q is nearly %q", column.Name, name, other), "", cellAt{at.schema, first, at.column})
		}
	}
}
