package workbook

import (
	"haltsheet/dataset"
	"haltsheet/export/book"
)

// textColumns makes the columns of a document.
func textColumns(names ...[3]string) []dataset.Column {
	columns := make([]dataset.Column, len(names))
	for i, n := range names {
		columns[i] = dataset.Column{Name: n[0], Title: n[1], Description: n[2]}
	}
	return columns
}

// documentTable makes a table of texts.
func documentTable(name, title, description string, columns []dataset.Column, rows [][]string) *dataset.Table {
	t := dataset.NewTable(name, title, description, columns, len(rows), func(row, column int) dataset.Value {
		return dataset.TextValue(rows[row][column])
	})
	for _, row := range rows {
		for _, cell := range row {
			if cell == "" {
				t.Blank = "Blank cells mean not applicable."
			}
		}
	}
	return t
}

// dictionary lists every column of every sheet with data.
func dictionary(sheets []*sheet) *dataset.Table {
	var rows [][]string
	for _, s := range sheets {
		if s.from > 0 {
			continue // goes on from another sheet
		}
		for i := range s.table.Columns {
			c := &s.table.Columns[i]
			rows = append(rows, []string{s.name, c.Title, nameOf(c), c.Type.String(), c.Description, valuesOf(c), roleOf(s.table, c), c.Example})
		}
	}
	return documentTable("dictionary", "Dictionary", "Every column of every worksheet with data: what it is called, what it holds, and what may stand in it.",
		textColumns(
			[3]string{"worksheet", "Worksheet"}, [3]string{"title", "Column"}, [3]string{"name", "Name in CSV and JSON"}, [3]string{"type", "Type"},
			[3]string{"description", "Description"}, [3]string{"values", "Values"}, [3]string{"role", "Role"}, [3]string{"example", "Example"},
		), rows)
}

// nameOf returns what files for programs call a column; they have none that says in words what another says in codes.
func nameOf(c *dataset.Column) string {
	if c.Says != "" {
		return ""
	}
	return c.Name
}

func valuesOf(c *dataset.Column) string {
	switch {
	case c.Codes != "":
		return "codes of the list " + c.Codes
	case c.Says != "":
		return "what " + c.Says + " says"
	case c.Ref != "":
		return "keys of " + c.Ref
	case c.Form != nil:
		return c.Form.Description
	default:
		return ""
	}
}

func roleOf(t *dataset.Table, c *dataset.Column) string {
	switch {
	case !t.IsCurated() || c.IsDerived():
		return "derived"
	case c.Key:
		return "key"
	case c.Required:
		return "required"
	default:
		return "optional"
	}
}

// codes lists every code with its label and its definition.
func codes(lists []dataset.CodeList) *dataset.Table {
	var rows [][]string
	for _, list := range lists {
		for _, c := range list.Codes {
			rows = append(rows, []string{list.Name, c.Code, c.Words(), c.Definition})
		}
	}
	return documentTable("codes", "Codes", "Every code that a column may hold, what it is called, and what it means. The drop-downs point here.",
		textColumns([3]string{"list", "List"}, [3]string{"code", "Code"}, [3]string{"label", "Label"}, [3]string{"definition", "Definition"}), rows)
}

// metadata lists every leaf of dataset.json by its path, then the profile of the workbook and the digest of the data.
func metadata(b *book.Book) *dataset.Table {
	leaves := append(b.Metadata.Leaves(),
		dataset.Leaf{Path: "workbook/profile", Value: dataset.TextValue(string(b.Profile))},
		dataset.Leaf{Path: "workbook/digest", Value: dataset.TextValue(b.Digest)})
	columns := textColumns([3]string{"path", "Path"}, [3]string{"value", "Value"})
	t := dataset.NewTable("metadata", "Metadata", "What the dataset says of itself, the layout of this workbook, and the digest (SHA-256) of the curated data that it was made from.",
		columns, len(leaves), func(row, column int) dataset.Value {
			if column == 0 {
				return dataset.TextValue(leaves[row].Path)
			}
			return leaves[row].Value
		})
	t.Blank = "Blank cells mean that nothing is stated."
	return t
}

// contentsTable is the name of the table of the contents.
const contentsTable = "contents"

// contents lists every other worksheet, each with a link.
func contents(sheets []*sheet) *dataset.Table {
	columns := textColumns([3]string{"worksheet", "Worksheet"}, [3]string{"title", "Title"}, [3]string{"description", "What it holds"})
	columns = append(columns, dataset.Column{Name: "rows", Title: "Rows", Type: dataset.TypeInteger})
	return dataset.NewTable(contentsTable, "Contents", "Every worksheet of this workbook. Each name is a link.", columns, len(sheets), func(row, column int) dataset.Value {
		s := sheets[row]
		if column == 3 {
			return dataset.NumberValue(dataset.NewDecimal(int64(s.to-s.from), 0))
		}
		return dataset.TextValue([]string{s.name, s.title, s.table.Description}[column])
	})
}
