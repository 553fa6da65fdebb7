package readback_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/intake"
	"haltsheet/export/readback"
)

// TestReadBack is the law of reading: what was exported comes back byte for byte, through every format that is read.
func TestReadBack(t *testing.T) {
	hold := func(t exporttest.TB, d *dataset.Dataset, dir string) {
		book := exporttest.Write(t, dir, d, "xlsx", "ods", "csv", "json")
		want := exporttest.Canon(t, d)
		for _, file := range []string{book.Metadata.Name + ".xlsx", book.Metadata.Name + ".ods", filepath.Join("json", book.Metadata.Name+".json")} {
			reading := readBack(t, filepath.Join(dir, file))
			diff(t, file, want, exporttest.Canon(t, reading.Dataset))
			if !dataset.Compare(d, reading.Dataset).IsEmpty() {
				t.Errorf("%s: there is a difference", file)
			}
			if len(reading.Remarks.First) > 0 {
				t.Errorf("%s: remarks %v", file, reading.Remarks.First)
			}
		}
		if csv := readback.Find(dir); csv != filepath.Join(dir, "csv") {
			t.Fatalf("found %q", csv)
		}
		diff(t, "csv", want, exporttest.Canon(t, loadFolder(t, filepath.Join(dir, "csv"))))
	}

	t.Run("clean", func(t *testing.T) { hold(t, exporttest.Load(datasettest.Clean()), filepath.Join(t.TempDir(), "out")) })
	t.Run("drawn", rapid.MakeCheck(func(rt *rapid.T) {
		hold(rt, exporttest.Load(datasettest.Draw(rt)), filepath.Join(t.TempDir(), "out"))
	}))
}

// TestDigest holds the digest that a workbook carries, in either kind of file, to that of its data.
func TestDigest(t *testing.T) {
	for _, kind := range []string{"xlsx", "ods"} {
		dir := filepath.Join(t.TempDir(), kind)
		book := exporttest.Write(t, dir, exporttest.Load(datasettest.Clean()), kind)
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

func diff(t exporttest.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s: -want +got\n%s", what, diff)
	}
}

func readBack(t exporttest.TB, name string) *intake.Reading {
	t.Helper()
	reading, err := readback.File(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	mustBeValid(t, reading.Dataset)
	return reading
}

func loadFolder(t exporttest.TB, dir string) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	mustBeValid(t, d)
	return d
}

func mustBeValid(t exporttest.TB, d *dataset.Dataset) {
	t.Helper()
	if err := dataset.Check(d).Err(); err != nil {
		t.Fatal(err)
	}
}
