package workbook

import (
	"strconv"
	"strings"

	"haltsheet/dataset/pattern"
)

// A formula is declared once, as SpreadsheetML has it, with structured references. openFormulas spell it as OpenFormula
// (OpenDocument 1.3 Part 4) does: semicolons between arguments, references in brackets, truth as a function.
type openFormulas struct {
	columns map[string]string // the cells of the columns of all tables, by their structured references
}

func newOpenFormulas(sheets []*sheet) *openFormulas {
	o := &openFormulas{map[string]string{}}
	for _, s := range sheets {
		for i := range s.columns {
			c := &s.columns[i]
			o.columns[s.name+"["+c.Title+"]"] = "[$" + s.name + ".$" + c.letters + "$" + strconv.Itoa(rowFirst) + ":.$" + c.letters + "$" + strconv.Itoa(s.lastRow()) + "]"
		}
	}
	return o
}

// word is what a formula is made of: a text, a reference to a column of a table, one to cells, a name or a number, or one sign.
var word = pattern.New(`"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*\[[^\]]*\]|\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?|[A-Za-z_][A-Za-z0-9_.]*|.`)

// append appends a formula, escaped for an attribute.
func (o *openFormulas) append(b []byte, formula string) []byte {
	b = append(b, "of:="...)
	for _, at := range word().FindAllStringIndex(formula, -1) {
		text := formula[at[0]:at[1]]
		isFunction := at[1] < len(formula) && formula[at[1]] == '('
		switch c := text[len(text)-1]; {
		case text == ",":
			text = ";"
		case text[0] == '"':
		case c == ']':
			text = o.columns[text]
		case text == "TRUE", text == "FALSE":
			text += "()"
		case c >= '0' && c <= '9' && (text[0] == '$' || text[0] >= 'A' && text[0] <= 'Z') && !isFunction:
			text = "[." + strings.Replace(text, ":", ":.", 1) + "]"
		}
		b = appendPlain(b, text)
	}
	return b
}
