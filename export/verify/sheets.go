package verify

import (
	"fmt"
	"slices"
	"strconv"

	"haltsheet/dataset"
	"haltsheet/export/spreadsheet"
	"haltsheet/export/workbook"
)

// sheetReaders hold the worksheets of a workbook to the tables, while the rules look at them too.
type sheetReaders struct {
	all     []*sheetReader          // one a table, in the order of the book
	bySheet map[string]*sheetReader // by the name of the worksheet
}

// newSheetReaders finds the worksheets of all tables: a table goes on in worksheets with _2 and so on behind the name.
func (f *File) newSheetReaders(w *spreadsheet.Workbook) *sheetReaders {
	readers := &sheetReaders{bySheet: map[string]*sheetReader{}}
	for _, table := range slices.Concat(f.Book.Summaries, f.Book.Curated) {
		table = table.InWords()
		one := *f
		one.findings = nil
		s := &sheetReader{file: &one, table: table, name: workbook.SheetName(table)}
		readers.all = append(readers.all, s)
		name := s.name
		for part := 2; ; part++ {
			sheet := w.Sheet(name)
			if sheet == nil {
				break
			}
			readers.bySheet[sheet.Name] = s
			name = s.name + "_" + strconv.Itoa(part)
		}
	}
	return readers
}

// alongside lets the reader of a table look at the rows of its worksheets.
func (r *sheetReaders) alongside(sheet *spreadsheet.Sheet) (group string, visit func(*spreadsheet.Row) error) {
	s := r.bySheet[sheet.Name]
	if s == nil {
		return "", nil
	}
	return s.name, func(row *spreadsheet.Row) error { return s.read(sheet, row) }
}

// end tells of what is missing or too much, and returns all that was found.
func (r *sheetReaders) end() (findings dataset.Findings) {
	for _, s := range r.all {
		if s.sheet != nil {
			s.endSheet()
		}
		if s.records == nil {
			s.file.Report(Mismatch, dataset.Finding{Message: fmt.Sprintf("has no worksheet %s", s.name)})
		} else {
			s.records.End()
		}
		findings = append(findings, s.file.findings...)
	}
	return findings
}

// sheetReader reads the worksheets of one table.
type sheetReader struct {
	file    *File
	table   *dataset.Table
	name    string // of the first worksheet
	records *Records
	sheet   *spreadsheet.Sheet // the one at hand; nil before the first
	last    int                // row of its table
	row     int                // of the next record
	titles  []string
	cells   []*spreadsheet.Cell // of a record, by the column of the worksheet from 0; nil for one that is blank
}

// read takes a row: the header, or a record. What stands above is for people, and behind the last record there is nothing.
func (s *sheetReader) read(sheet *spreadsheet.Sheet, row *spreadsheet.Row) error {
	if s.sheet != sheet {
		if s.sheet != nil {
			s.endSheet()
		}
		s.sheet, s.last, s.row, s.titles = sheet, lastRow(sheet), workbook.HeaderRow+1, nil
	}
	switch {
	case row.Number == workbook.HeaderRow:
		s.begin(row)
	case row.Number > workbook.HeaderRow && row.Number <= s.last:
		s.add(row)
	}
	return s.file.Stopped()
}

// lastRow returns the last row of the table of a worksheet.
func lastRow(sheet *spreadsheet.Sheet) int {
	for i := range sheet.Tables {
		if t := &sheet.Tables[i]; t.Ref.From.Row == workbook.HeaderRow {
			return t.Ref.To.Row
		}
	}
	return spreadsheet.MaxRows
}

// begin takes the header.
func (s *sheetReader) begin(row *spreadsheet.Row) {
	for i := range row.Cells {
		if row.Cells[i].Kind != spreadsheet.Blank {
			s.titles = append(s.titles, row.Cells[i].Value)
		}
	}
	s.cells = make([]*spreadsheet.Cell, len(s.titles))
	if s.records == nil {
		s.records = s.file.newRecords(s.table, s.titles, byTitle).without("")
	}
}

// endSheet ends the worksheet at hand: the rows of its table that did not come are rows of blank cells.
func (s *sheetReader) endSheet() {
	if s.titles == nil {
		return
	}
	s.blankUpTo(s.last + 1)
}

// blankUpTo adds records without cells for the rows before one. Behind the data, an Excel table has one row at least.
func (s *sheetReader) blankUpTo(row int) {
	clear(s.cells)
	for ; s.row < row && s.records.read < s.records.total(); s.row++ {
		s.hold()
	}
	s.row = row
}

// add takes a record.
func (s *sheetReader) add(row *spreadsheet.Row) {
	if s.titles == nil {
		return
	}
	s.blankUpTo(row.Number)
	isBlank := true
	for i := range row.Cells {
		c := &row.Cells[i]
		if c.Kind != spreadsheet.Blank && c.Column <= len(s.cells) {
			s.cells[c.Column-1], isBlank = c, false
		}
	}
	if isBlank && s.records.read >= s.records.total() {
		return
	}
	s.hold()
	s.row++
}

// hold holds the cells of a row to the next record.
func (s *sheetReader) hold() {
	if !s.records.next() {
		return
	}
	for i, column := range s.records.columns {
		if column < 0 || i >= len(s.cells) {
			continue
		}
		value, isSame := "", false
		if c := s.cells[i]; c != nil && c.Kind == spreadsheet.Number && s.records.isDay(column) {
			value, isSame = s.day(c.Value, column)
		} else {
			if c != nil {
				value = c.Value
			}
			isSame = sameCell(s.records, column, value)
		}
		if !isSame {
			s.records.differs(column, value, dataset.Place{Sheet: s.sheet.Name, Cell: spreadsheet.Ref{Row: s.row, Column: i + 1}.String()})
			return
		}
	}
}

// epoch is day 0 of a workbook, 30 December 1899.
const epoch dataset.Day = -25569

// day holds a number in a column of days to the table, and returns it as the day that it is.
func (s *sheetReader) day(value string, column int) (text string, isSame bool) {
	serial, err := strconv.Atoi(value)
	if err != nil {
		return value, false
	}
	day := dataset.Day(serial) + epoch
	if s.records.holdsDay(column, day) {
		return "", true
	}
	return day.String(), false
}
