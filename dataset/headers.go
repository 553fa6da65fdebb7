package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// headerFault is what a finding says of a column of a header.
type headerFault uint8

// The faults of a column. Each is a finding of its own until all of a header are known.
const (
	_ headerFault = iota
	columnMissing
	columnUnknown
	columnMoved
)

// columnFaults are the findings that say one thing of columns of a header.
type columnFaults struct {
	first  Finding
	names  []string // of columns that are missing
	count  int
	titled int // of these, until one is not: columns of the table under their titles, or in other letters
}

func (c *columnFaults) add(f *Finding) {
	if c.count++; c.count == 1 {
		c.first = *f
	}
	if f.header == columnMissing {
		c.names = append(c.names, f.Field)
	}
	if c.titled == c.count-1 && SchemaOf(f.Table).titles(cmp.Or(f.Field, f.Value)) {
		c.titled++
	}
}

// joinHeaderFaults makes one finding of the faults of a header that have one cause: of titles in the place of names, of a column under
// another name, of all columns that are missing, and of all that stand too far right. The log is that of one table.
func joinHeaderFaults(log *FindingLog) *FindingLog {
	var faults [columnMoved + 1]columnFaults
	for f := range (findingLogs{log}).all() {
		faults[f.header].add(f)
	}
	instead := map[headerFault]*Finding{}
	replace := func(with Finding, faults ...headerFault) {
		with.header, with.Value = 0, ""
		for _, fault := range faults {
			instead[fault] = &with
		}
	}
	missing, unknown, moved := &faults[columnMissing], &faults[columnUnknown], &faults[columnMoved]
	f := unknown.first
	switch {
	case unknown.count > 0 && unknown.titled == unknown.count:
		f.Message = fmt.Sprintf("the header has %q, where the name of the column belongs", f.Field)
		if unknown.count > 1 {
			f.Message = "the header has the titles of columns, where their names belong"
		}
		f.Hint = "begin with " + strings.Join(columnNames(SchemaOf(f.Table).Curated()), ",") + importReads
		replace(f, columnMissing, columnUnknown, columnMoved)
	case missing.count == 1 && unknown.count == 1:
		f.Message, f.Hint = fmt.Sprintf("%s, and %q is missing", f.Message, missing.names[0]), fmt.Sprintf("name it %s, if that is what it holds", missing.names[0])
		replace(f, columnMissing, columnUnknown)
	case missing.count > 1:
		f = missing.first
		f.Message, f.Hint, f.Field = "the columns "+strings.Join(missing.names, ", ")+" are missing", "add them, with empty cells where nothing is known", ""
		replace(f, columnMissing)
	}
	if moved.count > 1 && instead[columnMoved] == nil {
		f := moved.first
		f.Message = "the columns stand in another order"
		replace(f, columnMoved)
	}
	return log.with(instead)
}

// with returns a log with one finding instead of all that say something of columns.
func (l *FindingLog) with(instead map[headerFault]*Finding) *FindingLog {
	joined, told := &FindingLog{}, map[*Finding]bool{nil: true}
	for f := range (findingLogs{l}).all() {
		if with, is := instead[f.header]; !is {
			joined.Add(*f)
		} else if !told[with] {
			joined.Add(*with)
			told[with] = true
		}
	}
	return joined
}

// titles reports whether a name is the title of a column of the table, or its name in other letters.
func (s *Schema) titles(name string) bool {
	name = foldWords(name)
	return slices.ContainsFunc(s.Columns, func(c Column) bool { return name == foldWords(c.Name) || name == foldWords(c.Title) })
}
