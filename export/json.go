package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"haltsheet/dataset"
)

// The media types of files.
const (
	mediaCSV   = "text/csv"
	mediaJSON  = "application/json"
	mediaJSONL = "application/jsonl"
)

// writeJSON writes one document of everything, with halts and donations inside their companies, its JSON Schema, and
// each table as JSON Lines.
func writeJSON(out *folder, book *Book) error {
	if err := writeJSONDocument(out, book); err != nil {
		return err
	}
	schema, err := JSONSchema(book)
	if err != nil {
		return err
	}
	if err := out.writeFile(resource{
		Name: "document-schema", Path: "json/" + book.Metadata.Name + ".schema.json", Title: "JSON Schema of the document",
		MediaType: "application/schema+json",
	}, schema); err != nil {
		return err
	}
	for _, table := range book.Curated {
		if err := writeJSONLines(out, table); err != nil {
			return err
		}
	}
	return nil
}

// writeJSONLines writes a table with one flat record a line.
func writeJSONLines(out *folder, table *dataset.Table) error {
	file, err := out.create(resource{
		Name: slug(table.Name) + "-jsonl", Path: "json/" + table.Name + ".jsonl", Title: table.Title, MediaType: mediaJSONL, Table: table,
	})
	if err != nil {
		return err
	}
	if err := file.writeItems(jsonLines(table)); err != nil {
		return err
	}
	return file.Close()
}

// jsonLines are the rows of a table as lines.
func jsonLines(table *dataset.Table) items {
	return rowItems(table.Rows, func(b []byte, row int) []byte { return append(appendJSONRecord(b, table, row), '\n') })
}

// writeJSONDocument writes the document. Every record stands on a line of its own.
func writeJSONDocument(out *folder, book *Book) error {
	nested, err := nestInCompanies(book)
	if err != nil {
		return err
	}
	metadata, err := dataset.MarshalMetadata(book.Metadata)
	if err != nil {
		return err
	}
	file, err := out.create(resource{
		Name: "document", Path: "json/" + book.Metadata.Name + ".json", Title: "Everything in one document", MediaType: mediaJSON,
	})
	if err != nil {
		return err
	}
	w := jsonWriter{file: file}
	w.text("{\n  \"dataset\": " + strings.ReplaceAll(strings.TrimSpace(string(metadata)), "\n", "\n  "))
	for _, table := range book.Curated {
		if table.Name == "companies" {
			w.text(",\n  \"companies\": ")
			w.companies(table, nested)
		} else if !isNested(table) {
			w.text(",\n  \"" + table.Name + "\": ")
			w.records(table, "    ")
		}
	}
	w.text(",\n  \"summaries\": {")
	for i, table := range book.Summaries {
		if i > 0 {
			w.text(",")
		}
		w.text("\n    \"" + table.Name + "\": ")
		w.records(table, "      ")
	}
	w.text("\n  }\n}\n")
	return w.close()
}

// jsonWriter writes JSON, and keeps the first error of that.
type jsonWriter struct {
	file *file
	err  error
}

func (w *jsonWriter) text(text string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.file, text)
	}
}

func (w *jsonWriter) close() error {
	if w.err != nil {
		return w.err
	}
	return w.file.Close()
}

// records writes a whole table as an array, each record on a line behind the indent.
func (w *jsonWriter) records(table *dataset.Table, indent string) {
	w.array(indent, rowItems(table.Rows, func(b []byte, row int) []byte { return appendJSONRecord(b, table, row) }))
}

// array writes items as an array, each on a line behind the indent.
func (w *jsonWriter) array(indent string, list items) {
	w.text("[")
	appendItem := list.appendItem
	list.appendItem = func(b []byte, i int) []byte { return appendItem(appendItemStart(b, i, indent), i) }
	if w.err == nil {
		w.err = w.file.writeItems(list)
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
			b = appendJSONRecord(b, companies, company)
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
	b = append(appendJSONText(append(b, ','), n.table.Name), ":["...)
	for i, row := range rows {
		b = appendJSONRecord(appendItemStart(b, i, indent), n.table, row)
	}
	return appendArrayEnd(b, len(rows), indent)
}

// nestedTables stand inside the companies of the document.
var nestedTables = []string{"halts", "donations"}

func isNested(table *dataset.Table) bool { return slices.Contains(nestedTables, table.Name) }

// nesting knows the rows of a table by company: those of company i are rows[starts[i]:starts[i+1]], in their order.
type nesting struct {
	table  *dataset.Table
	starts []int
	rows   []int
}

// nestInCompanies sorts the rows of the nested tables by company.
func nestInCompanies(book *Book) ([]nesting, error) {
	companies := book.table("companies")
	id := companies.Column("company_id")
	rowOf := make(map[string]int, companies.Rows)
	for row := range companies.Rows {
		rowOf[companies.Cell(row, id).Text] = row
	}
	nested := make([]nesting, len(nestedTables))
	for i, name := range nestedTables {
		n, err := nest(book.table(name), companies.Rows, rowOf)
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

// table returns a curated table of the book by name.
func (b *Book) table(name string) *dataset.Table {
	i := slices.IndexFunc(b.Curated, func(table *dataset.Table) bool { return table.Name == name })
	if i < 0 {
		return nil
	}
	return b.Curated[i]
}
