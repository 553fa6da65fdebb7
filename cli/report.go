package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"haltsheet/dataset"
)

// result is what a check came to.
type result struct {
	findings dataset.Findings
	excepted []dataset.Excepted // by the exceptions of the dataset
	valid    bool
	folder   string        // where the files are
	rule     *dataset.Rule // the only rule that was asked for; nil for all
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

// writeText writes findings for people.
func writeText(w io.Writer, r *result) error {
	if r.rule != nil {
		explain(w, r.rule)
	}
	shown := tally{}
	for i := range r.findings {
		f := &r.findings[i]
		if f.Severity == dataset.Note && r.rule == nil {
			continue
		}
		if shown.add(f) > mostOfARule && r.rule == nil {
			continue
		}
		for _, line := range findingLines(f) {
			fmt.Fprintln(w, line)
		}
	}
	if r.rule == nil {
		for _, line := range slices.Concat(shown.beyond(mostOfARule), noteCounts(r.findings)) {
			fmt.Fprintln(w, line)
		}
	}
	return nil
}

// tally counts findings by rule and file.
type tally struct {
	kinds  []findingKind // in the order in which they came up
	counts map[findingKind]int
}

// findingKind is what findings have in common that are counted together.
type findingKind struct {
	severity   dataset.Severity
	rule, file string
}

// add counts a finding, and returns how many there are of its kind.
func (t *tally) add(f *dataset.Finding) int {
	if t.counts == nil {
		t.counts = map[findingKind]int{}
	}
	kind := findingKind{f.Severity, f.Rule, f.File}
	if t.counts[kind]++; t.counts[kind] == 1 {
		t.kinds = append(t.kinds, kind)
	}
	return t.counts[kind]
}

// beyond tells of which kinds there are more findings than some, and how many, one line each.
func (t *tally) beyond(most int) (lines []string) {
	for _, kind := range t.kinds {
		if more := t.counts[kind] - most; more > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s not listed, which --explain %s lists [%s]", kind.file, counted(more, kind.severity.String()), kind.rule, kind.rule))
		}
	}
	return lines
}

// weightiest returns the findings that weigh most, errors first, and tells in words how many of each rule and file are left out.
func weightiest(findings dataset.Findings) (most dataset.Findings, leftOut []string) {
	sorted := slices.Clone(findings)
	slices.SortStableFunc(sorted, func(a, b dataset.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	most = sorted[:min(len(sorted), mostResults)]
	others := tally{}
	for i := range sorted[len(most):] {
		others.add(&sorted[len(most)+i])
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
func noteCounts(findings dataset.Findings) (lines []string) {
	for i := range dataset.Rules {
		rule := &dataset.Rules[i]
		if rule.Severity != dataset.Note {
			continue
		}
		n := 0
		for j := range findings {
			if findings[j].Rule == rule.ID {
				n++
			}
		}
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s [%s]", counted(n, "note"), rule.Title, rule.ID))
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
	findings := make(dataset.Findings, len(r.findings))
	for i := range r.findings {
		findings[i] = r.findings[i]
		findings[i].Related = append([]dataset.Place{}, findings[i].Related...)
	}
	return writeJSON(w, struct {
		Valid    bool             `json:"valid"`
		Counts   counts           `json:"counts"`
		Findings dataset.Findings `json:"findings"`
	}{
		Valid:    r.valid,
		Counts:   counts{findings.Count(dataset.Error), findings.Count(dataset.Warning), findings.Count(dataset.Note)},
		Findings: findings,
	})
}
