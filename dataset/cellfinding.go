package dataset

import "slices"

// cellFinding is what a rule found, before it is put into words: at a cell, or about what is none. There may be one for every byte of a
// file that somebody made for it, so it is small.
type cellFinding struct {
	line      uint64 // by table, line, and column or field, for the order
	row       int32
	nth       int32 // of what the rule found in the dataset, or of what is whole, from 0; else ofText or where its text is
	exception int32 // the number of the exception that explains it, from 1; or 0
	ruleIndex uint8 // in Rules
	table     uint8 // in Schemas, or ofWhole
	column    uint8
}

const (
	// ofText stands for the number of what a rule found in the text of a cell, where it can be asked again; lower numbers are for
	// texts that no record can hold, the first of them for the first text.
	ofText = -1
	// ofWhole stands for the table of what is about no cell.
	ofWhole = 255
)

// newCellFinding returns what a rule found at a cell, by its number.
func newCellFinding(rule int, at cellAt, nth int) cellFinding {
	return cellFinding{row: int32(at.row), nth: int32(nth), ruleIndex: uint8(rule), table: uint8(schemaIndex(at.schema.Name)), column: uint8(at.column)}
}

func (f *cellFinding) rule() *Rule { return &Rules[f.ruleIndex] }

func (f *cellFinding) isWhole() bool { return f.table == ofWhole }

// at returns the cell, unless the finding is about what is whole.
func (f *cellFinding) at() cellAt { return cellAt{&Schemas[f.table], int(f.row), int(f.column)} }

// cellFindings are what the rules for cells found in some records of a table, in the order of the cells.
type cellFindings struct {
	all   []cellFinding
	texts []string // of the cells whose records cannot hold them
}

// clear empties the findings, and keeps their memory.
func (fs *cellFindings) clear() {
	clear(fs.texts)
	fs.all, fs.texts = fs.all[:0], fs.texts[:0]
}

// keep keeps the text of the cell that all findings from one on are about.
func (fs *cellFindings) keep(text string, from int) {
	fs.texts = append(fs.texts, text)
	for i := from; i < len(fs.all); i++ {
		fs.all[i].nth = ofText - int32(len(fs.texts))
	}
}

// text returns the text that a finding is about, and whether it is kept here.
func (fs *cellFindings) text(f *cellFinding) (text string, is bool) {
	if f.nth >= ofText {
		return "", false
	}
	return fs.texts[ofText-1-f.nth], true
}

// hasErrors reports whether there is an error among the findings from one on.
func (fs *cellFindings) hasErrors(from int) bool {
	return slices.ContainsFunc(fs.all[from:], func(f cellFinding) bool { return f.rule().Severity == Error })
}

// joinFindings joins the findings of parts of a table. Those of each part are let go once they are taken, for there may be very many.
func joinFindings(parts []cellFindings) (joined cellFindings) {
	if len(parts) == 1 {
		return parts[0]
	}
	count, texts := 0, 0
	for i := range parts {
		count, texts = count+len(parts[i].all), texts+len(parts[i].texts)
	}
	joined = cellFindings{make([]cellFinding, 0, count), make([]string, 0, texts)}
	for i := range parts {
		for _, f := range parts[i].all {
			if f.nth < ofText {
				f.nth -= int32(len(joined.texts))
			}
			joined.all = append(joined.all, f)
		}
		joined.texts = append(joined.texts, parts[i].texts...)
		parts[i] = cellFindings{}
	}
	return joined
}
