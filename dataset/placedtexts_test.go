package dataset_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestPlacedTextsAreTheCells is a law: each text of a column stands once, the empty one first, and the place of a record leads to its cell.
func TestPlacedTextsAreTheCells(t *testing.T) {
	if columns := checkPlacedTexts(t, load(t, datasettest.Generate(200))); columns < 30 {
		t.Errorf("only %d columns have few texts", columns)
	}
	rapid.Check(t, func(t *rapid.T) { checkPlacedTexts(t, load(t, datasettest.Draw(t))) })
}

// checkPlacedTexts holds the texts of all columns to be those of the cells, and returns how many columns have few.
func checkPlacedTexts(t tester, d *dataset.Dataset) (columns int) {
	t.Helper()
	for i := range dataset.Schemas {
		table := d.Table(&dataset.Schemas[i]).InWords()
		for column := range table.Columns {
			texts, places := table.PlacedTexts(column)
			if places == nil {
				continue
			}
			columns++
			if sorted := slices.Sorted(slices.Values(texts)); texts[0] != "" || len(slices.Compact(sorted)) != len(texts) || len(places) != table.Rows {
				t.Errorf("%s of %s has the texts %q, and %d places of %d rows", table.Columns[column].Name, table.Name, texts, len(places), table.Rows)
			}
			for row, place := range places {
				if want := string(table.AppendCell(nil, row, column)); texts[place] != want {
					t.Errorf("%s of row %d of %s is %q, not %q", table.Columns[column].Name, row, table.Name, texts[place], want)
				}
			}
		}
	}
	return columns
}
