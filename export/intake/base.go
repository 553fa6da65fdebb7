package intake

import (
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/defuse"
)

// Base is the dataset that a file was made from, if that is known. By it, what somebody changed is told from what the file had
// already. A nil Base knows nothing.
type Base struct {
	dataset *dataset.Dataset
	// IsOrigin reports whether the file was made from exactly this dataset; nil where that is not known. Only then must a word that
	// differs from the dataset have been written by somebody.
	IsOrigin func() bool
	// IsTaken reports whether the dataset already has what the words of the file say: it was imported before. It may be nil.
	IsTaken func() bool
	tables  map[string]*baseTable
}

// NewBase returns the base of a dataset.
func NewBase(d *dataset.Dataset) *Base { return &Base{dataset: d, tables: map[string]*baseTable{}} }

// baseTable finds the records of a table by key.
type baseTable struct {
	base  *Base
	table *dataset.Table // as worksheets have it
	keys  []int          // the columns of the key
	next  int            // the row behind the one that was found last: mostly the one that is looked for next
	rows  map[string]int // by key, made when a record is not the next
	cell  []byte         // memory for what is no text where it stands
}

// of returns a table.
func (b *Base) of(schema *dataset.Schema) *baseTable {
	if b == nil {
		return nil
	}
	t := b.tables[schema.Name]
	if t == nil {
		t = &baseTable{base: b, table: b.dataset.Table(schema).InWords()}
		for i := range schema.Curated() {
			if schema.Columns[i].Key {
				t.keys = append(t.keys, i)
			}
		}
		b.tables[schema.Name] = t
	}
	return t
}

// find returns the row with the key of a record, given as cells in the order of the schema, or -1. White space at the edges of
// the key does not count.
func (t *baseTable) find(cells []string) int {
	if t == nil {
		return -1
	}
	if t.next < t.table.Rows && t.isKey(t.next, cells) {
		t.next++
		return t.next - 1
	}
	return t.findKey(keyOf(t.keys, func(column int) string { return trimmed(defuse.Original(cells[column])) }))
}

// isKey reports whether a row has the key of a record.
func (t *baseTable) isKey(row int, cells []string) bool {
	for _, column := range t.keys {
		if !t.isSame(row, column, cells[column]) {
			return false
		}
	}
	return true
}

// findKey returns the row with a key, or -1.
func (t *baseTable) findKey(key string) int {
	if t.rows == nil {
		t.rows = make(map[string]int, t.table.Rows)
		for row := range t.table.Rows {
			t.rows[t.key(row)] = row
		}
	}
	row, ok := t.rows[key]
	if !ok {
		return -1
	}
	t.next = row + 1
	return row
}

func (t *baseTable) key(row int) string {
	return keyOf(t.keys, func(column int) string { return t.text(row, column) })
}

// text returns a cell as CSV holds it.
func (t *baseTable) text(row, column int) string { return t.table.KeptText(row, column) }

// isSame reports whether a cell holds a text, as CSV has it; row -1 holds none.
func (t *baseTable) isSame(row, column int, text string) bool {
	if row < 0 {
		return false
	}
	is, scratch := t.table.Text(t.cell[:0], row, column)
	t.cell = scratch
	return is == text
}

// keyOf joins the parts of a key.
func keyOf(columns []int, text func(column int) string) string {
	parts := make([]string, len(columns))
	for i, column := range columns {
		parts[i] = text(column)
	}
	return strings.Join(parts, "/")
}
