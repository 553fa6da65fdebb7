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
	for i, log := range d.findings {
		rest := &FindingLog{}
		for f := range (findingLogs{log}).all() {
			gap, isOlder := d.gapOf(f)
			switch at := slices.IndexFunc(gaps, gap.IsAs); {
			case !isOlder || !accept(gap):
				rest.Add(*f)
			case at >= 0:
				gaps[at].Values += gap.Values
			default:
				gaps = append(gaps, gap)
			}
		}
		d.findings[i] = rest
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int { return cmp.Compare(schemaIndex(a.Table), schemaIndex(b.Table)) })
	return gaps
}

// gapOf returns the gap that a finding of loading is about, and whether it is about one.
func (d *Dataset) gapOf(f *Finding) (gap Gap, isOlder bool) {
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
		gap.Column, gap.Gone, gap.Values = f.Field, true, d.lostValues(f)
		return gap, true
	default:
		gap.Column = f.Field
		return gap, f.header == columnMissing && !schema.Columns[column].Required
	}
}

// lostValues counts the values of a column that is not in the schema: in the whole table where the finding is about its
// header, or the one that it is about.
func (d *Dataset) lostValues(f *Finding) (values int) {
	table, ok := d.origins[f.Table].(interface {
		extra(name string) (cells func(yield func(text string) bool), known bool)
	})
	if ok {
		if cells, known := table.extra(f.Field); known {
			for text := range cells {
				if text != "" {
					values++
				}
			}
			return values
		}
	}
	if slices.Contains([]string{"", "null", `""`, "[]"}, f.Value) {
		return 0
	}
	return 1
}

// extra returns the cells of a column that is not in the schema.
func (o *csvOrigin) extra(name string) (cells func(yield func(text string) bool), known bool) {
	header, _, _ := (&csvScanner{text: o.text, line: 1}).next(nil)
	field := slices.IndexFunc(header, func(c cell) bool { return c.text == name })
	return func(yield func(string) bool) {
		var record []cell
		for _, start := range o.starts {
			record, _, _ = (&csvScanner{text: o.text, offset: start.offset, line: start.line}).next(record[:0])
			if !yield(record[field].text) {
				return
			}
		}
	}, field >= 0
}

// extra returns the cells of a column that is not in the schema.
func (o *transcriptOrigin) extra(name string) (cells func(yield func(text string) bool), known bool) {
	field := slices.Index(o.table.Header, name)
	return func(yield func(string) bool) {
		for row := range o.table.Count {
			if !yield(o.table.Row(row)[field]) {
				return
			}
		}
	}, field >= 0
}
