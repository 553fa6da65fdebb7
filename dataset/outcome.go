package dataset

import (
	"cmp"
	"slices"
)

// outcome is what became of a halt: the last of its events.
type outcome struct {
	event string
	date  Date
}

func outcomeDate(d *Dataset, row int) Date { return d.lookup.outcomes[row].date }

// haltOf returns the halt that an event is a step of, and an empty one where there is none.
func (d *Dataset) haltOf(event int) *Halt {
	if halt := d.lookup.eventHalts[event]; halt >= 0 {
		return &d.Halts[halt]
	}
	return &Halt{}
}

// findOutcomes finds what became of each halt.
func (d *Dataset) findOutcomes() []outcome {
	outcomes := make([]outcome, len(d.Halts))
	byHalt := d.stepsByHalt()
	for halt := range d.Halts {
		if steps := byHalt.of(halt); len(steps) > 0 {
			last := &d.Events[steps[len(steps)-1]]
			outcomes[halt] = outcome{last.Event, last.Date}
		}
	}
	return outcomes
}

// stepsByHalt returns the rows of the events of each halt, in the order in which they happened.
func (d *Dataset) stepsByHalt() references {
	steps := groupRows(len(d.Events), len(d.Halts), func(row int) int32 {
		if d.Events[row].Date.IsZero() {
			return noRow
		}
		return d.lookup.eventHalts[row]
	})
	for halt := range d.Halts {
		slices.SortFunc(steps.of(halt), func(i, j int32) int { return d.Events[i].compareSteps(&d.Events[j]) })
	}
	return steps
}

// stepRanks say which of two events comes later in the life of a halt where the dates do not tell.
var stepRanks = map[string]int{
	"extended": 1, "agreed": 2, "approved": 3, "seized": 4, "released": 5, "completed": 6, "not_carried_out": 7, "resumed": 8,
}

// compareSteps orders events by when they happened at the latest, so that a step of which only the year is known stands
// behind those of that year, then by their usual order, and by their keys.
func (e *Event) compareSteps(other *Event) int {
	return cmp.Or(cmp.Compare(e.Date.End(), other.Date.End()), cmp.Compare(stepRanks[e.Event], stepRanks[other.Event]),
		cmp.Compare(e.Date.Start(), other.Date.Start()), cmp.Compare(e.ID, other.ID))
}

// impossibleSteps are the events that cannot come after another one of the same halt with none between them: what is done is
// neither agreed nor approved afterwards, and what was given up is not carried out without being agreed again.
var impossibleSteps = map[string][]string{
	"completed":       {"agreed", "approved", "extended", "not_carried_out"},
	"not_carried_out": {"approved", "completed", "extended"},
}
