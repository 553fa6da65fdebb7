package verify

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
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
	reader.ReuseRecord = true
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
	readers := f.newSheetReaders(file, w)
	findings, err := workbookAlong(w, file, cmp.Or(f.profile, ProfileOf(w)), readers.alongside)
	if err != nil {
		return err
	}
	f.findings = slices.Concat(f.findings, findings, readers.end())
	return nil
}
