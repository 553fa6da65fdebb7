package dataset

import "fmt"

// mostOfARule is how many findings of one rule about the form of one file are kept: more than people mend one by one. The others are
// counted.
const mostOfARule = 1000

// FindingLog keeps findings about the form of one file: the first few of each rule, and how many more there are.
type FindingLog struct {
	findings Findings
	counts   map[string]int
	spare    Finding // one that is only counted
}

// Add keeps a finding, or counts it. It returns where more can be said of it.
func (l *FindingLog) Add(f Finding) *Finding {
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	if l.counts[f.Rule]++; l.counts[f.Rule] > mostOfARule {
		l.spare = f
		return &l.spare
	}
	l.findings = append(l.findings, f)
	return &l.findings[len(l.findings)-1]
}

// All returns the findings, and behind the last of each rule of which there are more, how many.
func (l *FindingLog) All() Findings {
	for _, rule := range sortedKeys(l.counts) {
		more := l.counts[rule] - mostOfARule
		if more <= 0 {
			continue
		}
		var last Finding
		for _, f := range l.findings {
			if f.Rule == rule {
				last = f
			}
		}
		l.findings = append(l.findings, Finding{
			Rule: rule, Place: last.Place, Table: last.Table, Message: fmt.Sprintf("and %d more findings of this rule behind this one, which are not listed", more),
			Hint: "mend those that are listed, and check again",
		})
	}
	return l.findings
}
