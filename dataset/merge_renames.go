package dataset

import "slices"

// findEditedRenames pairs the removed with the added records of a table that are most likely one which was given another key and edited
// besides, and takes them out of both lists. A diff tells them as two, which is all that can be seen for sure; a merge that took
// them for two would have both copies.
func (c *comparison) findEditedRenames(m *tableMatch) {
	if len(m.schema.keyColumns()) > 1 || len(m.removed) == 0 || len(m.added) == 0 {
		return
	}
	found := c.renames[m.schema.Name]
	if found.rows == nil {
		found = renames{rows: map[int]int{}, keys: map[string]string{}}
		c.renames[m.schema.Name] = found
	}
	pair := func(before, after int) {
		found.rows[before] = after
		found.keys[c.old.key(m.schema, before)] = c.new.key(m.schema, after)
		m.removed = slices.DeleteFunc(m.removed, func(row int) bool { return row == before })
		m.added = slices.DeleteFunc(m.added, func(row int) bool { return row == after })
	}
	replaced := c.replacedReferences(m.schema.Name)
	for _, before := range slices.Clone(m.removed) {
		keys := replaced[c.old.key(m.schema, before)]
		after := slices.IndexFunc(m.added, func(row int) bool { return len(keys) == 1 && keys[c.new.key(m.schema, row)] })
		if after >= 0 {
			pair(before, m.added[after])
		}
	}
	alike := c.alikeRows(m)
	for _, before := range slices.Clone(m.removed) {
		if after, ok := alike[before]; ok {
			pair(before, after)
		}
	}
}

// replacedReferences returns, for each key of a table that cells no longer name, the keys that they name in its place.
func (c *comparison) replacedReferences(table string) map[string]map[string]bool {
	replaced := map[string]map[string]bool{}
	for i := range c.tables {
		schema := c.tables[i].schema
		for at, column := range schema.Curated() {
			if column.Ref != table {
				continue
			}
			for _, pair := range c.tables[i].pairs {
				before, after := List(c.old.records(schema).text(pair[0], at)), List(c.new.records(schema).text(pair[1], at))
				if before == after {
					continue
				}
				gone, come := before.without(after), after.without(before)
				if len(gone) != 1 || len(come) != 1 {
					continue
				}
				if replaced[gone[0]] == nil {
					replaced[gone[0]] = map[string]bool{}
				}
				replaced[gone[0]][come[0]] = true
			}
		}
	}
	return replaced
}

// without returns the members of a list that another one does not have.
func (l List) without(other List) (rest []string) {
	for member := range l.All() {
		if !other.Contains(member) {
			rest = append(rest, member)
		}
	}
	return rest
}

// alikeRows returns the added record that each removed one is most like, where it is like one only, and no other is like that.
func (c *comparison) alikeRows(m *tableMatch) map[int]int {
	const most = 100 // records of one owner or name, of which nobody could tell which is which
	column := m.schema.Role(RoleOwner)
	if column < 0 {
		column = m.schema.Role(RoleAbout)
	}
	if column < 0 {
		return nil
	}
	added := map[string][]int{} // by owner, or by what they are about
	for _, row := range m.added {
		text := c.new.cellText(cellAt{m.schema, row, column})
		added[text] = append(added[text], row)
	}
	alike, taken := map[int]int{}, map[int]int{}
	for _, before := range m.removed {
		candidates := added[c.follow(&m.schema.Columns[column], c.old.cellText(cellAt{m.schema, before, column}))]
		if len(candidates) > most {
			continue
		}
		candidates = slices.DeleteFunc(slices.Clone(candidates), func(after int) bool { return !c.isAlike(m.schema, before, after) })
		if len(candidates) == 1 {
			alike[before] = candidates[0]
			taken[candidates[0]]++
		}
	}
	for before, after := range alike {
		if taken[after] > 1 {
			delete(alike, before)
		}
	}
	return alike
}

// isAlike reports whether an added record holds most of what a removed one did: its unique name or its address, or three cells and twice
// as many as are different.
func (c *comparison) isAlike(schema *Schema, before, after int) bool {
	same, different := 0, 0
	for i, column := range schema.Curated() {
		if column.Key {
			continue
		}
		was, is := c.follow(&column, c.old.cellText(cellAt{schema, before, i})), c.new.cellText(cellAt{schema, after, i})
		isName := column.Unique || column.Role == RoleLink
		switch {
		case was == is && was != "" && isName:
			return true
		case isName && was != "" && is != "":
			return false
		case was != is:
			different++
		case was != "":
			same++
		}
	}
	return same > 2 && same >= 2*different
}
