//go:build unix

package folder_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/folder"
)

// newDataset puts the clean dataset into a folder.
func newDataset(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, datasettest.Clean()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// addRecipient reads the folder, adds a recipient, and writes it.
func addRecipient(ctx context.Context, dir, id string, between func()) error {
	seen, err := folder.Look(ctx, dir)
	if err != nil {
		return err
	}
	d, err := dataset.Load(os.DirFS(dir))
	if err != nil {
		return err
	}
	between()
	d.Recipients = append(d.Recipients, dataset.Recipient{ID: id, Name: id, Type: "other"})
	return folder.WriteDataset(ctx, dir, d, seen)
}

// TestNoUpdateIsLost has eight runs read, change and write a folder at once: whoever hears that it is written finds it there.
func TestNoUpdateIsLost(t *testing.T) {
	dir := newDataset(t)
	for round := range 10 {
		var running sync.WaitGroup
		written := make([]error, 8)
		for i := range written {
			running.Go(func() { written[i] = addRecipient(t.Context(), dir, fmt.Sprintf("r-%d-%d", round, i), func() {}) })
		}
		running.Wait()
		content, err := os.ReadFile(filepath.Join(dir, "recipients.csv"))
		if err != nil {
			t.Fatal(err)
		}
		well := 0
		for i, err := range written {
			isThere := strings.Contains(string(content), fmt.Sprintf("r-%d-%d,", round, i))
			if isThere != (err == nil) || err != nil && !errors.Is(err, folder.ErrChanged) && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("round %d, run %d: there is %v, the error %v", round, i, isThere, err)
			}
			if err == nil {
				well++
			}
		}
		if well == 0 {
			t.Errorf("round %d: nobody wrote", round)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(entries) != 1 {
		t.Errorf("beside the folder is left %v, %v", entries, err)
	}
}

// TestChangedMeanwhile refuses to write over what is changed between reading and writing, whatever it is.
func TestChangedMeanwhile(t *testing.T) {
	for name, change := range map[string]func(dir string) error{
		"a file":      func(dir string) error { return appendTo(filepath.Join(dir, "halts.csv")) },
		"another":     func(dir string) error { return os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o666) },
		"one is gone": func(dir string) error { return os.Remove(filepath.Join(dir, "rates.csv")) },
		"the folder": func(dir string) error {
			return errors.Join(os.Rename(dir, dir+".was"), os.CopyFS(dir, os.DirFS(dir+".was")))
		},
	} {
		dir := newDataset(t)
		var changed error
		err := addRecipient(t.Context(), dir, "late", func() { changed = change(dir) })
		if changed != nil {
			t.Fatal(changed)
		}
		content, _ := os.ReadFile(filepath.Join(dir, "recipients.csv"))
		if !errors.Is(err, folder.ErrChanged) || strings.Contains(string(content), "late") {
			t.Errorf("%s: got %v, want that it was changed meanwhile, and nothing written", name, err)
		}
	}
}

func appendTo(name string) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString("\n")
	return errors.Join(err, file.Close())
}

// TestModesAreKept writes a folder that others must not read, and one that all may write.
func TestModesAreKept(t *testing.T) {
	dir := newDataset(t)
	modes := map[string]fs.FileMode{".": 0o700, "halts.csv": 0o600, "rates.csv": 0o644, "dataset.json": 0o660, "more": 0o750}
	if err := os.Mkdir(filepath.Join(dir, "more"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, mode := range modes {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(filepath.Join(dir, "halts.csv"), 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.Stat(filepath.Join(dir, "halts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := addRecipient(t.Context(), dir, "more", func() {}); err != nil {
		t.Fatal(err)
	}
	for name, mode := range modes {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: got %v, %v, want %v", name, info.Mode().Perm(), err, mode)
		}
	}
	if after, err := os.Stat(filepath.Join(dir, "halts.csv")); err != nil || owner(after) != owner(before) {
		t.Errorf("the owner is %s, was %s", owner(after), owner(before))
	}
}
