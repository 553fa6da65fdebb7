//go:build conformance

package export_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/fixtures"
)

// saysParquet is what a file says of itself, where it is a list in the eyes of pyarrow, of DuckDB and maybe of Polars.
type saysParquet struct {
	CreatedBy    []string `json:"created_by"`
	Version      []string // of the program, as parquet-mr takes created_by apart
	Rows         []int
	Metadata     []map[string]string
	Required     [][]string
	Sorted       [][]string // of each row group
	Compression  []string
	Without      []string         // columns without statistics
	Bounds       map[string][]any // least, greatest, and how many are null
	BoundsDuckDB map[string][]any `json:"bounds_duckdb"`
}

// TestConformanceParquetSays holds what every file of Parquet says of itself, in each way of compressing, to the book, as others read it.
func TestConformanceParquetSays(t *testing.T) {
	book := bookOf(fixtures.FS)
	for i, compression := range export.ParquetCompressions() {
		t.Run(compression, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			book.ParquetCompression = compression
			files := write(t, dir, book, format("parquet"))
			says := map[string]saysParquet{}
			output(t, &says, exporttest.Tool(t, "venv/bin/python"), script(t, "parquet.py"), dir)
			for _, file := range files {
				if file.Table != nil {
					holdSays(t, book, file.Table, says[file.Path], []string{"ZSTD", "SNAPPY", "UNCOMPRESSED"}[i])
				}
			}
			if len(says) != len(files)-1 { // but for the descriptor
				t.Errorf("%d files were read of %d", len(says), len(files)-1)
			}
		})
	}
}

func holdSays(t *testing.T, book *export.Book, table *dataset.Table, got saysParquet, compression string) {
	t.Helper()
	if len(got.Version) == 0 {
		t.Errorf("%s was not read", table.Name)
		return
	}
	says := map[string]string{}
	for _, entry := range book.Says(table, table.Columns) {
		says[entry.Key] = entry.Text
	}
	createdBy := export.ParquetCreatedBy
	want := saysParquet{
		CreatedBy: []string{createdBy, createdBy}, Version: strings.Split(strings.NewReplacer(" version ", "|", " (build ", "|", ")", "").Replace(createdBy), "|"),
		Rows: []int{table.Rows, table.Rows, table.Rows}, Metadata: []map[string]string{says, says, says}, Compression: []string{compression}, Without: []string{},
	}
	var key, required []string
	for i := range table.Columns {
		c := &table.Columns[i]
		if c.Required || c.Type == dataset.TypeList { // of which none is null
			required = append(required, c.Name)
		}
		if c.Key {
			key = append(key, c.Name)
		}
	}
	want.Required = [][]string{required, required}
	for i := range got.Sorted {
		if !table.IsCurated() && len(got.Sorted[i]) == 0 {
			key = nil // a summary goes by its measure, and a codebook as it is declared
		}
		want.Sorted = append(want.Sorted, key)
	}
	bounds, boundsDuckDB := got.Bounds, got.BoundsDuckDB
	got.Bounds, got.BoundsDuckDB = nil, nil
	if diff := cmp.Diff(want, got, equateEmpty); diff != "" {
		t.Errorf("%s: -want +got\n%s", table.Name, diff)
	}
	holdBounds(t, table, bounds)
	holdBounds(t, table, boundsDuckDB)
}

// equateEmpty takes a list of nothing for none.
var equateEmpty = cmp.FilterValues(func(x, y []string) bool { return len(x) == 0 && len(y) == 0 }, cmp.Comparer(func(_, _ []string) bool { return true }))

// holdBounds holds the statistics of the columns of texts and days to the table.
func holdBounds(t *testing.T, table *dataset.Table, bounds map[string][]any) {
	t.Helper()
	for i := range table.Columns {
		c := &table.Columns[i]
		got, isThere := bounds[c.Name]
		if !isThere || c.Type != dataset.TypeText && !c.IsDay() {
			continue
		}
		var known []string
		for row := range table.Rows {
			if v := table.Cell(row, i); v.Known {
				known = append(known, string(v.Append(nil, c.Type)))
			}
		}
		want := []any{slices.Min(known), slices.Max(known), float64(table.Rows - len(known))}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, statistics of %s: -want +got\n%s", table.Name, c.Name, diff)
		}
	}
}
