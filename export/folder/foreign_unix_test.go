//go:build unix

package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestStagesOfOthers clears a stage that a killed run left, and none that belongs to another user, whose lock leads elsewhere, or that
// has something else in it.
func TestStagesOfOthers(t *testing.T) {
	for _, test := range []struct {
		name    string
		cleared bool
		make    func(stage string) error
	}{
		{"left by a killed run", true, func(string) error { return nil }},
		{"lock leads elsewhere", false, func(stage string) error {
			lock := filepath.Join(stage, stageLock)
			return errors.Join(os.Remove(lock), os.Symlink(filepath.Join(filepath.Dir(stage), "elsewhere"), lock))
		}},
		{"something else in it", false, func(stage string) error { return os.WriteFile(filepath.Join(stage, "mine"), nil, 0o666) }},
		{"another user's", false, func(stage string) error { return os.Chown(stage, 65534, 65534) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			stage := filepath.Join(parent, ".out.haltsheet-1")
			err := errors.Join(os.MkdirAll(filepath.Join(stage, stageNew), 0o777), os.WriteFile(filepath.Join(stage, stageLock), nil, 0o666))
			if err := errors.Join(err, test.make(stage)); errors.Is(err, fs.ErrPermission) {
				t.Skip("only root gives a folder away")
			} else if err != nil {
				t.Fatal(err)
			}
			if err := Replace(t.Context(), filepath.Join(parent, "out"), nil, fill); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(stage, stageNew)); errors.Is(err, fs.ErrNotExist) != test.cleared {
				t.Errorf("cleared should be %v, got %v", test.cleared, err)
			}
			if _, err := os.Lstat(filepath.Join(parent, "elsewhere")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a lock was made elsewhere: %v", err)
			}
		})
	}
}
