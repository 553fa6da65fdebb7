//go:build conformance

package export_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/workbook"
	"haltsheet/fixtures"
)

// workbookOf writes the workbook of the built-in dataset in a format and a profile and returns its name.
func workbookOf(t *testing.T, kind string, profile export.Profile) (string, *export.Book) {
	t.Helper()
	book := bookOf(fixtures.FS)
	book.Profile = profile
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, book, format(kind))
	return filepath.Join(dir, book.Metadata.Name+"."+kind), book
}

// printed runs a program and returns what it prints.
func printed(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, args, err)
	}
	return output
}

// output runs a program and decodes the JSON that it prints.
func output(t *testing.T, result any, name string, args ...string) {
	t.Helper()
	if err := json.Unmarshal(printed(t, name, args...), result); err != nil {
		t.Fatalf("%s %s: %v", name, args, err)
	}
}

// script returns the place of a reader in testdata.
func script(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", "readers", name))
	must(t, err)
	return path
}

var profiles = []export.Profile{export.Analyst, export.Accessible}

// TestConformanceOpenXML holds the workbook to the schemas of Open XML.
func TestConformanceOpenXML(t *testing.T) {
	for _, profile := range profiles {
		t.Run(string(profile), func(t *testing.T) {
			name, _ := workbookOf(t, "xlsx", profile)
			holdValid(t, name)
		})
	}
}

// holdValid fails the test if the validator of the Open XML SDK finds anything in a workbook.
func holdValid(t *testing.T, name string) {
	t.Helper()
	validator := exporttest.Tool(t, "node_modules/.bin/ooxml-validator")
	var report struct {
		OK     bool
		Errors []any
	}
	output(t, &report, validator, name)
	if !report.OK || len(report.Errors) > 0 {
		t.Errorf("not valid: %v", report.Errors)
	}
}

// holdSheet compares the cells that were read of a worksheet with its table, and returns how many there are.
func holdSheet(t *testing.T, table *dataset.Table, rows [][]any) (cells int) {
	t.Helper()
	if len(rows) < table.Rows {
		t.Fatalf("%s: %d rows, want %d", table.Name, len(rows), table.Rows)
	}
	table = table.InWords()
	order, _ := table.Shown()
	for row := range table.Rows {
		for at, column := range order {
			var got any
			if at < len(rows[row]) {
				got = rows[row][at]
			}
			if want := typed(table, row, column); !equalCells(want, got) {
				t.Errorf("%s, row %d, %s: got %#v, want %#v", table.Name, row, table.Columns[column].Name, got, want)
			}
			cells++
		}
	}
	return cells
}

// typed returns a cell as JSON has it: nil, a text, a number or a truth value.
func typed(table *dataset.Table, row, column int) any {
	v, kind := table.Cell(row, column), table.Columns[column].Type
	switch {
	case !v.Known:
		return nil
	case kind == dataset.TypeBoolean:
		return v.True
	case kind == dataset.TypeDecimal, kind == dataset.TypeInteger:
		return float64(v.Number.Coefficient()) / math.Pow10(v.Number.Scale())
	default:
		return string(v.Append(nil, kind))
	}
}

// equalCells takes two floats for equal that differ in the last digits of a division.
func equalCells(want, got any) bool {
	a, isNumber := want.(float64)
	b, too := got.(float64)
	if isNumber && too {
		return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a))
	}
	return want == got
}

var cachedValue = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)

