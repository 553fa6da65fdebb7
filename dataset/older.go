package dataset

import (
	"cmp"
	"fmt"
	"slices"
)

// Gap is something in which a dataset that an older version wrote differs from the schema: a table or a column that it
// lacks and that earlier versions did not have, or a column that there is no more.
type Gap struct {
	Table  string
	Column string // empty for a whole table
	Gone   bool   // the schema has the column no more
	Values int    // that a column which is gone holds
}

// IsSilent reports whether nothing is to be said of the gap, since nothing is lost or empty by it.
func (g Gap) IsSilent() bool { return g.Gone && g.Values == 0 }

// IsAs reports whether the gap is about the same as another one.
func (g Gap) IsAs(other Gap) bool {
	return g.Table == other.Table && g.Column == other.Column && g.Gone == other.Gone
}

// String tells the gap.
func (g Gap) String() string {
	switch {
	case g.Gone && g.Values == 1:
		return fmt.Sprintf("the column %q of %s is no longer there, and its one value is left out", g.Column, g.Table)
	case g.Gone:
		return fmt.Sprintf("the column %q of %s is no longer there, and its %d values are left out", g.Column, g.Table, g.Values)
	case g.Column == "":
		return fmt.Sprintf("the table %s is not there yet, and taken to be empty", g.Table)
	default:
		return fmt.Sprintf("the column %q of %s is not there yet, and taken to be empty", g.Column, g.Table)
	}
}

// AcceptOlder takes a dataset for one that an older version wrote: what it lacks of the schema is empty, and columns that
// there are no more are left out, neither being an error then, as far as a function accepts the gap. It returns these gaps
// in the order of the tables. It is called before Check, if at all.
func (d *Dataset) AcceptOlder(accept func(g Gap) bool) (gaps []Gap) {
	numbers, held := map[Gap]int{}, heldValues{}
	for i, log := range d.findings {
		rest := &FindingLog{}
		for f := range (findingLogs{log}).all() {
			gap, isOlder := d.gapOf(f, held)
			same := gap
			same.Values = 0
			switch at, is := numbers[same]; {
			case !isOlder || !accept(gap):
				rest.Add(*f)
			case is:
				gaps[at].Values += gap.Values
			default:
				numbers[same] = len(gaps)
				gaps = append(gaps, gap)
			}
		}
		d.findings[i] = rest
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int { return cmp.Compare(schemaIndex(a.Table), schemaIndex(b.Table)) })
	return gaps
}

// Lacks reports whether a table of the dataset was read without one of its curated columns, counted from 0.
func (d *Dataset) Lacks(schema *Schema, column int) bool {
	from := d.origins[schema.Name]
	return from != nil && !from.has(column)
}

// gapOf returns the gap that a finding of loading is about, and whether it is about one.
func (d *Dataset) gapOf(f *Finding, held heldValues) (gap Gap, isOlder bool) {
	schema := SchemaOf(f.Table)
	if schema == nil {
		return gap, false
	}
	gap = Gap{Table: f.Table}
	column := schema.column(f.Field)
	switch {
	case f.Rule == "file-missing":
		return gap, schema.Later
	case f.Rule != "header" || f.Field == "":
		return gap, false
	case column < 0:
		gap.Column, gap.Gone, gap.Values = f.Field, true, d.lostValues(f, held)
		return gap, true
	default:
		gap.Column = f.Field
		return gap, f.header == columnMissing && !schema.Columns[column].Required
	}
}

// heldValues are how many values the columns of a table hold that are not in the schema, by table and name.
type heldValues map[string]map[string]int

// lostValues counts the values of a column that is not in the schema: in the whole table where the finding is about its
// header, or the one that it is about.
func (d *Dataset) lostValues(f *Finding, held heldValues) (values int) {
	table, ok := d.origins[f.Table].(interface{ extras() map[string]int })
	if ok && held[f.Table] == nil {
		held[f.Table] = table.extras()
	}
	if values, is := held[f.Table][f.Field]; is {
		return values
	}
	if slices.Contains([]string{"", "null", `""`, "[]"}, f.Value) {
		return 0
	}
	return 1
}

// extras counts the values of each column that is not among the curated ones.
func (o *csvOrigin) extras() map[string]int {
	header, _, _ := (&csvScanner{text: o.text, line: 1}).next(nil)
	names := make([]string, len(header))
	for i := range header {
		names[i] = header[i].text
	}
	var record []cell
	return countExtras(names, o.fields, len(o.starts), func(row int) func(field int) string {
		record, _, _ = (&csvScanner{text: o.text, offset: o.starts[row].offset, line: o.starts[row].line}).next(record[:0])
		return func(field int) string { return record[field].text }
	})
}

// extras counts the values of each column that is not among the curated ones.
func (o *transcriptOrigin) extras() map[string]int {
	return countExtras(o.table.Header, o.fields, o.table.Count, func(row int) func(field int) string {
		cells := o.table.Row(row)
		return func(field int) string { return cells[field] }
	})
}

// countExtras counts the values of each column of some rows that is not one of the curated fields. Of columns with the same name the first
// counts.
func countExtras(names []string, curated []int, rows int, read func(row int) (text func(field int) string)) map[string]int {
	counts, first := map[string]int{}, []int(nil)
	for field, name := range names {
		if _, is := counts[name]; !is && !slices.Contains(curated, field) {
			counts[name], first = 0, append(first, field)
		}
	}
	for row := range rows {
		text := read(row)
		for _, field := range first {
			if text(field) != "" {
				counts[names[field]]++
			}
		}
	}
	return counts
}
