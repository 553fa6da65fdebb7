package readback_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
	"haltsheet/export/readback"
)

// FuzzReadJSON reads documents that anybody may have changed: nothing breaks, and every finding has a place.
func FuzzReadJSON(f *testing.F) {
	dir := filepath.Join(f.TempDir(), "out")
	exporttest.Write(f, dir, exporttest.Load(datasettest.Clean()), "json")
	document, err := os.ReadFile(filepath.Join(dir, "json", "clean.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(document), uint16(0), uint16(0), uint16(0), uint16(0), "")
	for _, text := range []string{"", "{}", `{"dataset":{}}`, `{"companies":[{"halts":[{"countries":["RU",1,{}]}]}],"rates":[{"date":{},"units_per_eur":1e400}]}`, `{"halts":[`, `[]`, "\xff"} {
		f.Add(text, uint16(0), uint16(len(text)), uint16(9), uint16(3), "{")
	}
	name := filepath.Join(f.TempDir(), "fuzz.json")
	f.Fuzz(func(t *testing.T, text string, from, to, times, at uint16, what string) {
		content := datasettest.Swollen(text, from, to, times, at, what)
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		datasettest.Bounded(t, len(content), func() {
			reading, err := readback.File(name)
			if err != nil {
				return
			}
			for _, finding := range dataset.Check(reading.Dataset) {
				if finding.File != "fuzz.json" {
					t.Errorf("%s stands nowhere", finding)
				}
			}
		})
	})
}

// FuzzReadXLSX reads workbooks that anybody may have changed: nothing breaks, and every finding has a place.
func FuzzReadXLSX(f *testing.F) { fuzzRead(f, "xlsx") }

// FuzzReadODS does so with OpenDocuments.
func FuzzReadODS(f *testing.F) { fuzzRead(f, "ods") }

func fuzzRead(f *testing.F, kind string) {
	dir := filepath.Join(f.TempDir(), "out")
	exporttest.Write(f, dir, exporttest.Load(datasettest.Clean()), kind)
	names, parts := exporttest.Parts(f, filepath.Join(dir, "clean."+kind))
	for i := range typedTexts {
		f.Add(uint8(i), uint16(0), uint16(0), uint16(0), uint16(500*i), typedTexts[i])
		f.Add(uint8(2*i), uint16(700), uint16(760), uint16(i), uint16(0), "")
	}
	name := filepath.Join(f.TempDir(), "fuzz."+kind)
	f.Fuzz(func(t *testing.T, number uint8, from, to, times, at uint16, what string) {
		spoilt := names[int(number)%len(names)]
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, part := range names {
			text := parts[part]
			if part == spoilt {
				text = datasettest.Swollen(text, from, to, times, at, what)
			}
			entry, err := w.CreateHeader(&zip.FileHeader{Name: part}) // stored
			must(t, err)
			_, err = io.WriteString(entry, text)
			must(t, err)
		}
		must(t, w.Close())
		must(t, os.WriteFile(name, b.Bytes(), 0o666))
		datasettest.Bounded(t, b.Len(), func() {
			reading, err := readback.File(name)
			if err != nil {
				return
			}
			for _, finding := range dataset.Check(reading.Dataset) {
				if finding.File != "fuzz."+kind {
					t.Errorf("%s stands nowhere", finding)
				}
			}
		})
	})
}
