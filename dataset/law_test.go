package dataset_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// allRecords are the tables of a dataset, sorted by key as files in canonical form have them.
type allRecords struct {
	Metadata   dataset.Metadata
	Companies  []dataset.Company
	Halts      []dataset.Halt
	Events     []dataset.Event
	Donations  []dataset.Donation
	Recipients []dataset.Recipient
	Sources    []dataset.Source
	Rates      []dataset.Rate
}

func records(d *dataset.Dataset) allRecords {
	return allRecords{
		d.Metadata,
		sortedBy(d.Companies, func(x dataset.Company) string { return x.ID }),
		sortedBy(d.Halts, func(x dataset.Halt) string { return x.ID }),
		sortedBy(d.Events, func(x dataset.Event) string { return x.ID }),
		sortedBy(d.Donations, func(x dataset.Donation) string { return x.ID }),
		sortedBy(d.Recipients, func(x dataset.Recipient) string { return x.ID }),
		sortedBy(d.Sources, func(x dataset.Source) string { return x.ID }),
		sortedBy(d.Rates, func(x dataset.Rate) string { return x.Date.String() + x.Currency }),
	}
}

func sortedBy[R any](records []R, key func(R) string) []R {
	return slices.SortedFunc(slices.Values(records), func(a, b R) int { return strings.Compare(key(a), key(b)) })
}

func sameDate(a, b dataset.Date) bool { return a == b }

func sameDecimal(a, b dataset.Decimal) bool { return a == b }

func written(t tester, d *dataset.Dataset) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	files := map[string]datasettest.File{}
	if err := dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) {
		files[name] = datasettest.File{Buffer: &bytes.Buffer{}}
		return files[name], nil
	}); err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		folder[name] = &fstest.MapFile{Data: file.Bytes()}
	}
	return folder
}

// holdToLaws checks what is true of every folder: findings lie inside their files, and what has no error is the same
// when it is written and read, and is written the same again.
func holdToLaws(t tester, folder fstest.MapFS) (*dataset.Dataset, dataset.Findings) {
	t.Helper()
	d := load(t, folder)
	findings := dataset.Check(d)
	for _, f := range findings {
		liesInside(t, folder, f)
	}
	holdExamination(t, d, findings)
	for _, table := range slices.Concat(d.Tables(), d.Summarize()) {
		rowsOf(table) // which must not panic, whatever the errors
	}
	if findings.Err() != nil {
		return d, findings
	}
	once := written(t, d)
	again := load(t, once)
	if err := dataset.Check(again).Err(); err != nil {
		t.Errorf("what is written has an error: %v", err)
	}
	if want, got := records(d), records(again); !reflect.DeepEqual(want, got) {
		diff := cmp.Diff(want, got, cmp.Comparer(sameDate), cmp.Comparer(sameDecimal), cmpopts.EquateEmpty())
		if diff != "" {
			t.Errorf("records (-read +written and read):\n%s", diff)
		}
	}
	for name, file := range written(t, again) {
		if !bytes.Equal(once[name].Data, file.Data) {
			t.Errorf("%s (-written once +twice):\n%s", name, cmp.Diff(string(once[name].Data), string(file.Data)))
		}
	}
	return d, findings
}

func liesInside(t tester, folder fstest.MapFS, f dataset.Finding) {
	t.Helper()
	if f.Message == "" || f.Hint == "" || dataset.RuleOf(f.Rule) == nil || f.Severity != dataset.RuleOf(f.Rule).Severity {
		t.Errorf("%s (hint %q) is not all there", f, f.Hint)
	}
	if strings.ContainsFunc(f.String()+f.Hint, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		t.Errorf("%q has a control character", f.String()+f.Hint)
	}
	for _, place := range append([]dataset.Place{f.Place}, f.Related...) {
		file := folder[place.File]
		if place.Line == 0 && (file == nil) == (f.Rule == "file-missing") {
			continue
		}
		if file == nil {
			t.Errorf("%s is in no file", f)
			continue
		}
		lines := strings.Split(strings.TrimPrefix(string(file.Data), "\ufeff"), "\n")
		if place.Line < 1 || place.Line > len(lines) || place.Column < 1 || place.Column > utf8.RuneCountInString(lines[place.Line-1])+1 {
			t.Errorf("%s: %s lies outside of its file", f, place)
		}
	}
}

func TestDrawnDatasetsHoldToLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d, findings := holdToLaws(r, datasettest.Draw(r))
		if err := findings.Err(); err != nil {
			r.Fatalf("a drawn dataset is not valid: %v", err)
		}
		holdSummaries(r, d)
	})
}

func TestCleanSetIsCanonical(t *testing.T) {
	folder := datasettest.CleanWith(nil)
	for name, file := range written(t, load(t, folder)) {
		if diff := cmp.Diff(string(folder[name].Data), string(file.Data)); diff != "" {
			t.Errorf("%s (-clean +written):\n%s", name, diff)
		}
	}
}

func FuzzLoad(f *testing.F) {
	names := []string{dataset.MetadataFile}
	for i := range dataset.Schemas {
		names = append(names, dataset.Schemas[i].File())
	}
	seed := func(folder fstest.MapFS) {
		for i, name := range names {
			if folder[name] != nil {
				f.Add(uint8(i), folder[name].Data)
			}
		}
	}
	seed(datasettest.CleanWith(nil))
	// Control characters that messages and hints would repeat.
	f.Add(uint8(4), []byte("recipient_id,name,type,country,note\nred-c\x00ross,A,ngo,,\nunhcr,B,ngo,,\n"))
	f.Add(uint8(6), []byte("date,currency,units_per_eur\n2022-03-02,U\x1bD,1\n"))
	f.Add(uint8(3), []byte(donationHeader+"x,acme,,2022-03-02,cash,99999999999999,,U\x1bD,1,U\x1bD,,,,&#7;,acme-2022-03-08,\n"))
	cases, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		archive, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if strings.HasSuffix(name, "text-too-long.txtar") {
			continue // slows the fuzzing down
		}
		seed(datasettest.Folder(expand(f, archive)))
	}
	f.Fuzz(func(t *testing.T, file uint8, content []byte) {
		holdToLaws(t, datasettest.CleanWith(map[string][]byte{names[int(file)%len(names)]: append([]byte{}, content...)}))
	})
}
