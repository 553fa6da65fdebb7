package release_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
)

// TestIndexNamesEveryFile holds that the index has the path of each file of a release by what it is, and each path once.
func TestIndexNamesEveryFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	must(t, exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 20, exporttest.Unread))
	content, err := os.ReadFile(filepath.Join(dir, "index.json"))
	must(t, err)
	var index struct{ Paths map[string]string }
	must(t, json.Unmarshal(content, &index))
	named := map[string]bool{}
	for role, path := range index.Paths {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path))); err != nil || named[path] {
			t.Errorf("%s is %q, which is not there or named twice: %v", role, path, err)
		}
		named[path] = true
	}
	must(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if inside, _ := filepath.Rel(dir, path); err == nil && !entry.IsDir() && !named[filepath.ToSlash(inside)] {
			t.Errorf("%s has no name", inside)
		}
		return err
	}))
	for role, want := range map[string]string{"workbook": "clean.xlsx", "halts": "csv/halts.csv", "halts-parquet": "parquet/halts.parquet"} {
		if index.Paths[role] != want {
			t.Errorf("%s is %q, want %q", role, index.Paths[role], want)
		}
	}
}

// TestHomepageInDescriptions holds that every description that needs an address has it from the homepage.
func TestHomepageInDescriptions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	must(t, exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 20, exporttest.Unread))
	for path, want := range map[string]string{
		"croissant.json":         `"url": "https://example.org/"`,
		"CITATION.cff":           `url: "https://example.org/"`,
		"json/clean.schema.json": `"$id": "https://example.org/1.0.0/json/clean.schema.json"`,
	} {
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		must(t, err)
		if !strings.Contains(string(content), want) {
			t.Errorf("%s does not have %s", path, want)
		}
	}
}
