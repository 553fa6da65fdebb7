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

// writeCSVTable writes one table in chunks of records.
func writeCSVTable(out *folder, r resource, table *dataset.Table, style csvStyle) error {
	r.MediaType, r.LineEnd = mediaCSV, style.lineEnd
	file, err := out.create(r)
	if err != nil {
		return err
	}
	b, wrote := style.appendHeader(nil, table.Columns), 0
	for row := range table.Rows {
		if b = style.appendRow(b, table, row); len(b) > chunkBytes {
			if _, err := file.Write(b); err != nil {
				return err
			}
			b = b[:0]
			file.wrote(row + 1 - wrote)
			wrote = row + 1
		}
	}
	if _, err := file.Write(b); err != nil {
		return err
	}
	file.wrote(table.Rows - wrote)
	return file.Close()
}

// chunkBytes is about how much is gathered before it is written.
const chunkBytes = 1 << 16

// slug turns a table's name into a resource's.
func slug(name string) string { return strings.ReplaceAll(name, "_", "-") }
