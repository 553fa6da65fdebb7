//go:build unix

package plainfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"haltsheet/export/plainfile"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(os.WriteFile(path("file"), []byte("text"), 0o666), unix.Mkfifo(path("pipe"), 0o666),
		os.Symlink("file", path("link")), os.Symlink("/dev/zero", path("device")), os.Symlink("pipe", path("link to a pipe"))); err != nil {
		t.Fatal(err)
	}
	for name, isFile := range map[string]bool{"file": true, "link": true, "pipe": false, "device": false, "link to a pipe": false, ".": false} {
		content, err := plainfile.Read(path(name), int64(len("text")))
		switch {
		case isFile && (err != nil || string(content) != "text"):
			t.Errorf("%s: got %q, %v", name, content, err)
		case !isFile && !errors.Is(err, plainfile.ErrOther):
			t.Errorf("%s: got %q, %v, want that it is no file", name, content, err)
		}
	}
	if content, err := plainfile.Read(path("file"), int64(len("text"))-1); err == nil {
		t.Errorf("a file beyond the limit: got %q", content)
	}
}
