package readback

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/ooxml"
)

// readXLSX reads a workbook.
func readXLSX(name string) (reading *intake.Reading, err error) {
	book, err := ooxml.OpenFile(name)
	if err == nil {
		defer func() { err = errors.Join(err, book.Close()) }()
		r := &workbookReader{file: filepath.Base(name), book: book}
		reading, err = r.read()
	}
	if refused, ok := errors.AsType[*ooxml.Error](err); ok {
		return nil, refuse(name, refused.Error(), fromExport)
	}
	return reading, err
}

// workbookReader reads the tables and the metadata of a workbook.
type workbookReader struct {
	file     string
	book     *ooxml.Workbook
	findings dataset.Findings
	remarks  []intake.Remark
}

func (r *workbookReader) read() (*intake.Reading, error) {
	from := &dataset.Transcript{File: r.file, Tables: map[string]*dataset.TableTranscript{}}
	for i := range dataset.Schemas {
		table, err := r.table(&dataset.Schemas[i])
		if err != nil {
			return nil, err
		}
		if table != nil {
			from.Tables[dataset.Schemas[i].Name] = table
		}
	}
	metadata, digest, err := r.metadata()
	if err != nil {
		return nil, err
	}
	if metadata == nil && len(from.Tables) == 0 {
		return nil, &ooxml.Error{Problem: "holds no table of a dataset"}
	}
	from.Metadata, from.Findings = metadata, r.findings
	d, err := dataset.LoadTranscript(from)
	return &intake.Reading{Dataset: d, Digest: digest, Remarks: r.remarks}, err
}

// part is a worksheet with a table, or with some of the rows of one.
type part struct {
	sheet  *ooxml.Sheet
	number int // from 1; the table goes on in the next
	totals ooxml.Range
}

// parts returns the worksheets of a table in order: those with an Excel table of its name, else those of its name. A
// table goes on in worksheets with _2 and so on behind the name.
func (r *workbookReader) parts(name string) (parts []part) {
	for _, sheet := range r.book.Sheets {
		for _, table := range sheet.Tables {
			if n := partNumber(table.DisplayName, name); n > 0 {
				p := part{sheet: sheet, number: n}
				if p.totals = table.Ref; table.TotalsRows > 0 {
					p.totals.From.Row = table.Ref.To.Row - table.TotalsRows + 1
				} else {
					p.totals = ooxml.Range{}
				}
				parts = append(parts, p)
			}
		}
	}
	for _, sheet := range r.book.Sheets {
		n := partNumber(sheet.Name, name)
		if n > 0 && !slices.ContainsFunc(parts, func(p part) bool { return p.number == n }) {
			parts = append(parts, part{sheet: sheet, number: n})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return a.number - b.number })
	return parts
}

// partNumber returns the number of the part of a table that a name is for, or 0.
func partNumber(text, name string) int {
	if strings.EqualFold(text, name) {
		return 1
	}
	if len(text) <= len(name)+1 || !strings.EqualFold(text[:len(name)+1], name+"_") {
		return 0
	}
	n, err := strconv.Atoi(text[len(name)+1:])
	if err != nil || n < 2 {
		return 0
	}
	return n
}

