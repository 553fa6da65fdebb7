package dataset

import (
	"encoding/json"
	"slices"
	"strings"
)

// Conflict is something that two datasets made from the same one both changed, and not in the same way.
type Conflict struct {
	Table string // empty for dataset.json
	Key   string
	Field string // empty where one side removed the record and the other changed it
	// Base, Ours and Theirs are the texts, with their places; a record that is not there has none.
	Base, Ours, Theirs Version
}

// Version is what one of the datasets of a Conflict has.
type Version struct {
	Known bool // the record is there
	Text  string
	Place Place
}

// Merge takes the changes from base to theirs into ours: records by key, cells by column, dataset.json by key. Where only
// one side changed something its change is taken. Where both did the conflicts tell, and the merged dataset has ours.
func Merge(base, ours, theirs *Dataset) (*Dataset, []Conflict, error) {
	m := merger{base: base, ours: ours, theirs: theirs}
	merged := &Transcript{Metadata: m.metadata(), Tables: map[string]*TableTranscript{}}
	for i := range Schemas {
		merged.Tables[Schemas[i].Name] = m.table(&Schemas[i])
	}
	d, err := LoadTranscript(merged)
	return d, m.conflicts, err
}

type merger struct {
	base, ours, theirs *Dataset
	conflicts          []Conflict
}

// mergedRow is a record by its row in each dataset; -1 where it is not there.
type mergedRow struct{ base, ours, theirs int }

// table merges a table.
func (m *merger) table(schema *Schema) *TableTranscript {
	rows := map[string]mergedRow{}
	var keys []string
	for i, d := range []*Dataset{m.base, m.ours, m.theirs} {
		for row := range d.records(schema).count() {
			key := d.key(schema, row)
			at, seen := rows[key]
			if !seen {
				at, keys = mergedRow{-1, -1, -1}, append(keys, key)
			}
			*[]*int{&at.base, &at.ours, &at.theirs}[i] = row
			rows[key] = at
		}
	}
	slices.Sort(keys)
	t := &TableTranscript{Whole: Place{File: schema.File()}, Header: columnNames(schema.Curated())}
	var kept []mergedRow
	for _, key := range keys {
		if at := rows[key]; m.keeps(schema, key, at) {
			t.Rows, kept = append(t.Rows, m.cells(schema, key, at)), append(kept, at)
		}
	}
	t.Place = func(row, field int) Place {
		switch {
		case row < 0:
			return t.Whole
		case kept[row].theirs >= 0:
			return m.theirs.place(cellAt{schema, kept[row].theirs, field})
		default:
			return m.ours.place(cellAt{schema, kept[row].ours, field})
		}
	}
	return t
}

// keeps reports whether a record is there after all. It is not where one side removed it and the other left it alone.
func (m *merger) keeps(schema *Schema, key string, at mergedRow) bool {
	equal := func(d *Dataset, row int) bool {
		return m.base.records(schema).equal(at.base, d.records(schema), row)
	}
	switch {
	case at.ours >= 0 && at.theirs >= 0:
		return true
	case at.base < 0:
		return true // one side added it
	case at.ours >= 0 && !equal(m.ours, at.ours), at.theirs >= 0 && !equal(m.theirs, at.theirs):
		m.conflicts = append(m.conflicts, Conflict{
			Table: schema.Name, Key: key, Base: m.base.version(schema, at.base, 0), Ours: m.ours.version(schema, at.ours, 0), Theirs: m.theirs.version(schema, at.theirs, 0),
		})
		return at.ours >= 0
	default:
		return false
	}
}

// cells merges the cells of a record that at least one side has.
func (m *merger) cells(schema *Schema, key string, at mergedRow) []string {
	cells := make([]string, len(schema.Curated()))
	for i := range cells {
		base, ours, theirs := m.base.version(schema, at.base, i), m.ours.version(schema, at.ours, i), m.theirs.version(schema, at.theirs, i)
		switch {
		case !ours.Known:
			cells[i] = theirs.Text
		case !theirs.Known, ours.Text == theirs.Text, theirs.Text == base.Text:
			cells[i] = ours.Text
		case ours.Text == base.Text:
			cells[i] = theirs.Text
		default:
			cells[i] = ours.Text
			m.conflicts = append(m.conflicts, Conflict{schema.Name, key, schema.Columns[i].Name, base, ours, theirs})
		}
	}
	return cells
}

// version returns what a dataset has for a cell of a record that may not be there.
func (d *Dataset) version(schema *Schema, row, column int) Version {
	if row < 0 {
		return Version{}
	}
	at := cellAt{schema, row, column}
	return Version{true, d.cellText(at), d.place(at)}
}

// metadata merges dataset.json: objects by key, all other values as a whole.
func (m *merger) metadata() *MetadataTranscript {
	text := m.value("", metadataValue(&m.base.Metadata), metadataValue(&m.ours.Metadata), metadataValue(&m.theirs.Metadata))
	return &MetadataTranscript{Text: string(text), Place: func(path string, _ int) Place { return m.theirs.metadataPlace(path) }}
}

// value merges one value of dataset.json; nil is a value that is not there.
func (m *merger) value(path string, base, ours, theirs json.RawMessage) json.RawMessage {
	switch {
	case equalJSON(ours, theirs), equalJSON(theirs, base):
		return ours
	case equalJSON(ours, base):
		return theirs
	}
	oursMembers, theirsMembers := members(ours), members(theirs)
	if oursMembers == nil || theirsMembers == nil {
		version := func(d *Dataset, value json.RawMessage) Version {
			return Version{value != nil, metadataText(value).Text, d.metadataPlace(path)}
		}
		m.conflicts = append(m.conflicts, Conflict{
			Field: path, Base: version(m.base, base), Ours: version(m.ours, ours), Theirs: version(m.theirs, theirs),
		})
		return ours
	}
	merged := []byte{'{'}
	for _, name := range memberNames(oursMembers, theirsMembers) {
		value := m.value(strings.TrimPrefix(path+"/"+name, "/"), memberOf(members(base), name), memberOf(oursMembers, name), memberOf(theirsMembers, name))
		if value == nil {
			continue
		}
		if len(merged) > 1 {
			merged = append(merged, ',')
		}
		merged = append(append(appendJSONString(merged, name), ':'), value...)
	}
	return append(merged, '}')
}
