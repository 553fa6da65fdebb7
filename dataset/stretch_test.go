package dataset_test

import (
	"bytes"
	"io/fs"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestStretchesChangeNothing: a file that is read in many stretches gives the same records and findings as one that is read
// from its beginning to its end, whatever is wrong with it.
func TestStretchesChangeNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	inStretches := func(t *rapid.T, folder fs.FS, bytes int) (*dataset.Dataset, dataset.Findings) {
		dataset.SetLeastStretch(bytes)
		defer dataset.SetLeastStretch(1 << 20)
		d := load(t, folder)
		return d, dataset.Check(d)
	}
	rapid.Check(t, func(t *rapid.T) {
		folder := datasettest.Draw(t)
		if name := rapid.SampledFrom([]string{"", "halts.csv", "sources.csv"}).Draw(t, "faulty"); name != "" {
			content := folder[name].Data
			at := rapid.IntRange(0, len(content)).Draw(t, "at")
			fault := rapid.SampledFrom([]string{`"`, ",", "\n", "\r\n", `""`, "\n\n", "x"}).Draw(t, "fault")
			folder[name] = &fstest.MapFile{Data: slices.Concat(content[:at], []byte(fault), content[at:])}
		}
		whole, want := inStretches(t, folder, 1<<20)
		parts, got := inStretches(t, folder, rapid.IntRange(1, 300).Draw(t, "bytes"))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(dataset.Finding{})); diff != "" {
			t.Errorf("findings (-whole +stretches):\n%s", diff)
		}
		for i := range dataset.Schemas {
			a, b := whole.Table(&dataset.Schemas[i]), parts.Table(&dataset.Schemas[i])
			if a.Rows != b.Rows {
				t.Fatalf("%s: %d rows, in stretches %d", a.Name, a.Rows, b.Rows)
			}
			for row := range a.Rows {
				if x, y := a.AppendCSVRow(nil, a.Columns, row), b.AppendCSVRow(nil, b.Columns, row); !bytes.Equal(x, y) {
					t.Errorf("%s, row %d: %s, in stretches %s", a.Name, row, x, y)
				}
			}
		}
	})
}
