package dataset

import (
	"iter"
)

// Column says all there is to know of one column. Everything that names a column reads it here: checks, headers,
// formats, descriptors, the dictionary and the documents.
type Column struct {
	Name        string // in snake_case: CSV header and JSON key
	Title       string // for people: worksheet header
	Description string // one sentence or two
	Type        Type
	Example     string // a cell as CSV holds it
	Key         bool   // part of the primary key
	Required    bool   // never empty
	Unique      bool   // no value twice; implied by a key of one column
	Ordinal     bool   // the number is a name, such as a year: its digits are not grouped
	LineBreaks  bool   // the text may have line feeds
	Ref         string // the table whose key the cell, or each member of the list, is
	Codes       string // the CodeList that the cell draws from
	Words       string // the column of the same table that says in words what this one says in codes or keys
	Says        string // the column of the same table whose codes this one, which only worksheets have, says in words
	Form        *Form  // what a well-formed text, or each member of the list, looks like
	// Currency names the column of the currency whose minor units the amount has, or is a currency code itself.
	Currency string
	Role     Role
	// Member is what one member of a curated list is called where it has a column of its own; without it, as the key that it refers to.
	Member string
	// Beside names the list of the same record that this list stands beside, member for member.
	Beside string
	// Gaps says that members of the list may be empty; the empty cell is then one empty member, not the empty list.
	Gaps bool
	// Field is the function that reaches what a curated column has of a record of type R: func(*R) *string, or of a
	// *List, *Date, *PlainDay or *Decimal, as the type of the column asks for. It is nil for a derived column.
	Field any
	// From says of a derived column where an edit of what it shows belongs: the column of the same record, or of the record that a column
	// refers to, as in company_id.name; empty where that is more than one.
	From string
	// Derive computes the cell of a record of the dataset, counted from 0; Compose appends it to b instead, where it is a
	// text that is put together anew. Both are nil for a curated column.
	Derive  func(d *Dataset, row int) Value
	Compose func(b []byte, d *Dataset, row int) []byte
}

// Role is what a column means for its record, the same in every table: what works on tables goes by roles, not by names.
type Role uint8

// The roles. A table has at most one column of each.
const (
	RoleNone    Role = iota
	RoleAbout        // tells people what the record is about: a name, or a sentence
	RoleOwner        // the key of the record that it belongs to, and stands inside of in a document: of a halt its company
	RoleDate         // when the fact that it states was made public, or happened
	RoleSources      // the keys of the sources that state it
	RoleLink         // the web address to follow from it
)

// IsDerived reports whether the column is computed on export and ignored on reading.
func (c *Column) IsDerived() bool { return c.Derive != nil || c.Compose != nil || c.Says != "" }

// DecimalDigits is how many digits a format holds that has decimals of a fixed size, Decimals of them behind the point.
const DecimalDigits = 18

// Decimals returns how many digits a decimal of the column has at most behind the point: 4 of an amount of money, as the smallest units of
// currencies ask for, and 6 of a rate.
func (c *Column) Decimals() int {
	if c.Currency == "" {
		return 6
	}
	return 4
}

// IsDay reports whether the cells of the column are calendar days, with nothing left open.
func (c *Column) IsDay() bool { return c.Type == TypeDay || c.Type == TypeDate && c.Form != nil }

// Members ranges over the members of a cell of a list, as CSV holds it.
func (c *Column) Members(text string) iter.Seq[string] {
	return func(yield func(string) bool) { eachMember(text, c.Gaps, yield) }
}

// IsProse reports whether every character of a cell counts, spaces at its edges too; in no other column are these part of
// a legal value.
func (c *Column) IsProse() bool {
	return c.Type == TypeText && c.Codes == "" && (c.Form == nil || c.Form == formMember)
}

// Schema describes one curated table. Derived columns stand after the curated ones.
type Schema struct {
	Name        string // the file is Name.csv
	Title       string
	Description string
	Blank       string // what an empty cell means
	Columns     []Column
	// Words are columns that stand behind the others in worksheets alone, and say in words what codes say.
	Words []Column
	// Shown are the columns that people see first, in their order: who, what, where, when, how much, and the sentence. Without
	// them, all but the keys.
	Shown []string
	// Later says that the first versions did not have the table, so that what they wrote may lack it. Any other table that is
	// not there is lost.
	Later bool
	// Former are the columns that earlier versions had, derived ones too: of those that hold nothing there is nothing to say.
	Former []string

	records   func(d *Dataset) records
	worksheet []Column // see InWorksheets
}

// File returns the name of the table's file in a dataset folder.
func (s *Schema) File() string { return s.Name + ".csv" }

// Curated returns the curated columns.
func (s *Schema) Curated() []Column {
	for i := range s.Columns {
		if s.Columns[i].IsDerived() {
			return s.Columns[:i]
		}
	}
	return s.Columns
}

// CuratedNames returns the names of the curated columns in order: the header of the table.
func (s *Schema) CuratedNames() []string { return columnNames(s.Curated()) }

// InWorksheets returns the columns that worksheets have: those of the table, and then those that say codes in words.
func (s *Schema) InWorksheets() []Column { return s.worksheet }

// Role returns the place of the column with a role, counted from 0, or -1.
func (s *Schema) Role(role Role) int { return roleIndex(s.Columns, role) }

// amountsIn returns the columns of the amounts whose currency a column has.
func (s *Schema) amountsIn(currency int) (columns []int) {
	for i := range s.Columns {
		if s.Columns[i].Type == TypeDecimal && s.Columns[i].Currency == s.Columns[currency].Name {
			columns = append(columns, i)
		}
	}
	return columns
}

// Owner returns the table that holds what the records of this one belong to, or nil.
func (s *Schema) Owner() *Schema {
	if owner := s.Role(RoleOwner); owner >= 0 {
		return SchemaOf(s.Columns[owner].Ref)
	}
	return nil
}

// Owned returns the tables whose records belong to those of this one, in order.
func (s *Schema) Owned() (tables []*Schema) {
	for i := range Schemas {
		if Schemas[i].Owner() == s {
			tables = append(tables, &Schemas[i])
		}
	}
	return tables
}

func roleIndex(columns []Column, role Role) int {
	for i := range columns {
		if columns[i].Role == role {
			return i
		}
	}
	return -1
}

// column returns the place of a column, counted from 0, or -1.
func (s *Schema) column(name string) int { return columnIndex(s.Columns, name) }

func columnIndex(columns []Column, name string) int {
	for i := range columns {
		if columns[i].Name == name {
			return i
		}
	}
	return -1
}

// SchemaOf returns the schema of a curated table by name, or nil.
func SchemaOf(table string) *Schema {
	if i := schemaIndex(table); i >= 0 {
		return &Schemas[i]
	}
	return nil
}

// schemaIndex returns the place of a table among the schemas, counted from 0, or -1.
func schemaIndex(table string) int {
	for i := range Schemas {
		if Schemas[i].Name == table {
			return i
		}
	}
	return -1
}
