package dataset

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Conflict is something that two datasets made from the same one both changed, and not in the same way.
type Conflict struct {
	Table string // empty for dataset.json
	Key   string // that the record has in base, or else in the side that has it
	Field string // empty where it is about the record as a whole
	// Reason says what was done to the record as a whole.
	Reason string
	// Base, Ours and Theirs are the texts, with their places; a record that is not there has none.
	Base, Ours, Theirs Version
}

// Version is what one of the datasets of a Conflict has.
type Version struct {
	Known bool // the record is there
	Text  string
	Place Place
	// Edits are what a side of a Conflict about a whole record changed in it.
	Edits []Edit
}

// Edit is a cell of a record that a side changed.
type Edit struct {
	Field, Was, Is string
	Place          Place
}

// Merge takes the changes from base to theirs into ours: records by key, cells by column, dataset.json by key. Where only
// one side changed something its change is taken. Where both did the conflicts tell, and the merged dataset has ours.
//
// A record that a side gave another key is the same record: what names it follows, on both sides.
func Merge(base, ours, theirs *Dataset) (*Dataset, []Conflict, error) {
	m := newMerger(base, ours, theirs)
	merged := &Transcript{Metadata: m.metadata(), Tables: map[string]*TableTranscript{}}
	for i := range Schemas {
		merged.Tables[Schemas[i].Name] = m.table(&Schemas[i])
	}
	d, err := LoadTranscript(merged)
	return d, m.conflicts, err
}

type merger struct {
	base, ours, theirs mergeSide
	conflicts          []Conflict
}

// mergeSide is one of the datasets that are merged, with the keys that its records have in the merged one.
type mergeSide struct {
	*Dataset
	keys    map[string]map[string]string // the merged key of each that is another, by table
	renamed map[string]map[string]string // the keys that this side gave records of base, by table and key in base
}

// newMerger finds the records that a side gave another key. The other side, and base, have that key in the merged dataset too;
// where both sides gave one, that of ours counts.
func newMerger(base, ours, theirs *Dataset) *merger {
	m := &merger{}
	byOurs, byTheirs := renamedKeys(base, ours), renamedKeys(base, theirs)
	m.base = mergeSide{Dataset: base, keys: map[string]map[string]string{}}
	m.ours = mergeSide{Dataset: ours, keys: map[string]map[string]string{}, renamed: byOurs}
	m.theirs = mergeSide{Dataset: theirs, keys: map[string]map[string]string{}, renamed: byTheirs}
	for i := range Schemas {
		table := Schemas[i].Name
		all, both := maps.Clone(byTheirs[table]), map[string]string{}
		if all == nil {
			all = map[string]string{}
		}
		maps.Copy(all, byOurs[table])
		for key, theirKey := range byTheirs[table] {
			if ourKey, ok := byOurs[table][key]; ok && ourKey != theirKey {
				both[theirKey] = ourKey
			}
		}
		m.base.keys[table] = all
		m.ours.keys[table] = byTheirs[table]
		m.theirs.keys[table] = maps.Clone(byOurs[table])
		if len(both) > 0 {
			maps.Copy(m.theirs.keys[table], both)
		}
	}
	return m
}

// renamedKeys returns the keys that a dataset gave to records of an older one, by table, edited besides or not.
func renamedKeys(before, after *Dataset) map[string]map[string]string {
	keys := map[string]map[string]string{}
	for table, found := range compareKeysOf(before, after, (*comparison).findRenames, (*comparison).findEditedRenames).renames {
		keys[table] = found.keys
	}
	return keys
}

// key returns the key that a record has in the merged dataset.
func (s *mergeSide) key(schema *Schema, row int) string {
	return renamedKey(s.keys[schema.Name], s.Dataset.key(schema, row))
}

// version returns what a side has for a cell of a record that may not be there, with merged keys.
func (s *mergeSide) version(schema *Schema, row, column int) Version {
	if row < 0 {
		return Version{}
	}
	at, c := cellAt{schema, row, column}, &schema.Columns[column]
	text := s.cellText(at)
	switch {
	case c.Ref != "":
		text = followKeys(c, text, s.keys[c.Ref])
	case c.Key:
		text = renamedKey(s.keys[schema.Name], text)
	}
	return Version{Known: true, Text: text, Place: s.place(at)}
}

// ownKey returns the key of a record as its side has it.
func (s *mergeSide) ownKey(schema *Schema, row int) Version {
	if row < 0 {
		return Version{}
	}
	return Version{Known: true, Text: s.Dataset.key(schema, row), Place: s.place(cellAt{schema, row, 0})}
}

// edited returns the key of a record as its side has it, with what was edited since base.
func (m *merger) edited(schema *Schema, base int, side *mergeSide, row int) Version {
	version := side.ownKey(schema, row)
	if base < 0 || row < 0 {
		return version
	}
	for i, column := range schema.Curated() {
		was, is := m.base.version(schema, base, i), side.version(schema, row, i)
		if was.Text != is.Text && !column.Key {
			version.Edits = append(version.Edits, Edit{column.Name, was.Text, is.Text, is.Place})
		}
	}
	return version
}

// mergedRow is a record by its row in each dataset; -1 where it is not there.
type mergedRow struct{ base, ours, theirs int }

