//go:build unix

package export_test

import (
	"os"
	"path/filepath"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

// TestPlantedLock puts what looks like a stage of a dead run beside the folder, in a folder that everybody may write, with a link where its
// lock belongs: the link is not followed, and what it leads to is neither made nor changed.
func TestPlantedLock(t *testing.T) {
	for _, target := range []string{"secret", "none"} {
		parent, elsewhere := t.TempDir(), t.TempDir()
		if err := os.Chmod(parent, 0o777|os.ModeSticky); err != nil {
			t.Fatal(err)
		}
		secret := filepath.Join(elsewhere, "secret")
		if err := os.WriteFile(secret, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		stage := filepath.Join(parent, ".out.haltsheet-1")
		if err := os.Mkdir(stage, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(elsewhere, target), filepath.Join(stage, "lock")); err != nil {
			t.Fatal(err)
		}
		_, err := export.Write(t.Context(), filepath.Join(parent, "out"), bookOf(datasettest.Clean()), []*export.Format{export.FormatOf("csv")})
		t.Logf("the export ended with %v", err)
		entries, _ := os.ReadDir(elsewhere)
		if content, err := os.ReadFile(secret); err != nil || string(content) != "mine" || len(entries) != 1 {
			t.Errorf("%s: elsewhere are %v, and the file holds %q, %v", target, entries, content, err)
		}
	}
}
