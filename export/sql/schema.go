package sql

import (
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/book"
)

// tablesOf returns the tables of the script, each behind those that it refers to: the curated ones, the link tables of their lists,
// the codebook, what the dataset says of itself, and the days of the coverage.
func tablesOf(b *book.Book) []*dataset.Table {
	waiting := slices.Concat(b.Curated, b.Links, b.Codebook)
	waiting = append(waiting, metadata(b), calendar(b))
	var tables []*dataset.Table
	for len(waiting) > 0 {
		i := slices.IndexFunc(waiting, func(table *dataset.Table) bool {
			return !slices.ContainsFunc(waiting, func(other *dataset.Table) bool { return other != table && refersTo(b, table, other.Name) })
		})
		i = max(i, 0) // tables that refer to one another are nothing that a schema has
		tables = append(tables, waiting[i])
		waiting = slices.Delete(waiting, i, i+1)
	}
	return tables
}

func refersTo(b *book.Book, table *dataset.Table, name string) bool {
	return slices.ContainsFunc(table.Columns, func(c dataset.Column) bool { return c.Ref == name && b.Refers(table, &c) })
}

// metadata returns what the dataset says of itself, and the digest of its curated data.
func metadata(b *book.Book) *dataset.Table {
	leaves := append(b.Metadata.Leaves(), dataset.Leaf{Path: "digest", Value: dataset.TextValue(b.Digest)})
	columns := []dataset.Column{
		{Name: "path", Description: "Where in dataset.json it stands.", Key: true, Required: true},
		{Name: "value", Description: "What stands there."},
	}
	return dataset.NewTable("metadata", "Metadata", "What the dataset says of itself, and the digest (SHA-256) of its curated data.", columns, len(leaves),
		func(row, column int) dataset.Value {
			if column == 0 {
				return dataset.TextValue(leaves[row].Path)
			}
			return dataset.TextValue(leaves[row].Text())
		})
}

// calendar returns the days of the coverage, up to the end of the last year that a timeline has.
func calendar(b *book.Book) *dataset.Table {
	start, end := coveredDays(b)
	columns := []dataset.Column{
		{Name: "day", Description: "The day.", Type: dataset.TypeDay, Key: true, Required: true},
		{Name: "month", Description: "Its month, such as 2022-03.", Required: true},
		{Name: "quarter", Description: "Its quarter, such as 2022-Q1.", Required: true},
		{Name: "year", Description: "Its year.", Type: dataset.TypeInteger, Required: true},
	}
	return dataset.NewTable("calendar", "Calendar", "The days that the dataset covers, from which timelines have a row where nothing happened.", columns, max(int(end-start)+1, 0),
		func(row, column int) dataset.Value {
			day := start + dataset.Day(row)
			year, month, _ := day.Civil()
			switch column {
			case 0:
				return dataset.Value{Known: true, Day: day}
			case 1:
				return dataset.TextValue(fmt.Sprintf("%04d-%02d", year, month))
			case 2:
				return dataset.TextValue(fmt.Sprintf("%04d-Q%d", year, (month+2)/3))
			default:
				return dataset.NumberValue(dataset.NewDecimal(int64(year), 0))
			}
		})
}

// coveredDays returns the first and the last day of the calendar; the last is before the first where there is none.
func coveredDays(b *book.Book) (start, end dataset.Day) {
	from, errFrom := dataset.ParseDate(b.Metadata.Coverage.Start)
	to, errTo := dataset.ParseDate(b.Metadata.Coverage.End)
	last := dataset.Day(0)
	for _, table := range b.Summaries {
		if len(table.Summary.Labels) == 0 || !table.Summary.Labels[0].Every || table.Rows == 0 {
			continue
		}
		label := string(table.AppendCell(nil, table.Rows-1, 0))
		if year, err := dataset.ParseDate(label[:len("2022")]); err == nil {
			last = max(last, year.End())
		}
	}
	if errFrom != nil || errTo != nil || from.IsZero() || to.IsZero() {
		return 0, -1
	}
	return from.Start(), min(to.End(), last)
}

