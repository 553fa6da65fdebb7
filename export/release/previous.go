package release

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/plainfile"
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

// Open reads what a release folder says of itself. Its dataset is read already. A folder that was changed is refused,
// naming the file.
func Open(ctx context.Context, dir string, d *dataset.Dataset) (*Previous, error) {
	if err := folder.CheckIntact(ctx, dir); err != nil {
		return nil, err
	}
	p := &Previous{Dataset: d, schemas: map[string]*previousSchema{}, history: map[recordKey]seen{}}
	if err := p.readSchemas(dir); err != nil {
		return nil, err
	}
	return p, p.readHistory(dir)
}

func (p *Previous) readSchemas(dir string) error {
	name := filepath.Join(dir, folder.Descriptor)
	content, err := plainfile.Read(name, plainfile.Documents)
	if err != nil {
		return folder.DiskError(name, err)
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
		if r.MediaType == export.CSV.Type && r.Schema != nil {
			p.schemas[r.Name] = r.Schema
		}
	}
	return nil
}

// readHistory reads when each record was seen. An export has no history: its records are as old as itself.
func (p *Previous) readHistory(dir string) error {
	name := filepath.Join(dir, historyFile)
	content, err := plainfile.Read(name, plainfile.Documents)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return folder.DiskError(name, err)
	}
	for line := range bytes.Lines(content) {
		var h historyLine
		if err := json.Unmarshal(line, &h); err != nil {
			return &folder.Error{Path: name, Problem: "is not what haltsheet writes", Hint: "name another release", Err: err}
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
