package dataset

import (
	"cmp"
	"fmt"
	"slices"
)

// reportCycles calls report once for each cycle of next, with its least member; next is negative at an end.
func reportCycles(next []int32, report func(i int)) {
	const unseen, onPath, done = 0, 1, 2
	state := make([]byte, len(next))
	for i := range next {
		path := int32(i)
		for ; path >= 0 && state[path] == unseen; path = next[path] {
			state[path] = onPath
		}
		if path >= 0 && state[path] == onPath {
			least := path
			for member := next[path]; member != path; member = next[member] {
				least = min(least, member)
			}
			report(int(least))
		}
		for path = int32(i); path >= 0 && state[path] == onPath; path = next[path] {
			state[path] = done
		}
	}
}

// reportUnused reports the rows of a table that no cell names.
func (d *Dataset) reportUnused(table string, report func(row int)) {
	if d.IsSelection() {
		return // the others may be of use
	}
	used := make([]bool, d.records(SchemaOf(table)).count())
	for s := range Schemas {
		for c, column := range Schemas[s].Curated() {
			if column.Ref != table {
				continue
			}
			for _, row := range d.lookup.references[s][c].rows {
				if row >= 0 {
					used[row] = true
				}
			}
		}
	}
	for row, isUsed := range used {
		if !isUsed {
			report(row)
		}
	}
}

func checkUnique(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		for c := range schema.Columns {
			if !schema.Columns[c].Unique {
				continue
			}
			records := d.records(schema)
			first := make(map[string]int, records.count())
			for i := range records.count() {
				at, text := cellAt{schema, i, c}, records.text(i, c)
				if text == "" {
					continue
				}
				if j, repeated := first[text]; repeated {
					other := cellAt{schema, j, c}
					report(at, fmt.Sprintf("%s %q is there already at %s", schema.Columns[c].Name, text, d.place(other)), "", other)
					continue
				}
				first[text] = i
			}
		}
	}
}

func checkPrimaryKey(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		if d.lookup.keys[s].ascends {
			continue // strictly ascending keys differ
		}
		count := d.records(schema).count()
		first := make(map[string]int, count)
		for i := range count {
			key := d.key(schema, i)
			if j, repeated := first[key]; repeated {
				at, other := cellAt{schema, i, 0}, cellAt{schema, j, 0}
				report(at, fmt.Sprintf("key %q is there already at %s", key, d.place(other)), "", other)
				continue
			}
			first[key] = i
		}
	}
}

func checkRowOrder(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		if d.unordered || d.lookup.keys[s].ascends {
			continue
		}
		for i := 1; i < d.records(schema).count(); i++ {
			if before, key := d.key(schema, i-1), d.key(schema, i); key < before {
				report(cellAt{schema, i, 0}, fmt.Sprintf("%q belongs before %q", key, before), "")
			}
		}
	}
}

// keysAscend reports whether the keys of a table ascend strictly, bytewise.
func keysAscend(r records, schema *Schema) bool {
	var before, key []byte
	for i := range r.count() {
		key = appendSortKey(key[:0], schema, r, i)
		if i > 0 && slices.Compare(before, key) >= 0 {
			return false
		}
		before, key = key, before
	}
	return true
}

// compareKeys orders two records of the same schema by their keys, bytewise.
func compareKeys(schema *Schema, a records, rowA int, b records, rowB int) int {
	if !schema.Columns[1].Key {
		return cmp.Compare(a.text(rowA, 0), b.text(rowB, 0))
	}
	return slices.Compare(appendSortKey(nil, schema, a, rowA), appendSortKey(nil, schema, b, rowB))
}

// appendSortKey appends what records are ordered by: the parts of the key, a zero byte behind each.
func appendSortKey(b []byte, schema *Schema, r records, row int) []byte {
	for i := range schema.Columns {
		if schema.Columns[i].Key {
			b = append(r.append(b, row, i), 0)
		}
	}
	return b
}

func checkForeignKey(d *Dataset, report reporter) {
	hints, faults := keyHints{}, d.faults()
	for s := range Schemas {
		schema := &Schemas[s]
		for c := range schema.Columns {
			column := &schema.Columns[c]
			if column.Ref == "" || d.origins[column.Ref] == nil {
				continue // a table that is not there is a finding of its own
			}
			rows, records := &d.lookup.references[s][c], d.records(schema)
			for i := range records.count() {
				if !slices.Contains(rows.of(i), noRow) || d.IsSelection() && column.Ref == schema.Name {
					continue // what holds a donation may have been left out
				}
				for id := range List(records.text(i, c)).All() {
					if IsSlug(id) && d.keysOf(column.Ref).find(id) == noRow && !faults.explain(column.Ref, id) {
						report(cellAt{schema, i, c}, fmt.Sprintf("%s %q is not in %s.csv", column.Name, id, column.Ref), hints.of(d, column.Ref, id))
					}
				}
			}
		}
	}
}

// keyHints are the well-formed keys of tables, sorted, once a key is sought among them.
type keyHints map[string][]string

// of names a key that begins alike, for a slip of the pen.
func (h keyHints) of(d *Dataset, table, id string) string {
	if h[table] == nil {
		h[table] = d.sortedKeys(table)
	}
	keys, same := h[table], 0
	next, _ := slices.BinarySearch(keys, id) // the keys beside it are most like it
	for _, key := range keys[max(next-1, 0):min(next+1, len(keys))] {
		same = max(same, commonPrefix(key, id))
	}
	if same <= 2 || same*2 <= len(id) {
		return ""
	}
	first, _ := slices.BinarySearch(keys, id[:same])
	return fmt.Sprintf("perhaps %s is meant; else add the row to %s.csv", keys[first], table)
}

// sortedKeys returns the well-formed keys of a table bytewise.
func (d *Dataset) sortedKeys(table string) []string {
	keys := slices.DeleteFunc(slices.Clone(d.keysOf(table).keys), func(key string) bool { return !IsSlug(key) })
	slices.Sort(keys)
	return keys
}

// commonPrefix returns how many bytes two texts have in common from the beginning on.
func commonPrefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
