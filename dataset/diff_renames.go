package dataset

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// renames are the records of a table that have another key and are the same in all else.
type renames struct {
	rows map[int]int       // the new row of each old one
	keys map[string]string // the new key of each old one
}

// referredFirst returns the places of the schemas in an order in which each stands behind those that it refers to.
func referredFirst() (order []int) {
	var visit func(i int)
	visit = func(i int) {
		if slices.Contains(order, i) {
			return
		}
		for _, column := range Schemas[i].Curated() {
			if column.Ref != "" && column.Ref != Schemas[i].Name {
				visit(slices.IndexFunc(Schemas, func(s Schema) bool { return s.Name == column.Ref }))
			}
		}
		order = append(order, i)
	}
	for i := range Schemas {
		visit(i)
	}
	return order
}

// findRenames pairs removed with added records that are the same but for the key, and takes them out of both lists.
// A key of several columns is no name, so tables with one have no renames.
func (c *comparison) findRenames(m *tableMatch) {
	if keys := m.schema.keyColumns(); len(keys) > 1 || len(m.removed) == 0 || len(m.added) == 0 {
		return
	}
	contents := map[string][]int{} // new rows by what they hold
	for _, row := range m.added {
		content := c.content(c.new, m.schema, row)
		contents[content] = append(contents[content], row)
	}
	found := renames{rows: map[int]int{}, keys: map[string]string{}}
	for _, row := range m.removed {
		content := c.content(c.old, m.schema, row)
		if rows := contents[content]; len(rows) > 0 {
			found.rows[row], contents[content] = rows[0], rows[1:]
			found.keys[c.old.key(m.schema, row)] = c.new.key(m.schema, rows[0])
		}
	}
	c.renames[m.schema.Name] = found
	for c.dropRename(m.schema, found) {
		continue
	}
	isNew := map[int]bool{}
	for _, row := range found.rows {
		isNew[row] = true
	}
	m.removed = slices.DeleteFunc(m.removed, func(row int) bool { _, ok := found.rows[row]; return ok })
	m.added = slices.DeleteFunc(m.added, func(row int) bool { return isNew[row] })
}

// content returns what a record holds beside its key and the keys of its own table, as one text. Keys of other tables
// are those of the new dataset.
func (c *comparison) content(d *Dataset, schema *Schema, row int) string {
	var b []byte
	curated := schema.Curated()
	for i := range curated {
		column := &curated[i]
		if column.Key || column.Ref == schema.Name {
			continue
		}
		text := d.cellText(cellAt{schema, row, i})
		if d == c.old {
			text = c.follow(column, text)
		}
		b = strconv.AppendInt(b, int64(len(text)), 10)
		b = append(append(b, ' '), text...)
	}
	return string(b)
}

// dropRename drops the pairs whose cells that name records of their own table differ, and reports whether there were
// any: others may be of those records.
func (c *comparison) dropRename(schema *Schema, found renames) (dropped bool) {
	curated := schema.Curated()
	for before, after := range found.rows {
		for i := range curated {
			if curated[i].Ref != schema.Name {
				continue
			}
			if c.follow(&curated[i], c.old.cellText(cellAt{schema, before, i})) != c.new.cellText(cellAt{schema, after, i}) {
				delete(found.rows, before)
				delete(found.keys, c.old.key(schema, before))
				dropped = true
				break
			}
		}
	}
	return dropped
}

// follow returns a cell of the old dataset with the keys that its records have in the new one.
func (c *comparison) follow(column *Column, text string) string {
	return followKeys(column, text, c.renames[column.Ref].keys)
}

// followKeys returns a cell that names records with the keys that they have now.
func followKeys(column *Column, text string, keys map[string]string) string {
	if len(keys) == 0 {
		return text
	}
	if column.Type != TypeList {
		return renamedKey(keys, text)
	}
	followed := List("")
	for key := range List(text).All() {
		followed = followed.with(renamedKey(keys, key))
	}
	return string(followed)
}

func renamedKey(keys map[string]string, key string) string {
	if renamed, ok := keys[key]; ok {
		return renamed
	}
	return key
}

// renamed lists the renames of a table, and how many cells follow each.
func (c *comparison) renamed(m *tableMatch) (list []Rename) {
	found := c.renames[m.schema.Name]
	if len(found.rows) == 0 {
		return nil
	}
	references := c.references(m.schema.Name, found.keys)
	for before, after := range found.rows {
		r := Rename{Old: c.old.record(m.schema, before), New: c.new.record(m.schema, after)}
		r.References = references[r.Old.Key]
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Rename) int { return cmp.Compare(a.Old.Key, b.Old.Key) })
	return list
}

// references counts the cells that follow renames of a table, by old key.
func (c *comparison) references(table string, keys map[string]string) map[string]int {
	counts := map[string]int{}
	for i := range c.tables {
		m := &c.tables[i]
		pairs := slices.Clone(m.pairs)
		for before, after := range maps.All(c.renames[m.schema.Name].rows) {
			pairs = append(pairs, [2]int{before, after})
		}
		old, records := c.old.records(m.schema), c.new.records(m.schema)
		for at, column := range m.schema.Curated() {
			if column.Ref != table {
				continue
			}
			for _, pair := range pairs {
				after := List(records.text(pair[1], at))
				for key := range List(old.text(pair[0], at)).All() {
					if renamed, ok := keys[key]; ok && after.Contains(renamed) {
						counts[key]++
					}
				}
			}
		}
	}
	return counts
}

// keyColumns returns the places of the columns of the primary key.
func (s *Schema) keyColumns() (columns []int) {
	for i := range s.Columns {
		if s.Columns[i].Key {
			columns = append(columns, i)
		}
	}
	return columns
}
