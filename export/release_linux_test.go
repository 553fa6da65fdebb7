package export_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
)

func TestReleaseOnFullDisk(t *testing.T) {
	disk := t.TempDir()
	mount(t, disk)
	dir := filepath.Join(disk, "out")
	write(t, dir, bookOf(datasettest.Clean()), format("csv"))
	if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 200<<10), 0o666); err != nil {
		t.Fatal(err)
	}
	before := tree(t, disk)
	if err := publish(t.Context(), dir, "", datasettest.Clean()); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got the error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, disk)); diff != "" {
		t.Errorf("something changed on the disk:\n%s", diff)
	}
}
