//go:build conformance

package export_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
	"haltsheet/export/workbook"
)

// largeHalts is how many halts the large workbook has.
const largeHalts = 100_000

// TestConformanceLargeWorkbook gives foreign programs a workbook of many halts: the validator of Open XML finds nothing,
// and readers find every cell of the halts as it is in the table, texts as texts and days as days.
func TestConformanceLargeWorkbook(t *testing.T) {
	book := bookOf(datasettest.Generate(largeHalts))
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, book, format("xlsx"))
	name, halts := filepath.Join(dir, book.Metadata.Name+".xlsx"), book.Table("halts").InWords()
	sheet := workbook.SheetName(halts)
	t.Run("validator", func(t *testing.T) {
		t.Parallel()
		holdValid(t, name)
	})
	for _, reader := range []struct {
		name string
		rows func(t *testing.T) []byte
	}{
		{"openpyxl", func(t *testing.T) []byte {
			return printed(t, "/usr/bin/python3", script(t, "rows_openpyxl.py"), name, sheet)
		}},
		{"exceljs", func(t *testing.T) []byte { return printed(t, "node", script(t, "rows_exceljs.mjs"), name, sheet) }},
		{"libreoffice", func(t *testing.T) []byte { return rowsByLibreOffice(t, name, sheet) }},
	} {
		t.Run(reader.name, func(t *testing.T) {
			t.Parallel()
			holdRows(t, halts, reader.rows(t))
		})
	}
}

// rowsByLibreOffice returns the rows of the table of a worksheet as LibreOffice writes CSV by these options: tabs between
// cells, quotes around texts and around nothing else, days as they are shown, and a file for every worksheet.
func rowsByLibreOffice(t *testing.T, name, sheet string) []byte {
	t.Helper()
	const options = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,true,true,true,false,false,-1"
	dir := t.TempDir()
	exporttest.Run(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", options, "--outdir", dir, name)
	base := strings.TrimSuffix(filepath.Base(name), ".xlsx")
	rows, err := os.ReadFile(filepath.Join(dir, base+"-"+sheet+".csv"))
	must(t, err)
	for range workbook.HeaderRow {
		_, rows, _ = bytes.Cut(rows, []byte("\n"))
	}
	return rows
}

// holdRows compares the rows that a reader printed with those of a table, up to the first that differs.
func holdRows(t *testing.T, table *dataset.Table, rows []byte) {
	t.Helper()
	var want []byte
	for row := range table.Rows {
		got, rest, _ := bytes.Cut(rows, []byte("\n"))
		if want = appendPrinted(want[:0], table, row); !bytes.Equal(want, got) {
			t.Fatalf("row %d of %d in the table %s was read as\n%s\nbut is\n%s", row+1, table.Rows, table.Name, got, want)
		}
		rows = rest
	}
	if len(rows) > 0 {
		t.Fatalf("below the table %s there is more: %.200q", table.Name, rows)
	}
	t.Logf("%d cells agree", table.Rows*len(table.Columns))
}

// appendPrinted appends a row as all readers print it, in the order of the worksheet.
func appendPrinted(b []byte, table *dataset.Table, row int) []byte {
	order, _ := table.Shown()
	for i, column := range order {
		if i > 0 {
			b = append(b, '\t')
		}
		switch v, kind := table.Cell(row, column), table.Columns[column].Type; kind {
		case dataset.TypeText, dataset.TypeDate, dataset.TypeList:
			if v.Known {
				b = append(append(append(b, '"'), strings.ReplaceAll(v.Text, `"`, `""`)...), '"')
			}
		default:
			b = v.Append(b, kind)
		}
	}
	return b
}
