package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"

	"github.com/spf13/pflag"
	"golang.org/x/term"
)

var summaryCommand = command{
	name:     "summary",
	operands: "[DATA]",
	most:     1,
	short:    "print the summary tables",
	long: `Prints what the halts and donations of a dataset add up to, the first rows of each
table with bars for the measure that leads. --table prints one table with all its
rows, --json all tables with all their rows, --only what fits. Nothing is summed up while the
dataset has errors.`,
	flags: func(flags *pflag.FlagSet) action {
		table := &choice{kind: "table", words: summaryNames()}
		flags.Var(table, "table", "print only the table `NAME`, with all its rows")
		asJSON := flags.Bool("json", false, "print JSON: an object with an array of records for each table")
		only := addOnly(flags)
		return func(ctx context.Context, p *program, operands []string) error {
			return p.summary(ctx, operands, table.chosen, *asJSON, only)
		}
	},
}

// summary prints all summary tables of a dataset, or one.
func (p *program) summary(ctx context.Context, operands []string, name string, asJSON bool, only *onlyFlag) error {
	d, _, err := p.openAndRead(ctx, operands)
	if err != nil {
		return err
	}
	findings, err := p.hold(ctx, d)
	if err != nil {
		return err
	}
	if n := findings.Count(dataset.Error); n > 0 {
		p.say("nothing was summed up because of %s", counted(n, "error"))
		p.hint("haltsheet check tells where")
		return errData
	}
	if d, err = only.choose(d); err != nil {
		return err
	}
	tables, err := during(ctx, p, newStep("Summing up"), (*dataset.Dataset).Summarize, d)
	if err != nil {
		return err
	}
	tables = slices.DeleteFunc(tables, func(t *dataset.Table) bool { return name != "" && t.Name != name })
	if asJSON {
		var all members
		for _, t := range tables {
			all = append(all, member{t.Name, records(t)})
		}
		return writeJSON(p.out, all)
	}
	most := firstRows
	if name != "" {
		most = tables[0].Rows
	}
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		p.printSummary(t, most, terminalWidth())
	}
	return nil
}

// firstRows is how many rows of a table are printed beside others.
const firstRows = 14

// printSummary prints at most some rows of a summary table, with a bar behind each where one measure leads.
func (p *program) printSummary(t *dataset.Table, most, width int) {
	fmt.Fprintln(p.out, t.Title)
	for _, line := range wrapped(t.Description, width) {
		fmt.Fprintln(p.out, line)
	}
	shown := min(most, t.Rows)
	var text *textTable
	if t.HoldsFigures() {
		text = figuresTable(t)
	} else {
		text = cellsAsText(t, shown)
		text.fit(width)
		addBars(text, t, width-text.width()-len(columnGap))
	}
	fmt.Fprintln(p.out)
	text.write(p.out)
	if hidden := t.Rows - shown; hidden > 0 {
		fmt.Fprintf(p.out, "\n  and %s: haltsheet summary --table %s\n", counted(hidden, "more row"), t.Name)
	}
}

// cellsAsText returns the first rows of a table for a terminal, with words in place of the codes that have them.
func cellsAsText(t *dataset.Table, rows int) *textTable {
	text := &textTable{indent: "  "}
	for i := range t.Columns {
		if t.Columns[i].Words == "" {
			text.header = append(text.header, t.Columns[i].Title)
			text.right = append(text.right, isNumber(&t.Columns[i]))
		}
	}
	for row := range rows {
		var cells []string
		for i := range t.Columns {
			if t.Columns[i].Words == "" {
				cells = append(cells, cellText(t, row, i))
			}
		}
		text.rows = append(text.rows, cells)
	}
	return text
}

// cellText returns a cell for a terminal.
func cellText(t *dataset.Table, row, column int) string {
	text := string(t.Cell(row, column).Append(nil, t.Columns[column].Type))
	if isNumber(&t.Columns[column]) {
		return grouped(text)
	}
	return printable(text)
}

// isNumber reports whether the cells of a column are numbers that count or measure.
func isNumber(c *dataset.Column) bool {
	return !c.Ordinal && (c.Type == dataset.TypeDecimal || c.Type == dataset.TypeInteger)
}

// The widths of bars, in columns of a terminal.
const (
	shortestBar = 8
	longestBar  = 40
)

// addBars adds a column of bars for the measure that leads a table, where there is room for it.
func addBars(text *textTable, t *dataset.Table, room int) {
	if room < shortestBar {
		return
	}
	leads := t.Summary.MeasureColumn(t.Summary.Leads)
	values := make([]float64, len(text.rows))
	for row := range values {
		// An empty cell is no number, and gets no bar.
		values[row], _ = strconv.ParseFloat(string(t.Cell(row, leads).Append(nil, t.Columns[leads].Type)), 64)
	}
	for row := range text.rows {
		text.rows[row] = append(text.rows[row], bar(values[row]/slices.Max(values), min(room, longestBar)))
	}
	text.right = append(text.right, false)
}

// eighths are the blocks that end a bar.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// bar draws a share of 1 as a bar, of at least an eighth of a column where there is something.
func bar(share float64, width int) string {
	if !(share > 0) {
		return ""
	}
	n := max(1, int(share*float64(width)*8+0.5))
	return strings.Repeat("█", n/8) + eighths[n%8]
}

// terminalWidth returns how wide the terminal is, or plainWidth where stdout is none.
func terminalWidth() int {
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && width > 0 {
		return width
	}
	return plainWidth
}

func summaryNames() []string {
	names := make([]string, len(dataset.Summaries))
	for i := range dataset.Summaries {
		names[i] = dataset.Summaries[i].Name
	}
	return names
}
