package dataset

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// legalForms are words that a name may have or lack, wherever they stand: legal forms, and what joins the parts of a name.
var legalForms = func() map[string]bool {
	forms := map[string]bool{}
	for form := range strings.FieldsSeq(`ab ag aktiengesellschaft and aps as asa bhd bv co company corp corporation cv eg eireli eood gmbh group holding holdings
		inc incorporated jsc kg kgaa kk kft limited llc llp lp ltd ltda nv nyrt oao ojsc ohg ooo oy oyj pao pjsc plc pt pte pty sa sab sarl sas sca
		sdn se sl slu spa sprl sro srl ug zao zrt ао зао оао ооо пао`) {
		forms[form] = true
	}
	return forms
}()

// plainLetters are letters that are written in plain Latin ones where a keyboard has no others, and that Unicode does not take apart.
var plainLetters = map[rune]string{'æ': "ae", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'ø': "o", 'œ': "oe", 'þ': "th", 'ŧ': "t"}

// foldName reduces a name to what tells names apart: letters and digits without case, accents, compatibility forms, spaces,
// punctuation, characters that nobody sees, a leading article or legal forms.
func foldName(name string) string { return string(new(nameFolder).fold(name)) }

// nameFolder folds one name after the other in the same memory.
type nameFolder struct {
	plain, folded []byte
	words         [][]byte
}

// fold does as foldName. What it returns holds until the next name.
func (f *nameFolder) fold(name string) []byte {
	plain := f.plain[:0]
	for _, r := range unaccented(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			plain = append(plain, byte(r))
		case r >= 'A' && r <= 'Z':
			plain = append(plain, byte(r)+'a'-'A')
		case r == '.', r == '\'', r == '’', r == '/':
		case r < utf8.RuneSelf:
			plain = append(plain, ' ')
		case unicode.Is(unicode.Mn, r), isInvisible(r):
		case plainLetters[r] != "":
			plain = append(plain, plainLetters[r]...)
		case unicode.IsLetter(r), unicode.IsDigit(r):
			plain = utf8.AppendRune(plain, unicode.ToLower(r))
		default:
			plain = append(plain, ' ')
		}
	}
	f.plain, f.words = plain, slices.AppendSeq(f.words[:0], bytes.FieldsSeq(plain))
	words := joinLetters(f.words)
	if len(words) > 1 && string(words[0]) == "the" {
		words = words[1:]
	}
	f.folded = f.folded[:0]
	for _, word := range words {
		if !legalForms[string(word)] {
			f.folded = append(f.folded, word...)
		}
	}
	if len(f.folded) == 0 { // it is all legal forms
		return bytes.Join(words, nil)
	}
	return f.folded
}

// joinLetters makes one word of letters that stand alone behind one another: S. A. is SA.
func joinLetters(words [][]byte) [][]byte {
	joined, alone := words[:0], false
	for _, word := range words {
		wasAlone := alone
		if alone = utf8.RuneCount(word) == 1; alone && wasAlone {
			last := &joined[len(joined)-1]
			*last = append(slices.Clip(*last), word...)
		} else {
			joined = append(joined, word)
		}
	}
	return joined
}

// isASCII reports whether a text has nothing beyond ASCII.
func isASCII(text string) bool { return newCell(text).traits&traitNotASCII == 0 }

// eastAsianForms are the legal forms of names that are written without spaces.
var eastAsianForms = strings.NewReplacer("株式会社", " ", "㈱", " ", "（株）", " ", "有限会社", " ", "股份有限公司", " ", "有限公司", " ", "주식회사", " ", "㈜", " ")

// unaccented returns a text with its compatibility forms and its case folded (UAX #15, and 3.13 of the Unicode Standard), and
// with accents set apart from their letters. ASCII stays as it is.
func unaccented(text string) string {
	if isASCII(text) {
		return text
	}
	text = eastAsianForms.Replace(text)
	return norm.NFKD.String(cases.Fold().String(norm.NFKD.String(text)))
}

