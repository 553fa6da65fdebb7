package readback_test

import (
	"flag"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/readback"
)

// halts is the size of the generated dataset: -halts 100000 measures a hundred thousand.
var halts = flag.Int("halts", 1_000, "how many halts the generated dataset of the benchmarks has")

// workbook writes the workbook of a generated dataset.
func workbook(b *testing.B) (name string) {
	b.Helper()
	d, err := dataset.Load(datasettest.Generate(*halts))
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), "out")
	if _, err := export.Write(b.Context(), dir, export.NewBook(d), []*export.Format{export.FormatOf("xlsx")}); err != nil {
		b.Fatal(err)
	}
	return filepath.Join(dir, "generated.xlsx")
}

// BenchmarkWorkbook reads the curated tables of a workbook into a dataset, and checks their cells.
func BenchmarkWorkbook(b *testing.B) {
	name := workbook(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readback.File(name); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkExcelizeRows reads the cells of the same workbook with excelize, and does nothing with them.
func BenchmarkExcelizeRows(b *testing.B) {
	name := workbook(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := readRows(name); err != nil {
			b.Fatal(err)
		}
	}
}

func readRows(name string) error {
	f, err := excelize.OpenFile(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			return err
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}
