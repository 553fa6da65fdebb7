package dataset

import (
	"maps"
	"slices"
)

// The lists of codes that a standard keeps, of which a codebook has those that the dataset uses.
const (
	countryList  = "country"
	currencyList = "currency"
)

// Codebook returns the tables that say what columns and codes mean, as data: codebook_columns, of some tables, and
// codebook_codes, of all lists of codes and of the countries and currencies in the curated tables.
func (d *Dataset) Codebook(tables ...*Table) []*Table {
	return []*Table{columnsTable(tables), d.codesTable()}
}

// describedColumn is a row of codebook_columns.
type describedColumn struct {
	table    *Table
	position int // in the table, from 1
	column   *Column
}

// codebookColumn is a column of codebook_columns and how it is filled.
type codebookColumn struct {
	Column
	cell func(c describedColumn) Value
}

var codebookColumns = []codebookColumn{
	{Column{Name: "table_name", Title: "Table", Description: "The table that has the column.", Example: "halts", Key: true, Required: true}, func(c describedColumn) Value { return TextValue(c.table.Name) }},
	{Column{Name: "position", Title: "Position", Description: "The place of the column in the table, from 1.", Type: TypeInteger, Example: "3", Key: true, Required: true}, func(c describedColumn) Value { return integerValue(c.position) }},
	{Column{Name: "column_name", Title: "Column", Description: "The name of the column in CSV, JSON, Parquet and SQL.", Example: "action", Required: true}, func(c describedColumn) Value { return TextValue(c.column.Name) }},
	{Column{Name: "title", Title: "Title", Description: "What a worksheet calls it.", Example: "Action", Required: true}, func(c describedColumn) Value { return TextValue(c.column.Title) }},
	{Column{Name: "description", Title: "Description", Description: "What it holds.", Example: "What the company does to the activity.", Required: true}, func(c describedColumn) Value { return TextValue(c.column.Description) }},
	{Column{Name: "type", Title: "Type", Description: "What its cells are.", Example: "text", Required: true}, func(c describedColumn) Value { return TextValue(c.column.Type.String()) }},
	{Column{Name: "is_key", Title: "Key", Description: "Whether it is part of the key of the table.", Type: TypeBoolean, Example: "false", Required: true}, func(c describedColumn) Value { return booleanValue(c.column.Key) }},
	{Column{Name: "is_required", Title: "Required", Description: "Whether no cell is blank.", Type: TypeBoolean, Example: "true", Required: true}, func(c describedColumn) Value { return booleanValue(c.column.Required) }},
	{Column{Name: "is_unique", Title: "Unique", Description: "Whether no value is there twice, beyond what the key says.", Type: TypeBoolean, Example: "false", Required: true}, func(c describedColumn) Value { return booleanValue(c.column.Unique) }},
	{Column{Name: "is_derived", Title: "Derived", Description: "Whether it is computed from others, and ignored on reading.", Type: TypeBoolean, Example: "false", Required: true}, func(c describedColumn) Value {
		return booleanValue(!c.table.IsCurated() || c.column.IsDerived())
	}},
	{Column{Name: "has_gaps", Title: "Has gaps", Description: "Of a list, whether its members may be empty: a blank cell is then one empty member, and not the empty list.", Type: TypeBoolean, Example: "false", Required: true}, func(c describedColumn) Value { return booleanValue(c.column.Gaps) }},
	{Column{Name: "code_list", Title: "Code list", Description: "The list of codes that a cell, or a member of its list, is of: list in codebook_codes.", Example: "action"}, func(c describedColumn) Value { return TextValue(c.column.codeList()) }},
	{Column{Name: "refers_to", Title: "Refers to", Description: "The table whose key a cell, or a member of its list, is.", Example: "companies"}, func(c describedColumn) Value { return TextValue(c.column.Ref) }},
	{Column{Name: "unit", Title: "Unit", Description: "Of an amount of money the currency, or the column that names it.", Example: "EUR"}, func(c describedColumn) Value { return TextValue(c.column.Currency) }},
	{Column{Name: "form", Title: "Form", Description: "What a cell, or a member of its list, looks like.", Example: "an ISO 4217 code"}, func(c describedColumn) Value {
		if c.column.Form == nil {
			return Value{}
		}
		return TextValue(c.column.Form.Description)
	}},
	{Column{Name: "example", Title: "Example", Description: "A cell as CSV has it.", Example: "suspend"}, func(c describedColumn) Value { return TextValue(c.column.Example) }},
}

// codeList returns the list of codes that a cell of the column is of, or nothing.
func (c *Column) codeList() string {
	switch c.Form {
	case formCountry:
		return countryList
	case formCurrency:
		return currencyList
	default:
		return c.Codes
	}
}

func columnsTable(tables []*Table) *Table {
	var rows []describedColumn
	for _, table := range tables {
		for i := range table.Columns {
			rows = append(rows, describedColumn{table, i + 1, &table.Columns[i]})
		}
	}
	columns := make([]Column, len(codebookColumns))
	for i := range columns {
		columns[i] = codebookColumns[i].Column
	}
	t := NewTable("codebook_columns", "Codebook: columns", "Every column of every table: what it is called, what it holds, and what may stand in it.", columns,
		len(rows), func(row, column int) Value { return codebookColumns[column].cell(rows[row]) })
	t.Blank = "Blank cells mean not applicable."
	return t
}

// codesTable returns the codes of all lists in the order in which people meet them, then the countries and currencies that
// occur.
func (d *Dataset) codesTable() *Table {
	lists := append(slices.Clone(d.codes),
		newCodeList(countryList, "", d.occurring(formCountry, CountryName)),
		newCodeList(currencyList, "", d.occurring(formCurrency, currencyName)))
	var rows [][]Value
	for _, list := range lists {
		for i, code := range list.Codes {
			rows = append(rows, []Value{TextValue(list.Name), integerValue(i + 1), TextValue(code.Code), TextValue(code.Words()), TextValue(code.Definition)})
		}
	}
	t := NewTable("codebook_codes", "Codebook: codes", "Every code, with what it is called and what it means, and the names of the countries and currencies in the data.", []Column{
		{Name: "list", Title: "List", Description: "The list that the code is of.", Example: "action", Key: true, Required: true},
		{Name: "position", Title: "Position", Description: "The place of the code in the list, from 1.", Type: TypeInteger, Example: "1", Key: true, Required: true},
		{Name: "code", Title: "Code", Description: "The code, unique in its list.", Example: "suspend", Required: true},
		{Name: "label", Title: "Label", Description: "What it is called.", Example: "Suspends", Required: true},
		{Name: "definition", Title: "Definition", Description: "What it means.", Example: "Stops the activity for the time being."},
	}, len(rows), func(row, column int) Value { return rows[row][column] })
	t.Blank = "Blank cells mean that a standard defines the code: ISO 3166-1 alpha-2 or ISO 4217."
	return t
}

// occurring returns the codes of a form that occur in curated columns, in order, each with its name.
func (d *Dataset) occurring(form *Form, nameOf func(code string) (name string, ok bool)) (codes []Code) {
	found := map[string]bool{}
	for i := range Schemas {
		records, columns := d.records(&Schemas[i]), Schemas[i].Curated()
		for c := range columns {
			if columns[c].Form != form {
				continue
			}
			for row := range records.count() {
				for code := range List(records.text(row, c)).All() {
					found[code] = true
				}
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(found)) {
		if name, ok := nameOf(code); ok {
			codes = append(codes, Code{Code: code, Label: name})
		}
	}
	return codes
}
