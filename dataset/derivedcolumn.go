package dataset

import (
	"math"
	"strconv"
	"sync"
)

// derivedColumn is a derived column of the records of a dataset, or one that says their codes in words. Its cells are computed
// once, when the first of them is asked for, and whatever writes, reads back or sums up takes them from there: texts from the placed
// texts of the table, and numbers from here. Only what is at hand without computing is not kept: a decimal, and a text that is put
// together of others.
type derivedColumn struct {
	*Column
	table   *Table       // whose column it is
	texts   *placedTexts // nil where the texts are put together, or the cells are none
	compute sync.Once
	// numbers has of each record a day, a whole number, or 1 for true and 0 for false; of an empty cell unknown.
	numbers []int32
}

// unknown stands for an empty cell that holds no text.
const unknown = math.MinInt32

// computed are what is computed once of the columns of a curated table, those in words included.
type computed struct {
	placed  []placedTexts   // the texts of all columns
	derived []derivedColumn // those behind the curated ones
}

// newComputed returns what will be computed of all tables.
func (d *Dataset) newComputed() map[*Schema]computed {
	all := make(map[*Schema]computed, len(Schemas))
	for i := range Schemas {
		t := d.Table(&Schemas[i]).InWords()
		t.placed, t.derived = make([]placedTexts, len(t.Columns)), make([]derivedColumn, len(t.Columns)-t.curated)
		for column := range t.placed {
			t.placed[column].table, t.placed[column].column = t, column
		}
		for i := range t.derived {
			c := &t.derived[i]
			c.Column, c.table = &t.Columns[t.curated+i], t
			if c.Compose == nil && c.Type.IsText() {
				c.texts = &t.placed[t.curated+i]
			}
		}
		all[t.schema] = t.computed
	}
	return all
}

// cell returns the cell of a record, counted from 0.
func (c *derivedColumn) cell(row int) Value {
	switch {
	case c.texts != nil:
		return TextValue(c.texts.text(row))
	case c.Compose != nil:
		return TextValue(string(c.Compose(nil, c.table.dataset, row)))
	case c.Type == TypeDecimal:
		return c.Derive(c.table.dataset, row)
	}
	switch n := c.number(row); {
	case n == unknown:
		return Value{}
	case c.Type == TypeDay:
		return dayValue(Day(n))
	case c.Type == TypeBoolean:
		return booleanValue(n == 1)
	default:
		return integerValue(int(n))
	}
}

// append appends the cell of a record, counted from 0, to b as CSV holds it: the same as Value.Append of cell, without a value between, for
// that took a fiftieth of an export.
func (c *derivedColumn) append(b []byte, row int) []byte {
	switch {
	case c.texts != nil:
		return append(b, c.texts.text(row)...)
	case c.Compose != nil:
		return c.Compose(b, c.table.dataset, row)
	case c.Type == TypeDecimal:
		return c.Derive(c.table.dataset, row).Number.Append(b)
	}
	switch n := c.number(row); {
	case n == unknown:
		return b
	case c.Type == TypeDay:
		return Day(n).Append(b)
	case c.Type == TypeBoolean:
		return strconv.AppendBool(b, n == 1)
	default:
		return strconv.AppendInt(b, int64(n), 10)
	}
}

// number returns the number of a record, counted from 0.
func (c *derivedColumn) number(row int) int32 {
	c.compute.Do(c.computeNumbers)
	return c.numbers[row]
}

// computeNumbers computes all cells of a column that is kept and holds no texts.
func (c *derivedColumn) computeNumbers() {
	c.numbers = make([]int32, c.table.Rows)
	for row := range c.numbers {
		c.numbers[row] = c.Derive(c.table.dataset, row).small(c.Type)
	}
}

// small returns a day, a whole number or a truth as derived columns keep them.
func (v Value) small(t Type) int32 {
	switch {
	case !v.Known:
		return unknown
	case t == TypeDay:
		return int32(v.Day)
	case t == TypeInteger:
		return int32(v.Number.Coefficient())
	case v.True:
		return 1
	default:
		return 0
	}
}
