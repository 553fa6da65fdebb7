package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/rows"
	"haltsheet/export/workbook"
)

// splitRows is the limit by which the tests split a dataset with splitHalts halts on several sheets; the codes and the
// days of the timeline still fit on one, as they always do.
const (
	splitRows  = 400
	splitHalts = 1000
)

// TestChunksReadBack: in sheets of several chunks, which number their texts apart, every cell has its own text.
func TestChunksReadBack(t *testing.T) {
	b := bookOf(t, datasettest.Generate(2*rows.Chunk+10))
	file := opened(t, bytesOf(t, b))
	for _, table := range b.Curated {
		if diff := cmp.Diff(rawRows(table), rowsOf(t, file, workbook.SheetName(table))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table.Name, diff)
		}
	}
}

// TestFewTextsChangeNoByte is a law: a workbook in which no column has few texts has the same bytes, on sheets of one chunk, on sheets of
// several and on several sheets.
func TestFewTextsChangeNoByte(t *testing.T) {
	for _, test := range []struct{ halts, sheetRows int }{{300, 1 << 20}, {2*rows.Chunk + 10, 1 << 20}, {splitHalts, splitRows}} {
		workbook.SetLimits(t, test.sheetRows, 65530)
		b := bookOf(t, datasettest.Generate(test.halts))
		write := func() (files [2]bytes.Buffer) {
			if err := errors.Join(workbook.Write(&files[0], b), workbook.WriteOpenDocument(&files[1], b)); err != nil {
				t.Fatal(err)
			}
			return files
		}
		few := write()
		workbook.SetMostFew(t, 0)
		many := write()
		workbook.SetMostFew(t, 16*rows.Chunk)
		for i := range few {
			if !bytes.Equal(few[i].Bytes(), many[i].Bytes()) {
				t.Errorf("file %d of %d halts on sheets of %d rows has other bytes", i, test.halts, test.sheetRows)
			}
		}
	}
}

// TestSplitTables holds a table with more records than a worksheet takes to stand on several: every record once and in
// order, and an Excel table, names and drop-downs on each.
func TestSplitTables(t *testing.T) {
	workbook.SetLimits(t, splitRows, 65530)
	b := bookOf(t, datasettest.Generate(splitHalts))
	file := opened(t, bytesOf(t, b))
	last := lastColumn(t, b.Curated[1])
	ranges := map[string]string{"Halts": "A6:" + last + "406", "Halts_2": "A6:" + last + "406", "Halts_3": "A6:" + last + "206"}
	var got [][]string
	for _, name := range []string{"Halts", "Halts_2", "Halts_3"} {
		got = append(got, rowsOf(t, file, name)...)
		tables, err := file.GetTables(name)
		if err != nil || len(tables) != 1 || tables[0].Name != name || tables[0].Range != ranges[name] {
			t.Errorf("%s: tables %+v, %v; want one on %s", name, tables, err, ranges[name])
		}
	}
	if diff := cmp.Diff(rawRows(b.Curated[1]), got); diff != "" {
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
	workbook.SetLimits(t, splitRows, 65530)
	file := opened(t, bytesOf(t, bookOf(t, datasettest.Generate(splitHalts))))
	for _, test := range []struct{ sheet, title string }{{"Halts_by_action_country", "Halts"}, {"Halts_by_sector", "Halts"}, {"Timeline_days", "Halts"}, {"Timeline_months", "Halts"}} {
		letters, cells := column(t, file, test.sheet, test.title)
		for i := range cells {
			cell := letters + strconv.Itoa(workbook.HeaderRow+1+i)
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
	workbook.SetLimits(t, splitRows/4, 65530)
	file := opened(t, bytesOf(t, bookOf(t, datasettest.Generate(600)))) // the donations are split too
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
				cell := letters + strconv.Itoa(workbook.HeaderRow+1+i)
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
		for i, title := range rows[workbook.HeaderRow-1] {
			letters, err := excelize.ColumnNumberToName(i + 1)
			must(t, err)
			ranges[sheet+"["+title+"]"] = fmt.Sprintf("%s!%s%d:%s%d", sheet, letters, workbook.HeaderRow+1, letters, lastRow)
		}
	}
	return ranges
}
