package audit_test

import (
	"os"
	"path/filepath"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/audit"
)

// FuzzFolder swells and spoils one file of a release at a time, and verifies the folder: nothing panics, and time and memory are
// in line with the bytes.
func FuzzFolder(f *testing.F) {
	dir := newRelease(f)
	files := filesIn(f, dir)
	for i := range files {
		if i%2 == 0 { // a release is verified for each, which takes its time
			f.Add(uint8(i), uint16(10), uint16(40), uint16(3), uint16(0), "")
		} else {
			f.Add(uint8(i), uint16(100), uint16(101), uint16(9), uint16(50), "\"")
		}
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
		datasettest.Bounded(t, len(spoilt)+1<<20, func() { // the release has some bytes itself
			if _, err := audit.Folder(t.Context(), dir, ""); err != nil {
				t.Error(err)
			}
		})
		if err := os.WriteFile(name, was, 0o666); err != nil {
			t.Fatal(err)
		}
	})
}
