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

	index func() *codeIndex // made when it is first asked for
}

// codeIndex finds codes by their places in a list, counted from 0: a dataset may have thousands of its own.
type codeIndex struct {
	places map[string]int   // of each code
	said   map[string][]int // of the codes that folded words are or say, in order
}

func newCodeList(name, title string, codes []Code) CodeList {
	return CodeList{name, title, codes, sync.OnceValue(func() *codeIndex {
		index := &codeIndex{make(map[string]int, len(codes)), make(map[string][]int, len(codes))}
		for i := range codes {
			if _, isThere := index.places[codes[i].Code]; !isThere {
				index.places[codes[i].Code] = i
			}
			code, words := foldWords(codes[i].Code), foldWords(codes[i].Words())
			index.said[code] = append(index.said[code], i)
			if words != code {
				index.said[words] = append(index.said[words], i)
			}
		}
		return index
	})}
}

// Find returns a code of the list, and whether the list has it.
func (l *CodeList) Find(code string) (c Code, ok bool) {
	place, ok := l.index().places[code]
	if !ok {
		return Code{}, false
	}
	return l.Codes[place], true
}

// said returns the codes that a text is but for case and punctuation, or whose label it is, in order.
func (l *CodeList) said(text string) (codes []string) {
	if folded := foldWords(text); folded != "" {
		for _, place := range l.index().said[folded] {
			codes = append(codes, l.Codes[place].Code)
		}
	}
	return codes
}

// codeLists returns all lists of codes, in the order in which people meet them. dataset.json may replace some.
var codeLists = sync.OnceValue(func() (all []CodeList) {
	type row struct {
		List string `csv:"list"`
		Code
	}
	var names []string
	codes := map[string][]Code{}
	for _, r := range readList[row]("codes.csv") {
		if codes[r.List] == nil {
			names = append(names, r.List)
		}
		codes[r.List] = append(codes[r.List], r.Code)
	}
	for _, name := range names {
		all = append(all, newCodeList(name, inWords(name), codes[name]))
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
