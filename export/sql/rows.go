package sql

import (
	"slices"

	"haltsheet/dataset"
	"haltsheet/export/book"
)

const (
	// batchRows is the most rows of an INSERT: with more, PostgreSQL and SQLite gain nothing, and DuckDB loses.
	batchRows = 500
	// batchesAtOnce is how many are encoded at a time.
	batchesAtOnce = 4
)

// tableRows are the rows of a table in the order of the script.
type tableRows struct {
	*dataset.Table
	order   []int // of the rows in the table; nil for as they are
	batches []batch
	head    string // of each INSERT
}

// batch is a range of rows, from one to behind another.
type batch struct{ from, to int }

func newTableRows(b *book.Book, table *dataset.Table) tableRows {
	r := tableRows{Table: table, head: "\nINSERT INTO " + quotedName(table.Name) + " ("}
	names := make([]string, len(table.Columns))
	for i := range names {
		names[i] = table.Columns[i].Name
	}
	r.head += quotedNames(names) + ") VALUES\n"
	levels := levelsOf(b, table)
	if levels != nil {
		r.order = make([]int, table.Rows)
		for i := range r.order {
			r.order[i] = i
		}
		slices.SortStableFunc(r.order, func(a, b int) int { return levels[a] - levels[b] })
	}
	for from := 0; from < table.Rows; {
		to := min(from+batchRows, table.Rows)
		if levels != nil {
			for end := from; end < to; end++ {
				if levels[r.order[end]] != levels[r.order[from]] {
					to = end
				}
			}
		}
		r.batches = append(r.batches, batch{from, to})
		from = to
	}
	return r
}

// levelsOf returns how many records of the same table lie above each, over as many as one refers to another; nil for a
// table whose records do not.
func levelsOf(b *book.Book, table *dataset.Table) []int {
	column := slices.IndexFunc(table.Columns, func(c dataset.Column) bool { return c.Ref == table.Name && b.Refers(table, &c) })
	if column < 0 {
		return nil
	}
	key := table.Column(table.KeyNames()[0])
	rowOf := make(map[string]int, table.Rows)
	for row := range table.Rows {
		rowOf[table.Cell(row, key).Text] = row
	}
	levels := make([]int, table.Rows) // from 1 on, while they are found
	for row := range levels {
		var below []int
		at, isThere := row, true
		for isThere && levels[at] == 0 && len(below) < table.Rows { // a cycle is an error of the data
			below = append(below, at)
			at, isThere = rowOf[table.Cell(at, column).Text]
		}
		level := 0
		if isThere {
			level = levels[at]
		}
		for _, at := range slices.Backward(below) {
			level++
			levels[at] = level
		}
	}
	return levels
}

// appendBatch appends an INSERT.
func (r *tableRows) appendBatch(b []byte, batch int) []byte {
	b = append(b, r.head...)
	for i := r.batches[batch].from; i < r.batches[batch].to; i++ {
		if i > r.batches[batch].from {
			b = append(b, ",\n"...)
		}
		b = r.appendRow(b, r.rowAt(i))
	}
	return append(b, ";\n"...)
}

func (r *tableRows) rowAt(i int) int {
	if r.order == nil {
		return i
	}
	return r.order[i]
}

func (r *tableRows) appendRow(b []byte, row int) []byte {
	b = append(b, '(')
	for column := range r.Columns {
		if column > 0 {
			b = append(b, ", "...)
		}
		before := len(b)
		switch r.Columns[column].Type {
		case dataset.TypeDecimal, dataset.TypeInteger:
			b = r.AppendCell(b, row, column)
		case dataset.TypeBoolean:
			b = appendBoolean(b, r.Cell(row, column))
		case dataset.TypeDay:
			if v := r.Cell(row, column); v.Known {
				b = append(v.Day.Append(append(b, '\'')), '\'')
			}
		default:
			b = r.EncodeText(b, row, column, appendKnown)
		}
		if len(b) == before {
			b = append(b, emptyCell...)
		}
	}
	return append(b, ')')
}

// emptyCell is the cell without a value.
const emptyCell = "NULL"

// appendKnown appends a text unless it is empty.
func appendKnown(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	return appendText(b, s)
}

func appendBoolean(b []byte, v dataset.Value) []byte {
	switch {
	case !v.Known:
		return b
	case v.True:
		return append(b, "TRUE"...)
	default:
		return append(b, "FALSE"...)
	}
}

// rowsIn returns how many rows the batches from one to behind another hold.
func (r *tableRows) rowsIn(from, to int) int { return r.batches[to-1].to - r.batches[from].from }
