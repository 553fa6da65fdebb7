package readback

import (
	"cmp"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"haltsheet/dataset"
	"haltsheet/export/book"
	"haltsheet/export/intake"
	"haltsheet/export/spreadsheet"
)

// readXLSX reads a workbook. made is the dataset that an edited workbook was made from, or nil for a workbook that is read as it
// stands.
func readXLSX(name string, made *dataset.Dataset) (reading *intake.Reading, err error) {
	book, err := spreadsheet.OpenFile(name)
	if err == nil {
		defer func() { err = errors.Join(err, book.Close()) }()
		r := &workbookReader{file: filepath.Base(name), book: book, made: made}
		if made != nil {
			r.base = intake.NewBase(made)
		}
		reading, err = r.read()
	}
	if refused, ok := errors.AsType[*spreadsheet.Error](err); ok {
		return nil, refuse(name, refused.Error(), cmp.Or(refused.Hint, "open it in a spreadsheet and save it again as .xlsx or .ods"))
	}
	return reading, err
}

// workbookReader reads the tables and the metadata of a workbook.
type workbookReader struct {
	file string
	book *spreadsheet.Workbook
	made *dataset.Dataset // that an edited workbook was made from; else nil
	base *intake.Base     // the same, to look records up in; nil where made is
}

// read reads all tables and the metadata side by side.
func (r *workbookReader) read() (*intake.Reading, error) {
	var groups [][]spreadsheet.Reading
	tables := make([]*sheetTable, len(dataset.Schemas))
	for i := range tables {
		schema := &dataset.Schemas[i]
		tables[i] = &sheetTable{reader: r, schema: schema, columns: schema.Curated(), days: map[string]int{}}
		if r.made != nil {
			tables[i].columns = schema.InWorksheets()
			tables[i].mended = intake.NewRows(schema, r.base, tables[i].place)
		}
		groups = append(groups, tables[i].readings())
	}
	about := &metadataReader{reader: r, places: map[string]dataset.Place{}}
	if err := r.book.Read(append(groups, about.readings())); err != nil {
		return nil, err
	}
	for _, t := range tables {
		t.mendNumbers()
	}
	metadata, digest := about.transcribe()
	if r.base != nil {
		r.base.IsOrigin = sync.OnceValue(func() bool { return digest == book.Digest(r.origin(metadata)) })
		r.base.IsTaken = sync.OnceValue(func() bool {
			return digest != "" && !slices.ContainsFunc(tables, func(t *sheetTable) bool { return !t.mended.DiffersByWordsTaken() })
		})
	}
	var mended []*intake.Rows
	reading := &intake.Reading{Digest: digest}
	from := &dataset.Transcript{File: r.file, Metadata: metadata, Tables: map[string]*dataset.TableTranscript{}}
	for _, t := range tables {
		if t.headed.Cell != "" {
			from.Tables[t.schema.Name] = t.transcribe()
			if t.mended != nil {
				mended = append(mended, t.mended)
			}
		}
		from.Findings.AddAll(&t.findings)
		reading.Remarks.AddAll(&t.remarks)
	}
	if metadata == nil && len(from.Tables) == 0 {
		return nil, &spreadsheet.Error{Problem: "holds no table of a dataset", Hint: fromExport}
	}
	if r.made != nil {
		return reading, r.complete(reading, from, mended)
	}
	var err error
	reading.Dataset, err = dataset.LoadTranscript(from)
	return reading, err
}

// origin returns what the workbook may have been made from: the whole dataset, or the selection that its metadata names.
func (r *workbookReader) origin(metadata *dataset.MetadataTranscript) *dataset.Dataset {
	var about struct{ Selection []dataset.Choice }
	if metadata == nil || json.Unmarshal([]byte(metadata.Text), &about) != nil || about.Selection == nil {
		return r.made
	}
	if chosen, err := dataset.Select(r.made, about.Selection); err == nil {
		return chosen
	}
	return r.made
}

// part is a worksheet with a table, or with some of the rows of one.
type part struct {
	sheet  *spreadsheet.Sheet
	number int // from 1; the table goes on in the next
	totals spreadsheet.Range
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
					p.totals = spreadsheet.Range{}
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

func (r *workbookReader) place(sheet, cell string) dataset.Place {
	return dataset.Place{File: r.file, Sheet: sheet, Cell: cell}
}

// metadataReader puts dataset.json together from the worksheet that lists its leaves.
type metadataReader struct {
	reader *workbookReader
	sheet  *spreadsheet.Sheet // nil for a workbook without one
	leaves []dataset.Leaf
	places map[string]dataset.Place
	path   string // of the row at hand
	isData bool   // behind the header
}

// readings reads the first worksheet of the metadata.
func (m *metadataReader) readings() []spreadsheet.Reading {
	parts := m.reader.parts("Metadata")
	if len(parts) == 0 {
		return nil
	}
	m.sheet = parts[0].sheet
	return []spreadsheet.Reading{{Sheet: m.sheet, Visit: m.visit}}
}

func (m *metadataReader) visit(row *spreadsheet.Row) error {
	for i := range row.Cells {
		switch cell := &row.Cells[i]; {
		case cell.Column == 1:
			if m.path = strings.TrimSpace(cell.Value); !m.isData || m.path == "" {
				m.isData = m.isData || strings.EqualFold(m.path, "Path")
				m.path = ""
				continue
			}
			m.leaves = append(m.leaves, dataset.Leaf{Path: m.path})
			m.places[m.path] = m.reader.place(m.sheet.Name, spreadsheet.Ref{Row: cell.Row, Column: 2}.String())
		case cell.Column == 2 && m.path != "" && m.places[m.path].Cell == cell.String():
			m.leaves[len(m.leaves)-1].Value = dataset.TextValue(m.reader.leaf(cell))
		}
	}
	return nil
}

// transcribe returns what was read, and the digest of the data that the workbook was made from.
func (m *metadataReader) transcribe() (from *dataset.MetadataTranscript, digest string) {
	if m.sheet == nil {
		return nil, ""
	}
	leaves := slices.DeleteFunc(m.leaves, func(leaf dataset.Leaf) bool {
		if leaf.Path == "workbook/digest" {
			digest = leaf.Value.Text
		}
		return strings.HasPrefix(leaf.Path, "workbook/")
	})
	return &dataset.MetadataTranscript{
		Text: dataset.MetadataText(leaves),
		Place: func(path string, _ int) dataset.Place {
			if place, ok := m.places[path]; ok {
				return place
			}
			return m.reader.place(m.sheet.Name, "A1")
		},
	}, digest
}
