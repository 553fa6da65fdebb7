package xlsx_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/xlsx"
)

// contentOf returns what the workbook of a dataset folder is made of.
func contentOf(t testing.TB, fsys fs.FS) *xlsx.Content {
	t.Helper()
	d, err := dataset.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return &xlsx.Content{
		Metadata: d.Metadata, Curated: d.Tables(), Summaries: d.Summarize(), Codes: d.CodeLists(), Digest: "digest", Profile: "analyst",
	}
}

// bytesOf writes a workbook.
func bytesOf(t testing.TB, content *xlsx.Content) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Write(&out, content); err != nil {
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

// splitRows is the limit by which the tests split a dataset with splitHalts halts on several sheets; the codes and the
// days of the timeline still fit on one, as they always do.
const (
	splitRows  = 400
	splitHalts = 1000
)

// column returns the cells below the header of a column of a sheet.
func column(t testing.TB, file *excelize.File, sheet, letters string) (cells []string) {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	number, err := excelize.ColumnNameToNumber(letters)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[xlsx.HeaderRow:] {
		cell := ""
		if number <= len(row) {
			cell = row[number-1]
		}
		cells = append(cells, cell)
	}
	return cells
}

// TestChunksReadBack: in sheets of several chunks, which number their texts apart, every cell has its own text.
func TestChunksReadBack(t *testing.T) {
	content := contentOf(t, datasettest.Generate(2*dataset.ChunkRows+10))
	file := opened(t, bytesOf(t, content))
	for _, table := range content.Curated {
		rows, err := file.GetRows(xlsx.SheetName(table), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for row := range table.Rows {
			for i := range table.Columns {
				got, want := "", string(table.AppendCell(nil, row, i))
				if cells := rows[xlsx.HeaderRow+row]; i < len(cells) {
					got = cells[i]
				}
				switch table.Columns[i].Type {
				case dataset.TypeText, dataset.TypeDate, dataset.TypeList:
					if got != want {
						t.Fatalf("%s, row %d, %s: %q, not %q", table.Name, row, table.Columns[i].Name, got, want)
					}
				default: // numbers by whose order of texts nothing can be lost
				}
			}
		}
	}
}

// TestSplitTables holds a table with more records than a worksheet takes to stand on several: every record once and in
// order, an Excel table and names on each, and links that lead to the right sheet.
func TestSplitTables(t *testing.T) {
	xlsx.SetLimits(t, splitRows, 65530)
	content := contentOf(t, datasettest.Generate(splitHalts))
	file := opened(t, bytesOf(t, content))
	halts := content.Curated[1]
	var got, want []string
	for row := range halts.Rows {
		want = append(want, halts.Cell(row, 0).Text)
	}
	parts := map[string]string{"Halts": "A6:Z406", "Halts_2": "A6:Z406", "Halts_3": "A6:Z206"}
	for _, name := range []string{"Halts", "Halts_2", "Halts_3"} {
		got = append(got, column(t, file, name, "A")...)
		tables, err := file.GetTables(name)
		if err != nil || len(tables) != 1 || tables[0].Name != name || tables[0].Range != parts[name] {
			t.Errorf("%s: tables %+v, %v; want one on %s", name, tables, err, parts[name])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("halts (-want +got):\n%s", diff)
	}
	for cell, want := range map[string]string{"A1": "Halts, part 3", "A2": "This worksheet contains one table."} {
		if got, err := file.GetCellValue("Halts_3", cell); got != want {
			t.Errorf("Halts_3!%s: %q, %v; want %q", cell, got, err, want)
		}
	}
	if sheets := column(t, file, "Contents", "A"); !slices.Equal(sheets, file.GetSheetList()[2:]) {
		t.Errorf("Contents lists %q", sheets)
	}
	holdNames(t, file)
}

// holdNames holds the workbook to a name for each part of the halts.
func holdNames(t *testing.T, file *excelize.File) {
	t.Helper()
	names := map[string]string{}
	for _, name := range file.GetDefinedName() {
		names[name.Name] = name.RefersTo
	}
	for name, want := range map[string]string{"n_halts": "Halts!$A$6:$Z$406", "n_halts_3": "Halts_3!$A$6:$Z$206"} {
		if names[name] != want {
			t.Errorf("%s refers to %q, want %q", name, names[name], want)
		}
	}
}

// TestSplitFormulas holds the figures over a split table to count all of its parts, each where it stands.
func TestSplitFormulas(t *testing.T) {
	xlsx.SetLimits(t, splitRows, 65530)
	file := opened(t, bytesOf(t, contentOf(t, datasettest.Generate(splitHalts))))
	for _, test := range []struct{ sheet, column string }{{"Halts_by_action_country", "C"}, {"Halts_by_sector", "B"}, {"Timeline_days", "B"}, {"Timeline_months", "B"}} {
		for i := range column(t, file, test.sheet, "A") {
			cell := test.column + strconv.Itoa(xlsx.HeaderRow+1+i)
			formula, err := file.GetCellFormula(test.sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{"Halts[", "Halts_2[", "Halts_3["} {
				if !strings.Contains(formula, part) {
					t.Errorf("%s!%s does not count %s: %s", test.sheet, cell, part, formula)
				}
			}
		}
	}
}

// TestLinksLeadToTheirRows follows every link within the workbook: it ends at the key that its cell names. The sources
// are split, so that some are on another sheet.
func TestLinksLeadToTheirRows(t *testing.T) {
	for name, rows := range map[string]int{"whole": 1048570, "split": 200} {
		t.Run(name, func(t *testing.T) {
			xlsx.SetLimits(t, rows, 65530)
			file := opened(t, bytesOf(t, contentOf(t, datasettest.Generate(splitHalts))))
			followed, others := 0, 0
			for _, sheet := range file.GetSheetList()[2:] {
				for _, link := range linksOf(t, file, sheet) {
					at, err := file.GetCellValue(sheet, link.cell)
					if err != nil {
						t.Fatal(err)
					}
					place, key, _ := strings.Cut(link.target, "!")
					found, err := file.GetCellValue(place, key)
					if first, _, _ := strings.Cut(at, ";"); err != nil || found != first {
						t.Fatalf("%s!%s, %q, leads to %s, %q, %v", sheet, link.cell, at, link.target, found, err)
					}
					if followed++; strings.Contains(place, "_") {
						others++
					}
				}
			}
			if t.Logf("%d links followed, %d to a further sheet", followed, others); followed < 2*splitHalts || (others > 0) != (name == "split") {
				t.Errorf("%d links followed, %d to a further sheet", followed, others)
			}
		})
	}
}

type link struct{ cell, target string }

// linksOf returns the links of a sheet that lead to places in the workbook.
func linksOf(t *testing.T, file *excelize.File, sheet string) (links []link) {
	t.Helper()
	cells, err := file.GetHyperLinkCells(sheet, "Location")
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range cells {
		linked, target, err := file.GetCellHyperLink(sheet, cell)
		if err != nil || !linked {
			t.Fatalf("%s!%s: %v", sheet, cell, err)
		}
		links = append(links, link{cell, target})
	}
	return links
}

// TestLinksOverTheLimit holds a sheet with more links than Excel takes to have none, and to say so; the cells look plain.
func TestLinksOverTheLimit(t *testing.T) {
	content := contentOf(t, datasettest.Generate(100))
	sources := content.Curated[4].Rows // each has a web address
	for _, test := range []struct{ limit, want int }{{sources, sources}, {sources - 1, 0}} {
		xlsx.SetLimits(t, 1048570, test.limit)
		file := opened(t, bytesOf(t, content))
		cells, err := file.GetHyperLinkCells("Sources", "External")
		if err != nil || len(cells) != test.want {
			t.Errorf("limit %d: %d links, %v; want %d", test.limit, len(cells), err, test.want)
		}
		said, err := file.GetCellValue("Sources", "A5")
		if err != nil || strings.Contains(said, "Without links") != (test.want == 0) {
			t.Errorf("limit %d: the source line is %q, %v", test.limit, said, err)
		}
		style, err := file.GetCellStyle("Sources", "C7")
		if err != nil {
			t.Fatal(err)
		}
		look, err := file.GetStyle(style)
		if err != nil || (look.Font.Underline != "") != (test.want > 0) {
			t.Errorf("limit %d: font %+v, %v", test.limit, look.Font, err)
		}
	}
}
