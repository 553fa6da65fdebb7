//go:build conformance

package export_test

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/fixtures"
)

// loaded is what a loader made of a release: five totals, and of what kind each column of each table is.
type loaded struct {
	Totals []string
	Kinds  map[string]map[string]string
}

// TestConformanceLoaders runs the code that the README of a release gives, as it stands, and holds what it loads to the book: totals, and
// the kind of each column of each table.
func TestConformanceLoaders(t *testing.T) {
	dir, book := releaseOf(t, "halted-activities"), bookOf(fixtures.FS)
	want := loadedBook(book)
	var tables []string
	for _, table := range book.Curated {
		tables = append(tables, table.Name)
	}
	hold := func(reader string, got loaded) {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", reader, diff)
		}
	}
	var read map[string]loaded
	foreign(t, dir, "loaders.py", &read, append([]string{dir}, tables...)...)
	for _, reader := range []string{"pandas csv", "pandas parquet", "pandas json", "pandas xlsx", "Polars csv", "Polars parquet", "Polars json", "DuckDB csv", "DuckDB parquet"} {
		if reader == "pandas xlsx" {
			leaveOutWords(read[reader].Kinds)
		}
		hold(reader, read[reader])
	}
	for _, title := range []string{"R, with readr", "R alone"} {
		var read map[string]loaded
		foreign(t, dir, "loaders.R", &read, append([]string{dir, title}, tables...)...)
		hold(title, read["csv"])
	}
}

// leaveOutWords takes out the columns that only worksheets have, which say codes in words, under their titles.
func leaveOutWords(kinds map[string]map[string]string) {
	for _, columns := range kinds {
		maps.DeleteFunc(columns, func(name, kind string) bool { return kind == "text" && name != strings.ToLower(name) })
	}
}

// loadedBook is what a loader must make of the release of a book.
func loadedBook(book *export.Book) loaded {
	halts, donations := book.Table("halts"), book.Table("donations")
	members, last := 0, ""
	for row := range halts.Rows {
		members += dataset.List(halts.Cell(row, halts.Column("source_ids")).Text).Len()
		last = max(last, halts.Cell(row, halts.Column("announced_start")).Day.String())
	}
	counted, cents := 0, int64(0)
	for row := range donations.Rows {
		if donations.Cell(row, donations.Column("counted")).True {
			counted++
			eur := donations.Cell(row, donations.Column("amount_eur")).Number.Rat()
			cents += eur.Num().Int64() * 100 / eur.Denom().Int64()
		}
	}
	l := loaded{
		Totals: []string{strconv.Itoa(halts.Rows), strconv.Itoa(counted), fmt.Sprintf("%d.%02d", cents/100, cents%100), strconv.Itoa(members), last},
		Kinds:  map[string]map[string]string{},
	}
	for _, table := range book.Curated {
		l.Kinds[table.Name] = map[string]string{}
		for i := range table.Columns {
			l.Kinds[table.Name][table.Columns[i].Name] = kindIn(table, i)
		}
	}
	return l
}

// kindIn returns the kind of a column, and nothing where all of its cells are empty.
func kindIn(table *dataset.Table, column int) string {
	kind := map[dataset.Type]string{
		dataset.TypeDay: "day", dataset.TypeDecimal: "number", dataset.TypeInteger: "number", dataset.TypeBoolean: "boolean", dataset.TypeList: "list",
	}[table.Columns[column].Type]
	if kind == "list" {
		return kind
	}
	for row := range table.Rows {
		if table.Cell(row, column).Known {
			if kind == "" {
				return "text"
			}
			return kind
		}
	}
	return ""
}
