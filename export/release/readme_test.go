package release_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
)

// TestReadme holds that the README of a release says what every folder is, and how much the sum of the wrong column is off.
func TestReadme(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	must(t, exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 20, exporttest.Unread))
	content, err := os.ReadFile(filepath.Join(dir, "README.md"))
	must(t, err)
	readme := string(content)
	if strings.Contains(readme, "|  |") {
		t.Errorf("a file or a folder is listed without a word:\n%s", readme)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	lists := map[string]bool{"README.md": true, "datapackage.json": true, "index.json": true, "SHA256SUMS": true, "index.html": true}
	for _, entry := range entries {
		if name := entry.Name(); !lists[name] && !strings.Contains(readme, "| ["+name) {
			t.Errorf("%s is not listed", name)
		}
	}
	for _, said := range []string{"own cash is 1800828.38 euros", "the whole column comes to "} {
		if !strings.Contains(readme, said) {
			t.Errorf("it does not say %q", said)
		}
	}
}
