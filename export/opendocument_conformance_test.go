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

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/workbook"
	"haltsheet/fixtures"
)

// TestConformanceOpenDocumentSchema holds the OpenDocument to the schema of OpenDocument 1.3 and to what the standard asks besides.
func TestConformanceOpenDocumentSchema(t *testing.T) {
	for _, profile := range profiles {
		name, _ := workbookOf(t, "ods", profile)
		told := string(printed(t, "java", "-jar", tool(t, "java/odfvalidator-0.12.0-jar-with-dependencies.jar"), "-v", name))
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
	names, parts := partsOf(t, name)
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
	run(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir, stripped)
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
	output(t, &sheets, tool(t, "venv/bin/python"), script(t, "sheets_ods.py"), name)
	cells := 0
	for _, table := range slices.Concat(book.Curated, book.Summaries) {
		cells += holdSheet(t, table, sheets[workbook.SheetName(table)])
	}
	if cells < 10_000 {
		t.Errorf("only %d cells were compared", cells)
	}
}

// TestConformanceOpenDocumentSavedAgain is the law of reading for OpenDocuments that LibreOffice saved.
func TestConformanceOpenDocumentSavedAgain(t *testing.T) {
	dir, datasets := t.TempDir(), map[string]*dataset.Dataset{}
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "ods", "--outdir", filepath.Join(dir, "saved")}
	add := func(d *dataset.Dataset, label string) {
		out := filepath.Join(dir, label)
		write(t, out, export.NewBook(d), format("ods"))
		name := filepath.Join(dir, label+".ods")
		must(t, os.Rename(filepath.Join(out, d.Metadata.Name+".ods"), name))
		args, datasets[label+".ods"] = append(args, name), d
	}
	add(datasetOf(fixtures.FS), "built-in")
	add(datasetOf(datasettest.Clean()), "clean")
	run(t, "soffice", args...)
	for file, d := range datasets {
		name := filepath.Join(dir, "saved", file)
		reading := readBack(t, name)
		diff(t, file, inCanon(t, d), inCanon(t, reading.Dataset))
		if reading.Digest != export.Digest(d) {
			t.Errorf("%s: the digest is lost", file)
		}
		mustHaveNothingToTell(t, name, d)
	}
}
