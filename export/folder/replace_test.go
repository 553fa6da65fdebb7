package folder_test

import (
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"haltsheet/export/folder"
)

// TestHintsOfTheDisk wants the way on that the cause leaves open, and the cause in words.
func TestHintsOfTheDisk(t *testing.T) {
	for _, test := range []struct {
		err         error
		words, hint string
	}{
		{syscall.EMFILE, "too many open files", "ulimit -n"},
		{syscall.EFBIG, "file too large", "ulimit -f"},
		{syscall.ENOSPC, "no space left", "free some space"},
		{syscall.EIO, "input/output error", "on another one"},
		{syscall.EACCES, "permission denied", "may be written"},
		{syscall.EROFS, "read-only file system", "may be written"},
		{syscall.ENAMETOOLONG, "file name too long", "choose another folder"},
	} {
		for _, err := range []error{test.err, &fs.PathError{Op: "write", Path: "/somewhere", Err: test.err}, &os.LinkError{Op: "rename", Err: test.err}} {
			if text := folder.DiskError("out", err).Error(); !strings.HasPrefix(text, "out: "+test.words) || !strings.Contains(text, test.hint) {
				t.Errorf("%v is told as %q", err, text)
			}
		}
	}
}
