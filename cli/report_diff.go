package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/release"
)

// diffReport is one way of telling a diff.
type diffReport struct {
	name  string
	write func(w io.Writer, diff *dataset.Diff) error
}

// diffReports are all reports of a diff; the first is the default.
var diffReports = []diffReport{
	{"text", writeDiffText},
	{"json", writeDiffJSON},
	{"markdown", writeDiffMarkdown},
}

func diffReportOf(name string) *diffReport {
	return &diffReports[slices.IndexFunc(diffReports, func(r diffReport) bool { return r.name == name })]
}

func diffReportNames() []string {
	names := make([]string, len(diffReports))
	for i := range diffReports {
		names[i] = diffReports[i].name
	}
	return names
}

// writeDiffText writes a diff for people: + is added, - removed, ~ changed, > renamed.
func writeDiffText(w io.Writer, diff *dataset.Diff) error {
	if len(diff.Metadata) > 0 {
		fmt.Fprintf(w, "%s: %s\n", dataset.MetadataFile, counted(len(diff.Metadata), "change"))
		writeFieldChanges(w, "  ~ ", diff.Metadata)
	}
	for i := range diff.Tables {
		if t := &diff.Tables[i]; !t.IsEmpty() {
			writeTableDiff(w, diff, t)
		}
	}
	figures := textTable{indent: "  ", right: []bool{false, true, false, true, false}}
	for i := range diff.Figures {
		if f := &diff.Figures[i]; f.Old != f.New {
			figures.rows = append(figures.rows, []string{f.Figure.Name, figureText(f.Old), "→", figureText(f.New), f.Figure.Unit})
		}
	}
	if len(figures.rows) > 0 {
		fmt.Fprintln(w, "totals")
		figures.write(w)
	}
	return nil
}

func figureText(v dataset.Value) string { return grouped(string(v.Append(nil, dataset.TypeDecimal))) }

func writeTableDiff(w io.Writer, diff *dataset.Diff, t *dataset.TableDiff) {
	fmt.Fprintf(w, "%s: %s\n", t.Schema.Name, tableCounts(t))
	for i := range t.Renamed {
		r := &t.Renamed[i]
		fmt.Fprintf(w, "  > %s → %s  %s → %s", r.Old.Key, r.New.Key, r.Old.Place, r.New.Place)
		if r.References > 0 {
			fmt.Fprintf(w, ", with %s", counted(r.References, "reference"))
		}
		fmt.Fprintln(w)
	}
	writeRecords(w, "  - ", diff.Old.Table(t.Schema), t.Removed)
	writeRecords(w, "  + ", diff.New.Table(t.Schema), t.Added)
	for i := range t.Changed {
		fmt.Fprintf(w, "  ~ %s\n", t.Changed[i].Key)
		writeFieldChanges(w, "      ", t.Changed[i].Fields)
	}
}

// writeRecords writes records with all that they hold.
func writeRecords(w io.Writer, mark string, table *dataset.Table, list []dataset.Record) {
	for i := range list {
		fmt.Fprintf(w, "%s%s  %s\n", mark, list[i].Key, printable(list[i].Place.String()))
		for column := range table.Columns {
			c := &table.Columns[column]
			if v := table.Cell(list[i].Row, column); v.Known && !c.Key && !c.IsDerived() {
				fmt.Fprintf(w, "      %s: %s\n", c.Name, quoted(string(v.Append(nil, c.Type))))
			}
		}
	}
}

func writeFieldChanges(w io.Writer, mark string, fields []dataset.FieldChange) {
	for i := range fields {
		f := &fields[i]
		before, after := f.Texts()
		quoted := quotedApart(before, after)
		fmt.Fprintf(w, "%s%s: %s → %s  %s → %s\n", mark, printable(f.Field), quoted[0], quoted[1],
			printable(f.OldPlace.String()), printable(f.NewPlace.String()))
	}
}

// quoted returns a cell in quotes, in which nothing moves the cursor; an empty one is said to be empty.
func quoted(text string) string {
	if text == "" {
		return "empty"
	}
	return strconv.Quote(text)
}

