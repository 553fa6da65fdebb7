package dataset

import (
	"cmp"
	"iter"
	"slices"
	"sync"
)

// Examination is what the rules found in a dataset, in the order of [Findings]. All of it is known and counted. It is put into words only
// as somebody asks, a part at a time, for somebody may have made a file in which there is something wrong with every byte.
type Examination struct {
	dataset         *Dataset
	found, excepted []cellFinding
	whole           findingLogs        // about what is no cell
	first           map[*Rule][]saying // the words of the first few that each rule for whole datasets found
}

// Excepted is a finding that an exception explains.
type Excepted struct {
	Finding
	Reason string // as the exception gives it
}

// saying is what a rule says of what it found.
type saying struct {
	message, hint string // without a hint, the rule's stands
	linked        []cellAt
}

// Len returns how many findings there are, without what exceptions explain.
func (e *Examination) Len() int { return len(e.found) }

// Kind returns the kind of a finding, counted from 0.
func (e *Examination) Kind(i int) Kind {
	f := &e.found[i]
	if f.isWhole() {
		return e.whole.kind(int(f.nth))
	}
	return Kind{f.rule().Severity, f.rule().ID, e.dataset.origins[Schemas[f.table].Name].whole().File}
}

// Count returns the number of findings of a severity.
func (e *Examination) Count(s Severity) (n int) {
	for i := range e.found {
		if e.found[i].rule().Severity == s {
			n++
		}
	}
	return n
}

// Only returns what one rule found.
func (e *Examination) Only(rule *Rule) *Examination {
	only := *e
	others := func(f cellFinding) bool { return f.rule() != rule }
	only.found, only.excepted = slices.DeleteFunc(slices.Clone(e.found), others), slices.DeleteFunc(slices.Clone(e.excepted), others)
	return &only
}

// Told returns some findings, by their numbers from 0, which ascend.
func (e *Examination) Told(which []int) iter.Seq[*Finding] { return e.told(e.found, which) }

// Excepted returns up to some findings that exceptions explain, and how many there are.
func (e *Examination) Excepted(most int) (some []Excepted, count int) {
	for f := range e.told(e.excepted, numbers(min(most, len(e.excepted)))) {
		reason := e.dataset.Metadata.Exceptions[e.excepted[len(some)].exception-1].Reason
		some = append(some, Excepted{*f, reason})
	}
	return some, len(e.excepted)
}

// add adds what was found, apart from what exceptions explain.
func (e *Examination) add(f cellFinding) {
	if f.exception > 0 {
		e.excepted = append(e.excepted, f)
	} else {
		e.found = append(e.found, f)
	}
}

// addCells adds what rules found, and what loading found in cells, but for those that whoever read the file has told of already.
func (e *Examination) addCells(byRule [][]cellFinding, exceptions map[string]*exceptions) {
	d, count := e.dataset, 0
	for _, found := range byRule {
		count += len(found)
	}
	for i := range d.found {
		count += len(d.found[i].all)
	}
	e.found = make([]cellFinding, 0, count)
	for _, found := range byRule {
		for _, f := range found {
			e.add(f)
		}
	}
	told := d.faults().told
	for i := range d.found {
		for _, f := range d.found[i].all {
			if at := f.at(); !told[at] {
				f.exception = int32(exceptions[f.rule().ID].explainCell(d, at, nil))
				e.add(f)
			}
		}
	}
}

// addWhole adds findings that are about no cell.
func (e *Examination) addWhole(log *FindingLog, exceptions map[string]*exceptions) {
	from := 0
	for _, before := range e.whole {
		from += before.Len()
	}
	e.whole = append(e.whole, log)
	e.found = slices.Grow(e.found, log.Len())
	for i := range log.Len() {
		f := log.finding(i)
		explained := exceptions[f.Rule].explain(asked{f.Table, f.Field, f.Key, f.other})
		e.add(cellFinding{ruleIndex: uint8(ruleIndex(f.Rule)), table: ofWhole, nth: int32(from + i), exception: int32(explained)})
	}
}

// sort puts what was found in the order of findings.
func (e *Examination) sort() {
	const rank = 60 // bits before that of a table
	for _, found := range [][]cellFinding{e.found, e.excepted} {
		inParts(len(found), func(from, to int) {
			for i := from; i < to; i++ {
				f := &found[i]
				if f.isWhole() {
					whole := e.whole.finding(int(f.nth))
					f.line = uint64(schemaIndex(whole.Table)+1)<<rank | whole.order() // behind dataset.json
				} else {
					f.line = uint64(f.table+1)<<rank | e.dataset.origins[Schemas[f.table].Name].order(int(f.row), int(f.column))
				}
			}
		})
		slices.SortFunc(found, func(x, y cellFinding) int {
			switch {
			case x.line != y.line:
				return cmp.Compare(x.line, y.line)
			case x.row != y.row:
				return cmp.Compare(x.row, y.row)
			case x.column != y.column:
				return cmp.Compare(x.column, y.column)
			case x.ruleIndex != y.ruleIndex:
				return cmp.Compare(x.rule().ID, y.rule().ID)
			default:
				return cmp.Compare(x.nth, y.nth)
			}
		})
		e.sortByMessage(found)
	}
}

