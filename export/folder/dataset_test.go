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
	"time"

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
		"a file":                  func(dir string) error { return edit(filepath.Join(dir, "halts.csv"), "\n", "\n\n", false) },
		"a file, its time kept":   func(dir string) error { return edit(filepath.Join(dir, "halts.csv"), "\n", "\n\n", true) },
		"a file of the same size": func(dir string) error { return edit(filepath.Join(dir, "halts.csv"), "acme", "ecma", false) },
		"another":                 func(dir string) error { return os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o666) },
		"one is gone":             func(dir string) error { return os.Remove(filepath.Join(dir, "rates.csv")) },
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

// TestLinkedTable refuses a folder of which a table stands elsewhere: written anew, it would no longer stand there.
func TestLinkedTable(t *testing.T) {
	dir := newDataset(t)
	name, elsewhere := filepath.Join(dir, "recipients.csv"), filepath.Join(filepath.Dir(dir), "recipients.csv")
	if err := errors.Join(os.Rename(name, elsewhere), os.Symlink(elsewhere, name)); err != nil {
		t.Fatal(err)
	}
	err := addRecipient(t.Context(), dir, "late", func() {})
	if err == nil || !strings.Contains(err.Error(), "recipients.csv: is a symbolic link; put the file itself into the folder") {
		t.Errorf("got the error %v", err)
	}
	if content, err := os.ReadFile(name); err != nil || strings.Contains(string(content), "late") {
		t.Errorf("the table has %q, %v", content, err)
	}
}

// edit changes a text in a file where it stands, as editors do that write over what was there, at the same time as before or later.
func edit(name, from, to string, keepTime bool) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	at := info.ModTime()
	if !keepTime {
		at = at.Add(time.Second)
	}
	return errors.Join(os.WriteFile(name, []byte(strings.Replace(string(content), from, to, 1)), 0o666), os.Chtimes(name, at, at))
}

// TestModesAreKept writes a folder that others must not read, and one that all may write.
func TestModesAreKept(t *testing.T) {
	dir := newDataset(t)
	modes := map[string]fs.FileMode{".": 0o700, "halts.csv": 0o600, "rates.csv": 0o644, "dataset.json": 0o660, "more": 0o550}
	if err := os.Mkdir(filepath.Join(dir, "more"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, mode := range modes {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	before := map[string]string{".": "", "halts.csv": "", "more": ""}
	for name := range before {
		if os.Geteuid() == 0 {
			if err := os.Chown(filepath.Join(dir, name), 65534, 65534); err != nil {
				t.Fatal(err)
			}
		}
		before[name] = owner(t, filepath.Join(dir, name))
	}
	if err := addRecipient(t.Context(), dir, "more", func() {}); err != nil {
		t.Fatal(err)
	}
	for name, mode := range modes {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: got %v, %v, want %v", name, info.Mode().Perm(), err, mode)
		}
	}
	for name, was := range before {
		if is := owner(t, filepath.Join(dir, name)); is != was {
			t.Errorf("the owner of %s is %s, was %s", name, is, was)
		}
	}
}
