package exporttest

import (
	"archive/zip"
	"io/fs"
	"slices"

	"haltsheet/dataset"
)

// ShownAt returns which column of its worksheet a column of a table is, from 1.
func ShownAt(table *dataset.Table, column int) int {
	order, _ := table.InWords().Shown()
	return slices.Index(order, column) + 1
}

// Parts returns the parts of a workbook, and their names in order.
func Parts(t TB, name string) (names []string, parts map[string]string) {
	t.Helper()
	archive, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }() // it was only read
	parts = map[string]string{}
	for _, file := range archive.File {
		content, err := fs.ReadFile(archive, file.Name)
		if err != nil {
			t.Fatal(err)
		}
		names, parts[file.Name] = append(names, file.Name), string(content)
	}
	return names, parts
}
