package export

import (
	"context"
	"io"
	"slices"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/sql"
	"haltsheet/export/verify"
	"haltsheet/export/workbook"
)

// Format is one format that an export can have.
type Format struct {
	Name  string // as the command line takes it
	Title string
	// Where tells where its files are, for the documents.
	Where string
	// Default says that an export without a choice has it.
	Default bool
	// Flag names the flag that asks for it, where Formats are not asked for by name.
	Flag string

	passes int  // how often it goes through the rows of a curated table
	linked bool // it has the link tables and the codebook too
	// files lists what the format makes of a book.
	files func(b *Book) []File
	// listing makes those files that list all others of an export, and so come after them; nil for none.
	listing func(b *Book) listing
}

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
		Default: true, passes: 1, linked: true, files: csvFiles,
	},
	{
		Name: "json", Title: "JSON", Where: "json/<name>.json, json/<name>.schema.json, json/<table>.jsonl",
		Default: true, passes: 2, files: jsonFiles,
	},
	{
		Name: "parquet", Title: "Parquet", Where: "parquet/<table>.parquet, parquet/summary_<name>.parquet, parquet/links/<name>.parquet, parquet/codebook_<name>.parquet",
		passes: 1, linked: true, files: parquetFiles,
	},
	{
		Name: "sql", Title: "SQL script", Where: "sql/<name>.sql",
		passes: 1, files: scriptFiles,
	},
	{
		Name: "csv-excel", Title: "CSV for double-clicking", Where: "csv-excel/<table>.csv",
		Flag: "csv-excel", passes: 1, files: excelFiles,
	},
	{
		Name: "page", Title: "Page to look at and to search", Where: "index.html, charts/<summary>.svg",
		passes: 1, files: chartFiles, listing: newPageListing,
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

// Files returns the files of the format that hold a book, in the order in which they are written.
func (f *Format) Files(b *Book) []File {
	files := f.files(b)
	if f.listing != nil {
		files = append(files, f.listing(b).files(nil)...)
	}
	return files
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

// listing is what a format makes of all other files of an export.
type listing interface {
	// prepare does what takes long and needs none of the others, so that it is done by then.
	prepare(ctx context.Context) error
	files(others []Resource) []File
}

// File is a file of a format in both directions: what it is, how it is written, and how it is read back and held to the book.
type File struct {
	Resource
	Write  func(out *folder.File) error
	Reader verify.Reader
}

// Resource is a file of an export, as the descriptor lists it.
type Resource struct {
	Name   string // unique in an export: lower-case words and hyphens
	Path   string // inside the export, with slashes
	Title  string
	Medium Medium
	Table  *dataset.Table // whose columns the file has; nil where that is not one table, or not as the table has them
	// Without is the column of the table that the file leaves out, because it stands in its path; empty for none.
	Without string
	Schema  *TableSchema // of a file that has records of its own, and no table
	Sheets  []Sheet      // the tables that stand on worksheets of the file

	// Bytes and Hash, SHA-256 in hexadecimal, are known when the file is written.
	Bytes int64
	Hash  string
}

// Medium is what kind of file something is.
type Medium struct {
	Type   string // IANA's media type
	IsText bool   // in UTF-8
	// Delimiter and LineEnd stand between the values and behind the records of delimited text, in which lists are texts; both
	// are empty for all else.
	Delimiter, LineEnd string
	// Suffix ends the names of the resources of the kind, each of which is a table.
	Suffix string
	// Format is by what libraries of Data Packages choose how to read it; empty for the ending of its path. It is a name that
	// they do not know where they would read it as a table and fail.
	Format string
}

// The kinds of files.
var (
	CSV       = Medium{Type: "text/csv", IsText: true, Delimiter: ",", LineEnd: "\n"}
	JSON      = Medium{Type: "application/json", IsText: true}
	JSONLines = Medium{Type: "application/jsonl", IsText: true, Suffix: "-jsonl"}
)

// Sheet is a worksheet of a file that holds a table.
type Sheet struct {
	Name      string
	Table     *dataset.Table
	HeaderRow int
}

// eachTable makes a file of every table of a book: the curated ones and then the summaries. Stem is the path of its
// file in the folder of the format, without the ending.
func eachTable(b *Book, fileOf func(table *dataset.Table, stem string) File) []File {
	files := make([]File, 0, len(b.Curated)+len(b.Summaries))
	for _, table := range b.Curated {
		files = append(files, fileOf(table, table.Name))
	}
	for _, table := range b.Summaries {
		files = append(files, fileOf(table, "summary_"+table.Name))
	}
	return files
}

// linkedTables makes a file of every table that eachTable does, and of the link tables and the codebook.
func linkedTables(b *Book, fileOf func(table *dataset.Table, stem string) File) []File {
	files := eachTable(b, fileOf)
	for _, table := range b.Links {
		files = append(files, fileOf(table, "links/"+table.Name))
	}
	for _, table := range b.Codebook {
		files = append(files, fileOf(table, table.Name))
	}
	return files
}

// workbookFiles is the workbook alone.
func workbookFiles(b *Book) []File {
	return bookFile(b, Resource{
		Name: "workbook", Path: b.Metadata.Name + ".xlsx", Title: "Workbook",
		Medium: Medium{Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	}, workbook.Write)
}

// openDocumentFiles is the workbook as an OpenDocument.
func openDocumentFiles(b *Book) []File {
	return bookFile(b, Resource{
		Name: "opendocument", Path: b.Metadata.Name + ".ods", Title: "OpenDocument spreadsheet", Medium: Medium{Type: workbook.OpenDocument},
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
