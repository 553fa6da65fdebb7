//go:build unix

package folder

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// watchSync notes what is brought to disk, by its path inside a folder, and lets it fail for one path.
func watchSync(t *testing.T, parent, failing string) (synced func() []string) {
	t.Helper()
	var mu sync.Mutex
	var paths []string
	syncFile = func(file *os.File) error {
		mu.Lock()
		defer mu.Unlock()
		inside, err := filepath.Rel(parent, file.Name())
		if err != nil {
			return err
		}
		if parts := strings.Split(inside, string(filepath.Separator)); len(parts) > 1 {
			inside = filepath.Join(parts[1:]...) // without the stage's own name
		}
		if inside == failing {
			return errDisk
		}
		paths = append(paths, inside)
		return file.Sync()
	}
	t.Cleanup(func() { syncFile = (*os.File).Sync })
	return func() []string {
		slices.Sort(paths)
		return slices.Compact(paths)
	}
}

var errDisk = errors.New("the disk is broken")

// fill writes two files, one of them in a folder inside the other's.
func fill(s *Stage) error {
	for _, path := range []string{"list.txt", "a/b/deep.txt"} {
		_, err := s.Folder(context.Background()).WriteFile(path, func(file *File) error {
			_, err := io.WriteString(file, path)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// TestEverythingIsOnDisk holds an exchange to bringing every file, every folder and the name of the result to disk: a machine
// that fails right behind it has it whole.
func TestEverythingIsOnDisk(t *testing.T) {
	parent := t.TempDir()
	synced := watchSync(t, parent, "")
	if err := Replace(t.Context(), filepath.Join(parent, "out"), nil, fill); err != nil {
		t.Fatal(err)
	}
	want := []string{".", "new", "new/a", "new/a/b", "new/a/b/deep.txt", "new/list.txt"}
	if got := synced(); !slices.Equal(got, want) {
		t.Errorf("brought to disk: %q, want %q", got, want)
	}
}

// TestFoldersOnTheWay holds an exchange to bringing the folders to disk that were made on the way to its target.
func TestFoldersOnTheWay(t *testing.T) {
	parent := t.TempDir()
	synced := watchSync(t, parent, "")
	if err := Replace(t.Context(), filepath.Join(parent, "new", "far", "out"), nil, fill); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{".", "new", "far"} { // the last without the folder that it stands in
		if !slices.Contains(synced(), want) {
			t.Errorf("%q is not brought to disk: %q", want, synced())
		}
	}
}

// TestUnconfirmed lets the folder fail to reach the disk in which the exchange took place: the new one is there, whole, and the error
// says that.
func TestUnconfirmed(t *testing.T) {
	parent := t.TempDir()
	watchSync(t, parent, ".")
	err := Replace(t.Context(), filepath.Join(parent, "out"), nil, fill)
	if !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "is in its place") {
		t.Errorf("got the error %v", err)
	}
	entries, readErr := os.ReadDir(parent)
	if _, statErr := os.Stat(filepath.Join(parent, "out", "a", "b", "deep.txt")); errors.Join(readErr, statErr) != nil || len(entries) != 1 {
		t.Errorf("left are %v, %v, %v", entries, readErr, statErr)
	}
}

// TestDiskThatFails lets each file and folder fail to reach the disk: then nothing is exchanged.
func TestDiskThatFails(t *testing.T) {
	for _, failing := range []string{"new", "new/a", "new/a/b", "new/a/b/deep.txt", "new/list.txt"} {
		t.Run(failing, func(t *testing.T) {
			parent := t.TempDir()
			watchSync(t, parent, filepath.FromSlash(failing))
			if err := Replace(t.Context(), filepath.Join(parent, "out"), nil, fill); !errors.Is(err, errDisk) {
				t.Errorf("got the error %v", err)
			}
			if entries, err := os.ReadDir(parent); err != nil || len(entries) > 0 {
				t.Errorf("left are %v, %v", entries, err)
			}
		})
	}
}
