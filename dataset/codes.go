package dataset

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Code is one code of a list: the code for programs, and a label and a definition for people.
type Code struct {
	Code string `json:"code" csv:"code"`
	// Label is a word or a few; the codes of a dataset.json may lack it, and then the code stands for it.
	Label      string `json:"label,omitempty" csv:"label"`
	Definition string `json:"definition" csv:"definition"` // one line
}

// Words returns what the code is called: its label, or itself in words.
func (c *Code) Words() string {
	if c.Label != "" {
		return c.Label
	}
	return inWords(c.Code)
}

// CodeList is a closed list of codes that a column draws from.
type CodeList struct {
	Name  string // as columns name it
	Title string
	Codes []Code

	numbers map[string]int // in Codes, by code, of a list from dataset.json: it may be long
}

// Find returns a code of the list, and whether the list has it.
func (l *CodeList) Find(code string) (c Code, ok bool) {
	if l.numbers != nil {
		if i, is := l.numbers[code]; is {
			return l.Codes[i], true
		}
		return Code{}, false
	}
	for i := range l.Codes {
		if l.Codes[i].Code == code {
			return l.Codes[i], true
		}
	}
	return Code{}, false
}

// codeLists returns all lists of codes, in the order in which people meet them. dataset.json may replace some.
var codeLists = sync.OnceValue(func() []CodeList {
	type row struct {
		List string `csv:"list"`
		Code
	}
	var all []CodeList
	for _, r := range readList[row]("codes.csv") {
		if len(all) == 0 || all[len(all)-1].Name != r.List {
			all = append(all, CodeList{Name: r.List, Title: inWords(r.List)})
		}
		last := &all[len(all)-1]
		last.Codes = append(last.Codes, r.Code)
	}
	return all
})

// inWords turns a name of the schema or a code into words: Halt status for halt_status.
func inWords(name string) string {
	words := strings.NewReplacer("_", " ", "-", " ").Replace(name)
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
