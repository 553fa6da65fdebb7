package intake

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
)

// file is a CSV file with the table that it holds.
type file struct {
	sheet
	schema  *dataset.Schema
	dialect dialect
	columns []column
	header  recordAt
	rows    []recordAt
	survey  survey
	fault   *dataset.Finding // why nothing can be read
	outside Remarks          // of rows above and below the table
	foreign Remarks          // of columns that are not ours
}

// dialect is how a file is written.
type dialect struct {
	encoding  string // empty for UTF-8 without a mark
	separator rune
	lines     string
	titles    bool // the header has titles rather than names
}

// String tells how the file is written, as far as that is not how haltsheet itself writes.
func (d dialect) String() string {
	var parts []string
	if d.separator != ',' {
		parts = append(parts, separatorNames[d.separator]+" between cells")
	}
	if d.encoding != "" {
		parts = append(parts, d.encoding)
	}
	if d.lines != "LF" {
		parts = append(parts, d.lines+" between lines")
	}
	if d.titles {
		parts = append(parts, "titles in the header")
	}
	return strings.Join(parts, ", ")
}

// openCSV reads a file as far as its header. A file without the header of a table has no schema; one that cannot be read has a
// fault.
func openCSV(name string, content []byte) *file {
	f := &file{sheet: sheet{file: filepath.Base(name)}}
	named := schemaNamed(f.file)
	e := decode(content)
	f.text, f.dialect.lines = linesOf(e.text)
	f.dialect.encoding = e.encoding
	if e.broken >= 0 {
		f.schema = named
		f.fail("encoding", f.at(e.broken, strings.LastIndexByte(f.text[:e.broken], '\n')+1, 1+strings.Count(f.text[:e.broken], "\n")),
			"the file "+e.problem, "save it again, as UTF-8")
		return f
	}
	tried := separators
	f.startLine = 1
	if separator, behind := namedSeparator(f.text); separator != 0 {
		tried, f.start, f.startLine = []rune{separator}, behind, 2
	}
	if found, fault := f.findHeader(named, tried); !found {
		if f.schema = named; fault != nil && fault.rule == "row-length" {
			f.fail(fault.rule, fault.place, fault.message, fault.hint)
		}
	}
	return f
}

// findHeader finds what separates the cells, and the header: the first row in which at least half of the columns of a table are
// named; titles and notes may stand before it. It reports whether there is one, and a fault that may be why not.
func (f *file) findHeader(named *dataset.Schema, tried []rune) (found bool, inWay *fault) {
	const far = 30 // rows
	best := 0
	for _, separator := range tried {
		probe := f.sheet
		probe.separator = separator
		row := 0
		fault := probe.each(func(r record) bool {
			for i := range dataset.Schemas {
				schema := &dataset.Schemas[i]
				columns := headerOf(schema, r.cells)
				if known := countKnown(columns); known > best || known == best && known > 0 && schema == named {
					best = known
					f.separator, f.dialect.separator, f.schema, f.columns, f.header = separator, separator, schema, columns, r.recordAt
				}
			}
			row++
			return best == 0 && row < far
		})
		inWay = cmp.Or(inWay, fault)
	}
	for _, c := range f.columns {
		if c.of >= 0 && !strings.EqualFold(c.name, f.schema.InWorksheets()[c.of].Name) {
			f.dialect.titles = true
		}
	}
	return best > 0, inWay
}

func countKnown(columns []column) (n int) {
	for _, c := range columns {
		if c.of >= 0 {
			n++
		}
	}
	return n
}

// copied matches what browsers and file managers add to a name that is taken already.
var copied = pattern.New(`( ?\(\d+\)|[ _-]\d+| - copy.*)$`)

// schemaNamed returns the table that a file is named for, in any case: halts.csv, Halts (1).csv, or halted-activities - Halts.csv
// as a workbook's sheets are downloaded. It returns nil where there is none.
func schemaNamed(name string) *dataset.Schema {
	stem := strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
	stem = copied().ReplaceAllString(stem, "")
	if i := strings.LastIndex(stem, " - "); i >= 0 {
		stem = stem[i+len(" - "):]
	}
	i := slices.IndexFunc(dataset.Schemas, func(s dataset.Schema) bool { return stem == s.Name || stem == strings.ToLower(s.Title) })
	if i < 0 {
		return nil
	}
	return &dataset.Schemas[i]
}

