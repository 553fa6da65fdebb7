//go:build conformance

package export_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/workbook"
)

// TestConformanceOpenDocumentSchema holds the OpenDocument to the schema of OpenDocument 1.3 and to what the standard asks besides.
func TestConformanceOpenDocumentSchema(t *testing.T) {
	for _, profile := range profiles {
		name, _ := workbookOf(t, "ods", profile)
		told := string(printed(t, "java", "-jar", exporttest.Tool(t, "java/odfvalidator-0.12.0-jar-with-dependencies.jar"), "-v", name))
		if strings.Contains(told, "Error") || strings.Contains(told, "Warning") || !strings.Contains(told, "content.xml:  Info: no errors, no warnings") {
			t.Errorf("%s: %s", profile, told)
		}
	}
}

var openCached = regexp.MustCompile(`( table:formula="[^"]*") office:value-type="float" office:value="[^"]*"><text:p>[^<]*</text:p></table:table-cell>`)

// TestConformanceOpenDocumentRecalculation takes out every cached value and lets LibreOffice compute them from nothing: the cells of
// all tables are those of the tables.
func TestConformanceOpenDocumentRecalculation(t *testing.T) {
	name, book := workbookOf(t, "ods", export.Analyst)
	dir := t.TempDir()
	stripped, taken := filepath.Join(dir, "stripped.ods"), 0
	file, err := os.Create(stripped)
	must(t, err)
	w := zip.NewWriter(file)
	names, parts := exporttest.Parts(t, name)
	for _, part := range names {
		text := openCached.ReplaceAllStringFunc(parts[part], func(cell string) string {
			taken++
			return openCached.ReplaceAllString(cell, "$1/>")
		})
		out, err := w.CreateHeader(&zip.FileHeader{Name: part}) // stored
		must(t, err)
		_, err = io.WriteString(out, text)
		must(t, err)
	}
	must(t, w.Close())
	must(t, file.Close())
	if taken < 1000 {
		t.Fatalf("only %d values were taken out", taken)
	}
	exporttest.Run(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir, stripped)
	var sheets map[string][][]any
	output(t, &sheets, "/usr/bin/python3", script(t, "read_openpyxl.py"), filepath.Join(dir, "stripped.xlsx"))
	for _, table := range slices.Concat(book.Curated, book.Summaries) {
		holdSheet(t, table, sheets[workbook.SheetName(table)])
	}
}

// TestConformanceOpenDocumentReaders lets pandas read the OpenDocument: the cells are those of the tables.
func TestConformanceOpenDocumentReaders(t *testing.T) {
	name, book := workbookOf(t, "ods", export.Accessible)
	var sheets map[string][][]any
	output(t, &sheets, exporttest.Tool(t, "venv/bin/python"), script(t, "sheets_ods.py"), name)
	cells := 0
	for _, table := range slices.Concat(book.Curated, book.Summaries) {
		cells += holdSheet(t, table, sheets[workbook.SheetName(table)])
	}
	if cells < 10_000 {
		t.Errorf("only %d cells were compared", cells)
	}
}
