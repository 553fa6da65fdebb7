package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"haltsheet/dataset"
)

// Previous is the release, or the export, that a release is held against.
type Previous struct {
	Dataset *dataset.Dataset

	schemas map[string]*previousSchema // of its CSV files, by the name of the resource
	history map[recordKey]seen
}

// previousSchema is what a descriptor says of a table.
type previousSchema struct {
	Fields []struct {
		Name, Type  string
		Constraints struct{ Enum []string }
	}
}

// recordKey tells a record from all others.
type recordKey struct{ table, key string }

// seen is when a record appeared and when it last changed, as days of releases.
type seen struct{ first, last string }

// OpenPrevious reads what a release folder says of itself. Its dataset is read already. A folder that was changed is
// refused, naming the file.
func OpenPrevious(ctx context.Context, dir string, d *dataset.Dataset) (*Previous, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil, diskError(dir, err)
	}
	t := &target{shown: filepath.Clean(dir), path: path, intact: map[string]fs.FileInfo{}}
	info, err := os.Lstat(path)
	if err != nil {
		return nil, diskError(t.shown, err)
	}
	if err := t.checkFolder(ctx, info); err != nil {
		return nil, err
	}
	p := &Previous{Dataset: d, schemas: map[string]*previousSchema{}, history: map[recordKey]seen{}}
	if err := p.readSchemas(t); err != nil {
		return nil, err
	}
	return p, p.readHistory(t)
}

func (p *Previous) readSchemas(t *target) error {
	content, err := os.ReadFile(filepath.Join(t.path, descriptorFile))
	if err != nil {
		return diskError(filepath.Join(t.shown, descriptorFile), err)
	}
	return p.parseSchemas(content)
}

func (p *Previous) parseSchemas(descriptor []byte) error {
	var d struct {
		Resources []struct {
			Name, MediaType string
			Schema          *previousSchema
		}
	}
	if err := json.Unmarshal(descriptor, &d); err != nil {
		return err
	}
	for _, r := range d.Resources {
		if r.MediaType == mediaCSV && r.Schema != nil {
			p.schemas[r.Name] = r.Schema
		}
	}
	return nil
}

// readHistory reads when each record was seen. An export has no history: its records are as old as itself.
func (p *Previous) readHistory(t *target) error {
	content, err := os.ReadFile(filepath.Join(t.path, historyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return diskError(filepath.Join(t.shown, historyFile), err)
	}
	for line := range bytes.Lines(content) {
		var h historyLine
		if err := json.Unmarshal(line, &h); err != nil {
			return &Error{Path: filepath.Join(t.shown, historyFile), Problem: "is not what haltsheet writes", Hint: "name another release", Err: err}
		}
		p.history[recordKey{h.Table, h.Key}] = seen{h.FirstSeen, h.LastChanged}
	}
	return nil
}

// seenAt returns when a record of the release was seen.
func (p *Previous) seenAt(key recordKey) seen {
	if s, ok := p.history[key]; ok {
		return s
	}
	return seen{p.Dataset.Metadata.Released, p.Dataset.Metadata.Released}
}
