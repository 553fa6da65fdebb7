package dataset

import (
	"strings"
	"sync"
)

// placedTexts are the cells of a column of a curated table as CSV holds them: each text once, and of each record the place of its own. They
// are found once, when they are first asked for, and cost four bytes a record, and each text once.
type placedTexts struct {
	table  *Table // whose column it is
	column int    // counted from 0
	find   sync.Once
	texts  []string         // the empty one first, then as they first stand in the records
	of     []int32          // of each record, the place of its text among them
	places map[string]int32 // of the texts, while they are found
}

// textsOf returns the texts of a column of a table.
func (d *Dataset) textsOf(table, column string) *placedTexts {
	schema := SchemaOf(table)
	return d.lookup.computed[schema].placed[schema.column(column)].found()
}

// text returns the text of a record, counted from 0.
func (p *placedTexts) text(row int) string {
	p.find.Do(p.findAll)
	return p.texts[p.of[row]]
}

// found returns the texts when all are found.
func (p *placedTexts) found() *placedTexts {
	p.find.Do(p.findAll)
	return p
}

// findAll finds the texts of all records.
func (p *placedTexts) findAll() {
	p.texts, p.of, p.places = []string{""}, make([]int32, p.table.Rows), map[string]int32{"": 0}
	if says := p.table.Columns[p.column].Says; says != "" {
		said := p.table.Column(says)
		p.say(p.table.placed[said].found(), p.table.dataset.wordsOf(&p.table.Columns[said]))
	} else {
		p.read()
	}
	p.places = nil
}

// read finds the texts in the records.
func (p *placedTexts) read() {
	last, place := "", int32(0)
	var scratch []byte
	for row := range p.of {
		var text string
		if text, scratch = p.compute(scratch[:0], row); text != last {
			place = p.place(text, len(scratch) > 0)
			last = p.texts[place]
		}
		p.of[row] = place
	}
}

// say finds the texts that say those of another column in words.
func (p *placedTexts) say(codes *placedTexts, words func(code string) string) {
	saying := make([]int32, len(codes.texts)) // the place of the words for each of them
	for i, code := range codes.texts {
		saying[i] = p.place(words(code), false)
	}
	for row, code := range codes.of {
		p.of[row] = saying[code]
	}
}

// place returns the place of a text, which it adds where it is new. One that passes is copied.
func (p *placedTexts) place(text string, passes bool) int32 {
	place, known := p.places[text]
	if !known {
		if passes {
			text = strings.Clone(text)
		}
		place = int32(len(p.texts))
		p.texts, p.places[text] = append(p.texts, text), place
	}
	return place
}

// compute returns the text of a record, as Table.Text does.
func (p *placedTexts) compute(scratch []byte, row int) (text string, longer []byte) {
	if c := &p.table.Columns[p.column]; c.Derive != nil && c.Type.IsText() {
		return c.Derive(p.table.dataset, row).Text, scratch
	}
	return p.table.Text(scratch, row, p.column)
}

// rowsOfText is how many rows have the same text at least, on average, in a column of few texts.
const rowsOfText = 4

// PlacedTexts returns the texts of a column of a curated table that has few different ones, each once, the empty one first and the
// others as they first stand in it, and of each row the place of its own among them. Rows, columns and places count from 0. Of any
// other column it returns nothing. Neither slice may be changed.
func (t *Table) PlacedTexts(column int) (texts []string, places []int32) {
	if t.schema == nil || !t.mayHaveFewTexts(&t.Columns[column]) {
		return nil, nil
	}
	found := t.placed[column].found()
	if len(found.texts) > t.Rows/rowsOfText {
		return nil, nil
	}
	return found.texts, found.of
}

// mayHaveFewTexts reports whether the cells of a column are texts of which many records may have the same: codes, dates, keys of what
// they belong to, and whatever is computed of these.
func (t *Table) mayHaveFewTexts(c *Column) bool {
	switch {
	case !c.Type.IsText() || c.Compose != nil:
		return false
	case c.IsDerived(), c.Codes != "", c.Type == TypeDate, c.Form == formCountry, c.Form == formCurrency:
		return true
	case c.Ref != "" && c.Type != TypeList:
		return t.dataset.records(SchemaOf(c.Ref)).count() <= t.Rows/rowsOfText
	default:
		return false
	}
}
