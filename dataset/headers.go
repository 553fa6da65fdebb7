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

// aboutColumn says what a finding says of which column.
func (f *Finding) aboutColumn(fault headerFault, name string) *Finding {
	f.header, f.Field = fault, name
	return f
}

// joinHeaderFaults makes one finding of the faults of a header that have one cause: of titles in the place of names, of a column under
// another name, of all columns that are missing, and of all that stand too far right.
func joinHeaderFaults(findings Findings) Findings {
	joined := slices.Clone(findings)
	for i := range Schemas {
		schema := &Schemas[i]
		of := func(fault headerFault) (some []Finding) {
			for _, f := range joined {
				if f.Table == schema.Name && f.header == fault {
					some = append(some, f)
				}
			}
			return some
		}
		replace := func(with Finding, faults ...headerFault) {
			at := slices.IndexFunc(joined, func(f Finding) bool { return f.Table == schema.Name && slices.Contains(faults, f.header) })
			joined[at] = with
			joined[at].header, joined[at].Value = 0, ""
			joined = slices.DeleteFunc(joined, func(f Finding) bool { return f.Table == schema.Name && slices.Contains(faults, f.header) })
		}
		missing, unknown, moved := of(columnMissing), of(columnUnknown), of(columnMoved)
		switch one := schema.titled(unknown); {
		case len(unknown) > 0 && one == len(unknown):
			f := unknown[0]
			f.Message = fmt.Sprintf("the header has %q, where the name of the column belongs", f.Field)
			if len(unknown) > 1 {
				f.Message = "the header has the titles of columns, where their names belong"
			}
			f.Hint = "begin with " + strings.Join(columnNames(schema.Curated()), ",") + importReads
			replace(f, columnMissing, columnUnknown, columnMoved)
			continue
		case len(missing) == 1 && len(unknown) == 1:
			f := unknown[0]
			f.Message, f.Hint = fmt.Sprintf("%s, and %q is missing", f.Message, missing[0].Field), fmt.Sprintf("name it %s, if that is what it holds", missing[0].Field)
			replace(f, columnMissing, columnUnknown)
		case len(missing) > 1:
			f, names := missing[0], make([]string, len(missing))
			for i := range missing {
				names[i] = missing[i].Field
			}
			f.Message, f.Hint, f.Field = "the columns "+strings.Join(names, ", ")+" are missing", "add them, with empty cells where nothing is known", ""
			replace(f, columnMissing)
		}
		if len(moved) > 1 {
			f := moved[0]
			f.Message = "the columns stand in another order"
			replace(f, columnMoved)
		}
	}
	return joined
}

// titled counts the unknown columns that are columns of the table under their titles, or in other letters.
func (s *Schema) titled(unknown []Finding) (n int) {
	for i := range unknown {
		name := foldWords(cmp.Or(unknown[i].Field, unknown[i].Value))
		if slices.ContainsFunc(s.Columns, func(c Column) bool { return name == foldWords(c.Name) || name == foldWords(c.Title) }) {
			n++
		}
	}
	return n
}
