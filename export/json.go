package export

import (
	"fmt"
	"io"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/jsontext"
	"haltsheet/export/rows"
	"haltsheet/export/verify"
)

// jsonFiles are one document of everything, with halts and donations inside their companies, its JSON Schema, and each
// curated table as JSON Lines.
func jsonFiles(b *Book) []File {
	document := Resource{Name: "document", Path: "json/" + b.Metadata.Name + ".json", Title: "Everything in one document", Medium: JSON}
	schema := Resource{
		Name: "document-schema", Path: schemaPath(b), Title: "JSON Schema of the document",
		Medium: Medium{Type: "application/schema+json", IsText: true, Format: "json-schema"}, // else frictionless takes it for a Table Schema
	}
	files := []File{
		{document, func(out *folder.File) error { return writeJSONDocument(out, b) }, verify.Document},
		textFile(b, schema, documentSchema),
	}
	for _, table := range b.Curated {
		r := Resource{
			Name: Slug(table.Name) + JSONLines.Suffix, Path: "json/" + table.Name + ".jsonl", Title: table.Title, Medium: JSONLines, Table: table,
		}
		files = append(files, File{r, func(out *folder.File) error { return jsonLines(table).writeTo(out, b.Wrote) }, verify.Lines(table)})
	}
	return files
}

func schemaPath(b *Book) string { return "json/" + b.Metadata.Name + ".schema.json" }

// jsonLines are the rows of a table as lines.
func jsonLines(table *dataset.Table) items {
	return rowItems(table.Rows, func(b []byte, row int) []byte { return append(jsontext.AppendRecord(b, table, row), '\n') })
}

// writeJSONDocument writes the document. Every record stands on a line of its own.
func writeJSONDocument(out io.Writer, b *Book) error {
	metadata, err := dataset.MarshalMetadata(b.Metadata)
	if err != nil {
		return err
	}
	w := jsonWriter{out: out, wrote: b.Wrote}
	w.text("{\n  \"dataset\": " + strings.ReplaceAll(strings.TrimSpace(string(metadata)), "\n", "\n  "))
	for _, table := range b.Curated {
		if table.Role(dataset.RoleOwner) >= 0 {
			continue // it stands inside of another
		}
		owned, err := nest(b, table)
		if err != nil {
			return err
		}
		w.text(",\n  \"" + table.Name + "\": ")
		w.owners(table, owned)
	}
	w.text(",\n  \"summaries\": {")
	for i, table := range b.Summaries {
		if i > 0 {
			w.text(",")
		}
		w.text("\n    \"" + table.Name + "\": ")
		w.records(table, "      ")
	}
	w.text("\n  }\n}\n")
	return w.err
}

// jsonWriter writes JSON, and keeps the first error of that.
type jsonWriter struct {
	out   io.Writer
	wrote func(rows int)
	err   error
}

func (w *jsonWriter) text(text string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.out, text)
	}
}

// records writes a whole table as an array, each record on a line behind the indent.
func (w *jsonWriter) records(table *dataset.Table, indent string) {
	w.array(indent, rowItems(table.Rows, func(b []byte, row int) []byte { return jsontext.AppendRecord(b, table, row) }))
}

// array writes items as an array, each on a line behind the indent.
func (w *jsonWriter) array(indent string, list items) {
	w.text("[")
	appendItem := list.appendItem
	list.appendItem = func(b []byte, i int) []byte { return appendItem(appendItemStart(b, i, indent), i) }
	if w.err == nil {
		w.err = list.writeTo(w.out, w.wrote)
	}
	w.text(string(appendArrayEnd(nil, list.count, indent)))
}

// appendItemStart appends what stands before item i of an array.
func appendItemStart(b []byte, i int, indent string) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(append(b, '\n'), indent...)
}

// appendArrayEnd appends the end of an array.
func appendArrayEnd(b []byte, items int, indent string) []byte {
	if items > 0 {
		b = append(append(b, '\n'), indent[2:]...)
	}
	return append(b, ']')
}

// owners writes the records of a table, each with those that belong to it.
func (w *jsonWriter) owners(table *dataset.Table, owned []nesting) {
	if len(owned) == 0 {
		w.records(table, nestingIndent+nestingIndent)
		return
	}
	w.array(nestingIndent+nestingIndent, items{
		table.Rows, rows.Chunk / 32, // since a company has several records
		func(b []byte, row int) []byte {
			return appendOwner(b, table, owned, row, nestingIndent+nestingIndent+nestingIndent)
		},
		func(from, to int) int {
			rows := to - from
			for row := from; row < to; row++ {
				rows += countOwned(owned, row)
			}
			return rows
		},
	})
}

// nestingIndent is what each level of the document stands further right.
const nestingIndent = "  "

// nesting knows the rows of a table by what they belong to, each with what belongs to it.
type nesting struct {
	table *dataset.Table
	of    func(owner int) []int32 // its rows, in order
	owned []nesting
}

// appendOwner appends a record with those that belong to it, each on a line behind the indent.
func appendOwner(b []byte, table *dataset.Table, owned []nesting, row int, indent string) []byte {
	b = jsontext.AppendRecord(b, table, row)
	if len(owned) == 0 {
		return b
	}
	b = b[:len(b)-1]
	for i := range owned {
		n := &owned[i]
		b = append(jsontext.AppendText(append(b, ','), n.table.Name), ":["...)
		for j, inner := range n.of(row) {
			b = appendOwner(appendItemStart(b, j, indent), n.table, n.owned, int(inner), indent+nestingIndent)
		}
		b = appendArrayEnd(b, len(n.of(row)), indent)
	}
	return append(b, '}')
}

// countOwned returns how many records belong to a row, over all levels.
func countOwned(owned []nesting, row int) (count int) {
	for i := range owned {
		count += len(owned[i].of(row))
		if len(owned[i].owned) > 0 {
			for _, inner := range owned[i].of(row) {
				count += countOwned(owned[i].owned, int(inner))
			}
		}
	}
	return count
}

// nest finds the rows of the tables that belong to one, over all levels.
func nest(b *Book, owner *dataset.Table) (nested []nesting, err error) {
	for _, name := range owner.Owned() {
		n := nesting{table: b.Table(name)}
		var orphan int
		if n.of, orphan = n.table.ByOwner(); orphan >= 0 {
			key := n.table.Cell(orphan, n.table.Role(dataset.RoleOwner)).Text
			return nil, fmt.Errorf("%s: there is no %q in %s for row %d to stand in", name, key, owner.Name, orphan+1)
		}
		if n.owned, err = nest(b, n.table); err != nil {
			return nil, err
		}
		nested = append(nested, n)
	}
	return nested, nil
}
