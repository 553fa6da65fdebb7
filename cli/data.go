package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/intake"
	"haltsheet/export/plainfile"
	"haltsheet/export/readback"
	"haltsheet/fixtures"
)

// data is a dataset as the command line names it, ready to be loaded.
type data struct {
	name string // as it was asked for
	// load reads the dataset: bytes become typed records, every cell checked, every position kept.
	// A folder tells the step how far that has come.
	load func(s *step) (*intake.Reading, error)
	// folder is where its files are, for reports that point at them.
	folder string
	// own are the folders that no output may replace.
	own []string
}

// builtIn is the dataset that a command works on without DATA.
var builtIn = data{name: "fixtures", load: loader(fixtures.FS), folder: "fixtures"}

// builtInMetadata returns what dataset.json of the built-in dataset says. No table is read for that.
func builtInMetadata() (dataset.Metadata, error) { return dataset.LoadMetadata(fixtures.FS) }

// dataKind is one kind of thing that DATA may be.
type dataKind struct {
	is   func(path string, info fs.FileInfo) bool
	open func(path string) data
}

// dataKinds are all kinds. The first one that is the case counts.
var dataKinds = []dataKind{
	{is: isExportFolder, open: openExport},
	{is: isFolder, open: func(path string) data { return openFolder(path) }},
	{is: isWorkbook, open: openFile},
	{is: isFile(".json"), open: openFile},
}

// openData finds the dataset that the operands of a command name.
func openData(operands []string) (data, error) {
	if len(operands) == 0 {
		return builtIn, nil
	}
	path := operands[0]
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return data{}, &failure{fmt.Sprintf("there is no file or folder %q", path), "name a dataset folder, or leave it out for the built-in dataset"}
	}
	if err != nil {
		return data{}, unreadable(path, err)
	}
	for _, kind := range dataKinds {
		if kind.is(path, info) {
			from := kind.open(path)
			from.name = path
			return from, nil
		}
	}
	return data{}, &failure{fmt.Sprintf("%q is no dataset", path), "name a dataset folder, or what haltsheet export wrote"}
}

// openAndRead opens and reads the dataset that the operands of a command name.
func (p *program) openAndRead(ctx context.Context, operands []string) (*dataset.Dataset, data, error) {
	from, err := openData(operands)
	if err != nil {
		return nil, from, err
	}
	reading, err := p.read(ctx, &from)
	if err != nil {
		return nil, from, err
	}
	return reading.Dataset, from, nil
}

// openOlder opens and reads a dataset that may be of an older version, and says once what it lacks of the schema, or has
// besides.
func (p *program) openOlder(ctx context.Context, name string) (*dataset.Dataset, data, []dataset.Gap, error) {
	d, from, err := p.openAndRead(ctx, []string{name})
	if err != nil {
		return nil, from, nil, err
	}
	gaps := d.AcceptOlder(func(dataset.Gap) bool { return true })
	p.sayGaps(from.name, gaps)
	return d, from, gaps, nil
}

// sayGaps says what data of an older version lacks of the schema, or has besides.
func (p *program) sayGaps(name string, gaps []dataset.Gap) {
	for _, gap := range gaps {
		if !gap.IsSilent() {
			p.say("%s: %s", name, gap)
		}
	}
}

// read reads a dataset, and tells of a folder or file that cannot be read.
func (p *program) read(ctx context.Context, from *data) (*intake.Reading, error) {
	collectRarely(smallReading)
	s := &step{name: "Reading", amount: inBytes}
	reading, err := attempt(ctx, p, s, func() (*intake.Reading, error) { return from.load(s) })
	if _, told := errors.AsType[*folder.Error](err); err != nil && !told && !errors.Is(err, intake.ErrNoTable) && ctx.Err() == nil {
		err = unreadable(from.folder, err)
	}
	return reading, err
}

// hold holds a dataset to all rules.
func (p *program) hold(ctx context.Context, d *dataset.Dataset) (*dataset.Examination, error) {
	defer collectRarely(small)
	return during(ctx, p, newStep("Checking"), dataset.Examine, d)
}

// unreadable returns the error about a folder or file that the system does not give us.
func unreadable(path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		if name := filepath.Base(at.Path); name != "." && name != filepath.Base(path) {
			path = filepath.Join(path, name)
		}
		err = at.Err
	}
	hint := "take another copy of it, or name a smaller one"
	switch {
	case errors.Is(err, fs.ErrPermission):
		hint = "allow yourself to read it, or name another one"
	case errors.Is(err, plainfile.ErrOther):
		hint = "name a plain file"
	case errors.Is(err, fs.ErrNotExist):
		hint = "name one that is there"
	}
	return &failure{fmt.Sprintf("cannot read %q: %v", path, err), hint}
}

func openFolder(path string, own ...string) data {
	return data{load: loader(os.DirFS(path)), folder: path, own: append(own, path)}
}

func loader(folder fs.FS) func(*step) (*intake.Reading, error) {
	return func(s *step) (*intake.Reading, error) {
		d, err := dataset.Load(watch(folder, s))
		return &intake.Reading{Dataset: d}, err
	}
}

// openFile opens a workbook or a JSON document.
func openFile(path string) data {
	return data{load: func(*step) (*intake.Reading, error) { return readback.File(path) }, folder: filepath.Dir(path), own: []string{path}}
}

// openExport opens what holds the dataset in the folder of an export.
func openExport(path string) data {
	inside := readback.Find(path)
	if info, err := os.Stat(inside); err == nil && info.IsDir() {
		return openFolder(inside, path)
	}
	from := openFile(inside)
	from.own = append(from.own, path)
	return from
}

func isExportFolder(path string, info fs.FileInfo) bool {
	return info.IsDir() && readback.Find(path) != ""
}

func isFolder(_ string, info fs.FileInfo) bool { return info.IsDir() }

func isWorkbook(path string, info fs.FileInfo) bool {
	return info.Mode().IsRegular() && readback.IsWorkbook(path)
}

func isFile(extension string) func(string, fs.FileInfo) bool {
	return func(path string, info fs.FileInfo) bool {
		return info.Mode().IsRegular() && strings.EqualFold(filepath.Ext(path), extension)
	}
}
