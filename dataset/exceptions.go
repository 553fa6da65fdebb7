package dataset

import (
	"fmt"
	"slices"
)

// exceptions are those from one rule by what they ask for, since there may be as many of them as there are findings.
type exceptions struct {
	numbers map[asked]int // of the last that asks for this, from 1 on
	used    map[asked]bool
	shapes  []asked // one of each set of fields that exceptions fill
}

// asked is what an exception asks for; empty fields fit everything.
type asked struct{ table, field, key, other string }

func (e *Exception) asks() asked { return asked{e.Table, e.Field, e.Key, e.OtherKey} }

// within returns what is left of something that is asked for in the fields that an exception fills.
func (a asked) within(shape asked) asked {
	keep := func(text, filled string) string {
		if filled == "" {
			return ""
		}
		return text
	}
	return asked{keep(a.table, shape.table), keep(a.field, shape.field), keep(a.key, shape.key), keep(a.other, shape.other)}
}

// exceptionsOf returns the exceptions of a dataset by their rules, errors left out, from which there is none.
func exceptionsOf(m *Metadata) map[string]*exceptions {
	byRule := map[string]*exceptions{}
	for i := range m.Exceptions {
		e := &m.Exceptions[i]
		if rule := RuleOf(e.Rule); rule == nil || rule.Severity == Error {
			continue
		}
		x := byRule[e.Rule]
		if x == nil {
			x = &exceptions{numbers: map[asked]int{}, used: map[asked]bool{}}
			byRule[e.Rule] = x
		}
		x.numbers[e.asks()] = i + 1
		filled := asked{"x", "x", "x", "x"}.within(e.asks())
		if !slices.Contains(x.shapes, filled) { // of sixteen at most
			x.shapes = append(x.shapes, filled)
		}
	}
	return byRule
}

// explain returns the number of the last exception that explains what its rule found, from 1 on, or 0, and notes all that do. The
// keys of a pair fit either way round. There may be no exceptions.
func (x *exceptions) explain(found asked) (last int) {
	if x == nil {
		return 0
	}
	for _, found := range []asked{found, {found.table, found.field, found.other, found.key}} {
		for _, shape := range x.shapes {
			asks := found.within(shape)
			if n := x.numbers[asks]; n > 0 {
				x.used[asks] = true
				last = max(last, n)
			}
		}
	}
	return last
}

// explainCell does so for what was found at a cell, and the cells that are linked to it.
func (x *exceptions) explainCell(d *Dataset, at cellAt, linked []cellAt) int {
	if x == nil {
		return 0
	}
	return x.explain(asked{at.schema.Name, at.schema.Columns[at.column].Name, d.key(at.schema, at.row), d.otherKey(linked)})
}

// unusedExceptions returns a finding for each exception that explains nothing.
func (d *Dataset) unusedExceptions(byRule map[string]*exceptions) *FindingLog {
	log := &FindingLog{}
	if d.metadata == nil || d.IsSelection() {
		return log
	}
	for i := range d.Metadata.Exceptions {
		e := &d.Metadata.Exceptions[i]
		if x := byRule[e.Rule]; x != nil && x.used[e.asks()] {
			continue
		}
		path := fmt.Sprintf("exceptions/%d", i)
		log.Add(Finding{
			Rule: "exception-unused", Severity: Warning, Place: d.metadata.place(path), Field: path,
			Message: fmt.Sprintf("the exception from %s for %q explains no finding", e.Rule, e.Key), Hint: RuleOf("exception-unused").Hint,
		})
	}
	return log
}
