package export

import (
	"slices"
)

// Format is one format that an export can have.
type Format struct {
	Name  string // as the command line takes it
	Title string
	// Files tells where its files are, for the documents.
	Files string
	// Default says that an export without a choice has it.
	Default bool
	// Flag names the flag that asks for it, where Formats are not asked for by name.
	Flag string

	passes int // how often it goes through the rows of a curated table
	write  func(out *folder, book *Book) error
}

// Formats are all formats in the order in which they are listed.
var Formats = []Format{
	{Name: "xlsx", Title: "Workbook", Files: "<name>.xlsx", Default: true, passes: 2, write: writeXLSX},
	{Name: "csv", Title: "CSV", Files: "csv/<table>.csv, csv/summary_<name>.csv, csv/dataset.json", Default: true, passes: 1, write: writeCSV},
	{Name: "json", Title: "JSON", Files: "json/<name>.json, json/<name>.schema.json, json/<table>.jsonl", Default: true, passes: 2, write: writeJSON},
	{Name: "parquet", Title: "Parquet", Files: "parquet/<table>.parquet, parquet/summary_<name>.parquet", passes: 1, write: writeParquet},
	{Name: "csv-excel", Title: "CSV for double-clicking", Files: "csv-excel/<table>.csv", Flag: "csv-excel", passes: 1, write: writeCSVExcel},
}

// FormatOf returns a format by name, or nil.
func FormatOf(name string) *Format {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &Formats[i]
}
