package xlsx_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"flag"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/xlsx"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// written returns the workbook of the clean dataset.
func written(t *testing.T, plain bool) []byte {
	t.Helper()
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	profile := map[bool]string{false: "analyst", true: "accessible"}[plain]
	var out bytes.Buffer
	if err := xlsx.Write(&out, &xlsx.Content{
		Metadata: d.Metadata, Curated: d.Tables(), Summaries: d.Summarize(), Codes: d.CodeLists(), Digest: "digest", Profile: profile, Plain: plain,
	}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// leftOut are parts that are the same in every workbook of excelize.
var leftOut = []string{"xl/theme/theme1.xml"}

// partsOf returns the parts of a workbook as text, one element a line.
func partsOf(t *testing.T, workbook []byte) *txtar.Archive {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	archive := &txtar.Archive{}
	for _, file := range r.File {
		if strings.Join(leftOut, " ") == file.Name {
			continue
		}
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(content), "><", ">\n<")
		text = strings.NewReplacer("\n</c>", "</c>", "\n<v>", "<v>", "\n<f>", "<f>", "\n<t>", "<t>", "\n</si>", "</si>", "\n</font>", "</font>").Replace(text)
		archive.Files = append(archive.Files, txtar.File{Name: file.Name, Data: []byte(text + "\n")})
	}
	return archive
}

// TestWorkbookParts compares every part of the workbook of the clean dataset with its golden text, so that a change of the
// writer is read in review.
func TestWorkbookParts(t *testing.T) {
	for name, plain := range map[string]bool{"testdata/analyst.txtar": false, "testdata/accessible.txtar": true} {
		got := txtar.Format(partsOf(t, written(t, plain)))
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
			t.Errorf("%s (-want +got; go test ./export/xlsx -update rewrites it):\n%s", name, diff)
		}
	}
}

// TestSameBytes holds workbooks to the same bytes each time, on one core and on many: one whose tables are small, and one
// in which they take several chunks.
func TestSameBytes(t *testing.T) {
	for name, fsys := range map[string]fs.FS{"small": datasettest.Clean(), "chunks": datasettest.Generate(5*dataset.ChunkRows + 1)} {
		content := contentOf(t, fsys)
		first := sha256.Sum256(bytesOf(t, content))
		for _, cores := range []int{1, 2, 7} {
			before := runtime.GOMAXPROCS(cores)
			again := sha256.Sum256(bytesOf(t, content))
			runtime.GOMAXPROCS(before)
			if first != again {
				t.Errorf("%s: %d cores give other bytes", name, cores)
			}
		}
	}
}
