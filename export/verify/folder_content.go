package verify

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/ooxml"
	"haltsheet/export/readback"
)

// contents are the kinds of files whose records are read, and where in the folder they are.
var contents = []struct {
	folder, ext string
	check       func(f *folder, path string, table *dataset.Table) error
	isWhole     bool // the file holds all tables
}{
	{folder: "csv", ext: ".csv", check: (*folder).checkCSV},
	{folder: "csv-excel", ext: ".csv", check: (*folder).checkCSV},
	{folder: "json", ext: ".jsonl", check: (*folder).checkLines},
	{folder: "json", ext: ".json", check: (*folder).checkDocument, isWhole: true},
	{folder: "parquet", ext: ".parquet", check: (*folder).checkParquet},
	{folder: "", ext: ".xlsx", check: (*folder).checkWorkbook, isWhole: true},
}

// checkContents holds the records of all files to those of the data, as many files at once as there are processors.
func (f *folder) checkContents() {
	found := make([]dataset.Findings, len(f.paths))
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var running sync.WaitGroup
	for i, path := range f.paths {
		turns <- struct{}{}
		running.Go(func() {
			defer func() { <-turns }()
			one := *f
			one.findings = nil
			if f.ctx.Err() == nil {
				one.checkContent(path)
			}
			found[i] = one.findings
		})
	}
	running.Wait()
	f.findings = slices.Concat(append([]dataset.Findings{f.findings}, found...)...)
}

// checkContent holds the records of a file, if it has any, to those of the data.
func (f *folder) checkContent(file string) {
	top, name, isInside := strings.Cut(file, "/")
	if !isInside {
		top, name = "", file
	}
	for _, c := range contents {
		if c.folder != top || c.ext != path.Ext(name) || strings.HasSuffix(name, ".schema.json") || file == indexFile {
			continue
		}
		table := f.tableOf(name)
		if table == nil && !c.isWhole {
			f.reportFile("mismatch", file, "holds no table of the data")
			return
		}
		if err := c.check(f, file, table); err != nil {
			f.reportFile("unreadable", file, err.Error())
		}
		return
	}
}

// tableOf returns the table of a file, by its name or, of a partition, that of its folder.
func (f *folder) tableOf(name string) *dataset.Table {
	name, _, _ = strings.Cut(name, "/")
	name = strings.TrimSuffix(name, path.Ext(name))
	tables := f.book.Curated
	if summary, ok := strings.CutPrefix(name, "summary_"); ok {
		tables, name = f.book.Summaries, summary
	}
	i := slices.IndexFunc(tables, func(t *dataset.Table) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return tables[i]
}

// checkCSV reads a CSV file, defused or not.
func (f *folder) checkCSV(file string, table *dataset.Table) error {
	opened, err := os.Open(f.on(file))
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	text := bufio.NewReader(opened)
	isDefused := strings.HasPrefix(file, "csv-excel/")
	if isDefused {
		if mark, err := text.Peek(3); err == nil && string(mark) == "\ufeff" {
			_, _ = text.Discard(len(mark)) // they were there
		}
	}
	reader := csv.NewReader(text)
	header, err := reader.Read()
	if err != nil {
		return err
	}
	r := f.newRecords(file, table, header, byName).without("")
	if isDefused {
		r.shown = defused
	}
	defer r.end()
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		r.add(cells, func(i int) dataset.Place {
			line, column := reader.FieldPos(min(i, len(cells)-1))
			return dataset.Place{File: file, Line: line, Column: column}
		})
	}
}

// defused is what a spreadsheet shows of a text that begins like a formula.
func defused(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// checkLines reads a file with a record a line.
func (f *folder) checkLines(file string, table *dataset.Table) error {
	opened, err := os.Open(f.on(file))
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	r := f.allColumns(file, table)
	defer r.end()
	text := bufio.NewReaderSize(opened, 1<<16)
	for line := 1; ; line++ {
		record, err := text.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(record) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err := r.addJSON(record, nil, line); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// allColumns begins to read a file that names its columns in each record.
func (f *folder) allColumns(file string, table *dataset.Table) *records {
	r := &records{folder: f, file: file, table: table}
	for i := range table.Columns {
		r.columns = append(r.columns, i)
	}
	return r
}

// addJSON holds a record that is a JSON object to the table. Other members than its columns must be among those given.
func (r *records) addJSON(record []byte, others []string, line int) error {
	members, err := membersOf(record)
	if err != nil {
		return err
	}
	cells := make([]string, len(r.table.Columns))
	for i := range r.table.Columns {
		c := &r.table.Columns[i]
		value, ok := members[c.Name]
		if !ok {
			return fmt.Errorf("a record of %s has no %q", r.table.Name, c.Name)
		}
		delete(members, c.Name)
		if cells[i], err = cellOf(value, c); err != nil {
			return fmt.Errorf("%q %w", c.Name, err)
		}
	}
	for name := range members {
		if !slices.Contains(others, name) {
			return fmt.Errorf("a record of %s has a %q, which is no column", r.table.Name, name)
		}
	}
	r.add(cells, func(int) dataset.Place { return dataset.Place{File: r.file, Line: line, Column: 1} })
	return nil
}

func membersOf(object []byte) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	return members, json.Unmarshal(object, &members)
}

// cellOf returns a JSON value as CSV holds it.
func cellOf(value json.RawMessage, c *dataset.Column) (string, error) {
	value = bytes.TrimSpace(value)
	switch {
	case c.Type == dataset.TypeList:
		var list []string
		err := json.Unmarshal(value, &list)
		return strings.Join(list, ";"), err
	case string(value) == "null":
		return "", nil
	case c.Type == dataset.TypeDecimal, c.Type == dataset.TypeInteger, c.Type == dataset.TypeBoolean:
		if value[0] == '"' {
			return "", errors.New("is a text")
		}
		return string(value), nil
	default:
		var text string
		err := json.Unmarshal(value, &text)
		return text, err
	}
}

// checkParquet reads a Parquet file, of a whole table or of a partition.
func (f *folder) checkParquet(file string, table *dataset.Table) error {
	opened, err := os.Open(f.on(file))
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	info, err := opened.Stat()
	if err != nil {
		return err
	}
	var r *records
	left, value, _ := strings.Cut(path.Base(path.Dir(file)), "=")
	begin := func(columns []string) {
		r = f.newRecords(file, table, columns, byName)
		if value == "" {
			left = ""
		} else {
			r.rows = export.PartitionRows(f.book, table, value)
		}
		r.without(left)
	}
	columns, err := readback.Parquet(opened, info.Size(), func(columns, cells []string) error {
		if r == nil {
			begin(columns)
		}
		r.add(cells, func(int) dataset.Place { return dataset.Place{File: file} })
		return f.ctx.Err()
	})
	if err != nil {
		return err
	}
	if r == nil {
		begin(columns)
	}
	r.end()
	return nil
}

// checkWorkbook holds a workbook to the Rules of its profile, and its worksheets to the tables.
func (f *folder) checkWorkbook(file string, _ *dataset.Table) error {
	w, err := ooxml.OpenFile(f.on(file))
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }() // it was only read
	findings, err := Workbook(w, file, cmp.Or(f.profile, ProfileOf(w)))
	if err != nil {
		return err
	}
	f.findings = append(f.findings, findings...)
	return f.checkSheets(file, w)
}
