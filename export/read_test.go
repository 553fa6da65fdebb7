package export_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/intake"
	"haltsheet/export/readback"
)

// TestReadBack is the law of reading: what was exported comes back byte for byte, through every format that is read.
func TestReadBack(t *testing.T) {
	formats := []*export.Format{export.FormatOf("xlsx"), export.FormatOf("ods"), export.FormatOf("csv"), export.FormatOf("json")}
	hold := func(t require, d *dataset.Dataset, dir string) {
		book := export.NewBook(d)
		if _, err := export.Write(t.Context(), dir, book, formats); err != nil {
			t.Fatal(err)
		}
		want := inCanon(t, d)
		for _, file := range []string{book.Metadata.Name + ".xlsx", book.Metadata.Name + ".ods", filepath.Join("json", book.Metadata.Name+".json")} {
			reading := readBack(t, filepath.Join(dir, file))
			diff(t, file, want, inCanon(t, reading.Dataset))
			if !dataset.Compare(d, reading.Dataset).IsEmpty() {
				t.Errorf("%s: there is a difference", file)
			}
			if len(reading.Remarks) > 0 {
				t.Errorf("%s: remarks %v", file, reading.Remarks)
			}
		}
		if csv := readback.Find(dir); csv != filepath.Join(dir, "csv") {
			t.Fatalf("found %q", csv)
		}
		diff(t, "csv", want, inCanon(t, loadFolder(t, filepath.Join(dir, "csv"))))
	}

	t.Run("clean", func(t *testing.T) { hold(t, datasetOf(datasettest.Clean()), filepath.Join(t.TempDir(), "out")) })
	t.Run("drawn", rapid.MakeCheck(func(rt *rapid.T) {
		hold(rt, datasetOf(datasettest.Draw(rt)), filepath.Join(t.TempDir(), "out"))
	}))
}

// TestDigest holds the digest that a workbook carries, in either kind of file, to that of its data.
func TestDigest(t *testing.T) {
	for _, kind := range []string{"xlsx", "ods"} {
		dir := filepath.Join(t.TempDir(), kind)
		book := bookOf(datasettest.Clean())
		write(t, dir, book, format(kind))
		name := filepath.Join(dir, "clean."+kind)
		reading := readBack(t, name)
		if reading.Digest != book.Digest || reading.Digest != export.Digest(reading.Dataset) {
			t.Errorf("%s says %s, its data has %s", name, reading.Digest, export.Digest(reading.Dataset))
		}
		if got := readback.Find(dir); got != name {
			t.Errorf("found %q", got)
		}
	}
}

func readBack(t require, name string) *intake.Reading {
	t.Helper()
	reading, err := readback.File(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	mustBeValid(t, reading.Dataset)
	return reading
}

func loadFolder(t require, dir string) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	mustBeValid(t, d)
	return d
}

func mustBeValid(t require, d *dataset.Dataset) {
	t.Helper()
	if err := dataset.Check(d).Err(); err != nil {
		t.Fatal(err)
	}
}

// inCanon returns the files of a dataset folder, one behind the other.
func inCanon(t require, d *dataset.Dataset) string {
	t.Helper()
	var b bytes.Buffer
	if err := dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) {
		b.WriteString("-- " + name + " --\n")
		return datasettest.File{Buffer: &b}, nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// FuzzReadJSON reads documents that anybody may have changed: nothing breaks, and every finding has a place.
func FuzzReadJSON(f *testing.F) {
	dir := filepath.Join(f.TempDir(), "out")
	if _, err := export.Write(f.Context(), dir, bookOf(datasettest.Clean()), format("json")); err != nil {
		f.Fatal(err)
	}
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
