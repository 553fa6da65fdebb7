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
	rapid.Check(t, func(t *rapid.T) {
		d, columns := load(t, datasettest.Draw(t)), 0
		for i := range dataset.Schemas {
			table := d.Table(&dataset.Schemas[i]).InWords()
			for column := range table.Columns {
				texts, places := table.PlacedTexts(column)
				if places == nil {
					continue
				}
				columns++
				if sorted := slices.Sorted(slices.Values(texts)); texts[0] != "" || len(slices.Compact(sorted)) != len(texts) || len(places) != table.Rows {
					t.Fatalf("%s of %s has the texts %q, and %d places of %d rows", table.Columns[column].Name, table.Name, texts, len(places), table.Rows)
				}
				for row, place := range places {
					if want := string(table.AppendCell(nil, row, column)); texts[place] != want {
						t.Fatalf("%s of row %d of %s is %q, not %q", table.Columns[column].Name, row, table.Name, texts[place], want)
					}
				}
			}
		}
		if columns == 0 {
			t.Fatal("no column has few texts")
		}
	})
}
