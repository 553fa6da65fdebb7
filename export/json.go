package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/book"
	"haltsheet/export/folder"
	"haltsheet/export/jsontext"
)

// jsonFiles are one document of everything, with halts and donations inside their companies, its JSON Schema, and each
// curated table as JSON Lines.
func jsonFiles(b *Book) []File {
	files := []File{
		{
			Resource: Resource{Name: "document", Path: "json/" + b.Metadata.Name + ".json", Title: "Everything in one document", Medium: JSON},
			write:    func(out *folder.File) error { return writeJSONDocument(out, b) },
		},
		{
			Resource: Resource{
				Name: "document-schema", Path: "json/" + b.Metadata.Name + ".schema.json", Title: "JSON Schema of the document",
				Medium: Medium{Type: "application/schema+json", IsText: true},
			},
			write: func(out *folder.File) error {
				schema, err := JSONSchema(b)
				if err != nil {
					return err
				}
				_, err = out.Write(schema)
				return err
			},
		},
	}
	for _, table := range b.Curated {
		files = append(files, File{
			Resource: Resource{
				Name: Slug(table.Name) + "-jsonl", Path: "json/" + table.Name + ".jsonl", Title: table.Title, Medium: JSONLines, Table: table,
			},
			write: func(out *folder.File) error { return jsonLines(table).writeTo(out, b.Wrote) },
		})
	}
	return files
}

// jsonLines are the rows of a table as lines.
func jsonLines(table *dataset.Table) items {
	return rowItems(table.Rows, func(b []byte, row int) []byte { return append(jsontext.AppendRecord(b, table, row), '\n') })
}

// writeJSONDocument writes the document. Every record stands on a line of its own.
func writeJSONDocument(out io.Writer, b *Book) error {
	nested, err := nestInCompanies(b)
	if err != nil {
		return err
	}
	metadata, err := dataset.MarshalMetadata(b.Metadata)
	if err != nil {
		return err
	}
	w := jsonWriter{out: out, wrote: b.Wrote}
	w.text("{\n  \"dataset\": " + strings.ReplaceAll(strings.TrimSpace(string(metadata)), "\n", "\n  "))
	for _, table := range b.Curated {
		if table.Name == "companies" {
			w.text(",\n  \"companies\": ")
			w.companies(table, nested)
		} else if !book.IsNested(table) {
			w.text(",\n  \"" + table.Name + "\": ")
			w.records(table, "    ")
		}
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

// companies writes the companies, each with its records of the nested tables.
func (w *jsonWriter) companies(companies *dataset.Table, nested []nesting) {
	w.array("    ", items{
		companies.Rows, dataset.ChunkRows / 32, // since a company has several records
		func(b []byte, company int) []byte {
			b = jsontext.AppendRecord(b, companies, company)
			b = b[:len(b)-1]
			for i := range nested {
				b = nested[i].append(b, company)
			}
			return append(b, '}')
		},
		func(from, to int) int {
			rows := to - from
			for i := range nested {
				rows += nested[i].starts[to] - nested[i].starts[from]
			}
			return rows
		},
	})
}

// append appends the records of a company as a member of its object.
func (n *nesting) append(b []byte, company int) []byte {
	const indent = "      "
	rows := n.rows[n.starts[company]:n.starts[company+1]]
	b = append(jsontext.AppendText(append(b, ','), n.table.Name), ":["...)
	for i, row := range rows {
		b = jsontext.AppendRecord(appendItemStart(b, i, indent), n.table, row)
	}
	return appendArrayEnd(b, len(rows), indent)
}

// nesting knows the rows of a table by company: those of company i are rows[starts[i]:starts[i+1]], in their order.
type nesting struct {
	table  *dataset.Table
	starts []int
	rows   []int
}

// nestInCompanies sorts the rows of the nested tables by company.
func nestInCompanies(b *Book) ([]nesting, error) {
	companies := b.Table("companies")
	id := companies.Column("company_id")
	rowOf := make(map[string]int, companies.Rows)
	for row := range companies.Rows {
		rowOf[companies.Cell(row, id).Text] = row
	}
	nested := make([]nesting, len(book.Nested))
	for i, name := range book.Nested {
		n, err := nest(b.Table(name), companies.Rows, rowOf)
		if err != nil {
			return nil, err
		}
		nested[i] = n
	}
	return nested, nil
}

// nest sorts the rows of one table by company, in two passes: one counts, one puts them in their places.
func nest(table *dataset.Table, companies int, rowOf map[string]int) (nesting, error) {
	n := nesting{table: table, starts: make([]int, companies+1), rows: make([]int, table.Rows)}
	company := make([]int, table.Rows)
	id := table.Column("company_id")
	for row := range company {
		key := table.Cell(row, id).Text
		of, ok := rowOf[key]
		if !ok {
			return n, fmt.Errorf("%s: there is no company %q for row %d to stand in", table.Name, key, row+1)
		}
		company[row] = of
		n.starts[of+1]++
	}
	for i := range companies {
		n.starts[i+1] += n.starts[i]
	}
	next := slices.Clone(n.starts)
	for row, of := range company {
		n.rows[next[of]] = row
		next[of]++
	}
	return n, nil
}