// recalculated rewrites the worksheets of a workbook, takes out every cached value, and lets LibreOffice compute them.
func recalculated(t *testing.T, name string, rewrite func(part, sheet string) string) map[string][][]any {
	t.Helper()
	dir := t.TempDir()
	stripped := filepath.Join(dir, "stripped.xlsx")
	archive, err := zip.OpenReader(name)
	must(t, err)
	t.Cleanup(func() { must(t, archive.Close()) })
	file, err := os.Create(stripped)
	must(t, err)
	w := zip.NewWriter(file)
	for _, part := range archive.File {
		r, err := part.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		must(t, err)
		text := string(content)
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			text = cachedValue.ReplaceAllString(rewrite(part.Name, text), "$1")
		}
		out, err := w.Create(part.Name)
		must(t, err)
		_, err = io.WriteString(out, text)
		must(t, err)
	}
	must(t, w.Close())
	must(t, file.Close())
	saved := filepath.Join(dir, "saved")
	exporttest.Run(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", saved, stripped)
	var sheets map[string][][]any
	output(t, &sheets, "/usr/bin/python3", script(t, "read_openpyxl.py"), filepath.Join(saved, "stripped.xlsx"))
	return sheets
}

// TestConformanceRecalculation lets LibreOffice compute every formula from nothing: each gives its cached value.
func TestConformanceRecalculation(t *testing.T) {
	name, book := workbookOf(t, "xlsx", export.Analyst)
	sheets := recalculated(t, name, func(_, sheet string) string { return sheet })
	var cached map[string][][]any
	output(t, &cached, "/usr/bin/python3", script(t, "read_openpyxl.py"), name)
	crosswise := 0
	for sheet, rows := range cached {
		if !strings.HasPrefix(sheet, "Cross_") {
			continue
		}
		for i, row := range rows {
			for j := range row {
				if crosswise++; !equalCells(row[j], sheets[sheet][i][j]) {
					t.Errorf("%s, row %d, column %d: computed %#v, want %#v", sheet, i, j, sheets[sheet][i][j], row[j])
				}
			}
		}
	}
	if crosswise < 20 {
		t.Errorf("only %d cells of cross-tables were compared", crosswise)
	}
	for _, table := range append(append([]*dataset.Table(nil), book.Curated...), book.Summaries...) {
		holdSheet(t, table, sheets[workbook.SheetName(table)])
	}
}

// TestConformanceEditedAmount adds a million dollars to a gift in the workbook: the totals move by what that is in euros.
func TestConformanceEditedAmount(t *testing.T) {
	name, book := workbookOf(t, "xlsx", export.Analyst)
	const gift, before, after, moved = "sony-donation-1", "<v>2000000</v>", "<v>3000000</v>", 900414.19
	donations := book.Table("donations")
	row := 0
	for donations.Cell(row, 0).Text != gift {
		row++
	}
	cell, err := excelize.CoordinatesToCellName(exporttest.ShownAt(donations, donations.Column("amount")), workbook.HeaderRow+1+row)
	must(t, err)
	amount := regexp.MustCompile(fmt.Sprintf(`<c r="%s" s="\d+">%s`, cell, before))
	edits := 0
	sheets := recalculated(t, name, func(_, sheet string) string {
		return amount.ReplaceAllStringFunc(sheet, func(cell string) string {
			edits++
			return strings.Replace(cell, before, after, 1)
		})
	})
	if edits != 1 {
		t.Fatalf("%d amounts were edited, want 1", edits)
	}
	for _, total := range []struct{ summary, label, column string }{
		{"key_figures", "Own cash donated", "value"},
		{"donations_by_type", "cash", "amount_eur"},
		{"donations_by_currency", "USD", "amount_eur"},
		{"donations_by_recipient", "unhcr", "amount_eur"},
		{"donations_by_recipient", "save-the-children", "amount_eur"},
	} {
		for _, table := range book.Summaries {
			if table.Name != total.summary {
				continue
			}
			for row := range table.Rows {
				if table.Cell(row, 0).Text != total.label {
					continue
				}
				column := table.Column(total.column)
				was, is := typed(table, row, column).(float64), sheets[workbook.SheetName(table)][row][exporttest.ShownAt(table, column)-1].(float64)
				if math.Abs(is-was-moved) > 0.005 {
					t.Errorf("%s, %s: moved by %.2f, want %.2f", total.summary, total.label, is-was, moved)
				}
			}
		}
	}
}
