package folder

import (
	"errors"
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
	if _, err := os.Stat(filepath.Join(target, "after")); err != nil {
		t.Error("a failed swap took the target away")
	}
}
