package intake

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"haltsheet/dataset"
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
)

// Reading is a dataset that was handed in.
type Reading struct {
	Dataset *dataset.Dataset
	// Digest is that of the data that the file was made from; empty where the file does not say.
	Digest string
	// How says how the files were read, where that is not as haltsheet writes them; one line for all that are alike.
	How     []string
	Remarks Remarks
}

// ErrNoTable is the error of Read for a folder that holds nothing of a dataset.
var ErrNoTable = errors.New("there is no table of a dataset")

// Extensions are those of the names of files that may hold a table as CSV.
var Extensions = []string{".csv", ".tsv", ".tab", ".txt"}

// Read reads a folder, or one file with a table. It is held against made, the dataset that it was made from, of which
// tables and metadata are taken that are not there; a column that made lacks may be missing. What is wrong with the data
// is kept for dataset.Check; the error tells of a file or folder that cannot be read at all.
func Read(path string, made *dataset.Dataset) (*Reading, error) {
	names, err := csvFiles(path)
	if err != nil {
		return nil, err
	}
	in := &folder{made: made, base: NewBase(made), from: &dataset.Transcript{File: filepath.Base(path), Tables: map[string]*dataset.TableTranscript{}}}
	for _, name := range names {
		content, err := plainfile.Read(name, limits.Document)
		if err != nil {
			return nil, err
		}
		in.take(openCSV(name, content), name == path)
	}
	if err := in.takeMetadata(path); err != nil {
		return nil, err
	}
	if len(in.files) == 0 && in.from.Metadata == nil {
		return nil, ErrNoTable
	}
	return in.read()
}

// IsPlain reports whether the tables of a folder are as dataset.Load takes them, at first sight: their first lines are the
// headers of a dataset folder, which has no derived columns.
func IsPlain(folder fs.FS) bool {
	for i := range dataset.Schemas {
		if info, err := fs.Stat(folder, dataset.Schemas[i].File()); err != nil || !info.Mode().IsRegular() {
			return false
		}
		file, err := folder.Open(dataset.Schemas[i].File())
		if err != nil {
			return false
		}
		want := dataset.AppendCSVHeader(nil, dataset.Schemas[i].Curated())
		got := make([]byte, len(want))
		_, err = io.ReadFull(file, got)
		if errors.Join(err, file.Close()) != nil || !bytes.Equal(got, want) {
			return false
		}
	}
	return true
}

// csvFiles returns the files of a folder that may hold a table, sorted; of a file itself.
func csvFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if (!entry.IsDir() || schemaNamed(entry.Name()) != nil) && slices.Contains(Extensions, strings.ToLower(filepath.Ext(entry.Name()))) {
			names = append(names, filepath.Join(path, entry.Name()))
		}
	}
	return names, nil
}

// folder is what was handed in.
type folder struct {
	made  *dataset.Dataset
	base  *Base
	files []*file
	from  *dataset.Transcript
	said  Reading
}

// take takes a file with a table, and tells of one without. A file that was named by itself must have one.
func (in *folder) take(f *file, asked bool) {
	isOurs := strings.HasPrefix(f.file, "summary_") || strings.HasPrefix(f.file, "codebook_")
	switch other := slices.IndexFunc(in.files, func(g *file) bool { return g.schema == f.schema && f.schema != nil }); {
	case f.schema == nil && !asked:
		if !isOurs && !strings.EqualFold(filepath.Ext(f.file), ".txt") {
			in.said.Remarks.Add(LeftOut(dataset.Place{File: f.file}, "the file holds no table of a dataset, and is left out", ""))
		}
		return
	case other >= 0:
		f.fail("header", dataset.Place{File: f.file}, fmt.Sprintf("the file holds the table %s, as %s does", f.schema.Name, in.files[other].file), "remove one of them")
	case f.fault == nil:
		f.read(in.made)
	}
	in.files = append(in.files, f)
}

