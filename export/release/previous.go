package release

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/audit"
	"haltsheet/export/folder"
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
)

// Previous is the release that a release is held against.
type Previous struct {
	Dataset *dataset.Dataset
	Gaps    []dataset.Gap // in which an older version's schema differs from today's

	dir     string
	schemas map[string]*previousSchema // of its CSV files, by the name of the resource
	history map[recordKey]recordDays
}

// previousSchema is what a descriptor says of a table.
type previousSchema struct{ Fields limits.Listed[previousField] }

type previousField struct {
	Name, Type  string
	Delimiter   string // between the members of a list, whatever the descriptor calls its type
	Constraints struct{ Enum []string }
}

// kind returns the type of the field in the words of the standard.
func (f *previousField) kind() string {
	if f.Delimiter != "" {
		return "list"
	}
	return f.Type
}

// recordKey tells a record from all others.
type recordKey struct{ table, key string }

// recordDays is when a record appeared and when it last changed, as days of releases.
type recordDays struct{ first, last string }

// Open reads a release. A folder that is no release, or not whole, is refused, naming the file: one that lacks something, was
// changed, or does not agree with itself would pass for a dataset that lost, gained or never had records.
func Open(ctx context.Context, dir string) (*Previous, error) {
	if _, err := os.Stat(filepath.Join(dir, folder.Descriptor)); errors.Is(err, fs.ErrNotExist) {
		return nil, &folder.Error{Path: dir, Problem: "is no release", Hint: wholeRelease, Err: err}
	}
	findings, err := audit.Lists(ctx, dir)
	if err != nil {
		return nil, folder.DiskError(dir, err)
	}
	if err := refuseFirst(dir, findings); err != nil {
		return nil, err
	}
	p := &Previous{dir: dir, schemas: map[string]*previousSchema{}, history: map[recordKey]recordDays{}}
	for _, step := range []func() error{p.readDataset, p.readSchemas, p.readIndex, p.readHistory} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p, context.Cause(ctx)
}

const wholeRelease = "name the folder of a whole release"

// refuse returns the error about a file of the release.
func (p *Previous) refuse(path, problem string, err error) error {
	return &folder.Error{Path: filepath.Join(p.dir, filepath.FromSlash(path)), Problem: problem, Hint: wholeRelease, Err: err}
}

// read reads a file of the release. absent says what is wrong when it is not there.
func (p *Previous) read(path, absent string) ([]byte, error) {
	content, err := plainfile.Read(filepath.Join(p.dir, path), limits.Document)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, p.refuse(path, absent, err)
	case err != nil:
		return nil, p.refuse(path, plainfile.Reason(err), err)
	}
	return content, nil
}

// refuseFirst returns the error about the first of some findings, and how many there are besides.
func refuseFirst(dir string, found dataset.Found) error {
	errs := dataset.Where(found, func(k dataset.Kind) bool {
		return k.Severity == dataset.Error && k.Rule != "count-below-minimum" // which a new version of the program may ask for
	})
	for first := range found.Told(errs[:min(len(errs), 1)]) {
		problem := first.Message
		if len(errs) > 1 {
			problem += fmt.Sprintf(", and %d more is wrong with this release", len(errs)-1)
		}
		return &folder.Error{Path: filepath.Join(dir, filepath.FromSlash(first.File)), Problem: problem, Hint: wholeRelease}
	}
	return nil
}

// readDataset reads the data, which must have no error but that its schema is older.
func (p *Previous) readDataset() (err error) {
	dir := filepath.Join(p.dir, folder.Data)
	if p.Dataset, err = dataset.Load(os.DirFS(dir)); err != nil {
		return p.refuse(folder.Data, err.Error(), err)
	}
	p.Gaps = p.Dataset.AcceptOlder(func(dataset.Gap) bool { return true })
	return refuseFirst(dir, dataset.Examine(p.Dataset))
}

// readIndex holds the index to the data. Where the columns are those of today, so is the digest of what stands in them.
func (p *Previous) readIndex() error {
	content, err := p.read(folder.Index, "is not there: this is an export, and no release")
	if err != nil {
		return err
	}
	var short releaseIndex
	if err := json.Unmarshal(content, &short); err != nil {
		return p.refuse(folder.Index, "is not what haltsheet writes", err)
	}
	m := &p.Dataset.Metadata
	if short.Name != m.Name || short.Version != m.Version || short.Released != m.Released {
		return p.refuse(folder.Index, "tells of another dataset or version than csv holds", nil)
	}
	if len(p.Gaps) == 0 && short.Digest != export.Digest(p.Dataset) {
		return p.refuse(folder.Index, "tells of other data than csv holds", nil)
	}
	return nil
}

