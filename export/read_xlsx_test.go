package export_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/readback"
)

// TestEditedWorkbooks holds what is read to what an editor did to the workbook of the clean dataset.
func TestEditedWorkbooks(t *testing.T) {
	day, noise := 44629, "1.1000000000000001"
	cellOf := func(table, column string, row int) string {
		of := datasetOf(datasettest.Clean()).Table(dataset.SchemaOf(table))
		cell, err := excelize.CoordinatesToCellName(shownAt(of, of.Column(column)), row)
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
	d := datasetOf(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.NewBook(d), format("xlsx"))
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

// FuzzReadXLSX reads workbooks that anybody may have changed: nothing breaks, and every finding has a place.
func FuzzReadXLSX(f *testing.F) { fuzzRead(f, "xlsx") }

// FuzzReadODS does so with OpenDocuments.
func FuzzReadODS(f *testing.F) { fuzzRead(f, "ods") }

func fuzzRead(f *testing.F, kind string) {
	dir := filepath.Join(f.TempDir(), "out")
	if _, err := export.Write(f.Context(), dir, bookOf(datasettest.Clean()), format(kind)); err != nil {
		f.Fatal(err)
	}
	names, parts := partsOf(f, filepath.Join(dir, "clean."+kind))
	for i := range typedTexts {
		f.Add(uint8(i), uint16(0), uint16(0), uint16(0), uint16(500*i), typedTexts[i])
		f.Add(uint8(2*i), uint16(700), uint16(760), uint16(i), uint16(0), "")
	}
	name := filepath.Join(f.TempDir(), "fuzz."+kind)
	f.Fuzz(func(t *testing.T, number uint8, from, to, times, at uint16, what string) {
		spoilt := names[int(number)%len(names)]
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, part := range names {
			text := parts[part]
			if part == spoilt {
				text = datasettest.Swollen(text, from, to, times, at, what)
			}
			entry, err := w.CreateHeader(&zip.FileHeader{Name: part}) // stored
			must(t, err)
			_, err = io.WriteString(entry, text)
			must(t, err)
		}
		must(t, w.Close())
		must(t, os.WriteFile(name, b.Bytes(), 0o666))
		datasettest.Bounded(t, b.Len(), func() {
			reading, err := readback.File(name)
			if err != nil {
				return
			}
			for _, finding := range dataset.Check(reading.Dataset) {
				if finding.File != "fuzz."+kind {
					t.Errorf("%s stands nowhere", finding)
				}
			}
		})
	})
}

// partsOf returns the parts of a workbook, by their names in order.
func partsOf(t testing.TB, name string) (names []string, parts map[string]string) {
	t.Helper()
	archive, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }() // it was only read
	parts = map[string]string{}
	for _, file := range archive.File {
		content, err := fs.ReadFile(archive, file.Name)
		if err != nil {
			t.Fatal(err)
		}
		names, parts[file.Name] = append(names, file.Name), string(content)
	}
	return names, parts
}
