package export

import (
	"context"
	"io"

	"haltsheet/dataset"
)

// NewFormat returns a format that a test writes with a function.
func NewFormat(name string, write func(ctx context.Context, create func(path, content string) error) error) *Format {
	return &Format{Name: name, write: func(out *folder, _ *Book) error {
		return write(out.ctx, func(path, content string) error {
			return out.writeFile(resource{Name: name + "-" + path, Path: path}, []byte(content))
		})
	}}
}

// Swap exchanges two folders with two renames by way of a stage.
func Swap(stagePath, fresh, target string) error {
	return (&stage{path: stagePath}).swap(fresh, target)
}

// AppendJSONText appends a text as a JSON string.
var AppendJSONText = appendJSONText

// EncodeCSV writes the rows of a table as CSV.
func EncodeCSV(w io.Writer, table *dataset.Table) error {
	return plainCSV.rows(table).writeTo(w, func(int) {})
}

// EncodeJSONLines writes the rows of a table as JSON Lines.
func EncodeJSONLines(w io.Writer, table *dataset.Table) error {
	return jsonLines(table).writeTo(w, func(int) {})
}
