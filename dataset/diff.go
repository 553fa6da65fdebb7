package dataset

import (
	"cmp"
	"slices"
)

// Diff is what tells a dataset from an older one. Records are matched by key: their order tells nothing, nor do derived
// columns.
type Diff struct {
	Old, New *Dataset
	Tables   []TableDiff   // one for each of the Schemas, in order
	Metadata []FieldChange // of dataset.json, by path
	Figures  []FigureChange
}

// TableDiff is what tells a table from an older one. All lists are sorted by key.
type TableDiff struct {
	Schema   *Schema
	Old, New int // rows
	Added    []Record
	Removed  []Record
	Changed  []RecordChange
	Renamed  []Rename
}

// Record is a record of one of the datasets of a Diff.
type Record struct {
	Key   string
	Row   int   // from 0
	Place Place // of its first cell
}

// RecordChange is a record that both datasets have, with different cells.
type RecordChange struct {
	Key    string
	Fields []FieldChange // in the order of the columns
}

// FieldChange is one cell, or one value of dataset.json, that is different.
type FieldChange struct {
	Field    string // a column, or a path in dataset.json
	Type     Type
	Old, New Value
	OldPlace Place
	NewPlace Place
}

// Rename is a record that has another key and is the same in all else. Cells that name it are no changes as long as
// they follow.
type Rename struct {
	Old, New   Record
	References int // the cells that follow
}

// FigureChange is one of the key figures in both datasets.
type FigureChange struct {
	Figure   *Figure
	Old, New Value
}

// IsEmpty reports whether the datasets are the same.
func (d *Diff) IsEmpty() bool {
	return len(d.Metadata) == 0 && !slices.ContainsFunc(d.Tables, func(t TableDiff) bool { return !t.IsEmpty() })
}

// IsRecognizable reports whether the datasets are versions of one, and not two different ones: some of the records of the
// older one are there still, and of one with more than a few not just a tenth.
func (d *Diff) IsRecognizable() bool {
	rows, lost := d.Lost()
	return lost == 0 || lost < rows && (rows < fewRows || lost*10 <= rows*9)
}

// Lost returns how many records the older dataset has, and how many of them are not there any more.
func (d *Diff) Lost() (rows, lost int) {
	for i := range d.Tables {
		rows, lost = rows+d.Tables[i].Old, lost+len(d.Tables[i].Removed)
	}
	return rows, lost
}

// fewRows is how many records a dataset has at least of which a tenth tells something.
const fewRows = 10

// IsEmpty reports whether the tables are the same.
func (t *TableDiff) IsEmpty() bool {
	return len(t.Added) == 0 && len(t.Removed) == 0 && len(t.Changed) == 0 && len(t.Renamed) == 0
}

// Texts returns the old and the new value as CSV holds them.
func (c *FieldChange) Texts() (before, after string) {
	return string(c.Old.Append(nil, c.Type)), string(c.New.Append(nil, c.Type))
}

// Compare tells a dataset from an older one. Both must be free of errors.
func Compare(before, after *Dataset) *Diff {
	c := compareKeysOf(before, after, (*comparison).findRenames)
	diff := &Diff{Old: before, New: after, Metadata: compareMetadata(before, after)}
	for i := range c.tables {
		diff.Tables = append(diff.Tables, c.compareTable(&c.tables[i]))
	}
	for i := range Summaries {
		figures := Summaries[i].Figures
		for j := range figures {
			m := &figures[j].Measure
			diff.Figures = append(diff.Figures, FigureChange{&figures[j], before.figure(m), after.figure(m)})
		}
	}
	return diff
}

// compareKeysOf matches the records of two datasets, those with other keys too, as far as functions find these.
func compareKeysOf(before, after *Dataset, find ...func(c *comparison, m *tableMatch)) *comparison {
	c := &comparison{old: before, new: after, tables: make([]tableMatch, len(Schemas)), renames: map[string]renames{}}
	for i := range Schemas {
		c.tables[i] = c.match(&Schemas[i])
	}
	for _, i := range referredFirst() {
		for _, findIn := range find {
			findIn(c, &c.tables[i])
		}
	}
	return c
}

// comparison is a Diff in the making.
type comparison struct {
	old, new *Dataset
	tables   []tableMatch
	renames  map[string]renames // by table
}

// tableMatch tells which records of two tables have the same key.
type tableMatch struct {
	schema         *Schema
	pairs          [][2]int // rows of the old and the new record
	removed, added []int    // rows of the old and the new table
}

// match finds the records of a table that have the same key, going along both tables in the order of their keys.
func (c *comparison) match(schema *Schema) tableMatch {
	m := tableMatch{schema: schema}
	old, records := c.old.records(schema), c.new.records(schema)
	oldOrder, newOrder := c.old.inKeyOrder(schema), c.new.inKeyOrder(schema)
	before, after := 0, 0
	for before < old.count() || after < records.count() {
		order := 0
		switch {
		case before == old.count():
			order = 1
		case after == records.count():
			order = -1
		default:
			order = compareKeys(schema, old, oldOrder(before), records, newOrder(after))
		}
		switch {
		case order < 0:
			m.removed = append(m.removed, oldOrder(before))
			before++
		case order > 0:
			m.added = append(m.added, newOrder(after))
			after++
		default:
			m.pairs = append(m.pairs, [2]int{oldOrder(before), newOrder(after)})
			before, after = before+1, after+1
		}
	}
	return m
}

// compareTable lists what is different in a table.
func (c *comparison) compareTable(m *tableMatch) TableDiff {
	old, records := c.old.records(m.schema), c.new.records(m.schema)
	t := TableDiff{Schema: m.schema, Old: old.count(), New: records.count(), Renamed: c.renamed(m)}
	for _, pair := range m.pairs {
		if old.equal(pair[0], records, pair[1]) {
			continue
		}
		if fields := c.compareRecord(m.schema, pair); len(fields) > 0 {
			t.Changed = append(t.Changed, RecordChange{c.new.key(m.schema, pair[1]), fields})
		}
	}
	for _, row := range m.removed {
		t.Removed = append(t.Removed, c.old.record(m.schema, row))
	}
	for _, row := range m.added {
		t.Added = append(t.Added, c.new.record(m.schema, row))
	}
	byKey := func(a, b Record) int { return cmp.Compare(a.Key, b.Key) }
	slices.SortFunc(t.Removed, byKey)
	slices.SortFunc(t.Added, byKey)
	slices.SortFunc(t.Changed, func(a, b RecordChange) int { return cmp.Compare(a.Key, b.Key) })
	return t
}

// compareRecord lists the cells that are different in two records with the same key.
func (c *comparison) compareRecord(schema *Schema, pair [2]int) (fields []FieldChange) {
	curated, old, records := schema.Curated(), c.old.records(schema), c.new.records(schema)
	for i := range curated {
		column := &curated[i]
		before, after := old.cell(pair[0], i), records.cell(pair[1], i)
		if before == after || c.follow(column, before.Text) == after.Text && column.Ref != "" {
			continue
		}
		fields = append(fields, FieldChange{
			Field: column.Name, Type: column.Type, Old: before, New: after,
			OldPlace: c.old.place(cellAt{schema, pair[0], i}), NewPlace: c.new.place(cellAt{schema, pair[1], i}),
		})
	}
	return fields
}

// record returns a record as a Diff lists it.
func (d *Dataset) record(schema *Schema, row int) Record {
	return Record{d.key(schema, row), row, d.place(cellAt{schema, row, 0})}
}
