//go:build conformance

package export_test

import (
	"path/filepath"
	"slices"
	"testing"

	"haltsheet/dataset"
	"haltsheet/export"
)

// TestConformanceDescriptor loads every table by what the descriptor says, with the libraries that people have for that: they find
// nothing against it, and as many rows as there are. Those of Data Package 1 know no JSON Lines and no worksheets.
func TestConformanceDescriptor(t *testing.T) {
	for name, book := range datasets(t) {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			// frictionless reads OpenDocuments by a library that nobody maintains: pandas reads them instead.
			write(t, dir, book, slices.DeleteFunc(allFormats(), func(f *export.Format) bool { return f.Name == "ods" }))
			want := map[string]map[string]int{"frictionless": {}, "datapackage": {}}
			count := func(name string, table *dataset.Table, libraries ...string) {
				for _, library := range libraries {
					want[library][export.Slug(name)] = table.Rows
				}
			}
			for _, table := range book.Curated {
				count(table.Name, table, "frictionless", "datapackage")
				count(table.Name+"-jsonl", table, "frictionless")
				count(table.Name+"-xlsx", table, "frictionless")
			}
			for _, table := range linked(book) {
				count(table.Name, table, "frictionless", "datapackage")
			}
			for _, table := range book.Summaries {
				count("summary-"+table.Name, table, "frictionless", "datapackage")
			}
			for _, reader := range []string{"packages.py", "packages.mjs"} {
				var read struct {
					Said []string
					Rows map[string]map[string]int
				}
				foreign(t, dir, reader, &read, dir)
				for _, said := range read.Said {
					t.Errorf("%s: %s", reader, said)
				}
				for library, rows := range read.Rows {
					diff(t, reader+" "+library, want[library], rows)
				}
			}
		})
	}
}
