package xlsx

import (
	"strconv"

	"haltsheet/dataset"
)

// links know where the cells of a workbook lead: a key to its row, a publisher to its page, a name to its worksheet.
type links struct {
	rows   map[string]map[string]int // the row of each key, by table
	sheets map[string][]*sheet
}

// newLinks finds the rows of all keys of tables that are small enough to be linked to.
func newLinks(sheets []*sheet) *links {
	l := &links{rows: map[string]map[string]int{}, sheets: map[string][]*sheet{}}
	for _, s := range sheets {
		l.sheets[s.table.Name] = append(l.sheets[s.table.Name], s)
		if !s.table.IsCurated() || s.table.Rows > maxLinks {
			continue
		}
		rows := make(map[string]int, s.table.Rows)
		for row := range s.table.Rows {
			rows[s.table.Cell(row, 0).Text] = row
		}
		l.rows[s.table.Name] = rows
	}
	return l
}

// addColumns lays out the columns of a sheet with their links. Where they would be more than Excel takes, there are none,
// and the sheet says so.
func (l *links) addColumns(s *sheet) {
	linked := 0
	for i := range s.table.Columns {
		c := &s.table.Columns[i]
		link := l.linkOf(s.table, c, i)
		if link != nil {
			linked++
		}
		isText := holdsTexts(c.Type)
		s.columns = append(s.columns, sheetColumn{
			Column: c, letters: letters(i), link: link,
			isText: isText, isMixed: isText && !s.table.IsCurated() && s.table.Summary == nil, recurs: recurs(s.table, c),
		})
	}
	if linked*(s.to-s.from) > maxLinks && s.links() > maxLinks {
		for i := range s.columns {
			s.columns[i].link = nil
		}
		s.source += " Without links, since there would be more than the 65,530 that Excel takes on a worksheet."
	}
}

// linkOf returns where the cells of a column lead, or nil.
func (l *links) linkOf(t *dataset.Table, c *dataset.Column, column int) func(row int) string {
	switch {
	case t.Name == "contents" && column == 0:
		return func(row int) string { return "#" + t.Cell(row, column).Text + "!A1" }
	case t.Name == "sources" && c.Name == "publisher":
		url := t.Column("url")
		return func(row int) string { return t.Cell(row, url).Text }
	case c.Ref != "" && l.rows[c.Ref] != nil:
		return func(row int) string { return l.place(c.Ref, t.Cell(row, column).Text) }
	default:
		return nil
	}
}

// place returns where the row of a key, or of the first of a list, stands in the workbook.
func (l *links) place(table, keys string) string {
	for key := range dataset.List(keys).All() {
		row, known := l.rows[table][key]
		if !known {
			return ""
		}
		for _, s := range l.sheets[table] {
			if row >= s.from && row < s.to {
				return "#" + s.name + "!A" + strconv.Itoa(s.row(row))
			}
		}
	}
	return ""
}
