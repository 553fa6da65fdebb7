package dataset

import (
	"fmt"
	"slices"
	"sync"
)

// Check holds a dataset to all rules and returns what they found, those of loading included, without what the
// exceptions in dataset.json explain. An export may be written when Findings.Err is nil.
func Check(d *Dataset) Findings {
	findings, _ := Examine(d)
	return findings
}

// Excepted is a finding that an exception explains.
type Excepted struct {
	Finding
	Reason string // as the exception gives it
}

// Examine does as Check does, and returns the findings that exceptions explain beside the others.
func Examine(d *Dataset) (Findings, []Excepted) {
	byRule := make([][]cellFinding, len(Rules)+1)
	var running sync.WaitGroup
	for i := range Rules {
		if rule := &Rules[i]; rule.check != nil {
			running.Go(func() { byRule[i] = rule.run(d) })
		}
	}
	running.Wait()
	for i := range Rules {
		byRule[i] = d.faults().independent(&Rules[i], byRule[i])
	}
	byRule[len(Rules)] = d.faults().untold(d.found)
	findings := d.tell(byRule, slices.Concat(joinHeaderFaults(d.findings), d.checkMinimumRows()))
	findings, excepted := d.except(findings)
	findings.sort()
	return findings, excepted
}

// run returns what one rule finds in the dataset.
func (r *Rule) run(d *Dataset) (all []cellFinding) {
	r.check(d, func(at cellAt, message, hint string, linked ...cellAt) {
		if len(all) == cap(all) {
			all = slices.Grow(all, len(all)+1) // to twice as many: there may be one for every record
		}
		all = append(all, cellFinding{rule: r, at: at, message: message, hint: hint, linked: linked})
	})
	return all
}

func (d *Dataset) checkMinimumRows() (findings Findings) {
	if d.IsSelection() {
		return nil
	}
	for i := range Schemas {
		schema := &Schemas[i]
		count, least := d.records(schema).count(), d.Metadata.MinimumRows[schema.Name]
		if from := d.origins[schema.Name]; count+d.lost[schema.Name].count < least && from != nil {
			findings = append(findings, Finding{
				Rule: "count-below-minimum", Place: from.whole(), Table: schema.Name,
				Message: fmt.Sprintf("%d rows, where at least %d belong", count, least),
				Hint:    RuleOf("count-below-minimum").Hint,
			})
		}
	}
	return findings
}

// except parts the findings that an exception explains from the others, and adds one for each exception that explains none.
func (d *Dataset) except(findings Findings) (Findings, []Excepted) {
	if len(d.Metadata.Exceptions) == 0 {
		return findings, nil
	}
	used := make([]bool, len(d.Metadata.Exceptions))
	var excepted []Excepted
	kept, mayBeUnused := findings[:0], findings.Count(Error) == 0 // what an exception explains may wait behind an error
	for i := range findings {
		reason := -1
		for j := range d.Metadata.Exceptions {
			if findings[i].Severity != Error && d.Metadata.Exceptions[j].covers(&findings[i]) {
				used[j], reason = true, j
			}
		}
		if reason < 0 {
			kept = append(kept, findings[i])
		} else {
			excepted = append(excepted, Excepted{findings[i], d.Metadata.Exceptions[reason].Reason})
		}
	}
	for j, isUsed := range used {
		if e := &d.Metadata.Exceptions[j]; !isUsed && mayBeUnused && d.metadata != nil && !d.IsSelection() {
			path := fmt.Sprintf("exceptions/%d", j)
			kept = append(kept, Finding{
				Rule: "exception-unused", Severity: Warning, Place: d.metadata.place(path), Field: path,
				Message: fmt.Sprintf("the exception from %s for %q explains no finding", e.Rule, e.Key), Hint: RuleOf("exception-unused").Hint,
			})
		}
	}
	return kept, excepted
}
