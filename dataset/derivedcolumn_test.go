package dataset_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestDerivedCellsAreWhatColumnsDerive is a law: what is computed once and kept is what the column computes of each record, and is the same
// as a cell, as a text and as CSV, for several who ask at once.
func TestDerivedCellsAreWhatColumnsDerive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := load(t, datasettest.Draw(t))
		var asking sync.WaitGroup
		wrong := make([]string, 4)
		for i := range wrong {
			asking.Go(func() { wrong[i] = wronglyDerived(d) })
		}
		asking.Wait()
		for _, message := range wrong {
			if message != "" {
				t.Fatal(message)
			}
		}
	})
}

// wronglyDerived tells of a cell behind the curated ones that is not what its column derives of the record, or nothing.
func wronglyDerived(d *dataset.Dataset) string {
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		table := d.Table(schema).InWords()
		for column := len(schema.Curated()); column < len(table.Columns); column++ {
			c := &table.Columns[column]
			for row := range table.Rows {
				got, want := table.Cell(row, column), derive(d, table, c, row)
				if diff := cmp.Diff(want, got, cmp.Comparer(func(x, y dataset.Decimal) bool { return x == y })); diff != "" {
					return fmt.Sprintf("%s of row %d of %s: -derived +cell\n%s", c.Name, row, table.Name, diff)
				}
				csv := string(want.Append(nil, c.Type))
				if got := string(table.AppendCell(nil, row, column)); got != csv {
					return fmt.Sprintf("%s of row %d of %s is %q in CSV, not %q", c.Name, row, table.Name, got, csv)
				}
				if want.Text == "" {
					continue
				}
				if got, _ := table.Text(nil, row, column); got != want.Text {
					return fmt.Sprintf("%s of row %d of %s is the text %q, not %q", c.Name, row, table.Name, got, want.Text)
				}
			}
		}
	}
	return ""
}

// derive computes a cell as its column declares it.
func derive(d *dataset.Dataset, table *dataset.Table, c *dataset.Column, row int) dataset.Value {
	switch {
	case c.Compose != nil:
		return dataset.TextValue(string(c.Compose(nil, d, row)))
	case c.Derive != nil:
		return c.Derive(d, row)
	default:
		said := table.Column(c.Says)
		text, _ := table.Text(nil, row, said)
		return dataset.TextValue(d.WordsOf(&table.Columns[said])(text))
	}
}
