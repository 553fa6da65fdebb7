// Package readback reads the files of an export back: workbooks and JSON documents into a dataset, with what was typed into
// them undone where a spreadsheet changed it, and Parquet files record by record.
package readback

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/intake"
)

// File reads a workbook or a JSON document. What is wrong with the data is kept for dataset.Check; the error tells of
// a file that is neither.
func File(name string) (*intake.Reading, error) {
	if IsWorkbook(name) {
		return readXLSX(name, nil)
	}
	return readJSON(name, nil)
}

// IsWorkbook reports whether a file is a workbook by its name, macros and templates included.
func IsWorkbook(name string) bool {
	return slices.Contains([]string{".xlsx", ".xlsm", ".xltx", ".xltm", ".ods", ".ots"}, strings.ToLower(filepath.Ext(name)))
}

// Find returns what holds the dataset in the folder of an export: the folder csv, else the JSON document, else the
// workbook. It returns nothing for any other folder.
func Find(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, folder.Descriptor)); err != nil {
		return ""
	}
	csv := filepath.Join(dir, folder.Data)
	if _, err := os.Stat(filepath.Join(csv, dataset.MetadataFile)); err == nil {
		return csv
	}
	for _, pattern := range []string{filepath.Join("json", "*.json"), "*.xlsx", "*.ods"} {
		files, _ := filepath.Glob(filepath.Join(escapeGlob(dir), pattern))
		files = slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, ".schema.json") })
		if len(files) == 1 {
			return files[0]
		}
	}
	return ""
}

// escapeGlob returns a pattern that matches only the path.
func escapeGlob(path string) string {
	if filepath.Separator == '\\' {
		return path // where a backslash separates folders, it cannot escape
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// refuse returns the error about a file that is no dataset.
func refuse(name, problem, hint string) error {
	return &folder.Error{Path: name, Problem: problem, Hint: hint}
}

const fromExport = "name a file that haltsheet export wrote"

// curatedColumn returns the place of a column among the curated ones by name; isKnown is true for derived ones too.
func curatedColumn(schema *dataset.Schema, name string) (column int, isKnown bool) {
	i := slices.IndexFunc(schema.Columns, func(c dataset.Column) bool { return c.Name == name })
	if i >= len(schema.Curated()) {
		return -1, true
	}
	return i, i >= 0
}
