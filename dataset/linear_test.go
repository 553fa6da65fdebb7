package dataset_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// numbered returns n texts end to end.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// swelling makes something in a folder be there n times that nobody has often.
type swelling struct {
	name string
	n    int // in the benchmark
	file string
	edit func(text string, n int) string
}

var swellings = []swelling{
	{"members of a list", 60_000, "halts.csv", func(text string, n int) string {
		return strings.Replace(text, "acme-2022-03-08;", numbered(n, "acme-%d;"), 1)
	}},
	{"the same member", 60_000, "halts.csv", func(text string, n int) string {
		return strings.Replace(text, "acme-2022-03-08;", strings.Repeat("acme-2022-03-08;", n), 1)
	}},
	{"columns", 80_000, "halts.csv", func(text string, n int) string { return strings.Replace(text, "\n", numbered(n, ",c%d")+"\n", 1) }},
	{"cells", 80_000, "halts.csv", func(text string, n int) string { return text + strings.Repeat(",", n) + "\n" }},
	{"blank lines", 1_000_000, "halts.csv", func(text string, n int) string { return text + strings.Repeat("\n", n) }},
	{"short rows", 200_000, "halts.csv", func(text string, n int) string { return text + strings.Repeat("x\n", n) }},
	{"quotes", 1_000_000, "halts.csv", func(text string, n int) string { return text + `"` + strings.Repeat(`""`, n) }},
	{"unknown keys", 40_000, "dataset.json", func(text string, n int) string { return strings.Replace(text, "{", "{"+numbered(n, `"k%d":1,`), 1) }},
	{"unused exceptions", 20_000, "dataset.json", func(text string, n int) string {
		return strings.Replace(text, "{", `{"exceptions":[`+strings.TrimSuffix(numbered(n, `{"rule":"single-publisher","key":"x-%d","reason":"so"},`), ",")+"],", 1)
	}},
	{"codes", 20_000, "dataset.json", func(text string, n int) string {
		return strings.Replace(text, "{", `{"codes":{"activity":[`+strings.TrimSuffix(numbered(n, `{"code":"c%d","label":"L %[1]d","definition":"so"},`), ",")+"]},", 1)
	}},
	{"levels", 9_000, "dataset.json", func(text string, n int) string {
		return strings.Replace(text, "{", `{"x":`+strings.Repeat("[", n)+strings.Repeat("]", n)+",", 1)
	}},
	{"the same key", 40_000, "companies.csv", func(text string, n int) string { return text + strings.Repeat("acme,Acme,,US,retail,\n", n) }},
	{"the same name", 40_000, "companies.csv", func(text string, n int) string { return text + numbered(n, "acme-%d,Acme Inc,,US,retail,\n") }},
	{"empty cells", 200_000, "companies.csv", func(text string, n int) string { return text + strings.Repeat(",,,,,\n", n) }},
	{"rows of one name behind a long key", 20_000, "companies.csv", func(text string, n int) string {
		return text + strings.Repeat("a", 50*n) + ",Twin,,US,retail,\n" + numbered(n, "z-%d,Twin,,US,retail,\n")
	}},
	{"parents", 20_000, "companies.csv", func(text string, n int) string { return text + numbered(n, "z-%[1]d,Z %[1]d,z-1,US,retail,\n") }},
}

func (s *swelling) folder(n int) fstest.MapFS {
	clean := datasettest.CleanWith(nil)
	return datasettest.CleanWith(map[string][]byte{s.file: []byte(s.edit(string(clean[s.file].Data), n))})
}

// TestSwollen reads small folders of each kind: what is wrong is told, in few words.
func TestSwollen(t *testing.T) {
	for i := range swellings {
		s := &swellings[i]
		d, err := dataset.Load(s.folder(3000))
		if err != nil {
			t.Fatal(err)
		}
		findings, words := dataset.Check(d), 0
		for _, f := range findings {
			words = max(words, len(f.Message))
		}
		if len(findings) == 0 || words > 1000 {
			t.Errorf("%s: %d findings, the longest of %d bytes", s.name, len(findings), words)
		}
	}
}

