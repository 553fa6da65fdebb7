//go:build conformance

package export_test

import (
	"slices"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

// TestConformanceCroissant reads a release as Croissant: mlcroissant finds no error, all records of CSV and Parquet, and lists as lists.
func TestConformanceCroissant(t *testing.T) {
	var read struct {
		Said  []string
		Rows  map[string]int
		Lists int
	}
	dir, book := releaseOf(t, "clean"), bookOf(datasettest.Clean())
	foreign(t, dir, "croissant.py", &read, dir)
	want := map[string]int{}
	count := func(name string, tables ...*dataset.Table) {
		for _, table := range tables {
			want[export.Slug(name+table.Name)], want[export.Slug(name+table.Name)+"-parquet"] = table.Rows, table.Rows
		}
	}
	count("", slices.Concat(book.Curated, book.Links, book.Codebook)...)
	count("summary-", book.Summaries...)
	diff(t, "rows", want, read.Rows)
	if len(read.Said) > 0 || read.Lists == 0 {
		t.Errorf("%d lists, and it says %v", read.Lists, read.Said)
	}
}
