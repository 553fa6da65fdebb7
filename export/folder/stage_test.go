package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestSwap(t *testing.T) {
	dir := t.TempDir()
	stage, fresh, target := filepath.Join(dir, "stage"), filepath.Join(dir, "stage", "new"), filepath.Join(dir, "out")
	if err := errors.Join(os.MkdirAll(filepath.Join(fresh, "after"), 0o777), os.MkdirAll(filepath.Join(target, "before"), 0o777)); err != nil {
		t.Fatal(err)
	}
	if err := (&Stage{path: stage}).swap(fresh, target); err != nil {
		t.Fatal(err)
	}
	for _, there := range []string{filepath.Join(target, "after"), filepath.Join(stage, "old", "before")} {
		if _, err := os.Stat(there); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
		t.Error("the new folder is still in the stage")
	}
	if err := (&Stage{path: filepath.Join(dir, "stage2")}).swap(filepath.Join(dir, "missing"), target); err == nil {
		t.Error("a swap without a stage worked")
	}
	third := filepath.Join(dir, "stage3")
	if err := os.Mkdir(third, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := (&Stage{path: third}).swap(filepath.Join(dir, "missing"), target); err == nil {
		t.Error("a swap for nothing worked")
	}
	if _, err := os.Stat(filepath.Join(target, "after")); err != nil {
		t.Error("a failed swap took the target away")
	}
}

// TestEarlierComesBack puts back what a killed run had moved away, unless something is in its place.
func TestEarlierComesBack(t *testing.T) {
	for _, isThere := range []bool{false, true} {
		parent := t.TempDir()
		dir, stage := filepath.Join(parent, "out"), filepath.Join(parent, ".out.haltsheet-1")
		err := os.MkdirAll(filepath.Join(stage, stageOld, "earlier"), 0o777)
		if isThere {
			err = errors.Join(err, os.Mkdir(dir, 0o777))
		}
		target, errTarget := newTarget(dir, nil)
		if err := errors.Join(err, errTarget); err != nil {
			t.Fatal(err)
		}
		if err := target.recoverStages(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "earlier")); isThere != errors.Is(err, fs.ErrNotExist) {
			t.Errorf("with something there %v: the earlier one gives %v", isThere, err)
		}
		if entries, err := os.ReadDir(parent); err != nil || len(entries) != 1 {
			t.Errorf("beside the folder is left %v, %v", entries, err)
		}
	}
}

// TestChangedLast has somebody change a file behind the last look, just before the folder is exchanged: it comes back with the change, and
// what was written goes.
func TestChangedLast(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	name := filepath.Join(dir, "notes.txt")
	if err := errors.Join(os.Mkdir(dir, 0o777), os.WriteFile(name, []byte("a note"), 0o666)); err != nil {
		t.Fatal(err)
	}
	target, err := newTarget(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	target.replaced, target.accepts = target.isAsSeen, func(ctx context.Context, info fs.FileInfo) error {
		err := target.checkDataset(ctx, info)
		if stages, _ := filepath.Glob(dir + "/../.data.haltsheet-*"); len(stages) > 0 { // the last look
			err = errors.Join(err, os.WriteFile(name, []byte("another note"), 0o666))
		}
		return err
	}
	err = target.replace(t.Context(), func(s *Stage) error { return os.WriteFile(filepath.Join(s.Path(), "halts.csv"), nil, 0o666) })
	left, errLeft := os.ReadDir(filepath.Dir(dir))
	is, errIs := os.ReadDir(dir)
	if content, _ := os.ReadFile(name); !errors.Is(err, ErrChanged) || string(content) != "another note" || len(is) != 1 || len(left) != 1 {
		t.Errorf("got %v, the note %q, the files %v, %v beside %v, %v", err, content, is, errIs, left, errLeft)
	}
}
