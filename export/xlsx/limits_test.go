package xlsx_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/rows"
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

// rowsOf returns the raw cells below the header of a sheet.
func rowsOf(t testing.TB, file *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows[xlsx.HeaderRow:]
}

// column returns the letters of the column with a title, and its raw cells below the header.
func column(t testing.TB, file *excelize.File, sheet, title string) (letters string, cells []string) {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	place := slices.Index(rows[xlsx.HeaderRow-1], title)
	if place < 0 {
		t.Fatalf("%s has no column %q", sheet, title)
	}
	letters, err = excelize.ColumnNumberToName(place + 1)
	must(t, err)
	for _, row := range rows[xlsx.HeaderRow:] {
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

// TestChunksReadBack: in sheets of several chunks, which number their texts apart, every cell has its own text.
func TestChunksReadBack(t *testing.T) {
	content := contentOf(t, datasettest.Generate(2*rows.Chunk+10))
	file := opened(t, bytesOf(t, content))
	for _, table := range content.Curated {
		if diff := cmp.Diff(rawRows(table), rowsOf(t, file, xlsx.SheetName(table))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table.Name, diff)
		}
	}
}

// TestSplitTables holds a table with more records than a worksheet takes to stand on several: every record once and in
// order, and an Excel table, names and drop-downs on each.
func TestSplitTables(t *testing.T) {
	xlsx.SetLimits(t, splitRows, 65530)
	content := contentOf(t, datasettest.Generate(splitHalts))
	file := opened(t, bytesOf(t, content))
	last := lastColumn(t, content.Curated[1])
	ranges := map[string]string{"Halts": "A6:" + last + "406", "Halts_2": "A6:" + last + "406", "Halts_3": "A6:" + last + "206"}
	var got [][]string
	for _, name := range []string{"Halts", "Halts_2", "Halts_3"} {
		got = append(got, rowsOf(t, file, name)...)
		tables, err := file.GetTables(name)
		if err != nil || len(tables) != 1 || tables[0].Name != name || tables[0].Range != ranges[name] {
			t.Errorf("%s: tables %+v, %v; want one on %s", name, tables, err, ranges[name])
		}
	}
	if diff := cmp.Diff(rawRows(content.Curated[1]), got); diff != "" {
		t.Errorf("halts (-want +got):\n%s", diff)
	}
	for cell, want := range map[string]string{"A1": "Halts, part 3", "A2": "This worksheet contains one table."} {
		if got, err := file.GetCellValue("Halts_3", cell); got != want {
			t.Errorf("Halts_3!%s: %q, %v; want %q", cell, got, err, want)
		}
	}
	if _, sheets := column(t, file, "Contents", "Worksheet"); !slices.Equal(sheets, file.GetSheetList()[2:]) {
		t.Errorf("Contents lists %q", sheets)
	}
	if _, described := column(t, file, "Dictionary", "Worksheet"); !slices.Contains(described, "Halts") || slices.Contains(described, "Halts_2") {
		t.Errorf("the dictionary describes %q", slices.Compact(described))
	}
	holdNames(t, file, last)
	holdDropDowns(t, file)
}

// lastColumn returns the letters of the last column of a table that begins in A.
func lastColumn(t *testing.T, table *dataset.Table) string {
	t.Helper()
	name, err := excelize.ColumnNumberToName(len(table.InWords().Columns))
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// holdDropDowns holds each part of the halts to the drop-downs of the first, down to its own end.
func holdDropDowns(t *testing.T, file *excelize.File) {
	t.Helper()
	lists := map[string][]string{}
	for name, last := range map[string]string{"Halts": "406", "Halts_2": "406", "Halts_3": "206"} {
		dropDowns, err := file.GetDataValidations(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dropDowns {
			from, to, _ := strings.Cut(d.Sqref, ":")
			if to != strings.TrimSuffix(from, "7")+last {
				t.Errorf("%s: a drop-down stands in %s", name, d.Sqref)
			}
			lists[name] = append(lists[name], from+" "+d.Formula1)
		}
	}
	for _, name := range []string{"Halts_2", "Halts_3"} {
		if len(lists[name]) == 0 || !slices.Equal(lists[name], lists["Halts"]) {
			t.Errorf("%s has the drop-downs %q, the first part %q", name, lists[name], lists["Halts"])
		}
	}
}

// holdNames holds the workbook to a name for each part of the halts.
func holdNames(t *testing.T, file *excelize.File, last string) {
	t.Helper()
	names := map[string]string{}
	for _, name := range file.GetDefinedName() {
		names[name.Name] = name.RefersTo
	}
	for name, want := range map[string]string{"n_halts": "Halts!$A$6:$" + last + "$406", "n_halts_3": "Halts_3!$A$6:$" + last + "$206"} {
		if names[name] != want {
			t.Errorf("%s refers to %q, want %q", name, names[name], want)
		}
	}
}

// TestSplitFormulas holds the figures over a split table to count all of its parts, each where it stands.
func TestSplitFormulas(t *testing.T) {
	xlsx.SetLimits(t, splitRows, 65530)
	file := opened(t, bytesOf(t, contentOf(t, datasettest.Generate(splitHalts))))
	for _, test := range []struct{ sheet, title string }{{"Halts_by_action_country", "Halts"}, {"Halts_by_sector", "Halts"}, {"Timeline_days", "Halts"}, {"Timeline_months", "Halts"}} {
		letters, cells := column(t, file, test.sheet, test.title)
		for i := range cells {
			cell := letters + strconv.Itoa(xlsx.HeaderRow+1+i)
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

// TestSplitFiguresCompute lets excelize compute figures over split tables from nothing: each gives its cached value.
func TestSplitFiguresCompute(t *testing.T) {
	xlsx.SetLimits(t, splitRows/4, 65530)
	file := opened(t, bytesOf(t, contentOf(t, datasettest.Generate(600)))) // the donations are split too
	ranges := columnRanges(t, file)
	computed := 0
	for _, test := range []struct{ sheet, titles string }{
		{"Overview", "Value,Included,Left out,Not exact"},
		{"Halts_by_sector", "Halts"},
		{"Halts_by_activity", "Halts"},
		{"Donations_by_type", "Donations,Amount EUR,Left out,Not exact"},
		{"Donations_by_currency", "Donations,Amount EUR,Left out,Not exact"},
		{"Companies_by_country", "Halts,Donations"},
	} {
		for title := range strings.SplitSeq(test.titles, ",") {
			letters, cells := column(t, file, test.sheet, title)
			for i, cached := range cells {
				cell := letters + strconv.Itoa(xlsx.HeaderRow+1+i)
				formula, err := file.GetCellFormula(test.sheet, cell)
				if err != nil || formula == "" {
					continue // not a total
				}
				formula = structured.ReplaceAllStringFunc(formula, func(reference string) string { return ranges[reference] })
				must(t, file.SetCellFormula(test.sheet, cell, formula))
				value, err := file.CalcCellValue(test.sheet, cell, excelize.Options{RawCellValue: true})
				if err != nil || number(t, value) != number(t, cached) {
					t.Errorf("%s!%s, %s, is computed as %q, %v; want %q", test.sheet, cell, formula, value, err, cached)
				}
				computed++
			}
		}
	}
	if computed < 50 {
		t.Errorf("only %d figures were computed", computed)
	}
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

// structured matches references such as Halts_2[Status], which excelize does not compute with.
var structured = regexp.MustCompile(`\w+\[[^\]]+\]`)

// columnRanges returns the cells of every column of every Excel table by the reference to it.
func columnRanges(t *testing.T, file *excelize.File) map[string]string {
	t.Helper()
	ranges := map[string]string{}
	for _, sheet := range file.GetSheetList()[1:] {
		tables, err := file.GetTables(sheet)
		must(t, err)
		rows, err := file.GetRows(sheet)
		must(t, err)
		_, last, _ := strings.Cut(tables[0].Range, ":")
		_, lastRow, err := excelize.CellNameToCoordinates(last)
		must(t, err)
		for i, title := range rows[xlsx.HeaderRow-1] {
			letters, err := excelize.ColumnNumberToName(i + 1)
			must(t, err)
			ranges[sheet+"["+title+"]"] = fmt.Sprintf("%s!%s%d:%s%d", sheet, letters, xlsx.HeaderRow+1, letters, lastRow)
		}
	}
	return ranges
}

// TestLinksLeadToTheirRows follows every link within the workbook: it ends at the key that its cell names. The sources
// are split, so that some are on another sheet.
func TestLinksLeadToTheirRows(t *testing.T) {
	for name, rows := range map[string]int{"whole": 1048570, "split": 200} {
		t.Run(name, func(t *testing.T) {
			xlsx.SetLimits(t, rows, 65530)
			file := opened(t, bytesOf(t, contentOf(t, datasettest.Generate(splitHalts))))
			followed, others, rowsAt := 0, 0, map[string][][]string{}
			for _, sheet := range file.GetSheetList()[2:] {
				for _, link := range linksOf(t, file, sheet) {
					at, err := file.GetCellValue(sheet, link.cell)
					must(t, err)
					place, key, _ := strings.Cut(link.target, "!")
					_, row, err := excelize.CellNameToCoordinates(key)
					must(t, err)
					if rowsAt[place] == nil {
						rowsAt[place] = rowsOf(t, file, place)
					}
					found := rowsAt[place][row-xlsx.HeaderRow-1]
					if first, _, _ := strings.Cut(at, ";"); !slices.Contains(found, first) {
						t.Fatalf("%s!%s, %q, leads to %s, %q", sheet, link.cell, at, link.target, found)
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
	sources := content.Curated[5].Rows // each has a web address
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
		style, err := file.GetCellStyle("Sources", "A7")
		if err != nil {
			t.Fatal(err)
		}
		look, err := file.GetStyle(style)
		if err != nil || (look.Font.Underline != "") != (test.want > 0) {
			t.Errorf("limit %d: font %+v, %v", test.limit, look.Font, err)
		}
	}
}

// TestLongAddresses holds addresses that are too long for a link to stand as plain texts, in the table and on the cover.
func TestLongAddresses(t *testing.T) {
	address := func(characters int) string {
		return ("https://example.org/" + strings.Repeat("a", characters))[:characters]
	}
	for _, test := range []struct {
		name, address string
		linked        bool
	}{
		{"as long as can be", address(2079), true},
		{"longer", address(2080), false},
		{"longer with its escapes", "https://example.org/" + strings.Repeat("ü", 400), false},
	} {
		content := contentOf(t, datasettest.CleanWith(map[string][]byte{
			"sources.csv": []byte("source_id,type,publisher,url,published,language,note\nacme-2022-03-08,press_release,Acme," + test.address + ",2022-03-08,en,\n" +
				"gazette-2022-12,news_report,The Gazette,,2022-12,pt-BR,\nherald-2022-03-09,news_report,Daily Herald,,2022-03-09,en,\n"),
		}))
		content.Metadata.Homepage, content.Metadata.Licenses[0].Path = test.address, test.address
		file := opened(t, bytesOf(t, content))
		want := 0
		if test.linked {
			want = 1
		}
		for sheet, links := range map[string]int{"Sources": want, "Cover": 2 * want} {
			if cells, err := file.GetHyperLinkCells(sheet, "External"); err != nil || len(cells) != links {
				t.Errorf("%s: links in %s: %q, %v; want %d", test.name, sheet, cells, err, links)
			}
		}
		if said, _ := file.GetCellValue("Sources", "A5"); strings.Contains(said, "2,079") == test.linked {
			t.Errorf("%s: the source line is %q", test.name, said)
		}
	}
}

// TestTextsOfTheWorkbookFit holds texts that are put together for a cell to what a cell holds.
func TestTextsOfTheWorkbookFit(t *testing.T) {
	content := contentOf(t, datasettest.Clean())
	content.Metadata.RatesNote, content.Metadata.Title = strings.Repeat("🙂", 16383), strings.Repeat("T", 32767)
	file := opened(t, bytesOf(t, content))
	for cell, end := range map[[2]string]string{{"Rates", "A5"}: "🙂…", {"Companies", "A5"}: "T…", {"Cover", "A1"}: "T"} {
		text, err := file.GetCellValue(cell[0], cell[1])
		if units := len(utf16.Encode([]rune(text))); err != nil || units > 32767 || units < 32765 || !strings.HasSuffix(text, end) {
			t.Errorf("%s: %d units, %v, ending in %q", cell, units, err, text[len(text)-8:])
		}
	}
}
