package dataset

import "strings"

// Links returns the link tables of the dataset in order: for each list of a curated table one that has a row for each of its
// members, with the key of the record, the place in the list and the member. They say nothing that the lists do not; a
// database joins by them. Their names and columns are those of the schema: of source_ids of halts, whose members are
// called source_id, it is halt_sources with halt_id, position and source_id.
func (d *Dataset) Links() (links []*Table) {
	for i := range Schemas {
		curated := Schemas[i].Curated()
		for column := range curated {
			if curated[column].Type == TypeList {
				links = append(links, d.link(&Schemas[i], column))
			}
		}
	}
	return links
}

// member is one member of the list of a record.
type member struct {
	row, position int32 // the record, counted from 0, and the place in the list, from 1
	from, to      int32 // where it stands in the cell of the list
}

// members returns the members of a list of all records.
func (d *Dataset) members(s *Schema, list int) []member {
	c, records := &s.Columns[list], d.records(s)
	count := 0 // since there may be several for each record
	for row := range records.count() {
		count += List(records.text(row, list)).Len()
	}
	members := make([]member, 0, count)
	for row := range records.count() {
		m := member{row: int32(row)}
		for text := range c.Members(records.text(row, list)) {
			m.position++
			m.to = m.from + int32(len(text))
			members = append(members, m)
			m.from = m.to + int32(len(listSeparator))
		}
	}
	return members
}

// link returns the link table of a list.
func (d *Dataset) link(s *Schema, list int) *Table {
	c, records, members := &s.Columns[list], d.records(s), d.members(s, list)
	key := s.key()
	name, of := linkName(s, c)
	title := inWords(of) + " of " + strings.ToLower(s.Title)
	description := "The list " + c.Name + " of " + s.Name + " taken apart: one row for each member."
	return NewTable(name, title, description, linkColumns(s, c), len(members), func(row, column int) Value {
		m := &members[row]
		switch column {
		case 0:
			return records.cell(int(m.row), key)
		case 1:
			return integerValue(int(m.position))
		default:
			return TextValue(records.text(int(m.row), list)[m.from:m.to])
		}
	})
}

// LinkOf returns the name of the link table of a curated list of a curated table, both by name; of anything else nothing.
func LinkOf(table, list string) string {
	if s := SchemaOf(table); s != nil {
		if i := s.column(list); i >= 0 && s.Columns[i].Type == TypeList {
			name, _ := linkName(s, &s.Columns[i])
			return name
		}
	}
	return ""
}

// linkName returns the name of the link table of a list, and what it calls the members: the table that they are keys of,
// with what stands before its key in the name of a member, or the list itself.
func linkName(s *Schema, c *Column) (name, members string) {
	members = c.Name
	if to := SchemaOf(c.Ref); to != nil {
		members = strings.TrimSuffix(c.member(), to.Columns[to.key()].Name) + to.Name
	}
	return withoutID(s.Columns[s.key()].Name) + "_" + members, members
}

// member returns what one member of the list is called: by its own word, or as the key that it refers to, or as the list itself.
func (c *Column) member() string {
	if c.Member != "" {
		return c.Member
	}
	if to := SchemaOf(c.Ref); to != nil {
		return to.Columns[to.key()].Name
	}
	return c.Name
}

// linkColumns returns the columns of the link table of a list.
func linkColumns(s *Schema, c *Column) []Column {
	owner := s.Columns[s.key()]
	owner.Description, owner.Ref, owner.Field = "The record that has the list.", s.Name, nil
	example, _, _ := strings.Cut(c.Example, listSeparator)
	title := inWords(withoutID(c.member()))
	if strings.HasSuffix(c.member(), idSuffix) {
		title += " ID"
	}
	return []Column{
		owner,
		{Name: "position", Title: "Position", Description: "The place in the list, from 1.", Type: TypeInteger, Example: "1", Key: true, Required: true},
		{Name: c.member(), Title: title, Description: "One of the " + c.Name + " of the record.", Example: example, Required: true, Ref: c.Ref, Form: c.Form},
	}
}

// idSuffix ends the names of columns of keys.
const idSuffix = "_id"

func withoutID(column string) string { return strings.TrimSuffix(column, idSuffix) }

// key returns the place of the first column of the key, counted from 0. A table with lists has no other.
func (s *Schema) key() int {
	for i := range s.Columns {
		if s.Columns[i].Key {
			return i
		}
	}
	panic("dataset: " + s.Name + " has no key")
}
