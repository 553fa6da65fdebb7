package release_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
)

func TestReleaseOnFullDisk(t *testing.T) {
	disk := t.TempDir()
	exporttest.Mount(t, disk)
	dir := filepath.Join(disk, "out")
	exporttest.Write(t, dir, exporttest.Load(datasettest.Clean()), "csv")
	if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 200<<10), 0o666); err != nil {
		t.Fatal(err)
	}
	before := exporttest.Tree(t, disk)
	if err := exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 5, exporttest.ReadsBack); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got the error %v", err)
	}
	if diff := cmp.Diff(before, exporttest.Tree(t, disk)); diff != "" {
		t.Errorf("something changed on the disk:\n%s", diff)
	}
}
