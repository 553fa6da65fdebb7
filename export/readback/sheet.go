package readback

import (
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/spreadsheet"
)

// sheetTable is a table that is being read from worksheets.
type sheetTable struct {
	reader  *workbookReader
	schema  *dataset.Schema
	columns []dataset.Column // those that are read: the curated ones, or all of an edited workbook
	extras  []string         // columns that the table does not have; those of an edited workbook are told of instead
	first   *header          // of the first part
	rows    [][]string       // in the order of the columns, and then of the extras, up to the last text; an edited workbook has them in mended
	mended  *intake.Rows     // of an edited workbook, held against the dataset that it was made from; else nil
	row     []string         // that is being read
	cells   []rowPlace       // of each row
	headed  dataset.Place    // the header of the first part; nowhere until there is one

	findings dataset.FindingLog
	remarks  intake.Remarks
	formats  map[int]dateFormat // that were asked for, by style
	days     map[string]int     // by column, the days that were numbers
	numbers  []numberPlace
	strays   map[int]bool // columns without a header that were told of already
}

// header is what the header of a part says.
type header struct {
	sheet  string
	fields []int              // of each column and each extra, where it stands, from 1; 0 where it does not
	order  []sheetColumn      // these from left to right
	others []spreadsheet.Cell // the headers that are no columns of the table
	headed map[int]bool       // the columns of the worksheet that have a header
	former []formerColumn
}

// formerColumn is a column that earlier versions had: where it stands, from 1, and what there is to tell once a cell of it holds something.
type formerColumn struct {
	number int
	left   intake.Remark
}

// sheetColumn is a column of a worksheet: where it stands, from 1, and its place among the columns of the table.
type sheetColumn struct{ number, column int }

// rowPlace tells where a row stands.
type rowPlace struct {
	*header
	row int
}

// readings reads the table from its worksheets.
func (t *sheetTable) readings() (all []spreadsheet.Reading) {
	parts := t.reader.parts(t.schema.Title)
	for i, p := range parts {
		if i > 0 && p.number == parts[i-1].number {
			t.report("header", "", t.reader.place(p.sheet.Name, "A1"), fmt.Sprintf("the worksheet holds the table %s, as %s does", t.schema.Title, parts[i-1].sheet.Name), "delete one of them")
			continue
		}
		all = append(all, t.reading(p))
	}
	return all
}

func (t *sheetTable) report(rule, field string, place dataset.Place, message, hint string) {
	t.findings.Add(dataset.Finding{Rule: rule, Place: place, Table: t.schema.Name, Field: field, Message: message, Hint: hint})
}

// place returns where a cell stands, by its row and its place among the columns, both from 0; row -1 is the header.
func (t *sheetTable) place(row, column int) dataset.Place {
	at := rowPlace{t.first, t.headerRow()}
	if row >= 0 {
		at = t.cells[row]
	}
	return t.reader.place(at.sheet, spreadsheet.Ref{Row: at.row, Column: max(at.fields[column], 1)}.String())
}

// transcribe returns what was read, its columns from left to right.
func (t *sheetTable) transcribe() *dataset.TableTranscript {
	curated := len(t.schema.Curated())
	table := &dataset.TableTranscript{Whole: t.headed, Count: len(t.cells)}
	var there []int // the columns of the transcript
	for _, c := range t.first.order {
		switch {
		case c.column < curated:
			table.Header = append(table.Header, t.columns[c.column].Name)
		case c.column >= len(t.columns):
			table.Header = append(table.Header, t.extras[c.column-len(t.columns)])
		default:
			continue // derived
		}
		there = append(there, c.column)
	}
	row := func(row int) []string { return t.rows[row] }
	if t.mended != nil {
		row = t.mended.Transcript(nil).Row
	}
	cells := make([]string, len(there))
	table.Row = func(i int) []string {
		whole := row(i)
		for i, column := range there {
			if cells[i] = ""; column < len(whole) {
				cells[i] = whole[column]
			}
		}
		return cells
	}
	table.Place = func(row, field int) dataset.Place { return t.place(row, there[field]) }
	return table
}

func (t *sheetTable) headerRow() int {
	ref, _ := spreadsheet.ParseRef(t.headed.Cell)
	return ref.Row
}

