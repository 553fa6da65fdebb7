package export

import (
	"io"
	"slices"

	"haltsheet/export/folder"
	"haltsheet/export/sql"
	"haltsheet/export/verify"
	"haltsheet/export/workbook"
)

// Formats are all formats in the order in which they are listed.
var Formats = []Format{
	{
		Name: "xlsx", Title: "Workbook", Where: "<name>.xlsx",
		Default: true, passes: 2, files: workbookFiles,
	},
	{
		Name: "ods", Title: "OpenDocument spreadsheet", Where: "<name>.ods",
		passes: 1, files: openDocumentFiles,
	},
	{
		Name: "csv", Title: "CSV", Where: "csv/<table>.csv, csv/summary_<name>.csv, csv/links/<name>.csv, csv/codebook_<name>.csv, csv/dataset.json",
		Folders: map[string]string{
			"csv":       "the tables as CSV, the summaries `summary_*.csv`, what columns and codes mean `codebook_*.csv`, and `dataset.json`: itself a dataset folder",
			"csv/links": "the lists taken apart, a row a member",
		},
		Default: true, passes: 1, linked: true, files: csvFiles,
	},
	{
		Name: "json", Title: "JSON", Where: "json/<name>.json, json/<name>.schema.json, json/<table>.jsonl",
		Folders: map[string]string{"json": "everything in one document with its JSON Schema, and each table as JSON Lines"},
		Default: true, passes: 2, files: jsonFiles,
	},
	{
		Name: "parquet", Title: "Parquet", Where: "parquet/<table>.parquet, parquet/summary_<name>.parquet, parquet/links/<name>.parquet, parquet/codebook_<name>.parquet",
		Folders: map[string]string{
			"parquet":       "the tables, the summaries and the codebook as Parquet",
			"parquet/links": "the lists taken apart, as Parquet",
		},
		Options: []Option{
			{
				Flag: "partition-by", Usage: "the `COLUMN` by which Parquet has halts and donations in folders, such as sector",
				Kind: "column", Words: partitionColumns, Set: func(b *Book, word string) { b.PartitionBy = word },
			},
			{
				Flag: "parquet-compression", Usage: "how to compress Parquet",
				Kind: "compression", Words: parquetCompressions, Usual: parquetCodecs[0].name, Set: func(b *Book, word string) { b.ParquetCompression = word },
			},
		},
		passes: 1, linked: true, files: parquetFiles,
	},
	{
		Name: "sql", Title: "SQL script", Where: "sql/<name>.sql",
		Folders: map[string]string{"sql": "a script that makes a database"},
		passes:  1, files: scriptFiles,
	},
	{
		Name: "csv-excel", Title: "CSV for double-clicking", Where: "csv-excel/<table>.csv",
		Folders: map[string]string{"csv-excel": "the tables for opening with a double click"},
		Flag:    "csv-excel", passes: 1, files: excelFiles,
	},
	{
		Name: "page", Title: "Page to look at and to search", Where: "index.html, charts/<summary>.svg",
		Folders: map[string]string{"charts": "the charts of the page"},
		passes:  1, files: chartFiles, listing: newPageListing,
	},
}

// FormatOf returns a format by name, or nil.
func FormatOf(name string) *Format {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &Formats[i]
}

// RowsIn returns how many rows it takes to write a book in some formats: some formats hold each of them twice.
func RowsIn(b *Book, formats []*Format) (rows int) {
	for _, format := range inOrder(formats) {
		for _, table := range b.Curated {
			rows += table.Rows * format.passes
		}
		for _, table := range b.Summaries {
			rows += table.Rows
		}
		if format.linked {
			for _, table := range slices.Concat(b.Links, b.Codebook) {
				rows += table.Rows
			}
		}
	}
	return rows
}

// inOrder returns formats in the order of Formats, each once.
func inOrder(formats []*Format) []*Format {
	rank := func(f *Format) int {
		return slices.IndexFunc(Formats, func(known Format) bool { return known.Name == f.Name })
	}
	formats = slices.Clone(formats)
	slices.SortStableFunc(formats, func(a, b *Format) int { return rank(a) - rank(b) })
	return slices.CompactFunc(formats, func(a, b *Format) bool { return a.Name == b.Name })
}

// workbookFiles is the workbook alone.
func workbookFiles(b *Book) []File {
	return bookFile(b, Resource{
		Name: "workbook", Path: b.Metadata.Name + ".xlsx", Title: "Workbook",
		Medium: Medium{
			Type:    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			control: func(d *dialect, at *sheetControl) { d.Excel = at },
		},
	}, workbook.Write)
}

// openDocumentFiles is the workbook as an OpenDocument.
func openDocumentFiles(b *Book) []File {
	return bookFile(b, Resource{
		Name: "opendocument", Path: b.Metadata.Name + ".ods", Title: "OpenDocument spreadsheet",
		Medium: Medium{Type: workbook.OpenDocument, control: func(d *dialect, at *sheetControl) { d.ODS = at }},
	}, workbook.WriteOpenDocument)
}

// bookFile is the workbook in one kind of file.
func bookFile(b *Book, r Resource, write func(out io.Writer, b *Book) error) []File {
	for _, table := range b.Curated {
		r.Sheets = append(r.Sheets, Sheet{workbook.SheetName(table), table, workbook.HeaderRow})
	}
	return []File{{Resource: r, Reader: verify.Spreadsheet, Write: func(out *folder.File) error { return write(out, b) }}}
}

// scriptFiles is the SQL script alone.
func scriptFiles(b *Book) []File {
	r := Resource{
		Name: "sql", Path: "sql/" + sql.File(b), Title: "SQL script",
		Medium: Medium{Type: "application/sql", IsText: true},
	}
	return []File{{Resource: r, Reader: sql.Reader, Write: func(out *folder.File) error { return sql.Write(out, b) }}}
}
