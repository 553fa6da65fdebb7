package exporttest

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// Mount mounts a file system of 600 kB on a folder for the time of the test, which is skipped where nothing can be mounted.
func Mount(t testing.TB, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=600k"); err != nil {
		t.Skipf("nothing can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
}