func (p *Previous) readSchemas() error {
	content, err := p.read(folder.Descriptor, "is not there")
	if err != nil {
		return err
	}
	if err := p.parseSchemas(content); err != nil {
		return p.refuse(folder.Descriptor, err.Error(), err)
	}
	return nil
}

func (p *Previous) parseSchemas(descriptor []byte) error {
	var d struct {
		Resources limits.Listed[struct {
			Name, MediaType string
			Schema          *previousSchema
		}]
	}
	if err := json.Unmarshal(descriptor, &d); err != nil {
		return err
	}
	for _, r := range d.Resources {
		if r.MediaType == export.CSV.Type && r.Schema != nil {
			p.schemas[r.Name] = r.Schema
		}
	}
	return nil
}

// readHistory reads when each record was seen: one line for each, and none for any other.
func (p *Previous) readHistory() error {
	content, err := p.read(export.History, "is not there")
	if err != nil {
		return err
	}
	for line := range bytes.Lines(content) {
		var h historyLine
		if err := json.Unmarshal(line, &h); err != nil {
			return p.refuse(export.History, "is not what haltsheet writes", err)
		}
		if released := p.Dataset.Metadata.Released; h.FirstSeen > h.LastChanged || h.LastChanged > released {
			return p.refuse(export.History, fmt.Sprintf("has %.100s %.100s seen first on %.100s and changed last on %.100s, in a release of %s", h.Table, h.Key, h.FirstSeen, h.LastChanged, released), nil)
		}
		key := recordKey{h.Table, h.Key}
		if _, isTwice := p.history[key]; isTwice {
			return p.refuse(export.History, fmt.Sprintf("has %.100s %.100s twice", h.Table, h.Key), nil)
		}
		p.history[key] = recordDays{h.FirstSeen, h.LastChanged}
	}
	records := 0
	for i := range dataset.Schemas {
		table := p.Dataset.Table(&dataset.Schemas[i])
		for row := range table.Rows {
			key := recordKey{table.Name, keyAt(table, row)}
			if _, ok := p.history[key]; !ok {
				return p.refuse(export.History, fmt.Sprintf("does not have %s %s", key.table, key.key), nil)
			}
			records++
		}
	}
	if records < len(p.history) {
		return p.refuse(export.History, fmt.Sprintf("has %d records, where csv has %d", len(p.history), records), nil)
	}
	return nil
}

// seenAt returns when a record of the release was seen.
func (p *Previous) seenAt(key recordKey) recordDays { return p.history[key] }

// mustBe refuses a release of another dataset: of another name, or with hardly a record of this one.
func (p *Previous) mustBe(d *dataset.Dataset, diff *dataset.Diff) error {
	if before := p.Dataset.Metadata.Name; before != d.Metadata.Name {
		return &folder.Error{
			Path: p.dir, Problem: fmt.Sprintf("is a release of %q, not of %q", before, d.Metadata.Name),
			Hint: "name a release of the same dataset; one under a new name is a first release",
		}
	}
	if !diff.IsRecognizable() {
		return &folder.Error{
			Path: p.dir, Problem: "has hardly a record in common with the dataset", Hint: "name a release of the same dataset",
		}
	}
	return nil
}

// Around tells of releases that a first release to a folder would pass by: whether the folder itself is one that has a history from
// before it, and which folders beside it are releases of a dataset of the same name.
func Around(dir, name string) (replaced bool, beside []string) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return false, nil // writing tells of it
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return false, nil // likewise, or the folder is yet to be made
	}
	for _, entry := range entries {
		content, err := plainfile.Read(filepath.Join(filepath.Dir(path), entry.Name(), folder.Index), limits.Document)
		var short releaseIndex
		if err != nil || json.Unmarshal(content, &short) != nil || short.Name != name || short.Digest == "" {
			continue
		}
		if entry.Name() == filepath.Base(path) {
			replaced = short.Previous != ""
		} else {
			beside = append(beside, filepath.Join(filepath.Dir(dir), entry.Name()))
		}
	}
	return replaced, beside
}
