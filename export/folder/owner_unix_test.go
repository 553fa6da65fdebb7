//go:build unix

package folder_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

// owner returns user and group of a file or a folder.
func owner(t *testing.T, name string) string {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	stat := info.Sys().(*syscall.Stat_t)
	return fmt.Sprint(stat.Uid, ":", stat.Gid)
}
