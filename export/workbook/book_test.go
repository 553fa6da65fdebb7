package workbook_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"flag"
	"io/fs"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/book"
	"haltsheet/export/rows"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// small returns a workbook that a reviewer can read: two curated tables and three summaries of the clean dataset.
func small(t *testing.T, plain bool) []byte {
	t.Helper()
	b := bookOf(t, datasettest.Clean())
	isLeftOut := func(names ...string) func(*dataset.Table) bool {
		return func(table *dataset.Table) bool { return !slices.Contains(names, table.Name) }
	}
	b.Curated = slices.DeleteFunc(b.Curated, isLeftOut("companies", "donations"))
	b.Summaries = slices.DeleteFunc(b.Summaries, isLeftOut("key_figures", "donations_by_type", "largest_donors"))
	if plain {
		b.Profile = book.Accessible
	}
	return bytesOf(t, b)
}

// golden are the parts that are compared with their golden text: one of each kind, and of the styles what is used.
var golden = map[string]bool{
	"xl/workbook.xml": true, "xl/styles.xml": true, "xl/charts/chart1.xml": true, "xl/drawings/drawing1.xml": true,
	"xl/tables/table3.xml": true, "xl/worksheets/_rels/sheet3.xml.rels": true,
	"xl/worksheets/sheet1.xml": true, // the cover
	"xl/worksheets/sheet2.xml": true, // the contents
	"xl/worksheets/sheet3.xml": true, // the overview
	"xl/worksheets/sheet4.xml": true, // a summary
	"xl/worksheets/sheet7.xml": true, // the donations
}

// partsOf returns the golden parts of a workbook as text, one element a line, with the shared texts in their cells.
func partsOf(t *testing.T, workbook []byte) *txtar.Archive {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		content, err := fs.ReadFile(r, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	var shared []string
	for item := range strings.SplitSeq(read("xl/sharedStrings.xml"), "<si>") {
		shared = append(shared, strings.TrimSuffix(strings.TrimSpace(item), "</si>"))
	}
	archive := &txtar.Archive{}
	for _, file := range r.File {
		if !golden[file.Name] {
			continue
		}
		text := regexp.MustCompile(`t="s"><v>(\d+)</v>`).ReplaceAllStringFunc(read(file.Name), func(cell string) string {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(cell, `t="s"><v>`), "</v>"))
			return `t="s">` + shared[n+1]
		})
		text = strings.ReplaceAll(text, "><", ">\n<")
		text = regexp.MustCompile(`\n</[^>]*>|\n<(v|f|t|sz|name|b|u|family|color|alignment)\b[^>]*>`).ReplaceAllStringFunc(text, func(tag string) string { return tag[1:] })
		archive.Files = append(archive.Files, txtar.File{Name: file.Name, Data: []byte(text + "\n")})
	}
	return archive
}

// TestWorkbookParts compares parts of a small workbook with their golden text, so that a change of the writer is read in
// review; of the accessible profile what differs from the other.
func TestWorkbookParts(t *testing.T) {
	analyst, accessible := partsOf(t, small(t, false)), partsOf(t, small(t, true))
	accessible.Files = slices.DeleteFunc(accessible.Files, func(f txtar.File) bool { return f.Name != "xl/worksheets/sheet3.xml" && f.Name != "xl/styles.xml" })
	for name, archive := range map[string]*txtar.Archive{"testdata/analyst.txtar": analyst, "testdata/accessible.txtar": accessible} {
		got := txtar.Format(archive)
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
			t.Errorf("%s (-want +got; go test ./export/workbook -update rewrites it):\n%s", name, diff)
		}
	}
}

// TestSameBytes holds workbooks to the same bytes each time, on one core and on many: one whose tables are small, and one
// in which they take several chunks.
func TestSameBytes(t *testing.T) {
	for name, fsys := range map[string]fs.FS{"small": datasettest.Clean(), "chunks": datasettest.Generate(5*rows.Chunk + 1)} {
		b := bookOf(t, fsys)
		first := sha256.Sum256(bytesOf(t, b))
		for _, cores := range []int{1, 2, 7} {
			before := runtime.GOMAXPROCS(cores)
			again := sha256.Sum256(bytesOf(t, b))
			runtime.GOMAXPROCS(before)
			if first != again {
				t.Errorf("%s: %d cores give other bytes", name, cores)
			}
		}
	}
}
