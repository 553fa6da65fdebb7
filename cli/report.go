package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/jsontext"
)

// result is what a check came to.
type result struct {
	found dataset.Found
	// excepted returns up to some of what the exceptions of the dataset explain, and how many there are; nil where there are none.
	excepted func(most int) ([]dataset.Excepted, int)
	valid    bool
	folder   string        // where the files are
	rule     *dataset.Rule // to explain, whose findings these are; nil for all
	oneRule  string        // the flag that asks for all findings of a rule
	isOne    bool          // which was given
}

// report is one way of telling a result.
type report struct {
	name  string
	write func(w io.Writer, r *result) error
}

// reports are all reports; the first is the default.
var reports = []report{
	{"text", writeText},
	{"json", writeJSONReport},
	{"sarif", writeSARIF},
	{"github", writeGitHub},
}

func reportOf(name string) *report {
	return &reports[slices.IndexFunc(reports, func(r report) bool { return r.name == name })]
}

func reportNames() []string {
	names := make([]string, len(reports))
	for i := range reports {
		names[i] = reports[i].name
	}
	return names
}

// mostOfARule is how many findings of one rule in one file people are shown, unless they ask for the rule: more than one mends by hand.
const mostOfARule = 1000

// mostResults is how many findings a service is handed: GitHub shows 5,000 results of a SARIF file, and refuses one with more than 25,000.
const mostResults = 5000

func isAny(dataset.Kind) bool      { return true }
func isNoNote(k dataset.Kind) bool { return k.Severity != dataset.Note }

// countBySeverity counts findings.
func countBySeverity(found dataset.Found) (n [3]int) {
	for i := range found.Len() {
		n[found.Kind(i).Severity]++
	}
	return n
}

// writeText writes findings for people.
func writeText(w io.Writer, r *result) error {
	if r.rule != nil {
		explain(w, r.rule)
	}
	if r.isOne {
		for f := range r.found.Told(dataset.Where(r.found, isAny)) {
			writeFinding(w, f)
		}
		return nil
	}
	shown, leftOut := firstOfEach(r.found, isNoNote)
	for f := range r.found.Told(shown) {
		writeFinding(w, f)
	}
	for _, line := range slices.Concat(r.lines(leftOut), noteCounts(r.found)) {
		fmt.Fprintln(w, line)
	}
	return nil
}

// lines tells how many findings of which kinds are not listed, and which flag lists them.
func (r *result) lines(leftOut []leftOut) (lines []string) {
	for _, l := range leftOut {
		lines = append(lines, fmt.Sprintf("%s, which %s %s lists [%[3]s]", l, r.oneRule, l.kind.Rule))
	}
	return lines
}

func writeFinding(w io.Writer, f *dataset.Finding) {
	for _, line := range findingLines(f) {
		fmt.Fprintln(w, line)
	}
}

// tally counts findings by rule and file.
type tally struct {
	kinds  []dataset.Kind // in the order in which they came up
	counts map[dataset.Kind]int
}

// add counts a finding, and returns how many there are of its kind.
func (t *tally) add(kind dataset.Kind) int {
	if t.counts == nil {
		t.counts = map[dataset.Kind]int{}
	}
	if t.counts[kind]++; t.counts[kind] == 1 {
		t.kinds = append(t.kinds, kind)
	}
	return t.counts[kind]
}

// beyond returns of which kinds there are more findings than some, and how many.
func (t *tally) beyond(most int) (all []leftOut) {
	for _, kind := range t.kinds {
		if more := t.counts[kind] - most; more > 0 {
			all = append(all, leftOut{kind, more})
		}
	}
	return all
}

// leftOut is how many findings of a kind are not listed.
type leftOut struct {
	kind  dataset.Kind
	count int
}

// String returns it as people read it, without the rule.
func (l leftOut) String() string {
	return fmt.Sprintf("%s: %s not listed", l.kind.File, counted(l.count, l.kind.Severity.String()))
}

// firstOfEach returns the numbers of the first findings of each rule in each file that are asked for, and what is left out.
func firstOfEach(found dataset.Found, of func(k dataset.Kind) bool) (first []int, beyond []leftOut) {
	shown := tally{}
	first = dataset.Where(found, func(k dataset.Kind) bool { return of(k) && shown.add(k) <= mostOfARule })
	return first, shown.beyond(mostOfARule)
}

// weightiest returns the findings that weigh most, errors first, and what is left out.
func weightiest(found dataset.Found, of func(k dataset.Kind) bool) (most dataset.Findings, beyond []leftOut) {
	others := tally{}
	for _, severity := range []dataset.Severity{dataset.Error, dataset.Warning, dataset.Note} {
		room := mostResults - len(most)
		first := dataset.Where(found, func(k dataset.Kind) bool {
			if k.Severity != severity || !of(k) {
				return false
			}
			if room--; room < 0 {
				others.add(k)
			}
			return room >= 0
		})
		for f := range found.Told(first) {
			most = append(most, *f)
		}
	}
	return most, others.beyond(0)
}

// explain writes the documentation of a rule.
func explain(w io.Writer, rule *dataset.Rule) {
	fmt.Fprintf(w, "%s [%s], %s\n", rule.Title, rule.ID, article(rule.Severity.String()))
	for _, line := range wrapped(rule.Explanation, plainWidth-2) {
		fmt.Fprintf(w, "  %s\n", line)
	}
	fmt.Fprintf(w, "  hint: %s\n\n", rule.Hint)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// noteCounts tells for each rule how many notes it has, one line each.
func noteCounts(found dataset.Found) (lines []string) {
	n := map[string]int{}
	for i := range found.Len() {
		n[found.Kind(i).Rule]++
	}
	for i := range dataset.Rules {
		if rule := &dataset.Rules[i]; rule.Severity == dataset.Note && n[rule.ID] > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s [%s]", counted(n[rule.ID], "note"), rule.Title, rule.ID))
		}
	}
	return lines
}

// writeJSONReport writes every finding as JSON, notes too.
func writeJSONReport(w io.Writer, r *result) error {
	type counts struct {
		Error   int `json:"error"`
		Warning int `json:"warning"`
		Note    int `json:"note"`
	}
	n := countBySeverity(r.found)
	report := struct {
		Valid    bool             `json:"valid"`
		Counts   counts           `json:"counts"`
		Findings dataset.Findings `json:"findings"`
	}{r.valid, counts{n[dataset.Error], n[dataset.Warning], n[dataset.Note]}, dataset.Findings{}}
	return jsontext.WriteList(w, report, indented, dataset.Listed(r.found.Told(dataset.Where(r.found, isAny))))
}
