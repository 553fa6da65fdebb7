package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"
)

// Dataset is a dataset folder in memory: typed records in the order of the files, and where each of them stands.
// It is not changed after Load.
type Dataset struct {
	Metadata   Metadata
	Companies  []Company
	Halts      []Halt
	Donations  []Donation
	Recipients []Recipient
	Sources    []Source
	Rates      []Rate

	codes    []CodeList
	findings Findings // of loading
	metadata *metadataFile
	origins  map[string]origin // by table
	lookup   lookup
}

// origin knows where the cells of a table stand.
type origin interface {
	// place returns where a curated column of a record stands; both count from 0.
	place(row, column int) Place
}

// ErrNoDataset is the error of Load for a folder that is not there.
var ErrNoDataset = errors.New("there is no dataset folder")

// Load reads a dataset folder. What is wrong with the data is kept for Check, together with the place of every cell;
// the error tells only of a folder or file that cannot be read at all.
func Load(fsys fs.FS) (*Dataset, error) {
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoDataset, err)
	}
	d := &Dataset{origins: map[string]origin{}}
	if err := d.loadMetadata(fsys); err != nil {
		return nil, err
	}
	d.codes = codesOf(&d.Metadata)
	tables := make([]tableLoad, len(Schemas))
	var running sync.WaitGroup
	for i := range Schemas {
		running.Go(func() { tables[i].load(d, fsys, &Schemas[i]) })
	}
	running.Wait()
	for i := range tables {
		if tables[i].err != nil {
			return nil, tables[i].err
		}
		d.findings = append(d.findings, tables[i].findings...)
		if tables[i].origin != nil {
			d.origins[Schemas[i].Name] = tables[i].origin
		}
	}
	d.lookup = newLookup(d)
	return d, nil
}

func (d *Dataset) loadMetadata(fsys fs.FS) error {
	text, err := readText(fsys, MetadataFile)
	if errors.Is(err, fs.ErrNotExist) {
		d.findings = append(d.findings, Finding{
			Rule: "file-missing", Place: Place{File: MetadataFile}, Message: "the file is missing",
			Hint: "every dataset folder has a " + MetadataFile + "; haltsheet describe tables shows what belongs in it",
		})
		return nil
	}
	if err != nil {
		return err
	}
	text = strings.TrimPrefix(text, byteOrderMark)
	if !utf8.ValidString(text) {
		line, column := position(text, invalidUTF8(text), 0, 1)
		d.findings = append(d.findings, Finding{
			Rule: "encoding", Place: Place{File: MetadataFile, Line: line, Column: column},
			Message: "the file is not UTF-8", Hint: RuleOf("encoding").Hint,
		})
		return nil
	}
	var findings []Finding
	d.Metadata, d.metadata, findings = readMetadata(text)
	d.findings = append(d.findings, findings...)
	return nil
}

// readText reads a whole file as one string, without a second copy.
func readText(fsys fs.FS, name string) (string, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // nothing was written
	var text strings.Builder
	if info, err := file.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	_, err = io.Copy(&text, file)
	return text.String(), err
}

// tableLoad is the loading of one table.
type tableLoad struct {
	schema   *Schema
	dataset  *Dataset
	origin   *csvOrigin
	findings Findings
	err      error
}

// batchRows is how many records are checked and bound at a time.
const batchRows = 2048

func (t *tableLoad) load(d *Dataset, fsys fs.FS, schema *Schema) {
	t.schema, t.dataset = schema, d
	text, err := readText(fsys, schema.File())
	if errors.Is(err, fs.ErrNotExist) {
		t.report(Place{File: schema.File()}, "file-missing", "the file is missing", "add it, with this header if it has no rows: "+strings.Join(columnNames(schema.Curated()), ","))
		return
	}
	if err != nil {
		t.err = err
		return
	}
	text = strings.TrimPrefix(text, byteOrderMark)
	scanner := &csvScanner{text: text, line: 1}
	t.origin = &csvOrigin{file: schema.File(), text: text}
	if !utf8.ValidString(text) {
		offset := invalidUTF8(text)
		t.report(t.origin.at(offset, 0, 1), "encoding", "the file is not UTF-8", "save it as UTF-8")
		t.origin = nil
		return
	}
	if !t.header(scanner) {
		t.origin = nil
		return
	}
	t.rows(scanner)
}

func (t *tableLoad) report(place Place, rule, message, hint string) *Finding {
	t.findings = append(t.findings, Finding{Rule: rule, Place: place, Table: t.schema.Name, Message: message, Hint: hint})
	return &t.findings[len(t.findings)-1]
}

