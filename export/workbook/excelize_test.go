package workbook_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/export/book"
	"haltsheet/export/workbook"
)

// bookOf returns the book of a dataset folder, with a digest that does not change with it.
func bookOf(t testing.TB, fsys fs.FS) *book.Book {
	t.Helper()
	d, err := dataset.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	b := book.New(d)
	b.Digest = "digest"
	return b
}

// bytesOf writes a workbook.
func bytesOf(t testing.TB, b *book.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := workbook.Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// opened opens a workbook by excelize.
func opened(t testing.TB, workbook []byte) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return file
}

// rowsOf returns the raw cells below the header of a sheet.
func rowsOf(t testing.TB, file *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows[workbook.HeaderRow:]
}

// column returns the letters of the column with a title, and its raw cells below the header.
func column(t testing.TB, file *excelize.File, sheet, title string) (letters string, cells []string) {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	place := slices.Index(rows[workbook.HeaderRow-1], title)
	if place < 0 {
		t.Fatalf("%s has no column %q", sheet, title)
	}
	letters, err = excelize.ColumnNumberToName(place + 1)
	must(t, err)
	for _, row := range rows[workbook.HeaderRow:] {
		cell := ""
		if place < len(row) {
			cell = row[place]
		}
		cells = append(cells, cell)
	}
	return letters, cells
}

// rawRows returns the rows of a table as their raw cells are read.
func rawRows(table *dataset.Table) (rows [][]string) {
	table = table.InWords()
	for row := range table.Rows {
		var cells []string
		order, _ := table.Shown()
		for _, i := range order {
			v, text := table.Cell(row, i), ""
			switch c := &table.Columns[i]; {
			case !v.Known:
			case c.Type == dataset.TypeDay:
				text = strconv.Itoa(int(v.Day) + 25569) // days since 30 December 1899
			case c.Type == dataset.TypeBoolean:
				text = map[bool]string{false: "0", true: "1"}[v.True]
			default:
				text = string(v.Append(nil, c.Type))
			}
			cells = append(cells, text)
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		rows = append(rows, cells)
	}
	return rows
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	must(t, err)
	return n
}