// table merges a table.
func (m *merger) table(schema *Schema) *TableTranscript {
	rows := map[string]mergedRow{}
	var keys []string
	for i, side := range []*mergeSide{&m.base, &m.ours, &m.theirs} {
		for row := range side.records(schema).count() {
			key := side.key(schema, row)
			at, seen := rows[key]
			if !seen {
				at, keys = mergedRow{-1, -1, -1}, append(keys, key)
			}
			place := []*int{&at.base, &at.ours, &at.theirs}[i]
			isTaken := *place >= 0
			*place = row
			if isTaken { // one side added a record under the key that the other gave to another one
				m.conflict(schema, at, "given a key that the other side gave to another record")
				continue
			}
			rows[key] = at
		}
	}
	slices.Sort(keys)
	m.holdAdded(schema, keys, rows)
	t := &TableTranscript{Whole: Place{File: schema.File()}, Header: columnNames(schema.Curated())}
	var kept []mergedRow
	var cells [][]string
	for _, key := range keys {
		at := rows[key]
		switch reason := m.rekeyed(schema, at); {
		case reason != "":
			m.conflict(schema, at, reason)
			if at.ours < 0 {
				continue
			}
			at.base, at.theirs = -1, -1 // ours as it is
		case !m.keeps(schema, at):
			continue
		}
		cells, kept = append(cells, m.cells(schema, key, at)), append(kept, at)
	}
	t.Count, t.Row = len(cells), func(row int) []string { return cells[row] }
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

// conflict adds a conflict about a whole record, told with the keys that it has.
func (m *merger) conflict(schema *Schema, at mergedRow, reason string) {
	c := Conflict{
		Table: schema.Name, Reason: reason,
		Base: m.base.ownKey(schema, at.base), Ours: m.edited(schema, at.base, &m.ours, at.ours), Theirs: m.edited(schema, at.base, &m.theirs, at.theirs),
	}
	c.Key = cmp.Or(c.Base.Text, c.Ours.Text, c.Theirs.Text)
	m.conflicts = append(m.conflicts, c)
}

// rekeyed returns what keeps another key of a record from being taken: what the other side did to it.
func (m *merger) rekeyed(schema *Schema, at mergedRow) (reason string) {
	if at.base < 0 {
		return ""
	}
	key := m.base.Dataset.key(schema, at.base)
	ourKey, byOurs := m.ours.renamed[schema.Name][key]
	theirKey, byTheirs := m.theirs.renamed[schema.Name][key]
	other, row := &m.theirs, at.theirs
	if byTheirs {
		other, row = &m.ours, at.ours
	}
	switch {
	case !byOurs && !byTheirs, byOurs && byTheirs && ourKey == theirKey:
		return ""
	case byOurs && byTheirs:
		return "given two keys"
	case row < 0:
		return "given another key on one side, and withdrawn on the other"
	case !m.equal(schema, at.base, other, row):
		return "given another key on one side, and edited on the other"
	default:
		return ""
	}
}

// equal reports whether a record of base is the same on a side, but for keys that are merged.
func (m *merger) equal(schema *Schema, base int, side *mergeSide, row int) bool {
	for i := range schema.Curated() {
		if m.base.version(schema, base, i).Text != side.version(schema, row, i).Text {
			return false
		}
	}
	return true
}

// holdAdded reports the records that both sides added under two keys. A key of several columns is no name.
func (m *merger) holdAdded(schema *Schema, keys []string, rows map[string]mergedRow) {
	if len(schema.keyColumns()) > 1 {
		return
	}
	added := map[string][]int{} // rows of ours by what they hold
	content := func(side *mergeSide, row int) string {
		var b []byte
		for i, c := range schema.Curated() {
			if !c.Key {
				b = append(strconv.AppendQuote(b, side.version(schema, row, i).Text), ' ')
			}
		}
		return string(b)
	}
	for _, key := range keys {
		if at := rows[key]; at.base < 0 && at.ours >= 0 && at.theirs < 0 {
			text := content(&m.ours, at.ours)
			added[text] = append(added[text], at.ours)
		}
	}
	if len(added) == 0 {
		return
	}
	for _, key := range keys {
		if at := rows[key]; at.base < 0 && at.ours < 0 {
			text := content(&m.theirs, at.theirs)
			if same := added[text]; len(same) > 0 {
				added[text] = same[1:]
				m.conflict(schema, mergedRow{-1, same[0], at.theirs}, "added under two keys")
			}
		}
	}
}

// keeps reports whether a record is there after all. It is not where one side removed it and the other left it alone.
func (m *merger) keeps(schema *Schema, at mergedRow) bool {
	switch {
	case at.ours >= 0 && at.theirs >= 0:
		return true
	case at.base < 0:
		return true // one side added it
	case at.ours >= 0 && !m.equal(schema, at.base, &m.ours, at.ours), at.theirs >= 0 && !m.equal(schema, at.base, &m.theirs, at.theirs):
		m.conflict(schema, at, "withdrawn on one side, and edited on the other")
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
			m.conflicts = append(m.conflicts, Conflict{Table: schema.Name, Key: key, Field: schema.Columns[i].Name, Base: base, Ours: ours, Theirs: theirs})
		}
	}
	return cells
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
		version := func(d *mergeSide, value json.RawMessage) Version {
			return Version{Known: value != nil, Text: metadataText(value).Text, Place: d.metadataPlace(path)}
		}
		m.conflicts = append(m.conflicts, Conflict{
			Field: path, Base: version(&m.base, base), Ours: version(&m.ours, ours), Theirs: version(&m.theirs, theirs),
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