func (f *file) fail(rule string, place dataset.Place, message, hint string) {
	f.fault = &dataset.Finding{Rule: rule, Place: place, Message: message, Hint: hint}
	if f.schema != nil {
		f.fault.Table = f.schema.Name
	}
}

// read surveys the rows behind the header. Their cells are not kept but read again when they are needed: kept, they would take many
// times the memory of the file.
func (f *file) read(made *dataset.Dataset) {
	if f.schema == nil || f.columns == nil {
		f.fail("header", dataset.Place{File: f.file}, "no row of the file names the columns of a table", "begin with the names of its columns, as haltsheet describe tables lists them")
		return
	}
	if f.checkHeader(made); f.fault != nil {
		return
	}
	f.survey.filled = make([]int, len(f.columns))
	isBehind, isApart := false, false // of the header, and of the record before it
	fault := f.each(func(r record) bool {
		switch {
		case r.offset < f.header.offset:
			f.outside.Add(LeftOut(f.place(r.offset, r.line, 0), fmt.Sprintf("the row %s stands above the table %s, and is left out", quotedCells(r.cells), f.schema.Title), ""))
			return true
		case !isBehind && r.offset == f.header.offset:
			isBehind = true
			return true
		case isApart || r.apart:
			if isApart = !f.isRecord(r.cells); isApart {
				f.outside.Add(BelowTable(f.place(r.offset, r.line, 0), f.schema, r.cells))
				return true
			}
		}
		f.rows = append(f.rows, r.recordAt)
		f.survey.add(f, r)
		return true
	})
	if fault != nil {
		f.fail(fault.rule, fault.place, fault.message, fault.hint)
		return
	}
	if f.checkLengths(); f.fault == nil {
		f.checkForeign()
	}
}

// eachRow calls visit with the cells of every row in order. They hold until the next.
func (f *file) eachRow(visit func(row int, cells []string)) {
	row := 0
	_ = f.each(func(r record) bool { // the survey found no fault
		if row < len(f.rows) && r.offset == f.rows[row].offset {
			visit(row, r.cells)
			row++
		}
		return row < len(f.rows)
	})
}

// survey is what the rows of a file show when they are seen for the first time.
type survey struct {
	shortest, longest int      // cells
	firstTooLong      recordAt // the first row with more cells than the header, and how many
	tooLong           int
	isBeyondFilled    bool  // a cell behind the last column holds something
	filled            []int // of each column that is not ours, how many cells hold something
	decimalCommas     bool  // a number has a comma that no thousands could have
}

func (s *survey) add(f *file, r record) {
	n := len(r.cells)
	if len(f.rows) == 1 {
		s.shortest = n
	}
	s.shortest, s.longest = min(s.shortest, n), max(s.longest, n)
	if n > len(f.columns) && s.tooLong == 0 {
		s.firstTooLong, s.tooLong = r.recordAt, n
	}
	for i, cell := range r.cells {
		switch {
		case i >= len(f.columns):
			s.isBeyondFilled = s.isBeyondFilled || Bare(cell) != ""
		case f.columns[i].of < 0:
			if Bare(cell) != "" {
				s.filled[i]++
			}
		case !s.decimalCommas && f.mayHaveDecimalCommas() && f.schema.InWorksheets()[f.columns[i].of].Type == dataset.TypeDecimal:
			s.decimalCommas = hasDecimalComma(cell)
		}
	}
}

// checkHeader reports a curated column that is there twice, or that is missing and was there in the dataset that the file was made from.
func (f *file) checkHeader(made *dataset.Dataset) {
	at := map[int]bool{}
	for i, c := range f.columns {
		if c.of < 0 || c.of >= len(f.schema.Curated()) {
			continue
		}
		if at[c.of] {
			f.fail("header", f.place(f.header.offset, f.header.line, i), fmt.Sprintf("the column %q is there twice", c.name), "remove one")
			return
		}
		at[c.of] = true
	}
	var missing []string
	for i := range f.schema.Curated() {
		if !at[i] && !made.Lacks(f.schema, i) {
			missing = append(missing, f.schema.Columns[i].Name)
		}
	}
	if len(missing) > 0 {
		message, hint := missingColumns(missing)
		f.fail("header", f.place(f.header.offset, f.header.line, 0), message, hint)
	}
}

