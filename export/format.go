package export

import (
	"context"
	"io"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/rows"
	"haltsheet/export/verify"
)

// Format is one format that an export can have.
type Format struct {
	Name  string // as the command line takes it
	Title string
	// Where tells where its files are, for the documents.
	Where string
	// Folders says of each folder that it makes what is in it, for the README of a release.
	Folders map[string]string
	// Default says that an export without a choice has it.
	Default bool
	// Flag names the flag that asks for it, where Formats are not asked for by name.
	Flag string
	// Options are what can be asked of it.
	Options []Option

	passes int  // how often it goes through the rows of a curated table
	linked bool // it has the link tables and the codebook too
	// files lists what the format makes of a book.
	files func(b *Book) []File
	// listing makes those files that list all others of an export, and so come after them; nil for none.
	listing func(b *Book) listing
}

// Option is a way in which a format can be asked to write a book.
type Option struct {
	Flag  string // that asks for it
	Usage string // as help tells it
	Kind  string // what its words are, in the singular
	Words func() []string
	Usual string // the word where nobody asks; empty for none
	Set   func(b *Book, word string)
}

// Files returns the files of the format that hold a book, in the order in which they are written.
func (f *Format) Files(b *Book) []File {
	files := f.files(b)
	if f.listing != nil {
		files = append(files, f.listing(b).files(nil)...)
	}
	return files
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
	// Former is the type by which programs know it that are older than IANA's; empty for the same.
	Former string
	// HasColumns says that such programs take columns of a table out of it by their names.
	HasColumns bool
	// InParts says that a table may be several files of the kind.
	InParts bool
	// control says in a dialect, as frictionless reads it, on which worksheet of such a file a table stands.
	control func(d *dialect, at *sheetControl)
}

// The kinds of files.
var (
	CSV       = Medium{Type: "text/csv", IsText: true, Delimiter: ",", LineEnd: "\n", HasColumns: true}
	JSON      = Medium{Type: "application/json", IsText: true}
	JSONLines = Medium{Type: "application/jsonl", IsText: true, Suffix: "-jsonl", Former: "application/jsonlines"}
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

// Create writes the file by a function, and fills in its size and hash.
func (r *Resource) Create(out *folder.Folder, write func(out *folder.File) error) error {
	file, err := out.WriteFile(r.Path, write)
	if err != nil {
		return err
	}
	r.Bytes, r.Hash = file.Bytes, file.Hash
	return nil
}

// items are what a file lists one after the other.
type items struct {
	count      int
	chunk      int // how many one worker encodes before the next one takes over
	appendItem func(b []byte, i int) []byte
	rows       func(from, to int) int // how many rows the items from one to behind another hold
}

// rowItems are the rows of a table, each as a function appends it.
func rowItems(count int, appendRow func(b []byte, row int) []byte) items {
	return items{count, rows.Chunk, appendRow, func(from, to int) int { return to - from }}
}

// writeTo writes the items in order, encoded by several workers, and tells of the rows that it wrote.
func (l items) writeTo(w io.Writer, wrote func(rows int)) error {
	written := 0
	for b, n := range rows.Encode(0, l.count, l.chunk, rows.Each(l.appendItem)) {
		if _, err := w.Write(b); err != nil {
			return err
		}
		wrote(l.rows(written, written+n))
		written += n
	}
	return nil
}
