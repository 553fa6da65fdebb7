//go:build unix

package folder_test

import (
	"fmt"
	"io/fs"
	"syscall"
)

// owner returns user and group of a file.
func owner(info fs.FileInfo) string {
	stat := info.Sys().(*syscall.Stat_t)
	return fmt.Sprint(stat.Uid, ":", stat.Gid)
}
