package dataset

import (
	"encoding/binary"
	"iter"
)

// FindingLog keeps findings in the order in which they are added, each in a few bytes: a text that comes again is kept once. There may be
// one for every byte of a file that somebody made for it.
type FindingLog struct {
	packed  []byte
	starts  []int          // of each finding in packed
	texts   []string       // those that may come again, and long ones
	numbers map[string]int // of those that may come again, in texts
	headers int            // findings about the columns of a header
}

const (
	mostTexts = 1 << 12 // are looked for again
	longText  = 1 << 10 // bytes; what is longer is kept as it is
)

// Add keeps a finding. One of the Rules has the severity of its rule.
func (l *FindingLog) Add(f Finding) {
	if rule := RuleOf(f.Rule); rule != nil {
		f.Severity = rule.Severity
	}
	if f.header != 0 {
		l.headers++
	}
	l.starts = append(l.starts, len(l.packed))
	l.addNumber(int(f.Severity))
	for _, text := range []string{f.Rule, f.File, f.Table, f.Sheet, f.Hint} {
		l.add(text, mostTexts)
	}
	l.add(f.Message, mostTexts/2) // many are there once
	for _, text := range []string{f.Cell, f.Key, f.Field, f.Value, f.other} {
		l.add(text, 0)
	}
	for _, n := range []int{f.Line, f.Column, int(f.header), len(f.Related)} {
		l.addNumber(n)
	}
	for _, place := range f.Related {
		l.add(place.File, mostTexts)
		l.add(place.Sheet, mostTexts)
		l.add(place.Cell, 0)
		l.addNumber(place.Line)
		l.addNumber(place.Column)
	}
}

// How a text is packed, where it is not the number of one that was kept.
const (
	textEmpty = iota
	textFollows
	textsFrom // and its number
)

// add packs a text, which is looked for among others and kept for those to come as long as fewer than some are.
func (l *FindingLog) add(text string, most int) {
	number, is := 0, false
	switch {
	case text == "":
		l.addNumber(textEmpty)
		return
	case len(text) > longText:
		number, is = len(l.texts), true
		l.texts = append(l.texts, text)
	case most > 0:
		if number, is = l.numbers[text]; !is && len(l.numbers) < most {
			if l.numbers == nil {
				l.numbers = map[string]int{}
			}
			number, is = len(l.texts), true
			l.numbers[text], l.texts = number, append(l.texts, text)
		}
	}
	if is {
		l.addNumber(textsFrom + number)
		return
	}
	l.addNumber(textFollows)
	l.addNumber(len(text))
	l.packed = append(l.packed, text...)
}

func (l *FindingLog) addNumber(n int) { l.packed = binary.AppendUvarint(l.packed, uint64(n)) }

// AddAll keeps the findings of another log.
func (l *FindingLog) AddAll(other *FindingLog) {
	for i := range other.Len() {
		l.Add(other.finding(i))
	}
}

// Len returns how many findings there are.
func (l *FindingLog) Len() int { return len(l.starts) }

// Kind returns the kind of a finding, counted from 0.
func (l *FindingLog) Kind(i int) Kind {
	r := unpacker{l, l.packed[l.starts[i]:]}
	return Kind{Severity(r.number()), r.text(), r.text()}
}

// Told returns some findings, by their numbers, which ascend.
func (l *FindingLog) Told(which []int) iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for _, i := range which {
			if f := l.finding(i); !yield(&f) {
				return
			}
		}
	}
}

// Count returns the number of findings of a severity.
func (l *FindingLog) Count(s Severity) int { return countByKind(l, s) }

// finding returns a finding by its number.
func (l *FindingLog) finding(i int) (f Finding) {
	r := unpacker{l, l.packed[l.starts[i]:]}
	f.Severity = Severity(r.number())
	for _, text := range []*string{&f.Rule, &f.File, &f.Table, &f.Sheet, &f.Hint, &f.Message, &f.Cell, &f.Key, &f.Field, &f.Value, &f.other} {
		*text = r.text()
	}
	f.Line, f.Column, f.header = r.number(), r.number(), headerFault(r.number())
	for range r.number() {
		f.Related = append(f.Related, Place{File: r.text(), Sheet: r.text(), Cell: r.text(), Line: r.number(), Column: r.number()})
	}
	return f
}

// findingLogs are logs whose findings are counted through.
type findingLogs []*FindingLog

// all returns all findings.
func (ls findingLogs) all() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for _, l := range ls {
			for i := range l.Len() {
				if f := l.finding(i); !yield(&f) {
					return
				}
			}
		}
	}
}

// at returns the log of a finding by its number, and its number there.
func (ls findingLogs) at(i int) (*FindingLog, int) {
	for _, l := range ls {
		if i < l.Len() {
			return l, i
		}
		i -= l.Len()
	}
	panic("dataset: there is no such finding")
}

func (ls findingLogs) finding(i int) Finding {
	l, i := ls.at(i)
	return l.finding(i)
}

func (ls findingLogs) kind(i int) Kind {
	l, i := ls.at(i)
	return l.Kind(i)
}

// unpacker reads what a log has packed.
type unpacker struct {
	log  *FindingLog
	rest []byte
}

func (r *unpacker) number() int {
	n, size := binary.Uvarint(r.rest)
	r.rest = r.rest[size:]
	return int(n)
}

func (r *unpacker) text() string {
	switch n := r.number(); n {
	case textEmpty:
		return ""
	case textFollows:
		size := r.number()
		text := string(r.rest[:size])
		r.rest = r.rest[size:]
		return text
	default:
		return r.log.texts[n-textsFrom]
	}
}