// quotedApart returns cells in quotes. Where two of them look alike, all are spelt in ASCII, which tells them apart.
func quotedApart(texts ...string) []string {
	quote := quoted
	for i := range texts {
		if slices.ContainsFunc(texts[:i], func(text string) bool { return dataset.LookAlike(text, texts[i]) }) {
			quote = strconv.QuoteToASCII
		}
	}
	cells := make([]string, len(texts))
	for i, text := range texts {
		if cells[i] = quoted(text); text != "" {
			cells[i] = quote(text)
		}
	}
	return cells
}

// tableCounts tells how much changed in a table.
func tableCounts(t *dataset.TableDiff) string {
	return fmt.Sprintf("%s, from %s to %s", changeCounts(len(t.Added), len(t.Removed), len(t.Changed), len(t.Renamed)),
		counted(t.Old, "row"), grouped(strconv.Itoa(t.New)))
}

// counts tells how much changed in all tables.
func counts(diff *dataset.Diff) string {
	added, removed, changed, renamed := 0, 0, 0, 0
	for i := range diff.Tables {
		t := &diff.Tables[i]
		added, removed = added+len(t.Added), removed+len(t.Removed)
		changed, renamed = changed+len(t.Changed), renamed+len(t.Renamed)
	}
	text := changeCounts(added, removed, changed, renamed)
	if len(diff.Metadata) > 0 {
		text += ", " + counted(len(diff.Metadata), "change") + " of " + dataset.MetadataFile
	}
	return text
}

func changeCounts(added, removed, changed, renamed int) string {
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{added, "added"}, {removed, "removed"}, {changed, "changed"}, {renamed, "renamed"}} {
		if part.n > 0 {
			parts = append(parts, grouped(strconv.Itoa(part.n))+" "+part.what)
		}
	}
	if parts == nil {
		return "no record is different"
	}
	return strings.Join(parts, ", ")
}

// writeDiffMarkdown writes a diff for a release note.
func writeDiffMarkdown(w io.Writer, diff *dataset.Diff) error {
	_, err := w.Write(release.AppendDiff(nil, diff))
	return err
}

// writeDiffJSON writes a diff as JSON whose tables have the members that csv-diff has, and the places beside them.
func writeDiffJSON(w io.Writer, diff *dataset.Diff) error {
	tables, figures := members{}, members{}
	for i := range diff.Tables {
		t := &diff.Tables[i]
		changed, renamed := []members{}, [][2]string{}
		for j := range t.Changed {
			changes, places := fieldChanges(t.Changed[j].Fields)
			changed = append(changed, members{{"key", t.Changed[j].Key}, {"changes", changes}, {"places", places}})
		}
		for j := range t.Renamed {
			renamed = append(renamed, [2]string{t.Renamed[j].Old.Key, t.Renamed[j].New.Key})
		}
		tables = append(tables, member{t.Schema.Name, members{
			{"rows", [2]int{t.Old, t.New}},
			{"added", curatedRecords(diff.New.Table(t.Schema), t.Added)},
			{"removed", curatedRecords(diff.Old.Table(t.Schema), t.Removed)},
			{"changed", changed},
			{"renamed", renamed},
		}})
	}
	for i := range diff.Figures {
		f := &diff.Figures[i]
		figures = append(figures, member{f.Figure.Name, [2]any{jsonValue(f.Old, dataset.TypeDecimal), jsonValue(f.New, dataset.TypeDecimal)}})
	}
	changes, places := fieldChanges(diff.Metadata)
	return writeJSON(w, members{
		{"dataset", members{{"changes", changes}, {"places", places}}}, {"tables", tables}, {"totals", figures},
	})
}

// fieldChanges returns the old and the new value of each field, and where they stand.
func fieldChanges(fields []dataset.FieldChange) (changes, places members) {
	changes, places = members{}, members{}
	for i := range fields {
		f := &fields[i]
		changes = append(changes, member{f.Field, [2]any{jsonValue(f.Old, f.Type), jsonValue(f.New, f.Type)}})
		places = append(places, member{f.Field, [2]dataset.Place{f.OldPlace, f.NewPlace}})
	}
	return changes, places
}

// curatedRecords returns records as JSON has them, without derived columns.
func curatedRecords(table *dataset.Table, list []dataset.Record) []members {
	rows := make([]members, len(list))
	for i := range list {
		for column := range table.Columns {
			if c := &table.Columns[column]; !c.IsDerived() {
				rows[i] = append(rows[i], member{c.Name, jsonValue(table.Cell(list[i].Row, column), c.Type)})
			}
		}
	}
	return rows
}
