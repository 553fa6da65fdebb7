package verify

import (
	"fmt"
	"slices"
	"strconv"

	"haltsheet/dataset"
	"haltsheet/export/ooxml"
	"haltsheet/export/xlsx"
)

// checkSheets holds the worksheets of a workbook to the tables.
func (f *folder) checkSheets(file string, w *ooxml.Workbook) error {
	for _, table := range slices.Concat(f.book.Summaries, f.book.Curated) {
		s := sheetReader{folder: f, file: file, table: table}
		name := xlsx.SheetName(table)
		for part := 1; ; part++ {
			if part > 1 {
				name = xlsx.SheetName(table) + "_" + strconv.Itoa(part)
			}
			sheet := w.Sheet(name)
			if sheet == nil {
				break
			}
			if err := s.read(sheet); err != nil {
				return err
			}
		}
		if s.records == nil {
			f.reportFile("mismatch", file, fmt.Sprintf("has no worksheet %s", name))
			continue
		}
		s.records.end()
	}
	return nil
}

// sheetReader reads the worksheets of one table.
type sheetReader struct {
	folder  *folder
	file    string
	table   *dataset.Table
	records *records
	titles  []string
	cells   []string
	row     int // of the cells; 0 before the first
	sheet   *ooxml.Sheet
}

// read reads one worksheet: the header, and below it a record a row. What stands above is for people, and behind the last
// record there is nothing.
func (s *sheetReader) read(sheet *ooxml.Sheet) error {
	s.sheet, s.row, s.titles = sheet, 0, nil
	last := lastRow(sheet)
	err := sheet.Cells(func(c ooxml.Cell) error {
		switch {
		case c.Row < xlsx.HeaderRow || c.Row > last || c.Kind == ooxml.Blank:
		case c.Row == xlsx.HeaderRow:
			s.titles = append(s.titles, c.Value)
		case c.Column <= len(s.titles):
			s.upTo(c.Row)
			s.cells[c.Column-1] = s.text(&c)
		}
		return s.folder.ctx.Err()
	})
	if s.row > 0 || s.titles != nil {
		s.upTo(last + 1)
	}
	return err
}

// lastRow returns the last row of the table of a worksheet.
func lastRow(sheet *ooxml.Sheet) int {
	for i := range sheet.Tables {
		if t := &sheet.Tables[i]; t.Ref.From.Row == xlsx.HeaderRow {
			return t.Ref.To.Row
		}
	}
	return ooxml.MaxRows
}

// upTo ends the records before a row, of which one without cells is a row of blank cells.
func (s *sheetReader) upTo(row int) {
	if s.records == nil {
		s.records = s.folder.newRecords(s.file, s.table, s.titles, byTitle).without("")
	}
	if s.row == 0 {
		s.row, s.cells = xlsx.HeaderRow+1, make([]string, len(s.titles))
	}
	for ; s.row < row; s.row++ {
		if s.isBlank() && s.records.read >= s.records.total() {
			return // an Excel table has one row at least
		}
		s.records.add(s.cells, func(i int) dataset.Place {
			return dataset.Place{File: s.file, Sheet: s.sheet.Name, Cell: ooxml.Ref{Row: s.row, Column: i + 1}.String()}
		})
		clear(s.cells)
	}
}

func (s *sheetReader) isBlank() bool {
	return !slices.ContainsFunc(s.cells, func(cell string) bool { return cell != "" })
}

// text returns a cell as CSV holds it. A number in a column of days is one.
func (s *sheetReader) text(c *ooxml.Cell) string {
	column := slices.IndexFunc(s.table.Columns, func(column dataset.Column) bool { return column.Title == s.titles[c.Column-1] })
	if c.Kind != ooxml.Number || column < 0 {
		return c.Value
	}
	switch s.table.Columns[column].Type {
	case dataset.TypeDay, dataset.TypeDate:
		if serial, err := strconv.Atoi(c.Value); err == nil {
			return (dataset.Day(serial) + epoch).String()
		}
	case dataset.TypeText, dataset.TypeDecimal, dataset.TypeInteger, dataset.TypeBoolean, dataset.TypeList:
	}
	return c.Value
}

// epoch is day 0 of a workbook, 30 December 1899.
const epoch dataset.Day = -25569