// writeTable writes the statement that makes a table.
func writeTable(w *strings.Builder, b *book.Book, table *dataset.Table) {
	fmt.Fprintf(w, "\nCREATE TABLE %s ( -- %s\n", quotedName(table.Name), table.Description)
	clauses := constraintsOf(b, table)
	for i := range table.Columns {
		c := &table.Columns[i]
		writeComment(w, "  ", c.Description)
		comma := ","
		if i == len(table.Columns)-1 && len(clauses) == 0 {
			comma = ""
		}
		fmt.Fprintf(w, "  %s %s%s%s\n", quotedName(c.Name), typeOf(c), limitsOf(b, c), comma)
	}
	w.WriteString("  " + strings.Join(clauses, ",\n  ") + "\n);\n")
}

// limitsOf returns what must hold of each cell of a column.
func limitsOf(b *book.Book, c *dataset.Column) (limits string) {
	if c.Required {
		limits += " NOT NULL"
	}
	if c.Unique {
		limits += " UNIQUE"
	}
	if list := b.CodeList(c.Codes); list != nil && len(list.Codes) > 0 {
		codes := make([]string, len(list.Codes))
		for i := range codes {
			codes[i] = quotedText(list.Codes[i].Code)
		}
		limits += fmt.Sprintf(" CHECK (%s IN (%s))", quotedName(c.Name), strings.Join(codes, ", "))
	}
	return limits
}

// constraintsOf returns the clauses of the key of a table and of what its columns refer to.
func constraintsOf(b *book.Book, table *dataset.Table) (clauses []string) {
	if key := table.KeyNames(); len(key) > 0 {
		clauses = append(clauses, "PRIMARY KEY ("+quotedNames(key)+")")
	}
	for i := range table.Columns {
		if c := &table.Columns[i]; b.Refers(table, c) {
			clauses = append(clauses, fmt.Sprintf("FOREIGN KEY (%s) REFERENCES %s (%s)", quotedName(c.Name), quotedName(c.Ref), quotedNames(b.Table(c.Ref).KeyNames())))
		}
	}
	return clauses
}

// writeIndexes writes an index of each column that refers to a table and is not found by the key.
func writeIndexes(w *strings.Builder, b *book.Book, table *dataset.Table) {
	key := table.KeyNames()
	for i := range table.Columns {
		c := &table.Columns[i]
		if b.Refers(table, c) && (len(key) == 0 || c.Name != key[0]) {
			fmt.Fprintf(w, "CREATE INDEX %s ON %s (%s);\n", quotedName(table.Name+"_"+c.Name), quotedName(table.Name), quotedName(c.Name))
		}
	}
}

// typeOf returns the type of a column.
func typeOf(c *dataset.Column) string {
	switch {
	case c.IsDay():
		return "DATE"
	case c.Type == dataset.TypeDecimal:
		return decimalType(scaleOf(c))
	case c.Type == dataset.TypeInteger:
		return "BIGINT"
	case c.Type == dataset.TypeBoolean:
		return "BOOLEAN"
	default:
		return "TEXT"
	}
}

// The digits after the point that amounts of money have at most, in ISO 4217, and that other numbers can have.
const (
	moneyScale = 4
	mostScale  = dataset.MaxDigits
)

// scaleOf returns the digits after the point of a column of decimals.
func scaleOf(c *dataset.Column) int {
	if digits, ok := dataset.MinorUnits(c.Currency); ok {
		return digits
	}
	if c.Currency != "" {
		return moneyScale
	}
	return mostScale
}

// decimalType returns the type of numbers, given their digits after the point; before it are as many as any number has.
func decimalType(scale int) string {
	return fmt.Sprintf("DECIMAL(%d, %d)", dataset.MaxDigits+scale, scale)
}
