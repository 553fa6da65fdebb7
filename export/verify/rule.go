package verify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
	data "haltsheet/export/book"
	"haltsheet/export/spreadsheet"
)

// Rule is one thing that a workbook is held to. The literal says all of it: what reports it, what the documents say.
type Rule struct {
	ID          string // X and its number in the checklist
	Title       string
	Explanation string
	Source      string // who asks for it: E, D, M or O, as the package comment has it
	Severity    dataset.Severity
	Hint        string

	// accessibleOnly says that the profile analyst is not held to it.
	accessibleOnly bool
	// cell returns what is wrong with one cell, in the same words for all cells of which it is true.
	cell func(p *page, c *cell) string
	// unlessLink returns what is wrong with one cell unless it has a link, likewise.
	unlessLink func(p *page, c *cell) string
	// check reads the whole workbook.
	check func(b *book, report reporter)
}

// reporter takes the findings of one rule. The page is nil for what is true of the whole workbook.
type reporter func(p *page, at spreadsheet.Ref, format string, args ...any)

// RuleOf returns a rule by its id, or nil.
func RuleOf(id string) *Rule {
	if i := slices.IndexFunc(Rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return &Rules[i]
	}
	return nil
}

// holds reports whether workbooks of a profile are held to the rule.
func (r *Rule) holds(profile data.Profile) bool { return !r.accessibleOnly || profile != data.Analyst }

// Workbook holds a workbook to all rules and returns what they found: what is true of the whole workbook first, then by
// sheet, row, column and rule. The error is that of a sheet that cannot be read.
func Workbook(w *spreadsheet.Workbook, fileName string, profile data.Profile) (dataset.Findings, error) {
	return workbookAlong(w, fileName, profile, func(*spreadsheet.Sheet) (string, func(*spreadsheet.Row) error) { return "", nil })
}

// workbookAlong does so, while others look at the rows.
func workbookAlong(w *spreadsheet.Workbook, fileName string, profile data.Profile, also alongside) (dataset.Findings, error) {
	b, err := readBook(w, fileName, profile, also)
	if err != nil {
		return nil, err
	}
	found := ofOneKind{at: map[findingKind]int{}}
	for i := range Rules {
		rule := &Rules[i]
		if !rule.holds(b.profile) {
			continue
		}
		report := func(p *page, at spreadsheet.Ref, format string, args ...any) {
			message := fmt.Sprintf(format, args...)
			kind := format
			if strings.HasPrefix(format, "%s") {
				kind = particulars().ReplaceAllString(message, "")
			}
			found.add(cellFinding{rule: rule, page: p, at: at, kind: kind, message: message})
		}
		if rule.check != nil {
			rule.check(b, report)
		}
		for _, p := range b.pages {
			p.tallied(rule, found.add)
		}
	}
	findings := dataset.Findings{}
	for _, f := range found.inOrder() {
		findings = append(findings, f.finding(fileName))
	}
	slices.SortStableFunc(findings, func(x, y dataset.Finding) int { return cmp.Compare(y.Severity, x.Severity) })
	return findings, nil
}

// ofOneKind makes one finding of those of the same kind on a sheet: the first, with how many more there are. Of a rule there are few
// kinds, however many cells a sheet has.
type ofOneKind struct {
	all  []cellFinding
	at   map[findingKind]int // in all
	more []int               // than the first, likewise
}

type findingKind struct {
	rule *Rule
	page *page
	kind string
}

// add takes a finding.
func (k *ofOneKind) add(f cellFinding) {
	kind := findingKind{f.rule, f.page, f.kind}
	i, seen := k.at[kind]
	if !seen {
		k.at[kind], k.all, k.more = len(k.all), append(k.all, f), append(k.more, 0)
		return
	}
	if k.more[i]++; f.compare(&k.all[i]) < 0 {
		k.all[i] = f
	}
}

// inOrder returns the first of each kind, by sheet, row and column.
func (k *ofOneKind) inOrder() []cellFinding {
	for i, n := range k.more {
		if n > 0 {
			k.all[i].message += fmt.Sprintf(", and %d more like it", n)
		}
	}
	slices.SortStableFunc(k.all, func(x, y cellFinding) int { return x.compare(&y) })
	return k.all
}

// cellFinding is a finding whose place is still a cell.
type cellFinding struct {
	rule    *Rule
	page    *page // nil for the whole workbook
	at      spreadsheet.Ref
	value   string
	kind    string // what is wrong, without the words that tell one place from another
	message string
}

// compare orders findings by sheet, row and column.
func (f *cellFinding) compare(other *cellFinding) int {
	return cmp.Or(cmp.Compare(f.sheet(), other.sheet()), cmp.Compare(f.at.Row, other.at.Row), cmp.Compare(f.at.Column, other.at.Column))
}

func (f *cellFinding) sheet() int {
	if f.page == nil {
		return -1
	}
	return f.page.number
}

func (f *cellFinding) finding(fileName string) dataset.Finding {
	finding := dataset.Finding{
		Rule: f.rule.ID, Severity: f.rule.Severity, Place: dataset.Place{File: fileName},
		Value: f.value, Message: f.message, Hint: f.rule.Hint,
	}
	if f.page != nil {
		finding.Sheet, finding.Cell = f.page.Name, f.at.String()
	}
	return finding
}

// tally counts the cells in which the same is wrong.
type tally struct {
	first spreadsheet.Ref
	value string // of the first
	cells int
}

func (t *tally) add(c *cell) {
	if t.cells++; t.cells == 1 {
		t.first, t.value = c.Ref, c.Value
	}
}

// problem is something that is wrong in some cells of a sheet.
type problem struct {
	rule  *Rule
	grid  *grid
	words string
}

// cellRules returns the rules that ask about the cells of workbooks of a profile.
func cellRules(profile data.Profile) (rules []*Rule) {
	for i := range Rules {
		if rule := &Rules[i]; (rule.cell != nil || rule.unlessLink != nil) && rule.holds(profile) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// hold asks all rules about a cell.
func (p *page) hold(c *cell) {
	for _, rule := range p.rules {
		if rule.cell != nil {
			if words := rule.cell(p, c); words != "" {
				p.tally(problem{rule, c.grid, words}, c)
				continue
			}
		}
		if rule.unlessLink != nil {
			if words := rule.unlessLink(p, c); words != "" {
				p.wait(problem{rule, c.grid, words}, c)
			}
		}
	}
}

func (p *page) tally(key problem, c *cell) {
	if p.tallies[key] == nil {
		p.tallies[key], p.problems = &tally{}, append(p.problems, key)
	}
	p.tallies[key].add(c)
}

func (p *page) wait(key problem, c *cell) {
	if p.waiting[key] == nil {
		p.waiting[key], p.waits = &unlinkedCells{}, append(p.waits, key)
	}
	p.waiting[key].add(c)
}

// tallied tells what a rule found in the cells of the sheet.
func (p *page) tallied(rule *Rule, tell func(cellFinding)) {
	for _, key := range p.problems {
		if key.rule != rule {
			continue
		}
		t := p.tallies[key]
		message := key.words
		if t.cells > 1 {
			message += fmt.Sprintf(", here and in %s", counted(t.cells-1, "more cell"))
		}
		tell(cellFinding{rule, p, t.first, t.value, particulars().ReplaceAllString(key.words, ""), message})
	}
}

// particulars are what tells one finding of a kind from another: what is quoted, and numbers.
var particulars = pattern.New(`"[^"]*"|\d+(\.\d+)?`)

// counted returns a number of things in words: 1 cell, 2 cells.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
