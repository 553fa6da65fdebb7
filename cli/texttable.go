package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// plainWidth is how wide lines are where there is no terminal to ask.
const plainWidth = 80

// columnGap stands between columns.
const columnGap = "  "

// textTable is a table of aligned columns for a terminal.
type textTable struct {
	indent string
	header []string // may be nil
	rows   [][]string
	right  []bool // the columns to align right
}

// write writes the table. Spaces at the ends of lines are left out.
func (t *textTable) write(w io.Writer) {
	widths := t.widths()
	for _, row := range t.lines() {
		var line strings.Builder
		line.WriteString(t.indent)
		for i, cell := range row {
			if i > 0 {
				line.WriteString(columnGap)
			}
			padding := strings.Repeat(" ", widths[i]-columns(cell))
			if i < len(t.right) && t.right[i] {
				line.WriteString(padding + cell)
			} else {
				line.WriteString(cell + padding)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// lines returns the header, if there is one, in as many lines as its cells have, and the rows.
func (t *textTable) lines() (lines [][]string) {
	for i, title := range t.header {
		for j, text := range strings.Split(title, "\n") {
			if j == len(lines) {
				lines = append(lines, make([]string, len(t.header)))
			}
			lines[j][i] = text
		}
	}
	return append(lines, t.rows...)
}

// widths returns the width of each column.
func (t *textTable) widths() []int {
	var widths []int
	for _, row := range t.lines() {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	return widths
}

// width returns the width of the whole table.
func (t *textTable) width() int {
	sum := len(t.indent)
	for i, width := range t.widths() {
		if i > 0 {
			sum += len(columnGap)
		}
		sum += width
	}
	return sum
}

// fit breaks the header between words, and then shortens the widest column that is aligned left, until the table is no wider
// than some columns of a terminal.
func (t *textTable) fit(most int) {
	if t.width() > most {
		t.breakHeader()
	}
	over := t.width() - most
	if over <= 0 {
		return
	}
	widest, widths := -1, t.widths()
	for i, width := range widths {
		if !t.right[i] && (widest < 0 || width > widths[widest]) {
			widest = i
		}
	}
	if widest < 0 {
		return
	}
	for _, row := range t.rows {
		row[widest] = shortened(row[widest], max(widths[widest]-over, shortestCell))
	}
}

// breakHeader breaks each title into lines no longer than the cells below it, or than its longest word.
func (t *textTable) breakHeader() {
	cells := (&textTable{rows: t.rows}).widths()
	for i, title := range t.header {
		most := 0
		if i < len(cells) {
			most = cells[i]
		}
		for word := range strings.FieldsSeq(title) {
			most = max(most, columns(word))
		}
		t.header[i] = strings.Join(wrapped(title, most), "\n")
	}
}

// shortestCell is how much of a cell remains when a table is made to fit.
const shortestCell = 12

// shortened returns a text cut to some columns of a terminal, with an ellipsis where something is missing.
func shortened(text string, most int) string {
	if columns(text) <= most {
		return text
	}
	used := 1 // the ellipsis
	for i, r := range text {
		if used += columnsOf(r); used > most {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

// columns returns how many columns of a terminal a text takes.
func columns(text string) (n int) {
	for _, r := range text {
		n += columnsOf(r)
	}
	return n
}

func columnsOf(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// wrapped breaks a text between words into lines of at most some columns.
func wrapped(text string, most int) []string { return joined(strings.Fields(text), most) }

// joined joins words with spaces into lines of at most some columns.
func joined(words []string, most int) (lines []string) {
	line := ""
	for _, word := range words {
		if line != "" && columns(line)+1+columns(word) > most {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
