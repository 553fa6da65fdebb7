package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// Dataset is a dataset folder in memory: typed records in the order of the files, and where each of them stands.
// It is not changed after Load.
type Dataset struct {
	Metadata   Metadata
	Companies  []Company
	Halts      []Halt
	Events     []Event
	Donations  []Donation
	Recipients []Recipient
	Sources    []Source
	Rates      []Rate

	tables   []tableRecords
	codes    []CodeList
	findings findingLogs    // of loading, on whole files and on what is no cell; a log a file
	found    []cellFindings // of loading, on cells, a table each
	metadata *metadataFile
	origins  map[string]origin   // by table
	lost     map[string]lostRows // by table
	faults   func() *faults      // once all is loaded
	lookup   lookup
	// unordered says that the order of the rows has no meaning where they come from.
	unordered bool
}

// origin knows where the cells of a table stand.
type origin interface {
	// whole returns where the table stands.
	whole() Place
	// place returns where a curated column of a record stands; both count from 0.
	place(row, column int) Place
	// order returns a number that ascends as the places of cells do, and those of whole findings in their order.
	order(row, column int) uint64
	// has reports whether a curated column is there.
	has(column int) bool
}

// A WatchedFS is a file system that hears how far the loading of its tables has come.
type WatchedFS interface {
	fs.FS
	// Passed is called by several goroutines, each time that some bytes of a table have been read and checked.
	Passed(bytes int)
}

// Load reads a dataset folder. What is wrong with the data is kept for Check, together with the place of every cell;
// the error tells only of a folder or file that cannot be read at all. The folder may be a [WatchedFS].
func Load(fsys fs.FS) (*Dataset, error) {
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		return nil, fmt.Errorf("there is no dataset folder: %w", err)
	}
	d := newDataset()
	if err := d.loadMetadata(fsys); err != nil {
		return nil, err
	}
	if err := d.loadTables(func(t *tableLoad) { t.load(fsys) }); err != nil {
		return nil, err
	}
	return d, nil
}

// LoadMetadata reads what dataset.json of a dataset folder says, and no table. What is wrong with it is left to Load.
func LoadMetadata(fsys fs.FS) (Metadata, error) {
	d := newDataset()
	err := d.loadMetadata(fsys)
	return d.Metadata, err
}

// loadTables loads all tables side by side, and makes the dataset whole.
func (d *Dataset) loadTables(load func(t *tableLoad)) error {
	d.codes = codesOf(&d.Metadata)
	tables := make([]tableLoad, len(Schemas))
	var running sync.WaitGroup
	for i := range tables {
		tables[i].schema, tables[i].dataset = &Schemas[i], d
		running.Go(func() { load(&tables[i]) })
	}
	running.Wait()
	for i := range tables {
		if tables[i].err != nil {
			return tables[i].err
		}
		d.findings = append(d.findings, &tables[i].findings)
		d.found[i] = tables[i].found
		if tables[i].lost.count > 0 {
			d.lost[Schemas[i].Name] = tables[i].lost
		}
		if tables[i].origin != nil {
			d.origins[Schemas[i].Name] = tables[i].origin
		}
	}
	d.lookUp()
	return nil
}

// report keeps what is wrong with a file before there are tables.
func (d *Dataset) report(f Finding) {
	log := &FindingLog{}
	log.Add(f)
	d.findings = append(d.findings, log)
}

// readMetadata reads the text of dataset.json, and keeps what is wrong with it.
func (d *Dataset) readMetadata(text string, at locator) {
	var log *FindingLog
	d.Metadata, d.metadata, log = readMetadata(text, at)
	d.findings = append(d.findings, log)
}

