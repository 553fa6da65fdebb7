package release

import (
	"fmt"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// AppendDiff appends what changed in a dataset as Markdown, for a release note.
func AppendDiff(b []byte, diff *dataset.Diff) []byte {
	m := diff.New.Metadata
	b = fmt.Appendf(b, "## Changes from %s to %s\n\n", markdownText(diff.Old.Metadata.Version), markdownText(m.Version))
	if diff.IsEmpty() {
		return append(b, "None.\n"...)
	}
	b = append(b, "| table | rows before | rows now | added | removed | changed | renamed |\n"...)
	b = append(b, "| ----- | ----------: | -------: | ----: | ------: | ------: | ------: |\n"...)
	for i := range diff.Tables {
		t := &diff.Tables[i]
		b = fmt.Appendf(b, "| %s | %d | %d | %d | %d | %d | %d |\n",
			t.Schema.Title, t.Old, t.New, len(t.Added), len(t.Removed), len(t.Changed), len(t.Renamed))
	}
	b = appendFigures(b, diff.Figures)
	for i := range diff.Tables {
		if t := &diff.Tables[i]; !t.IsEmpty() {
			b = appendTableDiff(b, diff, t)
		}
	}
	if len(diff.Metadata) > 0 {
		b = append(b, "\n### Metadata\n\n"...)
		for i := range diff.Metadata {
			b = appendChange(append(b, "- Changed: "...), &diff.Metadata[i])
		}
	}
	return b
}

// appendFigures appends the key figures that are different.
func appendFigures(b []byte, figures []dataset.FigureChange) []byte {
	begun := false
	for i := range figures {
		f := &figures[i]
		if f.Old == f.New {
			continue
		}
		if !begun {
			b = append(b, "\n| figure | before | now | unit |\n| ------ | -----: | --: | ---- |\n"...)
			begun = true
		}
		b = fmt.Appendf(b, "| %s | %s | %s | %s |\n", f.Figure.Name,
			f.Old.Append(nil, dataset.TypeDecimal), f.New.Append(nil, dataset.TypeDecimal), f.Figure.Unit)
	}
	return b
}

func appendTableDiff(b []byte, diff *dataset.Diff, t *dataset.TableDiff) []byte {
	b = fmt.Appendf(b, "\n### %s\n\n", t.Schema.Title)
	b = appendRecords(b, "Added", diff.New.Table(t.Schema), t.Added)
	b = appendRecords(b, "Removed", diff.Old.Table(t.Schema), t.Removed)
	for i := range t.Renamed {
		b = fmt.Appendf(b, "- Renamed: `%s` is now `%s`\n", t.Renamed[i].Old.Key, t.Renamed[i].New.Key)
	}
	for i := range t.Changed {
		for j := range t.Changed[i].Fields {
			b = fmt.Appendf(b, "- Changed: `%s`, ", t.Changed[i].Key)
			b = appendChange(b, &t.Changed[i].Fields[j])
		}
	}
	return b
}

// appendRecords appends records by their key and what the table says of them first.
func appendRecords(b []byte, what string, table *dataset.Table, records []dataset.Record) []byte {
	about := table.Role(dataset.RoleAbout)
	if about < 0 {
		about = table.Role(dataset.RoleOwner)
	}
	for i := range records {
		b = fmt.Appendf(b, "- %s: `%s`", what, records[i].Key)
		if about >= 0 {
			b = append(append(b, ", "...), markdownText(string(table.AppendCell(nil, records[i].Row, about)))...)
		}
		b = append(b, '\n')
	}
	return b
}

func appendChange(b []byte, c *dataset.FieldChange) []byte {
	before, after := c.Texts()
	if dataset.LookAlike(before, after) { // which only their characters tell apart
		return fmt.Appendf(b, "%s: `%s` → `%s`\n", markdownText(c.Field), strconv.QuoteToASCII(before), strconv.QuoteToASCII(after))
	}
	return fmt.Appendf(b, "%s: %s → %s\n", markdownText(c.Field), markdownValue(before), markdownValue(after))
}

// markdownValue returns a cell in quotes; an empty one is said to be empty.
func markdownValue(text string) string {
	if text == "" {
		return "empty"
	}
	return "“" + markdownText(text) + "”"
}

// markdownText returns a text that Markdown shows as it is, on one line.
func markdownText(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(" ⏎ ")
		case !strconv.IsPrint(r):
			b.WriteString(`\` + strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		case strings.ContainsRune("\\`*_{}[]<>#|~$&!", r):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
