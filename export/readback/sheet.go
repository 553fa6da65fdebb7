package readback

import (
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/ooxml"
)

// sheetTable is a table that is being read from worksheets.
type sheetTable struct {
	reader  *workbookReader
	schema  *dataset.Schema
	columns []dataset.Column // the curated ones
	header  []sheetColumn    // of the first part
	rows    [][]string
	cells   []rowPlace // of each row
	headed  dataset.Place

	findings dataset.FindingLog
	remarks  []intake.Remark
	isDate   map[int]bool   // the formats that were asked for
	days     map[string]int // by column, the days that were numbers
	numbers  []numberPlace
}

// sheetColumn is a column of a worksheet under the name that it stands for.
type sheetColumn struct {
	name    string
	number  int // of the column in the worksheet, from 1
	curated int // its place among the curated columns, or -1
}

// rowPlace tells where a row stands.
type rowPlace struct {
	sheet  string
	row    int
	header []sheetColumn
}

// readAll reads the table from its worksheets.
func (t *sheetTable) readAll() error {
	parts := t.reader.parts(t.schema.Title)
	for i, p := range parts {
		if i > 0 && p.number == parts[i-1].number {
			t.report("header", "", t.reader.place(p.sheet.Name, "A1"), fmt.Sprintf("the worksheet holds the table %s, as %s does", t.schema.Title, parts[i-1].sheet.Name), "delete one of them")
			continue
		}
		if err := t.read(p); err != nil {
			return err
		}
	}
	t.mendNumbers()
	return nil
}

func (t *sheetTable) report(rule, field string, place dataset.Place, message, hint string) {
	t.findings.Add(dataset.Finding{Rule: rule, Place: place, Table: t.schema.Name, Field: field, Message: message, Hint: hint})
}

// transcribe returns what was read.
func (t *sheetTable) transcribe() *dataset.TableTranscript {
	table := &dataset.TableTranscript{Whole: t.headed, Rows: t.rows}
	for _, column := range t.header {
		table.Header = append(table.Header, column.name)
	}
	table.Place = func(row, field int) dataset.Place {
		at := rowPlace{t.headed.Sheet, t.headerRow(), t.header}
		if row >= 0 {
			at = t.cells[row]
		}
		return t.reader.place(at.sheet, ooxml.Ref{Row: at.row, Column: at.header[field].number}.String())
	}
	return table
}

func (t *sheetTable) headerRow() int {
	ref, _ := ooxml.ParseRef(t.headed.Cell)
	return ref.Row
}

// read reads one part: the header is the first row in which at least half of the columns have their titles or names,
// and the rows are all others behind it.
func (t *sheetTable) read(p part) error {
	var header, aligned []sheetColumn
	var cells []ooxml.Cell
	err := p.sheet.Rows(func(row *ooxml.Row) error {
		cells = cells[:0]
		for i := range row.Cells {
			if c := &row.Cells[i]; c.Kind != ooxml.Blank || c.HasFormula {
				cells = append(cells, *c)
			}
		}
		switch {
		case len(cells) == 0:
		case header == nil:
			if header = t.headerOf(cells); header != nil {
				t.begin(p, row.Number, header)
				aligned = t.aligned(header)
			}
		case p.totals.From.Row == 0 || row.Number < p.totals.From.Row || row.Number > p.totals.To.Row:
			t.add(rowPlace{p.sheet.Name, row.Number, aligned}, header, cells)
		}
		return nil
	})
	if err == nil && header == nil {
		t.report("header", "", t.reader.place(p.sheet.Name, "A1"), "the worksheet has no header of "+t.schema.Title,
			"restore the row with the titles of the columns")
	}
	return err
}

// headerOf returns the columns that a row names, or nil where it is no header. The curated columns come first.
func (t *sheetTable) headerOf(cells []ooxml.Cell) []sheetColumn {
	var known, others []sheetColumn
	seen := map[int]bool{}
	for i := range cells {
		name := t.nameOf(strings.TrimSpace(cells[i].Value))
		column, isKnown := curatedColumn(t.schema, name)
		switch {
		case column >= 0 && !seen[column]:
			seen[column] = true
			known = append(known, sheetColumn{name, cells[i].Column, column})
		case column >= 0 || !isKnown:
			others = append(others, sheetColumn{name, cells[i].Column, -1})
		}
	}
	if 2*len(known) < len(t.columns) {
		return nil
	}
	return append(known, others...)
}

// nameOf returns the name of the column with a title or a name; a text that is neither is returned as it is.
func (t *sheetTable) nameOf(text string) string {
	for i := range t.schema.Columns {
		if c := &t.schema.Columns[i]; strings.EqualFold(text, c.Title) || strings.EqualFold(text, c.Name) {
			return c.Name
		}
	}
	return text
}

// begin keeps the header of the first part, and holds those of the others to it.
func (t *sheetTable) begin(p part, row int, header []sheetColumn) {
	at := t.reader.place(p.sheet.Name, ooxml.Ref{Row: row, Column: header[0].number}.String())
	if t.header == nil {
		t.header, t.headed = header, at
		return
	}
	names := func(columns []sheetColumn) (names []string) {
		for _, c := range columns {
			names = append(names, c.name)
		}
		slices.Sort(names)
		return names
	}
	if !slices.Equal(names(header), names(t.header)) {
		t.report("header", "", at, "the worksheet has other columns than "+t.headed.Sheet, "give both the same columns")
	}
}

// add reads a row, given the header of its part. One without a curated cell is none. Both go from left to right.
func (t *sheetTable) add(at rowPlace, header []sheetColumn, cells []ooxml.Cell) {
	var texts []string
	for i, column := range header {
		if column.curated < 0 {
			break // the curated columns come first
		}
		for len(cells) > 0 && cells[0].Column < column.number {
			cells = cells[1:]
		}
		if len(cells) == 0 || cells[0].Column > column.number {
			continue
		}
		if texts == nil {
			texts = make([]string, len(t.header))
		}
		field := i
		if column.name != t.header[min(i, len(t.header)-1)].name {
			field = slices.IndexFunc(t.header, func(c sheetColumn) bool { return c.name == column.name })
		}
		if field >= 0 {
			t.noteNumber(&t.columns[column.curated], field, at.sheet, &cells[0])
			texts[field] = t.cell(at.sheet, &t.columns[column.curated], &cells[0])
		}
	}
	if texts != nil {
		t.rows, t.cells = append(t.rows, texts), append(t.cells, at)
	}
}

// aligned returns the header of a part in the order of that of the first.
func (t *sheetTable) aligned(header []sheetColumn) []sheetColumn {
	if &header[0] == &t.header[0] {
		return header
	}
	aligned := slices.Clone(t.header)
	for i := range aligned {
		for _, column := range header {
			if column.name == aligned[i].name {
				aligned[i].number = column.number
			}
		}
	}
	return aligned
}