// missingColumns tells which columns are missing.
func missingColumns(names []string) (message, hint string) {
	const empty = ", with empty cells where nothing is known"
	if len(names) == 1 {
		return fmt.Sprintf("the column %q is missing", names[0]), "add it" + empty
	}
	return "the columns " + strings.Join(names, ", ") + " are missing", "add them" + empty
}

// checkLengths reports a row with more cells than the header, unless several rows all have the same number of empty cells too many.
func (f *file) checkLengths() {
	s := &f.survey
	isEven := len(f.rows) > 1 && s.shortest == s.longest && !s.isBeyondFilled
	if s.tooLong == 0 || isEven {
		return
	}
	at := s.firstTooLong
	f.fail("row-length", f.place(at.offset, at.line, len(f.columns)), fmt.Sprintf("the row has %d cells, where the header has %d", s.tooLong, len(f.columns)),
		"put a cell in quotes that has "+separatorNames[f.separator]+" in it")
}

// checkForeign tells of the columns that are not ours and hold something.
func (f *file) checkForeign() {
	places := slices.Collect(f.places(f.header.offset, f.header.line))
	for i, c := range f.columns {
		if filled := f.survey.filled[i]; c.of < 0 && (filled > 0 || c.name != "" && !IsFormer(f.schema, c.name)) {
			f.foreign.Add(foreignColumn(places[min(i, len(places)-1)], f.schema, c.name, filled))
		}
	}
}

// foreignColumn tells of a column that is not ours.
func foreignColumn(place dataset.Place, schema *dataset.Schema, name string, filled int) Remark {
	what := fmt.Sprintf("the column %q", name)
	if name == "" {
		what = "a column without a header"
	}
	cells := "no cell of it is filled"
	switch {
	case filled == 1:
		cells = "1 cell of it is filled"
	case filled > 1:
		cells = fmt.Sprintf("%d cells of it are filled", filled)
	}
	return LeftOut(place, fmt.Sprintf("%s is none of the table %s, and is left out; %s", what, schema.Title, cells), "")
}

// isRecord reports whether a row that stands apart from the others is a record.
func (f *file) isRecord(cells []string) bool {
	ordered := make([]string, len(f.schema.Curated()))
	for i, c := range f.columns {
		if c.of >= 0 && c.of < len(ordered) && i < len(cells) {
			ordered[c.of] = cells[i]
		}
	}
	return IsRecord(f.schema, ordered)
}

// BelowTable tells of a row that stands apart from a table and is no record of it.
func BelowTable(place dataset.Place, schema *dataset.Schema, cells []string) Remark {
	return LeftOut(place, fmt.Sprintf("the row %s stands below the table %s, and is left out", quotedCells(cells), schema.Title), "a record has its key and what is required")
}

// IsRecord reports whether a row that stands apart from a table is a record of it rather than a remark beneath it: it has a key
// and half of what is required, another word as a key and all that is required, or all but the key of a table that requires
// much. The cells are those of the curated columns.
func IsRecord(schema *dataset.Schema, cells []string) bool {
	const much = 3
	required, filled := 0, 0
	key := Bare(cells[0])
	for i := range cells {
		if schema.Columns[i].Required {
			if required++; Bare(cells[i]) != "" {
				filled++
			}
		}
	}
	switch {
	case key == "":
		return filled >= max(much, required-1)
	case dataset.IsSlug(key):
		return 2*filled >= required
	default:
		return filled == required
	}
}

// quotedCells returns the cells of a row that hold something, in quotes.
func quotedCells(cells []string) string {
	const most = 3
	var parts []string
	for _, cell := range cells {
		if cell = Bare(cell); cell == "" {
			continue
		}
		if len(parts) == most {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, fmt.Sprintf("%q", cell))
	}
	return strings.Join(parts, ", ")
}
