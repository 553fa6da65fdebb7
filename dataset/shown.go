package dataset

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// InWords returns the table as worksheets have it: a curated one with columns that say in words what its codes say.
func (t *Table) InWords() *Table {
	if t.schema == nil || t.schema.Words == nil {
		return t
	}
	in := *t
	in.Columns = t.schema.InWorksheets()
	return &in
}

// wordsBetween stands between the words of the members of a list.
const wordsBetween = "; "

// wordsOf returns what says a cell of a column in words: of a code its label, of a country its name, of a list those of its
// members. What has no words stays as it is. It may be called from several goroutines at once.
func (d *Dataset) wordsOf(c *Column) func(text string) string {
	word := d.wordOf(c)
	if c.Type != TypeList {
		return word
	}
	return func(text string) string {
		if !strings.Contains(text, ";") {
			return word(text)
		}
		var words []string
		for member := range List(text).All() {
			words = append(words, word(member))
		}
		return strings.Join(words, wordsBetween)
	}
}

// wordOf returns what says a code of a list, or else of a country, in words.
func (d *Dataset) wordOf(c *Column) func(code string) string {
	words := map[string]string{}
	if c.Codes == "" {
		maps.Insert(words, Countries())
	} else {
		for _, code := range d.CodeList(c.Codes).Codes {
			words[code.Code] = code.Words()
		}
	}
	return func(code string) string { return cmp.Or(words[code], code) }
}

// CodesOf returns the cell of a column of codes that a text says in words, or in codes after all, and whether it says one.
func (d *Dataset) CodesOf(c *Column, words string) (text string, ok bool) {
	if c.Type != TypeList {
		return d.codeOf(c, words)
	}
	for _, between := range []string{";", ","} { // a few names have a comma
		members := strings.Split(words, between)
		for i, member := range members {
			if members[i], ok = d.codeOf(c, member); !ok {
				break
			}
		}
		if ok {
			return strings.Join(members, ";"), true
		}
	}
	return "", false
}

// codeOf returns the code of a list, or else of a country, that is or says a word.
func (d *Dataset) codeOf(c *Column, word string) (code string, ok bool) {
	if c.Codes != "" {
		for _, code := range d.CodeList(c.Codes).said(word) {
			return code, true
		}
		return "", false
	}
	folded := foldWords(word)
	for code, name := range Countries() {
		if folded == foldWords(name) || folded == foldWords(code) {
			return code, true
		}
	}
	return "", false
}

// Shown returns the columns of the table, counted from 0, in the order in which people look at them, and how many of them are
// for people: behind these stand keys, codes, links, and what else programs read. Of a curated table it is that of InWords.
func (t *Table) Shown() (order []int, forPeople int) {
	if t.schema != nil && t.schema.Shown != nil {
		for _, name := range t.schema.Shown {
			order = append(order, t.Column(name))
		}
	} else {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Words == "" && (!c.Key || c.Form != formSlug) {
				order = append(order, i)
			}
		}
	}
	forPeople = len(order)
	for i := range t.Columns {
		if !slices.Contains(order[:forPeople], i) {
			order = append(order, i)
		}
	}
	return order, forPeople
}
