package dataset

import (
	"slices"
	"strings"
	"unsafe"
)

// Table is what every format writes: a title, columns and cells. Curated tables with their derived columns, summary
// tables and the documents of a workbook are all of this type.
type Table struct {
	Name        string // in snake_case: stem of files, name of resources
	Title       string
	Description string
	Blank       string // what an empty cell means
	Columns     []Column
	Rows        int
	// Summary is how the cells were computed, so that a workbook can compute them too; nil for all other tables.
	Summary *Summary
	// Selection is what a summary was chosen by, where it does not sum up the whole; else it is empty.
	Selection string

	dataset  *Dataset // of a curated table, with its schema, the records of its curated columns, and what stands behind these
	schema   *Schema
	records  records
	curated  int                         // columns, which the records hold; 0 of a table without records
	computed                             // of a curated table
	cell     func(row, column int) Value // of any other table
}

// NewTable returns a table of the cells that a function gives for a row and a column, both counted from 0.
func NewTable(name, title, description string, columns []Column, rows int, cell func(row, column int) Value) *Table {
	return &Table{Name: name, Title: title, Description: description, Blank: noBlanks, Columns: columns, Rows: rows, cell: cell}
}

const noBlanks = "There are no blank cells in this table."

// Cell returns one cell; row and column count from 0. It may be called from several goroutines at once.
func (t *Table) Cell(row, column int) Value {
	switch {
	case column < t.curated:
		return t.records.cell(row, column)
	case t.derived != nil:
		return t.derived[column-t.curated].cell(row)
	default:
		return t.cell(row, column)
	}
}

// AppendCell appends one cell to b as CSV holds it, before any quoting; row and column count from 0.
func (t *Table) AppendCell(b []byte, row, column int) []byte {
	switch {
	case column < t.curated:
		return t.records.append(b, row, column)
	case t.derived != nil:
		return t.derived[column-t.curated].append(b, row)
	default:
		return t.cell(row, column).Append(b, t.Columns[column].Type)
	}
}

// Text returns a cell as CSV holds it, but makes no memory of its own for it: what is not a text that stands somewhere is put
// together at the end of scratch, which comes back longer, and is gone when that is cut and appended to.
func (t *Table) Text(scratch []byte, row, column int) (text string, longer []byte) {
	switch {
	case column < t.curated:
		if text, ok := t.records.textOf(row, column); ok {
			return text, scratch
		}
	case t.derived != nil:
		if texts := t.derived[column-t.curated].texts; texts != nil {
			return texts.text(row), scratch
		}
	case t.Columns[column].Type.IsText():
		return t.cell(row, column).Text, scratch
	}
	longer = t.AppendCell(scratch, row, column)
	return unsafe.String(unsafe.SliceData(longer[len(scratch):]), len(longer)-len(scratch)), longer
}

// EncodeText appends a cell of a text, a date or a list to b as a function encodes it.
func (t *Table) EncodeText(b []byte, row, column int, encode func(b []byte, text string) []byte) []byte {
	start := len(b)
	text, b := t.Text(b, row, column)
	composed := len(b) - start
	if b = encode(b, text); composed > 0 {
		b = append(b[:start], b[start+composed:]...)
	}
	return b
}

// IsCurated reports whether the table is one of those that a dataset folder holds.
func (t *Table) IsCurated() bool { return t.schema != nil }

// Column returns the place of a column by name, counted from 0, or -1.
func (t *Table) Column(name string) int { return columnIndex(t.Columns, name) }

// Role returns the place of the column with a role, counted from 0, or -1.
func (t *Table) Role(role Role) int { return roleIndex(t.Columns, role) }

// Owned returns the names of the tables whose records belong to those of this one, in order.
func (t *Table) Owned() (names []string) {
	if t.schema == nil {
		return nil
	}
	for _, schema := range t.schema.Owned() {
		names = append(names, schema.Name)
	}
	return names
}

// ByOwner returns the rows that belong to each record of the table that owns this one, in order; all count from 0. Orphan is the first
// row that belongs to none, or negative.
func (t *Table) ByOwner() (rowsOf func(owner int) []int32, orphan int) {
	owners := t.dataset.references(t.Name, t.Columns[t.Role(RoleOwner)].Name).rows
	groups := groupRows(len(owners), t.dataset.records(t.schema.Owner()).count(), func(row int) int32 { return owners[row] })
	return groups.of, slices.IndexFunc(owners, func(owner int32) bool { return owner < 0 })
}

// Referring returns which row of another curated table a cell of a column names, or the first member of its list; rows and columns
// count from 0. It is negative where there is none.
func (t *Table) Referring(column int, to *Table) func(row int) int {
	if column < t.curated {
		named := t.dataset.references(t.Name, t.Columns[column].Name)
		return func(row int) int {
			if rows := named.of(row); len(rows) > 0 {
				return int(rows[0])
			}
			return int(noRow)
		}
	}
	keys := to.dataset.keysOf(to.Name)
	return func(row int) int {
		first, _, _ := strings.Cut(t.Cell(row, column).Text, listSeparator)
		return int(keys.find(first))
	}
}

// KeyNames returns the names of the columns of the key in order.
func (t *Table) KeyNames() (names []string) {
	for i := range t.Columns {
		if t.Columns[i].Key {
			names = append(names, t.Columns[i].Name)
		}
	}
	return names
}

// Tables returns the curated tables of the dataset in order, derived columns included.
func (d *Dataset) Tables() []*Table {
	tables := make([]*Table, len(Schemas))
	for i := range Schemas {
		tables[i] = d.Table(&Schemas[i])
	}
	return tables
}

// Table returns one curated table of the dataset, derived columns included.
func (d *Dataset) Table(schema *Schema) *Table {
	records := d.records(schema)
	return &Table{
		Name: schema.Name, Title: schema.Title, Description: schema.Description, Blank: schema.Blank,
		Columns: schema.Columns, Rows: records.count(), dataset: d, schema: schema, records: records, curated: len(schema.Curated()),
		computed: d.lookup.computed[schema],
	}
}
