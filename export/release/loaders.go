package release

import (
	"embed"
	"fmt"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/workbook"
)

// loader is a way to load the tables of a release with the types that they have. Code that people copy knows no column: it
// goes by the codebook, or is made from the tables.
type loader struct {
	title    string
	language string // of the code
	file     string // of the code, in the folder loaders
	words    string // that stand before it
	rest     func(b *export.Book) string
}

var loaders = []loader{
	{"pandas", "python", "pandas.py", "Days are `datetime64`, whole numbers `Int64`, lists are lists.", nil},
	{"Polars", "python", "polars.py", "Days are `Date`, lists are `List(String)`.", nil},
	{"DuckDB", "sql", "duckdb.sql", "Days are `DATE`, lists are `VARCHAR[]`, amounts are exact.", duckDBTables},
	{"R, with readr", "r", "readr.R", "Days are `Date`, lists are list columns.", nil},
	{"R alone", "r", "base.R", "The same, without a package.", nil},
}

//go:embed loaders
var loaderCode embed.FS

// codeOf returns the code of a loader for a release.
func codeOf(b *export.Book, l *loader) (string, error) {
	code, err := loaderCode.ReadFile("loaders/" + l.file)
	if err != nil {
		return "", err
	}
	text := strings.NewReplacer("NAME.xlsx", b.Metadata.Name+".xlsx", "HEADERROW", strconv.Itoa(workbook.HeaderRow)).Replace(string(code))
	if l.rest != nil {
		text += l.rest(b)
	}
	return text, nil
}

// duckDBTables loads the curated tables from CSV.
func duckDBTables(b *export.Book) string {
	var text []byte
	for _, table := range b.Curated {
		var lists []string
		for i := range table.Columns {
			if c := &table.Columns[i]; c.Type == dataset.TypeList {
				macro := "members"
				if c.Gaps {
					macro = "members_with_gaps"
				}
				lists = append(lists, macro+"("+c.Name+") AS "+c.Name)
			}
		}
		replace := ""
		if lists != nil {
			replace = " REPLACE (" + strings.Join(lists, ", ") + ")"
		}
		text = fmt.Appendf(text, "SET VARIABLE types = types_of('%s');\nCREATE TABLE %s AS SELECT *%s\n  FROM read_csv('csv/%s.csv', header = true, types = getvariable('types'));\n",
			table.Name, table.Name, replace, table.Name)
	}
	return string(text) + "SELECT sum(amount_eur) AS own_cash FROM donations WHERE counted;\n"
}
