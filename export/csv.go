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
		r := Resource{Name: Slug(path.Base(stem)), Path: folder.Data + "/" + stem + ".csv", Title: table.Title, Medium: CSV, Table: table}
		return plainCSV.file(b, r, table)
	})
	r := Resource{Name: "dataset", Path: folder.Data + "/" + dataset.MetadataFile, Title: "Metadata", Medium: JSON}
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

// csvStyle is how a file is written, and how it is read back: it begins with a mark, and shows texts in a way of its own or,
// where shows is nil, as they are.
type csvStyle struct {
	mark         string
	shows        func(text string) string
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

// file is a file of a table in the style.
func (s csvStyle) file(b *Book, r Resource, table *dataset.Table) File {
	return File{r, func(out *folder.File) error { return s.write(out, b, table) }, func(f *verify.File) error {
		f.Shows = s.shows
		return verify.CSV(table, s.mark)(f)
	}}
}

// write writes one table.
func (s csvStyle) write(out io.Writer, b *Book, table *dataset.Table) error {
	if _, err := out.Write(s.appendHeader([]byte(s.mark), table.Columns)); err != nil {
		return err
	}
	return s.rows(table).writeTo(out, b.Wrote)
}

// rows are the rows of a table in the style.
func (s csvStyle) rows(table *dataset.Table) items {
	return rowItems(table.Rows, func(b []byte, row int) []byte { return s.appendRow(b, table, row) })
}

// Slug turns a table's name into a resource's.
func Slug(name string) string { return strings.ReplaceAll(name, "_", "-") }
