package verify

import (
	"context"
	"os"
	"path/filepath"

	"haltsheet/dataset"
	data "haltsheet/export/book"
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
)

// File is a file of an export that is held to the book, of which it must have the records.
type File struct {
	Path string // inside the export, with slashes
	Book *data.Book
	// Shows is how the file shows a text, where that is not as it is. The Reader sets it before it reads records.
	Shows func(text string) string

	ctx      context.Context
	dir      string       // of the export
	profile  data.Profile // of a workbook; empty for the one that it names
	dataOnly bool         // and not the look of a workbook
	findings dataset.Findings
}

// Reader reads a file by means of its own, never by writing it again, and reports where it is not what the book asks for.
// The error is that of a file that cannot be read as what it is.
type Reader func(f *File) error

// The rules that readers report.
const (
	Mismatch   = "mismatch"
	Descriptor = "descriptor"
	Unreadable = "unreadable"
)

// Hold holds a file of an export to the book and returns what is off. A workbook is held to the Rules of a profile besides,
// or to its own without one.
func Hold(ctx context.Context, dir, path string, profile data.Profile, b *data.Book, read Reader) dataset.Findings {
	return (&File{Path: path, Book: b, ctx: ctx, dir: dir, profile: profile}).hold(read)
}

// HoldData does so, but for the Rules of workbooks.
func HoldData(ctx context.Context, dir, path string, b *data.Book, read Reader) dataset.Findings {
	return (&File{Path: path, Book: b, ctx: ctx, dir: dir, dataOnly: true}).hold(read)
}

func (f *File) hold(read Reader) dataset.Findings {
	if err := read(f); err != nil {
		f.Report(Unreadable, dataset.Finding{Message: err.Error()})
	}
	return f.findings
}

// Open opens the file.
func (f *File) Open() (*os.File, error) { return plainfile.Open(f.name()) }

// Read returns the content of a file that is read as a whole.
func (f *File) Read() ([]byte, error) { return plainfile.Read(f.name(), limits.Document) }

func (f *File) name() string { return filepath.Join(f.dir, filepath.FromSlash(f.Path)) }

// Stopped returns why reading should end early, and nil as long as it should not.
func (f *File) Stopped() error { return f.ctx.Err() }

// Report adds a finding about the file, by the id of its rule.
func (f *File) Report(rule string, finding dataset.Finding) {
	finding.Rule, finding.File = rule, f.Path
	f.findings = append(f.findings, finding)
}
