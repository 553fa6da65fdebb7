package export

import (
	"io"
	"path"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/verify"
)

// csvFiles are a dataset folder: the tables with their derived columns last, dataset.json, and beside these the summaries, the link
// tables and the codebook.
func csvFiles(b *Book) []File {
	files := linkedTables(b, func(table *dataset.Table, stem string) File {
		r := Resource{Name: Slug(path.Base(stem)), Path: "csv/" + stem + ".csv", Title: table.Title, Medium: CSV, Table: table}
		return File{r, func(out *folder.File) error { return writeCSV(out, b, table, plainCSV) }, verify.CSV(table)}
	})
	r := Resource{Name: "dataset", Path: "csv/" + dataset.MetadataFile, Title: "Metadata", Medium: JSON}
	return append(files, textFile(b, r, func(b *Book) ([]byte, error) { return dataset.MarshalMetadata(b.Metadata) }))
}

// textFile is a small document that is made of a book, and has the same bytes wherever it is made of the same.
func textFile(b *Book, r Resource, text func(b *Book) ([]byte, error)) File {
	return File{r, func(out *folder.File) error {
		content, err := text(b)
		if err != nil {
			return err
		}
		_, err = out.Write(content)
		return err
	}, verify.Text(text)}
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