// reading reads one part: the header is the first row in which at least half of the curated columns have their titles or
// names, and the rows are all others behind it.
func (t *sheetTable) reading(p part) spreadsheet.Reading {
	var head *header
	var cells []spreadsheet.Cell
	visit := func(row *spreadsheet.Row) error {
		cells = cells[:0]
		for i := range row.Cells {
			if c := &row.Cells[i]; c.Kind != spreadsheet.Blank || c.HasFormula {
				cells = append(cells, *c)
			}
		}
		switch {
		case len(cells) == 0:
		case head == nil:
			if head = t.headerOf(p.sheet.Name, cells); head != nil {
				t.begin(p, row.Number, head)
			} else if t.reader.base != nil {
				t.lookAbove(p.sheet.Name, cells)
			}
		case p.totals.From.Row == 0 || row.Number < p.totals.From.Row || row.Number > p.totals.To.Row:
			t.add(rowPlace{head, row.Number}, cells)
		}
		return nil
	}
	end := func() error {
		if head == nil {
			t.report("header", "", t.reader.place(p.sheet.Name, "A1"), "the worksheet has no header of "+t.schema.Title,
				"restore the row with the titles of the columns")
		}
		return nil
	}
	return spreadsheet.Reading{Sheet: p.sheet, Visit: visit, End: end}
}

// headerOf returns what a row of a worksheet names, or nil where it is no header.
func (t *sheetTable) headerOf(sheet string, cells []spreadsheet.Cell) *header {
	head := &header{sheet: sheet, fields: make([]int, len(t.columns)), headed: map[int]bool{}}
	curated, known := len(t.schema.Curated()), 0
	for i := range cells {
		column := t.columnOf(intake.Bare(cells[i].Value))
		switch {
		case column < 0:
			head.others, head.headed[cells[i].Column] = append(head.others, cells[i]), true
		case column < len(head.fields) && head.fields[column] == 0:
			head.fields[column] = cells[i].Column
			head.order, head.headed[cells[i].Column] = append(head.order, sheetColumn{cells[i].Column, column}), true
			if column < curated {
				known++
			}
		case column < curated:
			head.others, head.headed[cells[i].Column] = append(head.others, cells[i]), true // for a second time
		}
	}
	if 2*known < curated {
		return nil
	}
	return head
}

// columnOf returns the place in the schema of the column with a title or a name, or -1.
func (t *sheetTable) columnOf(text string) int {
	return slices.IndexFunc(t.schema.InWorksheets(), func(c dataset.Column) bool {
		return strings.EqualFold(text, c.Title) || strings.EqualFold(text, c.Name)
	})
}

// begin keeps the header of the first part, and holds those of the others to it.
func (t *sheetTable) begin(p part, row int, head *header) {
	at := func(column int) dataset.Place {
		return t.reader.place(p.sheet.Name, spreadsheet.Ref{Row: row, Column: column}.String())
	}
	for i := range head.others {
		t.foreignColumn(at(head.others[i].Column), head, &head.others[i])
	}
	slices.SortFunc(head.order, func(a, b sheetColumn) int { return a.number - b.number })
	if t.first == nil {
		t.first, t.headed = head, at(head.order[0].number)
		return
	}
	for i := range t.schema.Curated() {
		if (t.first.fields[i] > 0) != (head.fields[i] > 0) {
			t.report("header", "", at(head.order[0].number), "the worksheet has other columns than "+t.headed.Sheet, "give both the same columns")
			return
		}
	}
}

// foreignColumn takes a column that the table does not have, or has already. In an edited workbook it is told of and left out; else
// the check of the data tells of it.
func (t *sheetTable) foreignColumn(at dataset.Place, head *header, cell *spreadsheet.Cell) {
	name := intake.Bare(cell.Value)
	if column := t.columnOf(name); column >= 0 {
		name = t.schema.InWorksheets()[column].Name
		t.report("header", name, at, fmt.Sprintf("the column %q is there twice", name), "delete one")
		return
	}
	if t.reader.base != nil {
		left := intake.LeftOut(at, fmt.Sprintf("%s has no column %q, and it is left out", t.schema.Title, name), "")
		if intake.IsFormer(t.schema, name) {
			head.former = append(head.former, formerColumn{cell.Column, left})
		} else {
			t.remarks.Add(left)
		}
		return
	}
	extra := slices.Index(t.extras, name)
	if extra < 0 {
		extra = len(t.extras)
		t.extras = append(t.extras, name)
	}
	for len(head.fields) <= len(t.columns)+extra {
		head.fields = append(head.fields, 0)
	}
	head.fields[len(t.columns)+extra] = cell.Column
	head.order = append(head.order, sheetColumn{cell.Column, len(t.columns) + extra})
}

