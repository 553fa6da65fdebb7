package verify

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"haltsheet/dataset"
	"haltsheet/export"
)

// FolderRules are what a folder is held to that export or release wrote, beside the rules of its dataset and, for its
// workbook, the Rules.
var FolderRules = []Rule{
	{
		ID: "file-absent", Title: "Absent file", Severity: dataset.Error,
		Explanation: "Every file that is listed is there.", Hint: "export or release the dataset anew",
	},
	{
		ID: "file-extra", Title: "Foreign file", Severity: dataset.Error,
		Explanation: "No file is there that is not listed.", Hint: "move it away",
	},
	{
		ID: "checksum", Title: "Changed file", Severity: dataset.Error,
		Explanation: "Every file has the size and the SHA-256 that are listed.", Hint: "export or release the dataset anew",
	},
	{
		ID: "descriptor", Title: "Untrue description", Severity: dataset.Error,
		Explanation: "The lists of files agree with each other, and the descriptor and the JSON Schema with the data.", Hint: "export or release the dataset anew",
	},
	{
		ID: "unreadable", Title: "Unreadable file", Severity: dataset.Error,
		Explanation: "Every file can be read as what it is.", Hint: "export or release the dataset anew",
	},
	{
		ID: "mismatch", Title: "Formats that differ", Severity: dataset.Error,
		Explanation: "All formats hold the same records, with the derived columns and the totals that follow from them.",
		Hint:        "export or release the dataset anew",
	},
}

// Folder holds a folder that export or release wrote to what it says of itself, and returns what is off: files first, then
// the data, then the records of each format. Its workbook is held to a profile, or to its own without one. The error is
// that of a folder that is not there.
func Folder(ctx context.Context, dir, profile string) (dataset.Findings, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	f := &folder{ctx: ctx, dir: dir, profile: profile}
	f.checkFiles()
	if book := f.loadBook(); book != nil {
		f.book = book
		f.checkDescriptions()
		f.checkContents()
	}
	return f.findings, context.Cause(ctx)
}

// folder is a folder that is being verified.
type folder struct {
	ctx      context.Context
	dir      string
	profile  string   // of the workbook; empty for the one that it names
	paths    []string // of all files, with slashes, sorted
	book     *export.Book
	findings dataset.Findings
}

// report adds a finding of one of the FolderRules.
func (f *folder) report(rule string, finding dataset.Finding) {
	r := FolderRules[slices.IndexFunc(FolderRules, func(r Rule) bool { return r.ID == rule })]
	finding.Rule, finding.Severity, finding.Hint = r.ID, r.Severity, r.Hint
	f.findings = append(f.findings, finding)
}

// reportFile adds a finding about a whole file.
func (f *folder) reportFile(rule, path, message string) {
	f.report(rule, dataset.Finding{Place: dataset.Place{File: path}, Message: message})
}

func (f *folder) on(path string) string { return filepath.Join(f.dir, filepath.FromSlash(path)) }

func (f *folder) has(path string) bool { return slices.Contains(f.paths, path) }

// loadBook loads the dataset in csv, reports what Check finds in it, and returns the book that all files must agree
// with. It returns nil when there is no dataset to go by.
func (f *folder) loadBook() *export.Book {
	const tables = "csv"
	if !f.has(tables + "/" + dataset.MetadataFile) {
		return nil
	}
	d, err := dataset.Load(os.DirFS(f.on(tables)))
	if err != nil {
		f.reportFile("unreadable", tables, err.Error())
		return nil
	}
	failed := false
	for _, finding := range dataset.Check(d) {
		if finding.Severity == dataset.Error {
			failed = true
			finding.File = tables + "/" + finding.File
			f.findings = append(f.findings, finding)
		}
	}
	if failed {
		return nil
	}
	return f.asWritten(export.NewBook(d))
}

// asWritten gives a book the choices that its files show: whether and by what Parquet is partitioned.
func (f *folder) asWritten(book *export.Book) *export.Book {
	for _, column := range export.PartitionColumns() {
		for i := range dataset.Schemas {
			if found, err := filepath.Glob(f.on("parquet/" + dataset.Schemas[i].Name + "/" + column + "=*")); err == nil && len(found) > 0 {
				book.PartitionBy = column
			}
		}
	}
	return book
}

// checkDescriptions holds the descriptor and the JSON Schema to the data.
func (f *folder) checkDescriptions() {
	if content, err := os.ReadFile(f.on(descriptor)); err == nil {
		if want, err := export.Redescribe(f.book, content); err == nil {
			f.checkText(descriptor, content, want)
		}
	}
	if path := "json/" + f.book.Metadata.Name + ".schema.json"; f.has(path) {
		content, err := os.ReadFile(f.on(path))
		want, errWant := export.JSONSchema(f.book)
		if err == nil && errWant == nil {
			f.checkText(path, content, want)
		}
	}
	var index struct{ Name, Version, Digest string }
	if content, err := os.ReadFile(f.on(indexFile)); err == nil && json.Unmarshal(content, &index) == nil {
		if index.Digest != f.book.Digest || index.Version != f.book.Metadata.Version || index.Name != f.book.Metadata.Name {
			f.reportFile("descriptor", indexFile, "tells of another dataset or version than csv holds")
		}
	}
}

// checkText reports the first line in which a file is not what the data asks for.
func (f *folder) checkText(path string, got, want []byte) {
	if string(got) == string(want) {
		return
	}
	line, column := 1, 1
	for i := 0; i < min(len(got), len(want)) && got[i] == want[i]; i++ {
		if column++; got[i] == '\n' {
			line, column = line+1, 1
		}
	}
	f.report("descriptor", dataset.Finding{
		Place: dataset.Place{File: path, Line: line, Column: column}, Message: "is not what the data asks for",
	})
}
