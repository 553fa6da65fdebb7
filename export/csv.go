package export

import (
	"io"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
)

// csvFiles are a dataset folder: the tables with their derived columns last, the summaries, and dataset.json.
func csvFiles(b *Book) []File {
	files := eachTable(b, func(table *dataset.Table, stem string) File {
		r := Resource{Name: Slug(stem), Path: "csv/" + stem + ".csv", Title: table.Title, Medium: CSV, Table: table}
		return File{Resource: r, write: func(out *folder.File) error { return writeCSV(out, b, table, plainCSV) }}
	})
	r := Resource{Name: "dataset", Path: "csv/" + dataset.MetadataFile, Title: "Metadata", Medium: JSON}
	return append(files, File{Resource: r, write: func(out *folder.File) error {
		metadata, err := dataset.MarshalMetadata(b.Metadata)
		if err != nil {
			return err
		}
		_, err = out.Write(metadata)
		return err
	}})
}

// csvStyle is how a header and a row are appended to a file.
type csvStyle struct {
	appendHeader func(b []byte, columns []dataset.Column) []byte
	appendRow    func(b []byte, table *dataset.Table, row int) []byte
}

// plainCSV is the style in which a dataset folder is read back.
var plainCSV = csvStyle{
	appendHeader: dataset.AppendCSVHeader,
	appendRow: func(b []byte, table *dataset.Table, row int) []byte {
		return table.AppendCSVRow(b, table.Columns, row)
	},
}

// writeCSV writes one table.
func writeCSV(out io.Writer, b *Book, table *dataset.Table, style csvStyle) error {
	if _, err := out.Write(style.appendHeader(nil, table.Columns)); err != nil {
		return err
	}
	return style.rows(table).writeTo(out, b.Wrote)
}

// rows are the rows of a table in the style.
func (s csvStyle) rows(table *dataset.Table) items {
	return rowItems(table.Rows, func(b []byte, row int) []byte { return s.appendRow(b, table, row) })
}

// Slug turns a table's name into a resource's.
func Slug(name string) string { return strings.ReplaceAll(name, "_", "-") }
