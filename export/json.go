package export

import (
	"fmt"
	"io"
	"slices"
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
		textFile(b, schema, JSONSchema),
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

// nesting knows the rows of a table by what they belong to: those of row i of the owner are rows[starts[i]:starts[i+1]], in
// their order, each with what belongs to it.
type nesting struct {
	table  *dataset.Table
	starts []int
	rows   []int
	owned  []nesting
}

func (n *nesting) of(owner int) []int { return n.rows[n.starts[owner]:n.starts[owner+1]] }

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
			b = appendOwner(appendItemStart(b, j, indent), n.table, n.owned, inner, indent+nestingIndent)
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
				count += countOwned(owned[i].owned, inner)
			}
		}
	}
	return count
}

// nest sorts the rows of the tables that belong to one by what they belong to, over all levels.
func nest(b *Book, owner *dataset.Table) (nested []nesting, err error) {
	for _, name := range owner.Owned() {
		n, err := nestIn(owner, b.Table(name))
		if err != nil {
			return nil, err
		}
		if n.owned, err = nest(b, n.table); err != nil {
			return nil, err
		}
		nested = append(nested, n)
	}
	return nested, nil
}

// nestIn sorts the rows of one table by what they belong to, in two passes: one counts, one puts them in their places.
func nestIn(owner, table *dataset.Table) (nesting, error) {
	rowOf := make(map[string]int, owner.Rows)
	for row := range owner.Rows {
		rowOf[owner.Cell(row, 0).Text] = row
	}
	n := nesting{table: table, starts: make([]int, owner.Rows+1), rows: make([]int, table.Rows)}
	owners := make([]int, table.Rows)
	id := table.Role(dataset.RoleOwner)
	for row := range owners {
		key := table.Cell(row, id).Text
		of, ok := rowOf[key]
		if !ok {
			return n, fmt.Errorf("%s: there is no %q in %s for row %d to stand in", table.Name, key, owner.Name, row+1)
		}
		owners[row] = of
		n.starts[of+1]++
	}
	for i := range owner.Rows {
		n.starts[i+1] += n.starts[i]
	}
	next := slices.Clone(n.starts)
	for row, of := range owners {
		n.rows[next[of]] = row
		next[of]++
	}
	return n, nil
}
