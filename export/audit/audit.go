// Package audit holds a folder that export or release wrote to what it says of itself: the files to the lists of them, the data to
// its rules, and the records of every format to the data.
package audit

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
	"haltsheet/export/turns"
	"haltsheet/export/verify"
)

// Rules are what a folder is held to that export or release wrote, beside the rules of its dataset and, for its workbook,
// those of package verify.
var Rules = []verify.Rule{
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
		ID: verify.Descriptor, Title: "Untrue description", Severity: dataset.Error,
		Explanation: "The lists of files agree with each other, and the descriptor and the JSON Schema with the data.", Hint: "export or release the dataset anew",
	},
	{
		ID: verify.Unreadable, Title: "Unreadable file", Severity: dataset.Error,
		Explanation: "Every file can be read as what it is.", Hint: "export or release the dataset anew",
	},
	{
		ID: verify.Mismatch, Title: "Formats that differ", Severity: dataset.Error,
		Explanation: "All formats hold the same records, with the derived columns and the totals that follow from them.",
		Hint:        "export or release the dataset anew",
	},
}

// Folder holds a folder that export or release wrote to what it says of itself, and returns what is off: files first, then
// the data, then the records of each format. Its workbook is held to a profile, or to its own without one. The error is
// that of a folder that is not there.
func Folder(ctx context.Context, dir string, profile export.Profile) (dataset.Found, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	f := &audited{ctx: ctx, dir: dir}
	f.check(func(path string, read verify.Reader) dataset.Findings {
		return verify.Hold(ctx, dir, path, profile, f.book, read)
	})
	return f.found(), context.Cause(ctx)
}

// Data does the same, but does not ask how a workbook looks: of what Folder finds it returns all but what the Rules of package verify
// find.
func Data(ctx context.Context, dir string) (dataset.Found, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	f := &audited{ctx: ctx, dir: dir}
	f.check(func(path string, read verify.Reader) dataset.Findings {
		return verify.HoldData(ctx, dir, path, f.book, read)
	})
	return f.found(), context.Cause(ctx)
}

// Lists holds a folder only to its lists of files, and returns what is off: which files are there, with which sizes and hashes.
// That is all that can be asked of one that another version of the program wrote.
func Lists(ctx context.Context, dir string) (dataset.Found, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	f := &audited{ctx: ctx, dir: dir}
	f.checkFiles()
	return f.found(), context.Cause(ctx)
}

// audited is a folder that is being verified.
type audited struct {
	ctx      context.Context
	dir      string
	paths    []string // of all files, with slashes, sorted
	listed   map[string]bool
	book     *export.Book // that the files must agree with
	findings dataset.FindingLog
	data     dataset.Found // what is wrong with the dataset, which is all there is then behind the findings of files
}

// check holds the folder to what it says of itself, and the content of its files to the book by a function.
func (f *audited) check(hold func(path string, read verify.Reader) dataset.Findings) {
	f.checkFiles()
	if book := f.loadBook(); book != nil {
		f.book = book
		f.checkDescriptions(hold)
		f.checkContents(hold)
	}
}

// found returns what is off.
func (f *audited) found() dataset.Found {
	if f.data == nil {
		return &f.findings
	}
	return dataset.Joined{&f.findings, f.data}
}

// report adds findings, with what the Rules say of theirs.
func (f *audited) report(findings ...dataset.Finding) {
	for _, finding := range findings {
		if i := slices.IndexFunc(Rules, func(r verify.Rule) bool { return r.ID == finding.Rule }); i >= 0 {
			finding.Severity, finding.Hint = Rules[i].Severity, Rules[i].Hint
		}
		f.findings.Add(finding)
	}
}

// reportFile adds a finding about a whole file.
func (f *audited) reportFile(rule, path, message string) {
	f.report(dataset.Finding{Rule: rule, Place: dataset.Place{File: path}, Message: message})
}

func (f *audited) on(path string) string { return filepath.Join(f.dir, filepath.FromSlash(path)) }

func (f *audited) has(path string) bool {
	_, is := slices.BinarySearch(f.paths, path)
	return is
}

// loadBook loads the dataset in csv, reports what Check finds in it, and returns the book that all files must agree
// with. It returns nil when there is no dataset to go by.
func (f *audited) loadBook() *export.Book {
	if !f.has(folder.Data + "/" + dataset.MetadataFile) {
		return nil
	}
	d, err := dataset.Load(os.DirFS(f.on(folder.Data)))
	if err != nil {
		f.reportFile("unreadable", folder.Data, err.Error())
		return nil
	}
	isError := func(k dataset.Kind) bool { return k.Severity == dataset.Error }
	errs := dataset.Choose(dataset.Examine(d), isError, func(file string) string { return folder.Data + "/" + file })
	if errs.Len() > 0 {
		f.data = errs
		return nil
	}
	book := export.NewBook(d)
	book.PartitionBy = export.PartitionedBy(f.paths) // the one option that is to be seen in what files there are
	return book
}

// checkDescriptions holds the descriptor and the index to the data.
func (f *audited) checkDescriptions(hold func(path string, read verify.Reader) dataset.Findings) {
	if content, err := plainfile.Read(f.on(folder.Descriptor), limits.Document); err == nil {
		f.report(hold(folder.Descriptor, verify.Text(func(b *export.Book) ([]byte, error) { return export.Redescribe(b, content) }))...)
	}
	var index struct{ Name, Version, Digest string }
	if content, err := plainfile.Read(f.on(folder.Index), limits.Document); err == nil && json.Unmarshal(content, &index) == nil {
		if index.Digest != f.book.Digest || index.Version != f.book.Metadata.Version || index.Name != f.book.Metadata.Name {
			f.reportFile(verify.Descriptor, folder.Index, "tells of another dataset or version than csv holds")
		}
	}
}

// checkWhole reports the files of a format that are listed nowhere and not there, if others of it are there.
func (f *audited) checkWhole(format *export.Format, files []export.File) {
	isThere := func(file export.File) bool { return f.has(file.Path) }
	if !slices.ContainsFunc(files, isThere) {
		return
	}
	for i := range files {
		if path := files[i].Path; !f.has(path) && !f.listed[path] {
			f.reportFile("file-absent", path, "belongs to the format "+format.Name+", and is not there")
		}
	}
}

// checkContents holds the files of all formats to the data, as many at once as there are processors. What lies among them, and
// no format writes, holds nothing of the data.
func (f *audited) checkContents(hold func(path string, read verify.Reader) dataset.Findings) {
	files := map[string]*export.File{}
	folders := map[string]bool{}
	for i := range export.Formats {
		made := export.Formats[i].Files(f.book)
		for j := range made {
			files[made[j].Path] = &made[j]
			if top, _, isInside := strings.Cut(made[j].Path, "/"); isInside {
				folders[top] = true
			}
		}
		f.checkWhole(&export.Formats[i], made)
	}
	found := make([]dataset.Findings, len(f.paths))
	turns.Run(len(f.paths), func(i int) {
		path := f.paths[i]
		if file := files[path]; file != nil && f.ctx.Err() == nil {
			found[i] = hold(path, file.Reader)
		} else if top, _, _ := strings.Cut(path, "/"); file == nil && folders[top] {
			found[i] = dataset.Findings{{Rule: verify.Mismatch, Place: dataset.Place{File: path}, Message: "holds no table of the data"}}
		}
	})
	for _, findings := range found {
		f.report(findings...)
	}
}
