package export_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

func TestMountPoint(t *testing.T) {
	book := bookOf(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	inside := filepath.Join(dir, "disk")
	exporttest.Mount(t, inside)
	for _, at := range []string{inside, dir} {
		_, err := export.Write(t.Context(), at, book, format("csv"))
		if err == nil || !strings.HasPrefix(err.Error(), inside+": is a mount point; ") {
			t.Errorf("%s: got the error %v", at, err)
		}
	}
}

func TestFullDisk(t *testing.T) {
	book := bookOf(datasettest.Clean())
	disk := t.TempDir()
	exporttest.Mount(t, disk)
	dir := filepath.Join(disk, "out")
	write(t, dir, book, format("csv"))
	before := exporttest.Tree(t, disk)
	full := func() error {
		_, err := export.Write(t.Context(), dir, book, allFormats())
		return err
	}
	if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 200<<10), 0o666); err != nil {
		t.Fatal(err)
	}
	err := full()
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "free some space") || !strings.HasPrefix(err.Error(), dir) {
		t.Errorf("got the error %v", err)
	}
	if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, exporttest.Tree(t, disk)); diff != "" {
		t.Errorf("something changed on the disk:\n%s", diff)
	}
}