// kept returns how many bytes of memory a dataset and what was found in it take.
func kept(tb testing.TB, folder fstest.MapFS) float64 {
	tb.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	d, err := dataset.Load(folder)
	if err != nil {
		tb.Fatal(err)
	}
	e := dataset.Examine(d)
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(e)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

// TestOlderIsLinear holds what an older version may have had to the same: very many columns that are none of the schema.
func TestOlderIsLinear(t *testing.T) {
	clean := datasettest.CleanWith(nil)
	halts := strings.Replace(string(clean["halts.csv"].Data), "\n", numbered(20_000, ",c%d")+"\n", 1)
	datasettest.Bounded(t, len(halts), func() {
		d, err := dataset.Load(datasettest.CleanWith(map[string][]byte{"halts.csv": []byte(halts)}))
		if err != nil {
			t.Fatal(err)
		}
		if gaps := d.AcceptOlder(func(dataset.Gap) bool { return true }); len(gaps) != 20_000 {
			t.Errorf("%d gaps", len(gaps))
		}
	})
}

// TestCellsOfNoColumn reads rows of very many cells, which are counted but not kept: they take little memory beyond the text.
func TestCellsOfNoColumn(t *testing.T) {
	const cells = 1_000_000
	companies := string(datasettest.CleanWith(nil)["companies.csv"].Data)
	for want, text := range map[string]string{
		"the row has 1000001 cells, the header 6":                      companies + strings.Repeat(",", cells) + "\n",
		"the row has 1000006 cells, and a file at most 131072 columns": strings.Replace(companies, "\n", strings.Repeat(",", cells)+"\n", 1),
	} {
		folder := datasettest.CleanWith(map[string][]byte{"companies.csv": []byte(text)})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		d, err := dataset.Load(folder)
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		if each := (after.TotalAlloc - before.TotalAlloc) / cells; each > 30 {
			t.Errorf("a cell takes %d bytes", each)
		}
		if findings := dataset.Check(d); !strings.Contains(printed(findings), want) {
			t.Errorf("%q is not told", want)
		}
	}
}

// TestFindingsAreSmall holds what is kept of findings to a few bytes each: a file may have one for every byte.
func TestFindingsAreSmall(t *testing.T) {
	const rows, errors = 100_000, 3
	clean := datasettest.CleanWith(nil)
	row := func(text string) fstest.MapFS {
		return datasettest.CleanWith(map[string][]byte{"companies.csv": []byte(string(clean["companies.csv"].Data) + strings.Repeat(text, rows))})
	}
	kept(t, row(",,,,,\n")) // which has memory made that is used again
	if each := kept(t, row(",,,,,\n")) / rows; each > 420 {
		t.Errorf("a row of %d empty cells that are required keeps %.0f bytes", errors, each)
	}
	if each := kept(t, row("\n")) / rows; each > 90 {
		t.Errorf("a blank row keeps %.0f bytes", each)
	}
}

// BenchmarkSwollen loads and checks folders of each kind, and reports how many times as long ten times as much takes, and how many bytes
// of memory are kept for each of the file.
func BenchmarkSwollen(b *testing.B) {
	for i := range swellings {
		s := &swellings[i]
		b.Run(strings.ReplaceAll(s.name, " ", "-"), func(b *testing.B) {
			took := func(folder fstest.MapFS) time.Duration {
				start := time.Now()
				d, err := dataset.Load(folder)
				if err != nil {
					b.Fatal(err)
				}
				dataset.Examine(d)
				return time.Since(start)
			}
			tenth, whole := s.folder(s.n/10), s.folder(s.n)
			var small, large time.Duration
			for b.Loop() {
				small += took(tenth)
				large += took(whole)
			}
			b.ReportMetric(float64(large)/float64(small), "times")
			b.ReportMetric(kept(b, whole)/float64(len(whole[s.file].Data)), "kept/B")
		})
	}
}
