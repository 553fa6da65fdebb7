package dataset

import "slices"

// Rule is one thing that a dataset is held to. The literal says all of it: what reports it, what the documents say.
type Rule struct {
	ID          string // the slug in brackets; frictionless' where that has one
	Title       string
	Explanation string
	Hint        string // how to mend it in general; a finding may be more exact
	Severity    Severity

	// of says which columns the rule reads cell by cell.
	of func(c *Column) bool
	// traits are what a text must have for cell to be asked; 0 asks always.
	traits traits
	// cell returns what is wrong with one cell, and how to mend it where that is more exact than Hint.
	cell func(d *Dataset, c *Column, text string) (message, hint string)
	// waits reports whether what the rule found at a cell follows from something at fault elsewhere; nil for what follows from
	// the cell itself only.
	waits func(f *faults, at cellAt) bool
	// check reads the whole dataset.
	check func(d *Dataset, report reporter)
}

// reporter takes the findings of one rule. Hint may be empty: then the rule's own stands.
type reporter func(at cellAt, message, hint string, linked ...cellAt)

// RuleOf returns a rule by its id, or nil.
func RuleOf(id string) *Rule {
	if i := ruleIndex(id); i >= 0 {
		return &Rules[i]
	}
	return nil
}

// ruleIndex returns the number of a rule by its id, counted from 0, or -1.
func ruleIndex(id string) int {
	return slices.IndexFunc(Rules, func(r Rule) bool { return r.ID == id })
}

// Rules are all rules, in the order of the documents: errors, warnings, notes.
var Rules []Rule

// The rules' functions look rules up themselves, so the list is put together behind them.
func init() {
	Rules = append(Rules, fileRules...)
	Rules = append(Rules, cellRules...)
	Rules = append(Rules, recordRules...)
	slices.SortStableFunc(Rules, func(a, b Rule) int { return int(b.Severity) - int(a.Severity) })
}

// fileRules are reported while files are read, before there are cells.
var fileRules = []Rule{
	{
		ID: "file-missing", Title: "Missing file", Severity: Error,
		Explanation: "A dataset folder holds dataset.json and all its tables, even those without rows.",
		Hint:        "add the file with its header",
	},
	{
		ID: "encoding", Title: "Not UTF-8", Severity: Error,
		Explanation: "Every file is UTF-8, with or without a byte order mark.",
		Hint:        "save the file as UTF-8",
	},
	{
		ID: "csv-syntax", Title: "Broken CSV", Severity: Error,
		Explanation: "The files are CSV as RFC 4180 has it: a field with quotes, commas or line breaks stands in quotes, and quotes in it are doubled.",
		Hint:        "mend the quotes",
	},
	{
		ID: "header", Title: "Wrong header", Severity: Error,
		Explanation: "The first row names every curated column once, in the order of the documents. Derived columns may follow and are ignored.",
		Hint:        "write the header as haltsheet describe tables lists it",
	},
	{
		ID: "row-length", Title: "Wrong number of cells", Severity: Error,
		Explanation: "Every row has as many cells as the header.",
		Hint:        "add or remove commas; a cell with a comma in it needs quotes",
	},
	{
		ID: "metadata", Title: "Faulty metadata", Severity: Error,
		Explanation: "dataset.json has the keys of the documents with values of the right kind: a name for files, a semantic version, plain days, known rules and tables, a reason for each exception.",
		Hint:        "docs/tables.md tells what belongs into dataset.json",
	},
}
