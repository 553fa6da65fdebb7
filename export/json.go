package export

import (
	"bytes"
	"fmt"
	"slices"

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
	w := jsonWriter{file: file}
	for row := 0; row < table.Rows && w.err == nil; row++ {
		w.record(table, row)
		w.b = append(w.b, '\n')
		w.flush()
	}
	return w.close()
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
	w.b = append(w.b, "{\n  \"dataset\": "...)
	w.b = append(w.b, bytes.ReplaceAll(bytes.TrimSpace(metadata), []byte("\n"), []byte("\n  "))...)
	for _, table := range book.Curated {
		if table.Name == "companies" {
			w.member("  ", table.Name)
			w.companies(table, nested)
		} else if !isNested(table) {
			w.member("  ", table.Name)
			w.records(table, "    ")
		}
	}
	w.member("  ", "summaries")
	w.b = append(w.b, '{')
	for i, table := range book.Summaries {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, "\n    "...)
		w.b = append(appendJSONText(w.b, table.Name), ": "...)
		w.records(table, "      ")
	}
	w.b = append(w.b, "\n  }\n}\n"...)
	return w.close()
}

// jsonWriter gathers JSON and keeps the first error of writing it.
type jsonWriter struct {
	file *file
	b    []byte
	rows int // that were gathered
	err  error
}

// flush writes what was gathered, once that is worth it.
func (w *jsonWriter) flush() {
	if len(w.b) > chunkBytes {
		w.write()
	}
}

func (w *jsonWriter) write() {
	if w.err == nil {
		_, w.err = w.file.Write(w.b)
	}
	w.file.wrote(w.rows)
	w.b, w.rows = w.b[:0], 0
}

// record gathers a record.
func (w *jsonWriter) record(table *dataset.Table, row int) {
	w.b = appendJSONRecord(w.b, table, row)
	w.rows++
}

func (w *jsonWriter) close() error {
	if w.write(); w.err != nil {
		return w.err
	}
	return w.file.Close()
}

// member begins another member of an object that has some already.
func (w *jsonWriter) member(indent, name string) {
	w.b = append(append(w.b, ",\n"...), indent...)
	w.b = append(appendJSONText(w.b, name), ": "...)
}

// records writes a whole table as an array, each record on a line behind the indent.
func (w *jsonWriter) records(table *dataset.Table, indent string) {
	w.array(table.Rows, indent, func(i int) { w.record(table, i) })
}

// array writes an array with each item on a line behind the indent.
func (w *jsonWriter) array(items int, indent string, item func(i int)) {
	w.b = append(w.b, '[')
	for i := 0; i < items && w.err == nil; i++ {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(append(w.b, '\n'), indent...)
		item(i)
		w.flush()
	}
	if items > 0 {
		w.b = append(append(w.b, '\n'), indent[2:]...)
	}
	w.b = append(w.b, ']')
}

// companies writes the companies, each with its records of the nested tables.
func (w *jsonWriter) companies(companies *dataset.Table, nested []nesting) {
	w.array(companies.Rows, "    ", func(company int) {
		w.record(companies, company)
		w.b = w.b[:len(w.b)-1]
		for i := range nested {
			n := &nested[i]
			rows := n.rows[n.starts[company]:n.starts[company+1]]
			w.b = append(appendJSONText(append(w.b, ','), n.table.Name), ':')
			w.array(len(rows), "      ", func(i int) { w.record(n.table, rows[i]) })
		}
		w.b = append(w.b, '}')
	})
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
