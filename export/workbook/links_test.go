package workbook_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/workbook"
)

// TestLinksLeadToTheirRows follows every link within the workbook: it ends at the key that its cell names. The sources
// are split, so that some are on another sheet.
func TestLinksLeadToTheirRows(t *testing.T) {
	for name, rows := range map[string]int{"whole": 1048570, "split": 200} {
		t.Run(name, func(t *testing.T) {
			workbook.SetLimits(t, rows, 65530)
			file := opened(t, bytesOf(t, bookOf(t, datasettest.Generate(splitHalts))))
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
					found := rowsAt[place][row-workbook.HeaderRow-1]
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
