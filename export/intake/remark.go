package intake

import (
	"fmt"
	"iter"
	"slices"

	"haltsheet/dataset"
)

// Remark tells of something that a file holds and the dataset that was read from it does not, or not in the same way.
type Remark struct {
	Place    dataset.Place
	Severity dataset.Severity // a note on how something was read, or a warning that it was left out
	Message  string
	Hint     string // how to go on; may be empty

	row int // of the table, of what is about one, for the order
}

// RuleLeftOut is what warnings of Remarks are told as, beside the findings of rules.
const RuleLeftOut = "left-out"

// ReadAs tells that a cell was read as what it stands for.
func ReadAs(place dataset.Place, was, is string) Remark {
	return Remark{Place: place, Message: fmt.Sprintf("read %q as %q", was, is)}
}

// LeftOut warns of something that no dataset has room for.
func LeftOut(place dataset.Place, message, hint string) Remark {
	return Remark{Place: place, Severity: dataset.Warning, Message: message, Hint: hint}
}

// kind is what remarks have in common that are counted together.
func (r *Remark) kind() dataset.Kind {
	return dataset.Kind{Severity: r.Severity, Rule: RuleLeftOut, File: r.Place.File}
}

// Remarks are what there is to tell of what was read. A small file may ask for a million of them, of which nobody reads more than a few.
type Remarks struct {
	First []Remark // the first of each severity in each file, in order

	kinds  []dataset.Kind // in the order in which they came up
	counts map[dataset.Kind]int
}

// mostRemarks is how many remarks of a severity in a file are kept; the others are counted.
const mostRemarks = 1000

// Add adds a remark behind the others.
func (rs *Remarks) Add(r Remark) {
	if rs.count(r.kind(), 1) <= mostRemarks {
		rs.First = append(rs.First, r)
	}
}

// count counts remarks of a kind, and returns how many there are of it.
func (rs *Remarks) count(kind dataset.Kind, n int) int {
	if rs.counts == nil {
		rs.counts = map[dataset.Kind]int{}
	}
	if rs.counts[kind] == 0 && n > 0 {
		rs.kinds = append(rs.kinds, kind)
	}
	rs.counts[kind] += n
	return rs.counts[kind]
}

// AddAll adds the remarks of others, those of one behind those of the one before.
func (rs *Remarks) AddAll(others ...*Remarks) { rs.addInOrder(nil, others...) }

// addInOrder adds the remarks of others, each of which has its own in an order, sorted by it; without one, those of one behind those of
// the one before.
func (rs *Remarks) addInOrder(order func(a, b Remark) int, others ...*Remarks) {
	var first []Remark
	for _, other := range others {
		first = append(first, other.First...)
	}
	if order != nil {
		slices.SortStableFunc(first, order)
	}
	for i := range first {
		rs.Add(first[i])
	}
	for _, other := range others {
		for kind, more := range other.Beyond() {
			rs.count(kind, more)
		}
	}
}

// Beyond ranges over how many remarks of which kinds are not among the first.
func (rs *Remarks) Beyond() iter.Seq2[dataset.Kind, int] {
	return func(yield func(dataset.Kind, int) bool) {
		for _, kind := range rs.kinds {
			if more := rs.counts[kind] - min(rs.counts[kind], mostRemarks); more > 0 && !yield(kind, more) {
				return
			}
		}
	}
}

// Count returns how many remarks of a severity there are.
func (rs *Remarks) Count(s dataset.Severity) (n int) {
	for kind, count := range rs.counts {
		if kind.Severity == s {
			n += count
		}
	}
	return n
}
