package dataset

import (
	"math"
	"sync"
)

// derivedColumn is a derived column of the records of a dataset, or one that says their codes in words. Its cells are computed
// once, when the first of them is asked for, and whatever writes, reads back or sums up takes them from there. They cost four
// bytes a record, and each text once. Only what is at hand without computing is not kept: a decimal, and a text that is put
// together of others.
type derivedColumn struct {
	*Column
	table   *Table // whose column it is
	compute sync.Once
	// values has of each record the place of its text in texts, a day, a whole number, or 1 for true and 0 for false; of an
	// empty cell unknown, or of an empty text 0.
	values []int32
	texts  []string // each once, the empty one first
}

// unknown stands for an empty cell that holds no text.
const unknown = math.MinInt32

// newDerived returns the columns behind the curated ones of each table.
func (d *Dataset) newDerived() map[*Schema][]derivedColumn {
	derived := make(map[*Schema][]derivedColumn, len(Schemas))
	for i := range Schemas {
		t := d.Table(&Schemas[i])
		columns := t.schema.InWorksheets()[t.curated:]
		t.derived = make([]derivedColumn, len(columns))
		for c := range columns {
			t.derived[c].Column, t.derived[c].table = &columns[c], t
		}
		derived[t.schema] = t.derived
	}
	return derived
}

// cell returns the cell of a record, counted from 0.
func (c *derivedColumn) cell(row int) Value {
	switch {
	case c.Compose != nil:
		return TextValue(string(c.Compose(nil, c.table.dataset, row)))
	case c.Type == TypeDecimal:
		return c.Derive(c.table.dataset, row)
	}
	c.compute.Do(c.computeAll)
	n := c.values[row]
	switch {
	case c.texts != nil:
		return TextValue(c.texts[n])
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

// kept returns the text of a record, counted from 0, and its place, if the column keeps texts.
func (c *derivedColumn) kept(row int) (text string, place int, ok bool) {
	if c.Compose != nil || !c.Type.IsText() {
		return "", 0, false
	}
	c.compute.Do(c.computeAll)
	return c.texts[c.values[row]], int(c.values[row]), true
}

// append appends the cell of a record, counted from 0, to b as CSV holds it.
func (c *derivedColumn) append(b []byte, row int) []byte {
	if c.Compose != nil {
		return c.Compose(b, c.table.dataset, row)
	}
	if text, _, ok := c.kept(row); ok {
		return append(b, text...)
	}
	return c.cell(row).Append(b, c.Type)
}

// computeAll computes all cells of a column that is kept.
func (c *derivedColumn) computeAll() {
	c.values = make([]int32, c.table.Rows)
	switch c.Type {
	case TypeDay, TypeInteger, TypeBoolean:
		for row := range c.values {
			c.values[row] = c.Derive(c.table.dataset, row).small(c.Type)
		}
	default:
		c.computeTexts()
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

// computeTexts computes all cells of a column of texts.
func (c *derivedColumn) computeTexts() {
	source, say := c.source()
	c.texts = []string{""}
	places, said := map[string]int32{"": 0}, map[string]int32{"": 0} // of what is said, and of what it is said of
	last, place := "", int32(0)
	for row := range c.values {
		if text := source(row); text != last {
			var known bool
			if place, known = said[text]; !known {
				place = c.place(places, say(text))
				said[text] = place
			}
			last = text
		}
		c.values[row] = place
	}
}

// place returns the place of a text, which it adds where it is new.
func (c *derivedColumn) place(places map[string]int32, text string) int32 {
	place, known := places[text]
	if !known {
		place = int32(len(c.texts))
		places[text] = place
		c.texts = append(c.texts, text)
	}
	return place
}

// source returns what the cell of a record is computed from, and what says that in the words of the column.
func (c *derivedColumn) source() (text func(row int) string, say func(text string) string) {
	if c.Says == "" {
		return func(row int) string { return c.Derive(c.table.dataset, row).Text }, func(text string) string { return text }
	}
	said := c.table.Column(c.Says)
	return func(row int) string {
		text, _ := c.table.Text(nil, row, said)
		return text
	}, c.table.dataset.wordsOf(&c.table.Columns[said])
}