// takeMetadata takes the metadata of a folder, if it has any.
func (in *folder) takeMetadata(path string) error {
	content, err := plainfile.Read(filepath.Join(path, dataset.MetadataFile), limits.Document)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	if err != nil {
		return err
	}
	e := decode(content)
	if e.broken >= 0 {
		s := sheet{file: dataset.MetadataFile, text: e.text}
		in.from.Findings.Add(dataset.Finding{
			Rule: "encoding", Place: s.at(e.broken, strings.LastIndexByte(e.text[:e.broken], '\n')+1, 1+strings.Count(e.text[:e.broken], "\n")),
			Message: "the file " + e.problem, Hint: "save it again, as UTF-8",
		})
		return nil
	}
	in.from.Metadata = dataset.FileMetadata(e.text)
	return nil
}

// read makes a dataset of what was taken. While a file cannot be read, that is all that is told: what is wrong with the others
// may follow from it.
func (in *folder) read() (*Reading, error) {
	var m marks
	for _, f := range in.files {
		if f.fault != nil {
			in.from.Findings.Add(*f.fault)
		}
		m.decimalCommas = m.decimalCommas || f.survey.decimalCommas
	}
	var tables []*Rows
	if in.from.Findings.Len() == 0 {
		for _, f := range in.files {
			rows := f.transcribe(in.base, &m, in.from)
			in.from.Tables[f.schema.Name] = rows.Transcript(f.schema.CuratedNames())
			byPlace := func(a, b Remark) int { return cmp.Or(a.Place.Line-b.Place.Line, a.Place.Column-b.Place.Column) }
			in.said.Remarks.addInOrder(byPlace, &f.outside, &f.foreign, rows.Remarks())
			tables = append(tables, rows)
		}
		in.how(&m)
	}
	if err := in.said.Complete(in.from, in.made, tables); err != nil {
		return nil, err
	}
	for _, rows := range tables {
		in.said.Remarks.AddAll(rows.Edited(in.said.Dataset, nil))
	}
	return &in.said, nil
}

// transcribe reads the cells of all rows.
func (f *file) transcribe(base *Base, m *marks, to *dataset.Transcript) *Rows {
	columns := f.schema.InWorksheets()
	fields := make([]int, len(columns)) // of each column of the schema, or -1
	for i := range fields {
		fields[i] = slices.IndexFunc(f.columns, func(c column) bool { return c.of == i })
	}
	place := func(row, column int) dataset.Place {
		at := f.header
		if row >= 0 {
			at = f.rows[row]
		}
		return f.place(at.offset, at.line, max(fields[column], 0))
	}
	rows := NewRows(f.schema, base, place)
	cells := make([]string, len(fields))
	f.eachRow(func(row int, there []string) {
		for i, field := range fields {
			if cells[i] = ""; field < 0 || field >= len(there) {
				continue
			}
			cells[i] = there[field]
			column := &columns[i]
			if column.IsDerived() || column.Type != dataset.TypeDecimal {
				continue
			}
			var doubt string
			if cells[i], doubt = m.number(f, column, cells[i]); doubt != "" {
				to.Findings.Add(dataset.Finding{
					Rule: "type-error", Place: place(row, i), Table: f.schema.Name, Field: column.Name, Value: there[field], Message: doubt,
					Hint: "write the one that is meant, with a point before decimals and nothing between thousands",
				})
			}
		}
		rows.Add(cells)
	})
	return rows
}

// how tells how the files were read, in one line for all that are alike.
func (in *folder) how(m *marks) {
	alike := map[string][]string{}
	var order []string
	for _, f := range in.files {
		how := f.dialect.String()
		if how == "" {
			continue
		}
		if m.decimalCommas && f.mayHaveDecimalCommas() {
			how = strings.Replace(how, " between cells", " between cells, decimal commas", 1)
		}
		if alike[how] == nil {
			order = append(order, how)
		}
		alike[how] = append(alike[how], f.file)
	}
	for _, how := range order {
		in.said.How = append(in.said.How, "read "+strings.Join(alike[how], ", ")+": "+how)
	}
}
