package dataset

import (
	"fmt"
	"slices"
	"sync"
)

// Check holds a dataset to all rules and returns what they found, those of loading included, without what the
// exceptions in dataset.json explain. An export may be written when Findings.Err is nil. It puts all findings into words at
// once; where there may be very many, Examine does not.
func Check(d *Dataset) Findings { return All(Examine(d)) }

// Examine does as Check does, and puts findings into words when somebody asks for them.
func Examine(d *Dataset) *Examination {
	e := &Examination{dataset: d, first: map[*Rule][]saying{}}
	exceptions := exceptionsOf(&d.Metadata)
	byRule, first := make([][]cellFinding, len(Rules)), make([][]saying, len(Rules))
	var running sync.WaitGroup
	for i := range Rules {
		if Rules[i].check != nil {
			running.Go(func() { byRule[i], first[i] = d.foundBy(i, exceptions[Rules[i].ID]) })
		}
	}
	running.Wait()
	for i := range Rules {
		e.first[&Rules[i]] = first[i]
	}
	e.addCells(byRule, exceptions)
	for _, log := range d.findings {
		if log.headers > 0 {
			log = joinHeaderFaults(log)
		}
		e.addWhole(log, exceptions)
	}
	e.addWhole(d.checkMinimumRows(), exceptions)
	if e.Count(Error) == 0 { // what an exception explains may wait behind an error
		e.addWhole(d.unusedExceptions(exceptions), nil)
	}
	e.sort()
	return e
}

// foundBy returns what a rule, by its number, finds in the dataset, and the words of the first few.
func (d *Dataset) foundBy(rule int, exceptions *exceptions) (all []cellFinding, first []saying) {
	Rules[rule].run(d, func(nth int, at cellAt, said saying) {
		if len(all) == cap(all) {
			all = slices.Grow(all, len(all)+1) // to twice as many: there may be one for every record
		}
		found := newCellFinding(rule, at, nth)
		found.exception = int32(exceptions.explainCell(d, at, said.linked))
		all = append(all, found)
		if nth < mostSaid {
			first = append(first, said)
		}
	})
	return all, first
}

// run tells what a rule finds in the dataset that follows from nothing else, each time in the same order.
func (r *Rule) run(d *Dataset, tell func(nth int, at cellAt, said saying)) {
	faults, nth := d.faults(), 0
	r.check(d, func(at cellAt, message, hint string, linked ...cellAt) {
		if !faults.leadTo(r, at, linked) {
			tell(nth, at, saying{message, hint, linked})
			nth++
		}
	})
}

func (d *Dataset) checkMinimumRows() *FindingLog {
	log := &FindingLog{}
	if d.IsSelection() {
		return log
	}
	for i := range Schemas {
		schema := &Schemas[i]
		count, least := d.records(schema).count(), d.Metadata.MinimumRows[schema.Name]
		if from := d.origins[schema.Name]; count+d.lost[schema.Name].count < least && from != nil {
			log.Add(Finding{
				Rule: "count-below-minimum", Place: from.whole(), Table: schema.Name,
				Message: fmt.Sprintf("%d rows, where at least %d belong", count, least),
				Hint:    RuleOf("count-below-minimum").Hint,
			})
		}
	}
	return log
}
