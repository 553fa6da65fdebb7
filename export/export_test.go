package export

import (
	"io"

	"haltsheet/dataset"
	"haltsheet/export/folder"
)

// NewFormat returns a format of some files, each of which a test writes with a function.
func NewFormat(name string, write func(path string, w io.Writer) error, paths ...string) *Format {
	return &Format{Name: name, files: func(*Book) (files []File) {
		for _, path := range paths {
			files = append(files, File{
				Resource: Resource{Name: name + "-" + path, Path: path},
				Write:    func(out *folder.File) error { return write(path, out) },
			})
		}
		return files
	}}
}

// ParquetCreatedBy names the program in Parquet.
const ParquetCreatedBy = parquetCreatedBy

// EncodeCSV writes the rows of a table as CSV.
func EncodeCSV(w io.Writer, table *dataset.Table) error {
	return plainCSV.rows(table).writeTo(w, func(int) {})
}

// EncodeJSONLines writes the rows of a table as JSON Lines.
func EncodeJSONLines(w io.Writer, table *dataset.Table) error {
	return jsonLines(table).writeTo(w, func(int) {})
}

// The words of the options of Parquet.
var (
	PartitionColumns    = partitionColumns
	ParquetCompressions = parquetCompressions
)