func (d *Dataset) loadMetadata(fsys fs.FS) error {
	text, err := readText(fsys, MetadataFile)
	if errors.Is(err, fs.ErrNotExist) {
		d.report(Finding{
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
		line, column := lineAndColumn(text, invalidUTF8(text), 0, 1)
		d.report(Finding{
			Rule: "encoding", Place: Place{File: MetadataFile, Line: line, Column: column},
			Message: "the file is not UTF-8", Hint: RuleOf("encoding").Hint,
		})
		return nil
	}
	d.readMetadata(text, nil)
	return nil
}

// errNoFile is the cause of the error about what is no regular file, such as a pipe.
var errNoFile = errors.New("is no regular file")

// readText reads a whole file as one string, without a second copy.
func readText(fsys fs.FS, name string) (string, error) {
	if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() {
		return "", &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	content, err := fs.ReadFile(fsys, name)
	return unsafe.String(unsafe.SliceData(content), len(content)), err // nothing changes the bytes
}

// tableLoad is the loading of one table.
type tableLoad struct {
	schema   *Schema
	dataset  *Dataset
	width    int    // fields of a record where it comes from
	fields   []int  // of each curated column the field, or -1
	origin   origin // nil for a table that cannot be read
	findings FindingLog
	found    cellFindings
	lost     lostRows
	err      error
}

func (t *tableLoad) load(fsys fs.FS) {
	text, err := readText(fsys, t.schema.File())
	if errors.Is(err, fs.ErrNotExist) {
		t.report(Place{File: t.schema.File()}, "file-missing", "the file is missing", "add it, with this header if it has no rows: "+strings.Join(columnNames(t.schema.Curated()), ","))
		return
	}
	if err != nil {
		t.err = err
		return
	}
	text = strings.TrimPrefix(text, byteOrderMark)
	file := &csvOrigin{file: t.schema.File(), text: text}
	if other := cmp.Or(encodedOtherwise(text), t.writtenOtherwise(text)); other != nil {
		t.report(file.at(0, 0, 1), other.rule, other.message, other.hint)
		return
	}
	if !utf8.ValidString(text) {
		t.report(file.at(invalidUTF8(text), 0, 1), "encoding", "the file is not UTF-8", "save it as UTF-8")
		return
	}
	scanner := &csvScanner{text: text, line: 1}
	if t.header(file, scanner) {
		t.origin = file
		watched, _ := fsys.(WatchedFS)
		t.rows(file, scanner, watched)
	}
}

func (t *tableLoad) report(place Place, rule, message, hint string) {
	t.findings.Add(Finding{Rule: rule, Place: place, Table: t.schema.Name, Message: message, Hint: hint})
}

// reportColumn reports what a header says of a column.
func (t *tableLoad) reportColumn(place Place, fault headerFault, field, value, message, hint string) {
	t.findings.Add(Finding{Rule: "header", Place: place, Table: t.schema.Name, Field: field, Value: value, Message: message, Hint: hint, header: fault})
}

// MaxColumns is how many columns a file may have, ours or not: eight times those that a worksheet has room for.
const MaxColumns = 1 << 17

// TooManyColumns tells that a row has more cells than a file may have columns, and how to mend it.
func TooManyColumns(cells int) (message, hint string) {
	return fmt.Sprintf("the row has %d cells, and a file at most %d columns", cells, MaxColumns), "remove the separators behind its last column"
}

// header reads the header and finds the field of each curated column. It reports whether rows can be read.
func (t *tableLoad) header(file *csvOrigin, scanner *csvScanner) bool {
	scanner.most = MaxColumns
	cells, fault, more := scanner.next(nil)
	if fault != nil {
		t.report(file.at(fault.offset, 0, 1), "csv-syntax", fault.message, fault.hint)
		return false
	}
	if !more {
		t.report(file.at(0, 0, 1), "header", "the file has no header", "begin with "+strings.Join(columnNames(t.schema.Curated()), ","))
		return false
	}
	if scanner.fields > MaxColumns {
		message, hint := TooManyColumns(scanner.fields)
		t.report(file.at(0, 0, 1), "header", message, hint)
		return false
	}
	names := make([]string, len(cells))
	for field := range cells {
		names[field] = cells[field].text
	}
	starts, lines := fieldStarts(file.text, len(cells)), NewLines(file.text)
	place := func(field int) Place {
		line, column := lines.At(starts[field])
		return Place{File: file.file, Line: line, Column: column}
	}
	legible := t.findFields(names, place, t.schema.File())
	t.checkFieldOrder(names, place)
	file.fields = t.fields
	return legible
}

// findFields finds the field of each curated column by the names that a header has. It reports whether rows can be read.
func (t *tableLoad) findFields(header []string, place func(field int) Place, whole string) (legible bool) {
	curated := t.schema.Curated()
	t.width, t.fields = len(header), slices.Repeat([]int{-1}, len(curated))
	legible = true
	for field, name := range header {
		switch column := t.schema.column(name); {
		case column < 0:
			t.reportColumn(place(field), columnUnknown, name, name, fmt.Sprintf("there is no column %q in %s", name, whole), "remove the column, or mend its name; it may be one of "+strings.Join(columnNames(curated), ", "))
		case column >= len(curated): // derived, and computed anew
		case t.fields[column] >= 0:
			t.reportColumn(place(field), 0, "", name, fmt.Sprintf("the column %q is there twice", name), "remove one")
			legible = false
		default:
			t.fields[column] = field
		}
	}
	for i, field := range t.fields {
		if field < 0 {
			t.reportColumn(place(0), columnMissing, curated[i].Name, "", fmt.Sprintf("the column %q is missing", curated[i].Name), "add it, with empty cells where nothing is known")
		}
	}
	return legible
}

// checkFieldOrder reports the columns that stand behind one that they belong before.
func (t *tableLoad) checkFieldOrder(header []string, place func(field int) Place) {
	last := -1
	for field, name := range header {
		column := t.schema.column(name)
		if column < 0 || column >= len(t.fields) || t.fields[column] != field {
			continue
		}
		if column < last {
			t.reportColumn(place(field), columnMoved, "", name, fmt.Sprintf("the column %q stands too far right", name), "order the columns as "+strings.Join(columnNames(t.schema.Curated()), ",")+importReads)
		}
		last = max(last, column)
	}
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
	fields []int // the field of each curated column, or -1
	starts []recordStart
	known  sync.Map // the places of cells of long records, by row and column
}

// longRecord is from how many bytes on the places of the cells of a record are remembered: many findings may ask for them.
const longRecord = 1 << 12

// recordStart is where a record begins.
type recordStart struct {
	offset int
	line   int // from 1
}

// at returns the place of an offset behind a known one.
func (o *csvOrigin) at(offset, known, knownLine int) Place {
	line, column := lineAndColumn(o.text, offset, known, knownLine)
	return Place{File: o.file, Line: line, Column: column}
}

func (o *csvOrigin) whole() Place { return Place{File: o.file} }

func (o *csvOrigin) has(column int) bool { return o.fields[column] >= 0 }

func (o *csvOrigin) place(row, column int) Place {
	start, end := o.starts[row], len(o.text)
	if row+1 < len(o.starts) {
		end = o.starts[row+1].offset
	}
	find := func() Place {
		return o.at(fieldStart(o.text, start.offset, max(o.fields[column], 0)), start.offset, start.line)
	}
	if end-start.offset < longRecord {
		return find()
	}
	at := [2]int{row, column}
	if known, is := o.known.Load(at); is {
		return known.(Place) //nolint:forcetypeassert // nothing else is put there
	}
	place := find()
	o.known.Store(at, place)
	return place
}

// order takes the line of the record, since nothing else is found on the lines of one, and then the field.
func (o *csvOrigin) order(row, column int) uint64 {
	return placeOrder(o.starts[row].line, max(o.fields[column], 0))
}
