package export

import (
	"context"

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

// WriteCSVFile writes a table as CSV to a folder.
func WriteCSVFile(dir string, table *dataset.Table) error {
	return (&folder{ctx: context.Background(), stage: dir}).write(func(out *folder) error {
		return writeCSVTable(out, resource{Path: "csv/" + table.Name + ".csv"}, table, plainCSV)
	})
}

// WriteJSONLinesFile writes a table as JSON Lines to a folder.
func WriteJSONLinesFile(dir string, table *dataset.Table) error {
	return (&folder{ctx: context.Background(), stage: dir}).write(func(out *folder) error {
		return writeJSONLines(out, table)
	})
}
