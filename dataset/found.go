package dataset

import "iter"

// Found is what was found, counted or told one by one. An [Examination] puts into words only what is told.
type Found interface {
	Len() int
	// Count returns how many there are of a severity.
	Count(s Severity) int
	// Kind returns the kind of a finding, counted from 0.
	Kind(i int) Kind
	// Told returns some findings, by their numbers, which ascend.
	Told(which []int) iter.Seq[*Finding]
}

// Where returns the numbers of the findings of some kinds.
func Where(found Found, of func(k Kind) bool) (which []int) {
	for i := range found.Len() {
		if of(found.Kind(i)) {
			which = append(which, i)
		}
	}
	return which
}

// Kind is what findings have in common that are counted together.
type Kind struct {
	Severity   Severity
	Rule, File string
}

// countByKind counts the findings of a severity, one after the other.
func countByKind(found Found, s Severity) (n int) {
	for i := range found.Len() {
		if found.Kind(i).Severity == s {
			n++
		}
	}
	return n
}

// All returns all findings.
func All(found Found) Findings {
	all := make(Findings, 0, found.Len())
	for f := range found.Told(numbers(found.Len())) {
		all = append(all, *f)
	}
	return all
}

// Listed returns findings as JSON lists them, each with a list of places, be it empty.
func Listed(findings iter.Seq[*Finding]) iter.Seq[any] {
	return func(yield func(any) bool) {
		for f := range findings {
			listed := *f
			listed.Related = append([]Place{}, f.Related...)
			if !yield(listed) {
				return
			}
		}
	}
}

// numbers returns the numbers from 0 to below n.
func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Joined are findings of several origins, those of one behind those of the other.
type Joined []Found

// Len returns how many findings there are.
func (j Joined) Len() (n int) {
	for _, found := range j {
		n += found.Len()
	}
	return n
}

// Count returns the number of findings of a severity.
func (j Joined) Count(s Severity) (n int) {
	for _, found := range j {
		n += found.Count(s)
	}
	return n
}

// Kind returns the kind of a finding, counted from 0.
func (j Joined) Kind(i int) Kind {
	at := 0
	for i >= j[at].Len() {
		i -= j[at].Len()
		at++
	}
	return j[at].Kind(i)
}

// Told returns some findings, by their numbers, which ascend.
func (j Joined) Told(which []int) iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		from, rest := 0, which
		for _, found := range j {
			var here []int
			for len(rest) > 0 && rest[0] < from+found.Len() {
				here, rest = append(here, rest[0]-from), rest[1:]
			}
			from += found.Len()
			for f := range found.Told(here) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Chosen are some of the findings of others, whose files have other names.
type Chosen struct {
	from  Found
	which []int
	named func(file string) string
}

// Choose returns the findings of some kinds. named returns how their files are named; nil is for as they are.
func Choose(from Found, of func(k Kind) bool, named func(file string) string) *Chosen {
	if named == nil {
		named = func(file string) string { return file }
	}
	return &Chosen{from, Where(from, of), named}
}

// Len returns how many findings there are.
func (c *Chosen) Len() int { return len(c.which) }

// Count returns the number of findings of a severity.
func (c *Chosen) Count(s Severity) int { return countByKind(c, s) }

// Kind returns the kind of a finding, counted from 0.
func (c *Chosen) Kind(i int) Kind {
	k := c.from.Kind(c.which[i])
	k.File = c.named(k.File)
	return k
}

// Told returns some findings, by their numbers, which ascend.
func (c *Chosen) Told(which []int) iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		theirs := make([]int, len(which))
		for i, n := range which {
			theirs[i] = c.which[n]
		}
		for f := range c.from.Told(theirs) {
			told := *f
			told.File = c.named(f.File)
			if !yield(&told) {
				return
			}
		}
	}
}
