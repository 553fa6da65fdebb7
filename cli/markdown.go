package cli

import (
	"fmt"
	"io"
	"strings"
)

// markdown is a table in Markdown whose columns are aligned but for the last, so that it reads well as plain text.
type markdown struct {
	header []string
	rows   [][]string
}

func (m *markdown) write(w io.Writer) {
	lines := make([][]string, 0, len(m.rows)+2)
	lines = append(lines, m.header, make([]string, len(m.header)))
	for _, row := range m.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.NewReplacer("|", `\|`, "\n", " ").Replace(printable(cell))
		}
		lines = append(lines, cells)
	}
	widths := (&textTable{rows: lines}).widths()
	last := len(m.header) - 1
	for i := range m.header {
		if i == last {
			widths[i] = columns(m.header[i])
		}
		lines[1][i] = strings.Repeat("-", widths[i])
	}
	for _, cells := range lines {
		for i, cell := range cells {
			fmt.Fprint(w, "| ", cell, strings.Repeat(" ", max(0, widths[i]-columns(cell))), " ")
		}
		fmt.Fprintln(w, "|")
	}
}
