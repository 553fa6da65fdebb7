//go:build conformance

package readback_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/readback"
	"haltsheet/fixtures"
)

// savers open workbooks and save them again as other programs do, all at once, in another folder.
var savers = []struct {
	name  string
	loses string // a text that does not survive; then an error names the cell
	save  func(t *testing.T, names []string, dir string)
}{
	{"libreoffice", "", func(t *testing.T, names []string, dir string) {
		exporttest.Run(t, "soffice", append([]string{
			"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir,
		}, names...)...)
	}},
	// openpyxl reads the escape of an escape (ECMA-376 Part 1, 22.9.2.19) and does not write it again, so that the text
	// becomes a carriage return.
	{"openpyxl", "_x000D_", func(t *testing.T, names []string, dir string) {
		const script = `import os, sys, openpyxl
for name in sys.argv[2:]:
    openpyxl.load_workbook(name).save(os.path.join(sys.argv[1], os.path.basename(name)))`
		exporttest.Run(t, "/usr/bin/python3", append([]string{"-c", script, dir}, names...)...)
	}},
	{"openpyxl, values only", "_x000D_", func(t *testing.T, names []string, dir string) {
		const script = `import os, sys, openpyxl
for name in sys.argv[2:]:
    openpyxl.load_workbook(name, data_only=True).save(os.path.join(sys.argv[1], os.path.basename(name)))`
		exporttest.Run(t, "/usr/bin/python3", append([]string{"-c", script, dir}, names...)...)
	}},
	{"exceljs", "_x000D_", func(t *testing.T, names []string, dir string) {
		const script = `const ExcelJS = require(process.argv[1] + '/exceljs'), path = require('path');
(async () => { for (const name of process.argv.slice(3)) {
	const book = new ExcelJS.Workbook();
	await book.xlsx.readFile(name);
	await book.xlsx.writeFile(path.join(process.argv[2], path.basename(name)));
} })().catch(err => { console.error(err); process.exit(1); });`
		exporttest.Run(t, "node", append([]string{"-e", script, exporttest.Tool(t, "node_modules"), dir}, names...)...)
	}},
	{"SheetJS", "_x000D_", func(t *testing.T, names []string, dir string) {
		const script = `const XLSX = require(process.argv[1] + '/xlsx'), path = require('path');
for (const name of process.argv.slice(3)) {
	XLSX.writeFile(XLSX.readFile(name, { cellStyles: true, cellNF: true }), path.join(process.argv[2], path.basename(name)));
}`
		exporttest.Run(t, "node", append([]string{"-e", script, exporttest.Tool(t, "node_modules"), dir}, names...)...)
	}},
}

// writeBook writes a dataset as a workbook of some format, under a label, and returns its path.
func writeBook(t *testing.T, dir string, d *dataset.Dataset, format, label string) string {
	t.Helper()
	out, name := filepath.Join(dir, label), filepath.Join(dir, label+"."+format)
	exporttest.Write(t, out, d, format)
	must(t, os.Rename(filepath.Join(out, d.Metadata.Name+"."+format), name))
	return name
}

// TestConformanceSavedElsewhere is the law of reading for workbooks that another program saved.
func TestConformanceSavedElsewhere(t *testing.T) {
	dir := t.TempDir()
	datasets := map[string]*dataset.Dataset{}
	var names []string
	add := func(d *dataset.Dataset, label string) {
		name := writeBook(t, dir, d, "xlsx", label)
		names, datasets[filepath.Base(name)] = append(names, name), d
	}
	add(exporttest.Load(fixtures.FS), "built-in")
	add(exporttest.Load(datasettest.Clean()), "clean")
	drawn := rapid.Custom(datasettest.Draw)
	for seed := range 20 {
		add(exporttest.Load(drawn.Example(seed)), fmt.Sprintf("drawn-%02d", seed))
	}
	for _, saver := range savers {
		t.Run(saver.name, func(t *testing.T) {
			saved := t.TempDir()
			saver.save(t, names, saved)
			for file, d := range datasets {
				if spoils(saver.name, exporttest.Canon(t, d)) {
					continue
				}
				if saver.loses != "" && strings.Contains(exporttest.Canon(t, d), saver.loses) {
					mustNameCell(t, filepath.Join(saved, file))
					continue
				}
				reading := readBack(t, filepath.Join(saved, file))
				diff(t, file, exporttest.Canon(t, d), exporttest.Canon(t, reading.Dataset))
				if reading.Digest != export.Digest(d) {
					t.Errorf("%s: the digest is lost", file)
				}
				mustHaveNothingToTell(t, filepath.Join(saved, file), d)
			}
		})
	}
}

// spoils reports whether a program saves a text so that nobody can know what it was. All but LibreOffice make the escape of an A an A.
// exceljs reads a part piece by piece, and loses a character of four bytes that lies across two.
func spoils(saver, text string) bool {
	isAstral := func(r rune) bool { return r > 0xFFFF }
	return saver != "libreoffice" && strings.Contains(text, "_x0041_") || saver == "exceljs" && strings.ContainsFunc(text, isAstral)
}

// mustHaveNothingToTell holds a workbook that is handed in without an edit to bringing the dataset back without a word.
func mustHaveNothingToTell(t *testing.T, name string, made *dataset.Dataset) {
	t.Helper()
	reading, err := readback.HandedIn(name, made)
	must(t, err)
	diff(t, filepath.Base(name)+" handed in", exporttest.Canon(t, made), exporttest.Canon(t, reading.Dataset))
	if len(reading.How)+len(reading.Remarks.First) > 0 {
		t.Errorf("%s: told %q, %v", filepath.Base(name), reading.How, reading.Remarks.First)
	}
}

// mustNameCell holds a workbook with a lost text to naming the cell of every error. In prose there may be none: XML turns
// a lone carriage return into a line feed (XML 1.0, 2.11), which prose may have.
func mustNameCell(t *testing.T, name string) {
	t.Helper()
	reading, err := readback.File(name)
	must(t, err)
	for _, f := range dataset.Check(reading.Dataset) {
		if f.Severity == dataset.Error && f.Cell == "" {
			t.Errorf("%s: %s names no cell", name, f)
		}
	}
}

// TestConformanceRandomEdits makes a thousand runs of random edits.
func TestConformanceRandomEdits(t *testing.T) { holdRandomEdits(t, 1000) }

// TestConformanceOpenDocumentSavedAgain is the law of reading for OpenDocuments that LibreOffice saved.
func TestConformanceOpenDocumentSavedAgain(t *testing.T) {
	dir, datasets := t.TempDir(), map[string]*dataset.Dataset{}
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "ods", "--outdir", filepath.Join(dir, "saved")}
	add := func(d *dataset.Dataset, label string) {
		name := writeBook(t, dir, d, "ods", label)
		args, datasets[filepath.Base(name)] = append(args, name), d
	}
	add(exporttest.Load(fixtures.FS), "built-in")
	add(exporttest.Load(datasettest.Clean()), "clean")
	exporttest.Run(t, "soffice", args...)
	for file, d := range datasets {
		name := filepath.Join(dir, "saved", file)
		reading := readBack(t, name)
		diff(t, file, exporttest.Canon(t, d), exporttest.Canon(t, reading.Dataset))
		if reading.Digest != export.Digest(d) {
			t.Errorf("%s: the digest is lost", file)
		}
		mustHaveNothingToTell(t, name, d)
	}
}
