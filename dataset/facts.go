package dataset

import "iter"

// factTable reaches what records have in common that sources state: those of a table with a column of RoleSources.
type factTable struct {
	schema    *Schema
	records   records
	companies []int32 // of each record the row of the company that it is about, negative for none; nil where none can be
	sources   *references
	dates     []Date // of each record; nil in a table without a column of RoleDate
	// The columns of RoleSources and RoleDate; the second is negative in a table without one.
	sourceColumn, dateColumn int
}

// findFacts finds the tables of facts.
func (l *lookup) findFacts(d *Dataset) {
	l.facts = nil
	for i := range Schemas {
		schema := &Schemas[i]
		if at := schema.Role(RoleSources); at >= 0 {
			records, dateColumn := d.records(schema), schema.Role(RoleDate)
			l.facts = append(l.facts, factTable{
				schema, records, d.companyRows(schema), &l.references[i][at], datesIn(records, dateColumn), at, dateColumn,
			})
		}
	}
	l.halts, l.events, l.gifts = l.factsOf("halts"), l.factsOf("events"), l.factsOf("donations")
}

// datesIn returns the dates in a column, or nil where it is negative.
func datesIn(records records, column int) []Date {
	if column < 0 {
		return nil
	}
	dates := make([]Date, records.count())
	for row := range dates {
		dates[row] = records.date(row, column)
	}
	return dates
}

// factsOf returns the facts of a table, or nil.
func (l *lookup) factsOf(table string) *factTable {
	for i := range l.facts {
		if l.facts[i].schema.Name == table {
			return &l.facts[i]
		}
	}
	return nil
}

// companyRows returns the row of the company that each record of a table belongs to, over as many tables as lie between;
// nil where records belong to nothing.
func (d *Dataset) companyRows(schema *Schema) []int32 {
	owner := schema.Owner()
	if owner == nil {
		return nil
	}
	rows := d.references(schema.Name, schema.Columns[schema.Role(RoleOwner)].Name).rows
	above := d.companyRows(owner)
	if above == nil {
		return rows
	}
	companies := make([]int32, len(rows))
	for i, row := range rows {
		if companies[i] = row; row >= 0 {
			companies[i] = above[row]
		}
	}
	return companies
}

// isAftermath reports whether the facts are about what became of others, after these were announced.
func (t *factTable) isAftermath() bool {
	owner := t.schema.Owner()
	return owner != nil && owner.Role(RoleSources) >= 0
}

// date returns when what a record states was made public, or happened; nothing in a table without a column of RoleDate.
func (t *factTable) date(row int) Date {
	if t.dates == nil {
		return Date{}
	}
	return t.dates[row]
}

func haltFacts(l *lookup) *factTable { return l.halts }

func eventFacts(l *lookup) *factTable { return l.events }

func donationFacts(l *lookup) *factTable { return l.gifts }

// facts ranges over all facts of all tables, each with its table and its row.
func (d *Dataset) facts() iter.Seq2[*factTable, int] {
	return func(yield func(*factTable, int) bool) {
		for i := range d.lookup.facts {
			t := &d.lookup.facts[i]
			for row := range t.records.count() {
				if !yield(t, row) {
					return
				}
			}
		}
	}
}

// dateOf returns when what a record states was made public, or happened; nothing where its table has no such column.
func (d *Dataset) dateOf(at cellAt) Date {
	if column := at.schema.Role(RoleDate); column >= 0 {
		return d.records(at.schema).date(at.row, column)
	}
	return Date{}
}

// companyOf returns the company that a record is about, and an empty one where there is none.
func (d *Dataset) companyOf(t *factTable, row int) *Company {
	if t.companies != nil && t.companies[row] >= 0 {
		return &d.Companies[t.companies[row]]
	}
	return &Company{}
}