// header reads the header and finds the field of each curated column. It reports whether rows can be read.
func (t *tableLoad) header(scanner *csvScanner) bool {
	curated := t.schema.Curated()
	fault, more := scanner.next()
	if fault != nil {
		t.report(t.origin.at(fault.offset, 0, 1), "csv-syntax", fault.message, fault.hint)
		return false
	}
	if !more {
		t.report(Place{File: t.schema.File(), Line: 1, Column: 1}, "header", "the file has no header", "begin with "+strings.Join(columnNames(curated), ","))
		return false
	}
	t.origin.fields = make([]int, len(curated))
	for i := range t.origin.fields {
		t.origin.fields[i] = -1
	}
	last, legible := -1, true
	for field, name := range scanner.fields {
		place := t.origin.at(scanner.starts[field], 0, 1)
		column := t.schema.column(name)
		switch {
		case column < 0:
			t.report(place, "header", fmt.Sprintf("there is no column %q in %s", name, t.schema.File()), "remove the column, or mend its name; it may be one of "+strings.Join(columnNames(curated), ", ")).Value = name
		case column >= len(curated): // derived, and computed anew
		case t.origin.fields[column] >= 0:
			t.report(place, "header", fmt.Sprintf("the column %q is there twice", name), "remove one").Value = name
			legible = false
		default:
			t.origin.fields[column] = field
			if column < last {
				t.report(place, "header", fmt.Sprintf("the column %q stands too far right", name), "order the columns as "+strings.Join(columnNames(curated), ",")).Value = name
			}
			last = max(last, column)
		}
	}
	for i, field := range t.origin.fields {
		if field < 0 {
			t.report(t.origin.at(0, 0, 1), "header", fmt.Sprintf("the column %q is missing", curated[i].Name), "add it, with empty cells where nothing is known").Field = curated[i].Name
		}
	}
	t.origin.width = len(scanner.fields)
	return legible
}

// rows reads, checks and binds all records behind the header.
func (t *tableLoad) rows(scanner *csvScanner) {
	pool := newBinders(t, strings.Count(scanner.text[scanner.offset:], "\n")+1)
	batch := pool.batch()
	for {
		start := recordStart{scanner.offset, scanner.line}
		fault, more := scanner.next()
		if !more {
			break
		}
		if fault != nil {
			t.report(t.origin.at(fault.offset, start.offset, start.line), "csv-syntax", fault.message, fault.hint)
			continue
		}
		if len(scanner.fields) != t.origin.width {
			message := fmt.Sprintf("the row has %d cells, the header %d", len(scanner.fields), t.origin.width)
			hint := "add or remove commas; a cell with a comma in it needs quotes"
			if len(scanner.fields) == 1 && scanner.fields[0] == "" {
				message, hint = "the row is blank", "delete the line"
			}
			t.report(t.origin.at(start.offset, start.offset, start.line), "row-length", message, hint)
			continue
		}
		t.origin.starts = append(t.origin.starts, start)
		if batch.add(scanner.fields, t.origin.fields); batch.rows == batchRows {
			pool.bind(batch)
			batch = pool.batch()
		}
	}
	pool.bind(batch)
	findings, err := pool.finish()
	t.findings, t.err = append(t.findings, findings...), err
}

func columnNames(columns []Column) []string {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = columns[i].Name
	}
	return names
}

func invalidUTF8(text string) int {
	for offset, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[offset:]); size == 1 {
				return offset
			}
		}
	}
	return len(text)
}

// csvOrigin finds the cells of a CSV file again by reading their record once more.
type csvOrigin struct {
	file   string
	text   string
	width  int   // fields of the header
	fields []int // the field of each curated column, or -1
	starts []recordStart
}

// recordStart is where a record begins.
type recordStart struct {
	offset int
	line   int // from 1
}

// at returns the place of an offset behind a known one.
func (o *csvOrigin) at(offset, known, knownLine int) Place {
	line, column := position(o.text, offset, known, knownLine)
	return Place{File: o.file, Line: line, Column: column}
}

func (o *csvOrigin) place(row, column int) Place {
	start := o.starts[row]
	offset := start.offset
	if field := o.fields[column]; field >= 0 {
		scanner := &csvScanner{text: o.text, offset: start.offset, line: start.line}
		scanner.next()
		offset = scanner.starts[field]
	}
	return o.at(offset, start.offset, start.line)
}
