package audit_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/verify"
)

// another is a change of one table: a row behind all others, and a cell of a row that is there.
type another struct {
	table         string
	row           string
	before, after string
}

var others = []another{
	{"companies", "zeta,Zeta,,PL,retail,", ",FI,energy", ",SE,energy"},
	{"halts", "borealis-services-1,borealis,suspend,services,,RU,completed,2022-03-03,,Left.,acme-2022-03-08,", "2022-03-02,2022-03,", "2022-03-02,2022-04,"},
	{"donations", "borealis-donation-3,borealis,,2022-03-01,cash,10,,USD,,,,unhcr,,Gave a little.,acme-2022-03-08,", ",raised,100000000,", ",raised,100000001,"},
	{"recipients", "zoo,Zoo,ngo,PL,", "UNHCR,un_agency,CH,", "UNHCR,un_agency,CH,In Geneva."},
	{"sources", "zz-2022-03,news_report,Z,,2022-03,en,", "Daily Herald", "The Daily Herald"},
	{"rates", "2022-03-03,USD,1.1", "JPY,128.26", "JPY,128.27"},
}

// TestEveryFileIsHeldToTheBook holds the files of one dataset to the book of another, in which a table has one record more, one less,
// or another cell: the reader of each format must find that, in whatever file it shows.
func TestEveryFileIsHeldToTheBook(t *testing.T) {
	clean := files(t, datasettest.Clean())
	for _, other := range others {
		name := other.table + ".csv"
		table, err := fs.ReadFile(datasettest.Clean(), name)
		if err != nil {
			t.Fatal(err)
		}
		changed := bytes.Replace(table, []byte(other.before), []byte(other.after), 1)
		if bytes.Equal(table, changed) {
			t.Fatalf("%s does not have %s", name, other.before)
		}
		more := files(t, datasettest.CleanWith(map[string][]byte{name: append(bytes.Clone(table), datasettest.Row(other.table, other.row)...)}))
		edited := files(t, datasettest.CleanWith(map[string][]byte{name: changed}))
		holdOut(t, other.table+" with one record more", more, clean)
		holdOut(t, other.table+" with one record less", clean, more)
		holdOut(t, other.table+" with another cell", edited, clean)
	}
}

// exported is an export of a dataset in all formats, and the book of it.
type exported struct {
	dir  string
	book *export.Book
}

func files(t *testing.T, fsys fs.FS) exported {
	t.Helper()
	d, err := dataset.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if findings := dataset.Check(d); findings.Count(dataset.Error) > 0 {
		t.Fatal(findings)
	}
	e := exported{filepath.Join(t.TempDir(), "out"), export.NewBook(d)}
	if _, err := export.Write(t.Context(), e.dir, e.book, allFormats()); err != nil {
		t.Fatal(err)
	}
	return e
}

// allFormats returns all formats.
func allFormats() []*export.Format {
	formats := make([]*export.Format, len(export.Formats))
	for i := range formats {
		formats[i] = &export.Formats[i]
	}
	return formats
}

// holdOut fails the test for a file of an export in which it does not show that the book is another one.
func holdOut(t *testing.T, how string, got, want exported) {
	t.Helper()
	compared := 0
	for i := range export.Formats {
		f := &export.Formats[i]
		for _, file := range f.Files(want.book) {
			a, errA := os.ReadFile(filepath.Join(got.dir, filepath.FromSlash(file.Path)))
			b, errB := os.ReadFile(filepath.Join(want.dir, filepath.FromSlash(file.Path)))
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			compared++
			findings := verify.Hold(t.Context(), got.dir, file.Path, "", want.book, file.Reader)
			if !bytes.Equal(a, b) && !hasError(findings) {
				t.Errorf("%s: %s of %s differs, and nothing is found in it", how, file.Path, f.Name)
			}
		}
	}
	if compared == 0 {
		t.Error("there is nothing to compare")
	}
}

func hasError(findings dataset.Findings) bool {
	for i := range findings {
		if verify.RuleOf(findings[i].Rule) == nil {
			return true
		}
	}
	return false
}
