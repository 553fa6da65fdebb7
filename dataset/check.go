package dataset

import (
	"fmt"
	"slices"
	"sync"
)

// Check holds a dataset to all rules and returns what they found, those of loading included, without what the
// exceptions in dataset.json explain. An export may be written when Findings.Err is nil.
func Check(d *Dataset) Findings {
	found := make([]Findings, len(Rules))
	var running sync.WaitGroup
	for i := range Rules {
		if rule := &Rules[i]; rule.check != nil {
			running.Go(func() { found[i] = rule.run(d) })
		}
	}
	running.Wait()
	found = append(found, d.findings, d.checkMinimumRows())
	findings := slices.Concat(found...)
	d.locate(findings)
	findings = d.except(findings)
	findings.sort()
	return findings
}

// run returns the findings of one rule on the dataset.
func (r *Rule) run(d *Dataset) (findings Findings) {
	r.check(d, func(at cellAt, message, hint string, linked ...cellAt) {
		f := Finding{Rule: r.ID, Message: message, Hint: hint, at: at, linked: linked}
		if hint == "" {
			f.Hint = r.Hint
		}
		if len(linked) > 0 {
			f.other = d.key(linked[0].schema, linked[0].row)
		}
		findings = append(findings, f)
	})
	return findings
}

func (d *Dataset) checkMinimumRows() (findings Findings) {
	for i := range Schemas {
		schema := &Schemas[i]
		count, least := schema.records.count(d), d.Metadata.MinimumRows[schema.Name]
		if from := d.origins[schema.Name]; count < least && from != nil {
			findings = append(findings, Finding{
				Rule: "count-below-minimum", Place: from.whole(), Table: schema.Name,
				Message: fmt.Sprintf("%d rows, where at least %d belong", count, least),
				Hint:    RuleOf("count-below-minimum").Hint,
			})
		}
	}
	return findings
}

// except leaves out the findings that an exception explains, and adds one for each exception that explains none.
func (d *Dataset) except(findings Findings) Findings {
	used := make([]bool, len(d.Metadata.Exceptions))
	kept := findings[:0]
	for i := range findings {
		excepted := false
		for j := range d.Metadata.Exceptions {
			if findings[i].Severity != Error && d.Metadata.Exceptions[j].covers(&findings[i]) {
				used[j], excepted = true, true
			}
		}
		if !excepted {
			kept = append(kept, findings[i])
		}
	}
	for j, isUsed := range used {
		if e := &d.Metadata.Exceptions[j]; !isUsed && d.metadata != nil {
			path := fmt.Sprintf("exceptions/%d", j)
			kept = append(kept, Finding{
				Rule: "exception-unused", Severity: Warning, Place: d.metadata.place(path), Field: path,
				Message: fmt.Sprintf("the exception from %s for %q explains no finding", e.Rule, e.Key), Hint: RuleOf("exception-unused").Hint,
			})
		}
	}
	return kept
}