// sortByMessage puts what a rule found at one place, but in no cell, in the order of its words: such as all that is wrong with dataset.json.
func (e *Examination) sortByMessage(sorted []cellFinding) {
	alike := func(x, y cellFinding) bool {
		return x.isWhole() && y.isWhole() && x.line == y.line && x.ruleIndex == y.ruleIndex
	}
	type worded struct {
		message string
		finding cellFinding
	}
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && alike(sorted[0], sorted[n]) {
			n++
		}
		alikes := sorted[:n]
		if sorted = sorted[n:]; n == 1 {
			continue
		}
		words := make([]worded, n)
		for i, f := range alikes {
			words[i] = worded{e.whole.finding(int(f.nth)).Message, f}
		}
		slices.SortStableFunc(words, func(x, y worded) int { return cmp.Compare(x.message, y.message) })
		for i := range words {
			alikes[i] = words[i].finding
		}
	}
}

// mostSaid is how many findings of a rule keep the words that it found for them; for more the rule is run again. Tests lower it.
var mostSaid = 1000

// How many findings are put into words at a time.
const (
	wordedAtOnce = 8192
	saidAtOnce   = 1 << 15 // or an eighth of them, so that no rule runs more than eight times again
)

// told puts some of what was found into words.
func (e *Examination) told(found []cellFinding, which []int) iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		meant := newMeanings(e.dataset)
		for some := range slices.Chunk(which, max(saidAtOnce, len(which)/8+1)) {
			later := e.sayAgain(found, some)
			for few := range slices.Chunk(some, wordedAtOnce) {
				findings := make(Findings, len(few))
				inParts(len(few), func(from, to int) {
					for i := from; i < to; i++ {
						e.word(&found[few[i]], &findings[i], later, meant)
					}
				})
				for i := range findings {
					if !yield(&findings[i]) {
						return
					}
				}
			}
		}
	}
}

// sayAgain returns by rule and number what rules say of some of what they found, where that is not among the first few.
func (e *Examination) sayAgain(found []cellFinding, which []int) map[*Rule]map[int]saying {
	later := map[*Rule]map[int]saying{}
	for _, i := range which {
		if f := &found[i]; !f.isWhole() && int(f.nth) >= len(e.first[f.rule()]) {
			if later[f.rule()] == nil {
				later[f.rule()] = map[int]saying{}
			}
			later[f.rule()][int(f.nth)] = saying{}
		}
	}
	var running sync.WaitGroup
	for rule, wanted := range later {
		running.Go(func() {
			rule.run(e.dataset, func(nth int, _ cellAt, said saying) {
				if _, is := wanted[nth]; is {
					wanted[nth] = said
				}
			})
		})
	}
	running.Wait()
	return later
}

// word makes a finding of what was found.
func (e *Examination) word(f *cellFinding, finding *Finding, later map[*Rule]map[int]saying, meant *meanings) {
	if f.isWhole() {
		*finding = e.whole.finding(int(f.nth))
		return
	}
	d, rule, at := e.dataset, f.rule(), f.at()
	column := &at.schema.Columns[at.column]
	value, is := d.found[f.table].text(f)
	if !is {
		value = d.cellText(at)
	}
	var said saying
	switch first := e.first[rule]; {
	case f.nth <= ofText:
		said.message, said.hint = rule.cell(d, column, value)
		said.message = shortened(said.message, value)
	case int(f.nth) < len(first):
		said = first[f.nth]
	default:
		said = later[rule][int(f.nth)]
	}
	*finding = Finding{
		Rule: rule.ID, Severity: rule.Severity, Place: d.place(at),
		Table: at.schema.Name, Key: d.key(at.schema, at.row), Field: column.Name, Value: value,
		Message: said.message, other: d.otherKey(said.linked),
	}
	finding.Hint = cmp.Or(meant.hint(rule, at, finding.Value), said.hint, rule.Hint)
	for _, at := range said.linked {
		finding.Related = append(finding.Related, d.place(at))
	}
}

// otherKey returns the key of the other record of a pair, of which there may be none.
func (d *Dataset) otherKey(linked []cellAt) string {
	if len(linked) == 0 {
		return ""
	}
	return d.key(linked[0].schema, linked[0].row)
}