// lookalike is a row of lookalikes.csv: a letter of another script that looks like a Latin one. They are those of Cyrillic, Greek,
// Armenian, Cherokee, Coptic and Lisu in confusables.txt of UTS #39, version 13.0.0, which takes a capital I for a small l.
type lookalike struct {
	CodePoint string `csv:"code_point"`
	Letter    string `csv:"letter"`
	Latin     string `csv:"latin"`
}

// lookalikes returns the Latin letter that a letter of another script looks like.
var lookalikes = sync.OnceValue(func() map[rune]rune {
	latin := map[rune]rune{}
	for _, l := range readList[lookalike]("lookalikes.csv") {
		letter, _ := utf8.DecodeRuneInString(l.Letter)
		latin[letter] = rune(l.Latin[0])
	}
	return latin
})

// mayBeOfOtherScript reports whether a character may be a letter of another script than Latin: they begin with Greek.
func mayBeOfOtherScript(r rune) bool {
	const greek = '\u0370'
	return r >= greek && unicode.IsLetter(r)
}

// asLatin returns a text with Latin letters in place of those that look like them.
func asLatin(text string) string {
	return strings.Map(func(r rune) rune {
		if latin, ok := lookalikes()[r]; ok {
			return latin
		}
		return r
	}, norm.NFKD.String(text))
}

// each ranges over what a name is compared by: as it is folded and, with letters of other scripts, as it looks.
func (f *nameFolder) each(name string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if isASCII(name) || !strings.ContainsFunc(norm.NFKD.String(name), mayBeOfOtherScript) {
			yield(f.fold(name))
			return
		}
		folded := foldName(name)
		if looks := f.fold(asLatin(name)); yield([]byte(folded)) && string(looks) != folded {
			yield(looks)
		}
	}
}

func checkSimilarNames(d *Dataset, report reporter) {
	for _, table := range d.tables {
		columns := table.schema.Curated()
		for column := range columns {
			if columns[column].Form == formMember { // a name, which lists of names can hold
				c := similarNames{records: table.records, at: cellAt{table.schema, 0, column}, report: report}
				if columns[column].Unique {
					c.compareAll()
				} else {
					c.compareDifferent(d.textsOf(table.schema.Name, columns[column].Name))
				}
			}
		}
	}
}

// similarNames compares the names in a column.
type similarNames struct {
	records records
	at      cellAt
	report  reporter
	folder  nameFolder
	firstOf map[string]int // the first row of a folded name
}

// compareAll compares the names of all records.
func (c *similarNames) compareAll() {
	c.firstOf = make(map[string]int, c.records.count())
	for row := range c.records.count() {
		if name := c.records.text(row, c.at.column); name != "" {
			c.compare(row, name)
		}
	}
}

// compareDifferent compares the names where each first stands, since the same may stand in many records.
func (c *similarNames) compareDifferent(names *placedTexts) {
	c.firstOf = make(map[string]int, len(names.texts))
	next := int32(1) // the place of the name that comes next, behind the empty one
	for row, place := range names.of {
		if place == next {
			c.compare(row, names.texts[place])
			next++
		}
	}
}

// compare compares a name with those before.
func (c *similarNames) compare(row int, name string) {
	c.at.row = row
	told := false
	for folded := range c.folder.each(name) {
		first, similar := c.firstOf[string(folded)]
		if !similar && len(folded) > 0 {
			c.firstOf[string(folded)] = row
			continue
		}
		if other := c.records.text(first, c.at.column); similar && other != name && !told {
			told = true
			c.report(c.at, c.at.schema.Columns[c.at.column].Name+" "+likeness(name, other), "", cellAt{c.at.schema, first, c.at.column})
		}
	}
}

// likeness says of a name how it is like another.
func likeness(name, other string) string {
	if foldName(name) == foldName(other) {
		return fmt.Sprintf("%q is nearly %q", name, other)
	}
	for _, r := range norm.NFKD.String(name + other) {
		if lookalikes()[r] != 0 {
			return fmt.Sprintf("%q looks like %q: %U is a letter of another script", name, other, r)
		}
	}
	return fmt.Sprintf("%q looks like %q", name, other)
}
