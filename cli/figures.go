package cli

import (
	"fmt"

	"haltsheet/dataset"
)

// figure is a row of the key figures in words.
type figure struct {
	name     string
	number   string
	unit     string
	included string // amounts that a total holds; empty for a plain count
	notExact string
	leftOut  string
}

// figuresOf reads the key figures.
func figuresOf(t *dataset.Table) []figure {
	figures := make([]figure, t.Rows)
	for row := range figures {
		cell := func(name string) string { return cellText(t, row, t.Column(name)) }
		figures[row] = figure{
			name: cell("figure"), number: cell("value"), unit: cell("unit"),
			included: cell("included"), notExact: cell("not_exact"), leftOut: cell("left_out"),
		}
	}
	return figures
}

// isTotal reports whether the figure adds up amounts.
func (f *figure) isTotal() bool { return f.included != "" }

// amounts tells what a total holds.
func (f *figure) amounts() string {
	thing := "amounts"
	if f.included == "1" {
		thing = "amount"
	}
	return fmt.Sprintf("%s %s, %s not exact, %s left out", f.included, thing, f.notExact, f.leftOut)
}

// figuresTable returns the key figures for a terminal.
func figuresTable(t *dataset.Table) *textTable {
	text := &textTable{indent: "  ", right: []bool{true, false, false}}
	for _, f := range figuresOf(t) {
		unit, name := "", f.name
		if f.isTotal() {
			unit, name = f.unit, f.name+": "+f.amounts()
		}
		text.rows = append(text.rows, []string{f.number, unit, name})
	}
	return text
}