// add reads a row; its cells and its header go from left to right. A row without a curated cell is skipped.
func (t *sheetTable) add(at rowPlace, cells []spreadsheet.Cell) {
	texts := t.newRow()
	curated, isRecord := len(t.schema.Curated()), false
	rest := cells
	for _, c := range at.order {
		for len(rest) > 0 && rest[0].Column < c.number {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0].Column > c.number {
			continue
		}
		if c.column >= len(t.columns) {
			texts[c.column] = plain(&rest[0])
			continue
		}
		column := &t.columns[c.column]
		if c.column >= curated {
			texts[c.column] = t.derived(column, &rest[0])
			continue
		}
		isRecord = true
		t.noteNumber(column, c.column, at.sheet, &rest[0])
		texts[c.column] = t.cell(at.sheet, column, &rest[0])
	}
	if isRecord && t.reader.base != nil && t.isApart(at) && !intake.IsRecord(t.schema, texts[:curated]) {
		t.remarks.Add(intake.BelowTable(t.reader.place(at.sheet, cells[0].String()), t.schema, valuesOf(cells)))
		return
	}
	if isRecord {
		t.cells = append(t.cells, at)
		if t.mended != nil {
			t.mended.Add(texts)
		} else {
			t.rows = append(t.rows, withoutLastBlanks(texts))
		}
	}
	if t.reader.base != nil {
		t.lookAround(at, cells, isRecord)
	}
}

// newRow returns the empty texts of a row, the same ones for every row.
func (t *sheetTable) newRow() []string {
	clear(t.row)
	t.row = slices.Grow(t.row[:0], len(t.columns)+len(t.extras))[:len(t.columns)+len(t.extras)]
	return t.row
}

// withoutLastBlanks returns a copy of the texts of a row up to the last that is not empty: a small file may have a million rows of one.
func withoutLastBlanks(texts []string) []string {
	end := len(texts)
	for end > 0 && texts[end-1] == "" {
		end--
	}
	return slices.Clone(texts[:end])
}

// isApart reports whether blank rows stand between a row and the record before it.
func (t *sheetTable) isApart(at rowPlace) bool {
	if len(t.cells) == 0 {
		return false
	}
	before := t.cells[len(t.cells)-1]
	return before.sheet == at.sheet && at.row > before.row+1
}

func valuesOf(cells []spreadsheet.Cell) []string {
	values := make([]string, len(cells))
	for i := range cells {
		values[i] = cells[i].Value
	}
	return values
}

// lookAbove tells of what stands above a table and beside the lines that an export has there, in the first column.
func (t *sheetTable) lookAbove(sheet string, cells []spreadsheet.Cell) {
	for i := range cells {
		if c := &cells[i]; c.Column > 1 {
			t.remarks.Add(intake.LeftOut(t.reader.place(sheet, c.String()), fmt.Sprintf("%q stands above the table, and is left out", shortened(c.Value)), ""))
		}
	}
}

// lookAround tells of what a row has and no dataset can hold: cells without a header, and records or cells that are struck through.
func (t *sheetTable) lookAround(at rowPlace, cells []spreadsheet.Cell, isRecord bool) {
	place := func(c *spreadsheet.Cell) dataset.Place { return t.reader.place(at.sheet, c.String()) }
	var struck []*spreadsheet.Cell
	at.former = slices.DeleteFunc(at.former, func(f formerColumn) bool {
		holds := slices.ContainsFunc(cells, func(c spreadsheet.Cell) bool { return c.Column == f.number && intake.Bare(c.Value) != "" })
		if holds {
			t.remarks.Add(f.left)
		}
		return holds
	})
	for i := range cells {
		c := &cells[i]
		if isRecord && t.reader.book.Styles.Format(c.Style).Font.Strike {
			struck = append(struck, c)
		}
		switch {
		case at.headed[c.Column] && (isRecord || i > 0):
		case t.strays[c.Column]:
		default:
			if t.strays == nil {
				t.strays = map[int]bool{}
			}
			t.strays[c.Column] = true
			t.remarks.Add(intake.LeftOut(place(c), fmt.Sprintf("%q stands outside of the table, and is left out", shortened(c.Value)), ""))
		}
	}
	if len(struck) > 0 && len(struck) == len(cells) {
		t.remarks.Add(intake.LeftOut(place(&cells[0]), "the record is struck through, which changes nothing", "delete its row, and import with --delete, to remove it"))
		return
	}
	for _, c := range struck {
		t.remarks.Add(intake.LeftOut(place(c), fmt.Sprintf("%q is struck through, which changes nothing", shortened(c.Value)), "empty the cell, or write what belongs there"))
	}
}

// shortened returns a text that is not too long to be told.
func shortened(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
