package release_test

import (
	"os"
	"path/filepath"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/folder"
	"haltsheet/export/release"
)

// FuzzOpen swells and spoils what a release says of itself, and opens it as the previous one: nothing panics, and time and memory
// are in line with the bytes.
func FuzzOpen(f *testing.F) {
	dir := filepath.Join(f.TempDir(), "out")
	if err := exporttest.Publish(f.Context(), dir, "", datasettest.Clean(), 20, exporttest.Unread); err != nil {
		f.Fatal(err)
	}
	files := []string{folder.Descriptor, export.History, "index.json", "SHA256SUMS", "csv/dataset.json", "csv/halts.csv"}
	for i := range files {
		f.Add(uint8(i), uint16(10), uint16(40), uint16(3), uint16(0), "")
		f.Add(uint8(i), uint16(100), uint16(101), uint16(9), uint16(50), "\"")
	}
	f.Fuzz(func(t *testing.T, number uint8, from, to, times, at uint16, what string) {
		name := filepath.Join(dir, filepath.FromSlash(files[int(number)%len(files)]))
		was, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		spoilt := datasettest.Swollen(string(was), from, to, times, at, what)
		if err := os.WriteFile(name, []byte(spoilt), 0o666); err != nil {
			t.Fatal(err)
		}
		datasettest.Bounded(t, len(spoilt)+1<<20, func() { _, _ = release.Open(t.Context(), dir) })
		if err := os.WriteFile(name, was, 0o666); err != nil {
			t.Fatal(err)
		}
	})
}
