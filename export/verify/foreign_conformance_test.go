//go:build conformance

package verify_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/book"
	"haltsheet/export/spreadsheet"
	"haltsheet/export/verify"
	"haltsheet/fixtures"
)

// TestConformanceForeignWorkbooks holds plain workbooks of the curated data, as other programs write them, to what is
// wrong with them: how many findings each rule has.
func TestConformanceForeignWorkbooks(t *testing.T) {
	for _, writer := range []struct {
		name  string
		write func(t *testing.T, path string)
		want  map[string]int
	}{
		// Seven sheets of bare cells: no tables, titles, sources, widths or wrapping; Calibri 11; all cells texts. Every
		// sheet but that of rates has blank cells. Amounts are texts in donations (two columns) and rates, days in rates.
		{"excelize", writeExcelize, map[string]int{
			"X01": 7, "X06": 6, "X08": 7, "X12": 7, "X17": 7, "X19": 7, "X30": 7, "X31": 1, "X33": 2, "X34": 1, "X35": 7, "X36": 3,
		}},
		// The same, with borders around the headers, and numbers that are numbers.
		{"pandas", writePandas, map[string]int{
			"X01": 7, "X06": 6, "X08": 7, "X12": 7, "X17": 7, "X19": 7, "X21": 7, "X30": 7, "X31": 1, "X33": 2, "X34": 1, "X35": 7, "X36": 1,
		}},
		// One sheet, with a header and a footer; most columns have a width, and Arial is 10 points high.
		{"libreoffice", writeLibreOffice, map[string]int{
			"X01": 1, "X06": 1, "X08": 1, "X12": 1, "X17": 1, "X19": 1, "X20": 1, "X30": 1, "X31": 1, "X33": 2, "X34": 1, "X35": 1,
		}},
	} {
		t.Run(writer.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "halts.xlsx")
			writer.write(t, path)
			findings := checkFile(t, path, book.Accessible)
			got := map[string]int{}
			for _, f := range findings {
				got[f.Rule]++
				t.Logf("%s\n  hint: %s", f, f.Hint)
			}
			t.Logf("%d findings, %d of them errors: %v", len(findings), findings.Count(dataset.Error), got)
			if diff := cmp.Diff(writer.want, got); diff != "" {
				t.Errorf("findings by rule (-want +got):\n%s", diff)
			}
		})
	}
}

// TestConformanceOwnWorkbook finds nothing in the workbook of the curated data in the profile accessible.
func TestConformanceOwnWorkbook(t *testing.T) {
	book := export.NewBook(curated(t))
	book.Profile = export.Accessible
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := export.Write(t.Context(), dir, book, []*export.Format{export.FormatOf("xlsx")}); err != nil {
		t.Fatal(err)
	}
	findings := checkFile(t, filepath.Join(dir, book.Metadata.Name+".xlsx"), "")
	for _, f := range findings {
		t.Errorf("%s\n  hint: %s", f, f.Hint)
	}
	t.Logf("%d findings", len(findings))
}

func curated(t *testing.T) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(fixtures.FS)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// checkFile holds a file to the rules; without a profile to those of its own.
func checkFile(t *testing.T, path string, profile book.Profile) dataset.Findings {
	t.Helper()
	w, err := spreadsheet.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // only reads
	if profile == "" {
		profile = verify.ProfileOf(w)
	}
	return check(t, w, filepath.Base(path), profile)
}

// writeExcelize writes the curated columns as a short program would: header and cells, all of them texts.
func writeExcelize(t *testing.T, path string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // is saved already
	for i, table := range curated(t).Tables() {
		if _, err := f.NewSheet(table.Name); err != nil {
			t.Fatal(err)
		}
		column := 0
		for j := range table.Columns {
			c := &table.Columns[j]
			if c.IsDerived() {
				continue
			}
			column++
			setCell(t, f, table.Name, column, 1, c.Name)
			for row := range table.Rows {
				if v := table.Cell(row, j); v.Known {
					setCell(t, f, table.Name, column, row+2, string(v.Append(nil, c.Type)))
				}
			}
		}
		if i == 0 {
			if err := f.DeleteSheet("Sheet1"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

func setCell(t *testing.T, f *excelize.File, sheet string, column, row int, text string) {
	t.Helper()
	if err := f.SetCellStr(sheet, spreadsheet.Ref{Row: row, Column: column}.String(), text); err != nil {
		t.Fatal(err)
	}
}

const pandas = `
import sys, pandas
with pandas.ExcelWriter(sys.argv[1]) as writer:
    for name in sys.argv[3:]:
        pandas.read_csv(f"{sys.argv[2]}/{name}.csv").to_excel(writer, sheet_name=name, index=False)
`

func writePandas(t *testing.T, path string) {
	t.Helper()
	args := []string{"-c", pandas, path, fixturesDir}
	for i := range dataset.Schemas {
		args = append(args, dataset.Schemas[i].Name)
	}
	run(t, "/usr/bin/python3", args...)
}

func writeLibreOffice(t *testing.T, path string) {
	t.Helper()
	profile := "-env:UserInstallation=file://" + t.TempDir()
	run(t, "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", filepath.Dir(path), filepath.Join(fixturesDir, "halts.csv"))
}

const fixturesDir = "../../fixtures"

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
