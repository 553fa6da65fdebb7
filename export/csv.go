package export

import (
	"strings"

	"haltsheet/dataset"
)

// writeCSV writes a dataset folder: the tables with their derived columns last, the summaries, and dataset.json.
func writeCSV(out *folder, book *Book) error {
	for _, table := range book.Curated {
		r := resource{Name: table.Name, Path: "csv/" + table.Name + ".csv", Title: table.Title, Table: table}
		if err := writeCSVTable(out, r, table, plainCSV); err != nil {
			return err
		}
	}
	for _, table := range book.Summaries {
		r := resource{Name: "summary-" + slug(table.Name), Path: "csv/summary_" + table.Name + ".csv", Title: table.Title, Table: table}
		if err := writeCSVTable(out, r, table, plainCSV); err != nil {
			return err
		}
	}
	metadata, err := dataset.MarshalMetadata(book.Metadata)
	if err != nil {
		return err
	}
	return out.writeFile(resource{
		Name: "dataset", Path: "csv/" + dataset.MetadataFile, Title: "Metadata", MediaType: mediaJSON,
	}, metadata)
}

// csvStyle is how a header and a row are appended to a file, and what ends them.
type csvStyle struct {
	lineEnd      string
	appendHeader func(b []byte, columns []dataset.Column) []byte
	appendRow    func(b []byte, table *dataset.Table, row int) []byte
}

// plainCSV is the style in which a dataset folder is read back.
var plainCSV = csvStyle{
	lineEnd:      "\n",
	appendHeader: dataset.AppendCSVHeader,
	appendRow: func(b []byte, table *dataset.Table, row int) []byte {
		return table.AppendCSVRow(b, table.Columns, row)
	},
}

// writeCSVTable writes one table.
func writeCSVTable(out *folder, r resource, table *dataset.Table, style csvStyle) error {
	r.MediaType, r.LineEnd = mediaCSV, style.lineEnd
	file, err := out.create(r)
	if err != nil {
		return err
	}
	if _, err := file.Write(style.appendHeader(nil, table.Columns)); err != nil {
		return err
	}
	if err := file.writeItems(style.rows(table)); err != nil {
		return err
	}
	return file.Close()
}

// rows are the rows of a table in the style.
func (s csvStyle) rows(table *dataset.Table) items {
	return rowItems(table.Rows, func(b []byte, row int) []byte { return s.appendRow(b, table, row) })
}

// slug turns a table's name into a resource's.
func slug(name string) string { return strings.ReplaceAll(name, "_", "-") }
