package readback_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
	"haltsheet/export/readback"
)

// TestEditedWorkbooks holds what is read to what an editor did to the workbook of the clean dataset.
func TestEditedWorkbooks(t *testing.T) {
	day, noise := 44629, "1.1000000000000001"
	cellOf := func(table, column string, row int) string {
		of := exporttest.Load(datasettest.Clean()).Table(dataset.SchemaOf(table))
		cell, err := excelize.CoordinatesToCellName(exporttest.ShownAt(of, of.Column(column)), row)
		must(t, err)
		return cell
	}
	halts := func(column string, row int) string { return cellOf("halts", column, row) }
	tests := []struct {
		name string
		edit func(t *testing.T, file *excelize.File)
		want []string // the changes, or the errors
	}{
		{"nothing", func(*testing.T, *excelize.File) {}, nil},
		{"a day as a number", func(t *testing.T, file *excelize.File) {
			set(t, file, "Halts", halts("effective", 7), day)
			style, err := file.NewStyle(&excelize.Style{NumFmt: 14})
			must(t, err)
			must(t, file.SetCellStyle("Halts", halts("effective", 7), halts("effective", 7), style))
		}, []string{"effective is 2022-03-09"}},
		{"a number that is no day", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("effective", 7), day) }, []string{"Halts!" + halts("effective", 7)}},
		{"a year as a number", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("effective", 7), 2022) }, []string{"effective is 2022"}},
		{"a date as text", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("effective", 7), "9 March 2022") }, []string{"Halts!" + halts("effective", 7)}},
		{"noise of binary fractions", func(t *testing.T, file *excelize.File) {
			must(t, file.SetCellDefault("Rates", "C7", noise))
		}, []string{"units_per_eur is 1.1"}},
		{"a stray space in a code", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("action", 7), "exit ") }, []string{"action is exit"}},
		{"a formula that was never computed", func(t *testing.T, file *excelize.File) {
			must(t, file.SetCellFormula("Companies", cellOf("companies", "note", 7), `"a"&"b"`))
		}, []string{"Companies!" + cellOf("companies", "note", 7)}},
		{"a header by name", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("halt_id", 6), "halt_id") }, nil},
		{"an unknown header", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("product", 6), "Remarks") }, []string{"Halts!" + halts("product", 6)}},
		{"a header twice", func(t *testing.T, file *excelize.File) { set(t, file, "Halts", halts("product", 6), "Announced") }, []string{"Halts!" + halts("product", 6), "Halts!" + halts("announced", 6)}},
		{"a column beside the table", func(t *testing.T, file *excelize.File) { set(t, file, "Rates", "D6", "Remarks") }, []string{"Rates!D6"}},
		{"columns moved", func(t *testing.T, file *excelize.File) { swapColumns(t, file, "Recipients", "B", "C") }, nil},
		{"a deleted sheet", func(t *testing.T, file *excelize.File) { must(t, file.DeleteSheet("Rates")) }, []string{"edited.xlsx"}},
		{"a deleted header", func(t *testing.T, file *excelize.File) { must(t, file.RemoveRow("Rates", 6)) }, []string{"edited.xlsx", "Rates!A1"}},
		{"a renamed sheet", func(t *testing.T, file *excelize.File) { must(t, file.SetSheetName("Rates", "Kurse")) }, nil},
		{"a duplicated key", func(t *testing.T, file *excelize.File) { set(t, file, "Rates", "B8", "JPY") }, []string{"Rates!A8"}},
		{"a row typed below", func(t *testing.T, file *excelize.File) {
			rows, err := file.GetRows("Rates")
			must(t, err)
			row := len(rows) + 1
			for i, text := range []string{"2022-03-20", "JPY", "130.5"} {
				cell, err := excelize.CoordinatesToCellName(i+1, row)
				must(t, err)
				set(t, file, "Rates", cell, text)
			}
		}, []string{"added 2022-03-20/JPY"}},
		{"metadata", func(t *testing.T, file *excelize.File) { set(t, file, "Metadata", "B8", "Another title") }, []string{"title is Another title"}},
	}
	d := exporttest.Load(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	exporttest.Write(t, dir, d, "xlsx")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file, err := excelize.OpenFile(filepath.Join(dir, "clean.xlsx"))
			must(t, err)
			test.edit(t, file)
			name := filepath.Join(t.TempDir(), "edited.xlsx")
			must(t, file.SaveAs(name))
			reading, err := readback.File(name)
			must(t, err)
			got := differences(d, reading.Dataset)
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// differences returns the places of the errors in a dataset, or else what changed in it.
func differences(before, after *dataset.Dataset) (lines []string) {
	for _, f := range dataset.Check(after) {
		if f.Severity == dataset.Error {
			lines = append(lines, strings.TrimPrefix(f.Place.String(), "edited.xlsx:"))
		}
	}
	if lines != nil {
		return lines
	}
	diff := dataset.Compare(before, after)
	tell := func(fields []dataset.FieldChange) {
		for i := range fields {
			_, text := fields[i].Texts()
			lines = append(lines, fields[i].Field+" is "+text)
		}
	}
	tell(diff.Metadata)
	for _, t := range diff.Tables {
		for _, record := range t.Changed {
			tell(record.Fields)
		}
		for _, record := range t.Added {
			lines = append(lines, "added "+record.Key)
		}
		for _, record := range t.Removed {
			lines = append(lines, "removed "+record.Key)
		}
	}
	return lines
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func set(t *testing.T, file *excelize.File, sheet, cell string, value any) {
	t.Helper()
	must(t, file.SetCellValue(sheet, cell, value))
}

// swapColumns exchanges two columns of texts, header and all.
func swapColumns(t *testing.T, file *excelize.File, sheet, a, b string) {
	t.Helper()
	rows, err := file.GetRows(sheet)
	must(t, err)
	for i := 5; i < len(rows); i++ {
		at := func(column string) string { return column + strconv.Itoa(i+1) }
		first, err := file.GetCellValue(sheet, at(a))
		must(t, err)
		second, err := file.GetCellValue(sheet, at(b))
		must(t, err)
		must(t, file.SetCellStr(sheet, at(a), second))
		must(t, file.SetCellStr(sheet, at(b), first))
	}
}
