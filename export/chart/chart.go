// Package chart declares the charts of summary tables and draws them as SVG. The workbook draws the same charts in its own way.
package chart

import (
	"fmt"
	"strings"
	"time"

	"haltsheet/dataset"
)

// Chart declares a chart: some columns of a summary, drawn as it is.
type Chart struct {
	Summary string // the summary table
	Label   string // the column of the categories
	With    string // the column before it, which names a category together with it; empty for none
	Bars    string // the column drawn as bars
	Upright bool   // columns rather than bars
	Line    string // the column drawn as a line of its own; empty for none
	// Rows returns how many rows of the summary are drawn; they are the first.
	Rows func(t *dataset.Table) int
	// Title says what there is to see, in one sentence without its full stop; the summary has at least one row.
	Title    func(t *dataset.Table) string
	Axis     string // what the categories are
	Values   string // what the bars show
	Millions bool   // shows the values in millions
}

// Charts are all charts in the order in which they are shown.
var Charts = []Chart{
	{
		Summary: "timeline_days", Label: "date", Bars: "halts", Upright: true, Line: "halts_total", Rows: untilMost, Title: halfTitle,
		Axis: "Day of the announcement", Values: "Halts",
	},
	{
		Summary: "halts_by_action_country", Label: "country_name", With: "action_label", Bars: "halts", Upright: true, Rows: firstRows(12),
		Title: func(t *dataset.Table) string {
			return fmt.Sprintf("The commonest step: “%s” in %s, %s halts", leading(t, "action_label"), leading(t, "country_name"), grouped(t, 0, "halts"))
		},
		Axis: "Action and country", Values: "Halts",
	},
	{
		Summary: "halts_by_sector", Label: "sector_label", Bars: "halts", Rows: firstRows(21),
		Title: func(t *dataset.Table) string {
			return fmt.Sprintf("Most halts by sector: %s with %s", leading(t, "sector_label"), grouped(t, 0, "halts"))
		},
		Axis: "Sector", Values: "Halts",
	},
	{
		Summary: "donations_by_recipient", Label: "recipient", Bars: "amount_eur", Rows: firstRows(15),
		Title: func(t *dataset.Table) string {
			return fmt.Sprintf("%s is named in gifts worth most: %s", leading(t, "recipient"), euros(t, 0))
		},
		Axis: "Recipient", Values: "Million euros of own cash; joint gifts count at each", Millions: true,
	},
	{
		Summary: "largest_donors", Label: "company", Bars: "amount_eur", Rows: firstRows(20),
		Title: func(t *dataset.Table) string {
			return fmt.Sprintf("%s gave most of its own cash: %s", leading(t, "company"), euros(t, 0))
		},
		Axis: "Company", Values: "Million euros of own cash", Millions: true,
	},
}

// Heading says what there is to see, and of a selection that it is one.
func (c *Chart) Heading(t *dataset.Table) string {
	if t.Selection == "" {
		return c.Title(t)
	}
	return c.Title(t) + " (only " + fitText(t.Selection, nameLetters) + ")"
}

// Describe says what a chart is of, for those who do not see it.
func (c *Chart) Describe(t *dataset.Table) string {
	return fmt.Sprintf("Chart of %s by %s. %s.", strings.ToLower(c.Values), strings.ToLower(c.Axis), c.Heading(t))
}

func firstRows(n int) func(*dataset.Table) int {
	return func(t *dataset.Table) int { return min(n, t.Rows) }
}

// untilMost returns the rows of a timeline up to the day with 95 % of the halts.
func untilMost(t *dataset.Table) int {
	total := t.Column("halts_total")
	for row := range t.Rows {
		if t.Cell(row, total).Number.Coefficient()*100 >= t.Cell(t.Rows-1, total).Number.Coefficient()*95 {
			return row + 1
		}
	}
	return t.Rows
}

func halfTitle(t *dataset.Table) string {
	total := t.Column("halts_total")
	all := t.Cell(t.Rows-1, total).Number.Coefficient()
	for row := range t.Rows {
		if t.Cell(row, total).Number.Coefficient()*2 >= all {
			return fmt.Sprintf("Half of the %s halts dated to a day came by %s", t.Cell(t.Rows-1, total).Number.Grouped(), inWords(t.Cell(row, 0).Day))
		}
	}
	return "Halts by day"
}

// inWords writes a day such as 8 March 2022.
func inWords(day dataset.Day) string {
	year, month, dayOfMonth := day.Civil()
	return fmt.Sprintf("%d %s %d", dayOfMonth, time.Month(month), year)
}

// leading returns a text of the first row, as much of it as belongs in a title.
func leading(t *dataset.Table, field string) string {
	return fitText(t.Cell(0, t.Column(field)).Text, nameLetters)
}

// nameLetters is how many letters of a name a title has: the name of what a workbook draws has at most 254 in all.
const nameLetters = 80

func grouped(t *dataset.Table, row int, field string) string {
	return t.Cell(row, t.Column(field)).Number.Grouped()
}

func euros(t *dataset.Table, row int) string {
	return dataset.EurosInWords(t.Cell(row, t.Column("amount_eur")).Number)
}