// sheetTable is a table that is being read from worksheets.
type sheetTable struct {
	reader  *workbookReader
	schema  *dataset.Schema
	columns []dataset.Column // the curated ones
	header  []sheetColumn    // of the first part
	rows    [][]string
	cells   []rowPlace // of each row
	headed  dataset.Place
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

// table reads a curated table from its worksheets, or returns nil where there is none.
func (r *workbookReader) table(schema *dataset.Schema) (*dataset.TableTranscript, error) {
	parts := r.parts(schema.Title)
	t := &sheetTable{reader: r, schema: schema, columns: schema.Curated()}
	for i, p := range parts {
		if i > 0 && p.number == parts[i-1].number {
			r.report("header", schema, "", r.place(p.sheet.Name, "A1"), fmt.Sprintf("the worksheet holds the table %s, as %s does", schema.Title, parts[i-1].sheet.Name), "delete one of them")
			continue
		}
		if err := t.read(p); err != nil {
			return nil, err
		}
	}
	if t.header == nil {
		return nil, nil
	}
	table := &dataset.TableTranscript{Whole: t.headed, Rows: t.rows}
	for _, column := range t.header {
		table.Header = append(table.Header, column.name)
	}
	table.Place = func(row, field int) dataset.Place {
		at := rowPlace{t.headed.Sheet, t.headerRow(), t.header}
		if row >= 0 {
			at = t.cells[row]
		}
		return r.place(at.sheet, ooxml.Ref{Row: at.row, Column: at.header[field].number}.String())
	}
	return table, nil
}

func (t *sheetTable) headerRow() int {
	ref, _ := ooxml.ParseRef(t.headed.Cell)
	return ref.Row
}

// read reads one part: the header is the first row in which at least half of the columns have their titles or names,
// and the rows are all others behind it.
func (t *sheetTable) read(p part) error {
	var header []sheetColumn
	row := 0
	var cells []ooxml.Cell
	finish := func() {
		switch {
		case len(cells) == 0:
		case header == nil:
			if header = t.headerOf(cells); header != nil {
				t.begin(p, row, header)
			}
		case p.totals.From.Row == 0 || row < p.totals.From.Row || row > p.totals.To.Row:
			t.add(p.sheet.Name, row, header, cells)
		}
		cells = cells[:0]
	}
	err := p.sheet.Cells(func(cell ooxml.Cell) error {
		if cell.Row != row {
			finish()
			row = cell.Row
		}
		if cell.Kind != ooxml.Blank || cell.HasFormula {
			cells = append(cells, cell)
		}
		return nil
	})
	finish()
	if err == nil && header == nil {
		t.reader.report("header", t.schema, "", t.reader.place(p.sheet.Name, "A1"), "the worksheet has no header of "+t.schema.Title,
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
		t.reader.report("header", t.schema, "", at, "the worksheet has other columns than "+t.headed.Sheet, "give both the same columns")
	}
}

// add reads a row. One without a curated cell is none.
func (t *sheetTable) add(sheet string, row int, header []sheetColumn, cells []ooxml.Cell) {
	texts := make([]string, len(t.header))
	isThere := false
	for i, column := range header {
		if column.curated < 0 {
			break // the curated columns come first
		}
		at, found := slices.BinarySearchFunc(cells, column.number, func(c ooxml.Cell, number int) int { return c.Column - number })
		if !found {
			continue
		}
		isThere = true
		field := i
		if header[i].name != t.header[min(i, len(t.header)-1)].name {
			field = slices.IndexFunc(t.header, func(c sheetColumn) bool { return c.name == column.name })
		}
		if field >= 0 {
			texts[field] = t.reader.cell(sheet, t.schema, &t.columns[column.curated], &cells[at])
		}
	}
	if isThere {
		t.rows = append(t.rows, texts)
		t.cells = append(t.cells, rowPlace{sheet, row, t.aligned(header)})
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

func (r *workbookReader) place(sheet, cell string) dataset.Place {
	return dataset.Place{File: r.file, Sheet: sheet, Cell: cell}
}

func (r *workbookReader) report(rule string, schema *dataset.Schema, field string, place dataset.Place, message, hint string) {
	r.findings = append(r.findings, dataset.Finding{Rule: rule, Place: place, Table: schema.Name, Field: field, Message: message, Hint: hint})
}

// metadata puts dataset.json together from the worksheet that lists its leaves, and finds the digest of the data that
// the workbook was made from.
func (r *workbookReader) metadata() (from *dataset.MetadataTranscript, digest string, err error) {
	parts := r.parts("Metadata")
	if len(parts) == 0 {
		return nil, "", nil
	}
	sheet := parts[0].sheet
	var leaves []dataset.Leaf
	places := map[string]dataset.Place{}
	path, isHeader := "", true
	err = sheet.Cells(func(cell ooxml.Cell) error {
		switch {
		case cell.Column == 1:
			if path = strings.TrimSpace(cell.Value); isHeader || path == "" {
				isHeader = isHeader && !strings.EqualFold(path, "Path")
				path = ""
				return nil
			}
			leaves = append(leaves, dataset.Leaf{Path: path})
			places[path] = r.place(sheet.Name, ooxml.Ref{Row: cell.Row, Column: 2}.String())
		case cell.Column == 2 && path != "" && places[path].Cell == cell.String():
			text := r.leaf(&cell)
			leaves[len(leaves)-1].Value = dataset.TextValue(text)
		}
		return nil
	})
	leaves = slices.DeleteFunc(leaves, func(leaf dataset.Leaf) bool {
		if leaf.Path == "workbook/digest" {
			digest = leaf.Value.Text
		}
		return strings.HasPrefix(leaf.Path, "workbook/")
	})
	return &dataset.MetadataTranscript{
		Text: dataset.MetadataText(leaves),
		Place: func(path string, _ int) dataset.Place {
			if place, ok := places[path]; ok {
				return place
			}
			return r.place(sheet.Name, "A1")
		},
	}, digest, err
}
