package verify

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"haltsheet/dataset/pattern"
	data "haltsheet/export/book"
	"haltsheet/export/spreadsheet"
)

func checkPanes(b *book, report reporter) {
	for _, p := range b.pages {
		for _, view := range p.layout.Views {
			switch {
			case view.Frozen:
				report(p, firstCell, "panes are frozen")
			case view.Split:
				report(p, firstCell, "the sheet is split")
			}
		}
	}
}

func checkHidden(b *book, report reporter) {
	for _, p := range b.pages {
		if p.State != spreadsheet.Visible {
			report(p, firstCell, "the sheet is hidden")
		}
		if rows := p.layout.HiddenRows; len(rows) > 0 {
			report(p, spreadsheet.Ref{Row: rows[0], Column: 1}, "%s", isAre(len(rows), "row")+" hidden")
		}
		n, at := 0, firstCell
		for _, c := range p.layout.Columns {
			if !c.Hidden || c.From < 1 || c.From > max(p.last.Column, 1) {
				continue // columns behind the last are often hidden to tidy up, and hide nothing
			}
			if n == 0 {
				at.Column = c.From
			}
			n += min(c.To, p.last.Column) - c.From + 1
		}
		if n > 0 {
			report(p, at, "%s", isAre(n, "column")+" hidden")
		}
	}
}

// isAre returns a number of things with its verb.
func isAre(n int, thing string) string {
	if n == 1 {
		return "1 " + thing + " is"
	}
	return fmt.Sprintf("%d %ss are", n, thing)
}

func checkWidths(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		unset, at := 0, g.ref.From
		for number, c := range g.columns {
			if c == nil {
				continue
			}
			switch width := p.width(number); {
			case width == 0:
				if unset++; unset == 1 {
					at.Column = number
				}
			case float64(min(c.longest, widestWord)) > width*perDigit:
				report(p, c.token, "a word of %d characters, in a column of %g", c.longest, width)
			}
		}
		if unset > 0 {
			report(p, at, "%s the width that every column has", haveHas(unset, "column"))
		}
	})
}

// widestWord is how many letters fit into the widest column that a table can be read with, of 60 digits: of a longer word a part
// stands on the next line in any case.
const widestWord = 60 * 9 / 8

// perDigit is how many letters stand where a digit does, by which widths are measured.
const perDigit = 9.0 / 8

func haveHas(n int, thing string) string {
	if n == 1 {
		return "1 " + thing + " has"
	}
	return fmt.Sprintf("%d %ss have", n, thing)
}

// width returns the width of a column, or 0 where it was not chosen.
func (p *page) width(number int) float64 {
	for _, c := range p.layout.Columns {
		if c.From <= number && number <= c.To && (c.Custom || c.Width > 0) {
			return c.Width
		}
	}
	return 0
}

func fontProblem(_ *page, c *cell) string {
	if !c.isFilled() {
		return ""
	}
	return c.look.fontProblem
}

func colorProblem(p *page, c *cell) string {
	if c.isFilled() && !c.look.font.Color.IsAutomatic() && (p.profile != data.Analyst || c.look.Fill.IsEmpty()) {
		return "the text has a colour"
	}
	return ""
}

// isFilled reports whether there is something to be seen in the cell.
func (c *cell) isFilled() bool { return c.Kind != spreadsheet.Blank && c.Value != "" }

func emphasisProblem(p *page, c *cell) string {
	switch {
	case !c.isFilled():
		return ""
	case c.look.font.Italic, slices.ContainsFunc(c.Runs, func(run spreadsheet.Run) bool { return run.Font.Italic }):
		return "the text is italic"
	case !p.quotes && c.isText() && !c.isBody() && isShouted(c.Value):
		return "the text is all in capitals"
	default:
		return ""
	}
}

func underlineProblem(_ *page, c *cell) string {
	if c.isFilled() && (c.look.font.Underline != "" || slices.ContainsFunc(c.Runs, func(run spreadsheet.Run) bool { return run.Font.Underline != "" })) {
		return "the text is underlined"
	}
	return ""
}

// isShouted reports whether a text of several words is all in capitals; one word alone may be an abbreviation.
func isShouted(text string) bool {
	words := 0
	for word := range strings.FieldsSeq(text) {
		letters := 0
		for _, r := range word {
			if unicode.IsLower(r) {
				return false
			}
			if unicode.IsUpper(r) {
				letters++
			}
		}
		if letters > 2 {
			words++
		}
	}
	return words > 1
}

func fillProblem(_ *page, c *cell) string {
	switch {
	case !c.look.Fill.IsEmpty():
		return "the cell has a background"
	case c.look.Borders > 0:
		return "the cell has a border"
	default:
		return ""
	}
}

func redProblem(_ *page, c *cell) string {
	if c.Kind != spreadsheet.Number {
		return ""
	}
	return c.look.redProblem
}

func checkConditions(b *book, report reporter) {
	eachCondition(b, func(p *page, c *spreadsheet.Condition, at spreadsheet.Ref) {
		switch {
		case c.Type == "colorScale":
			report(p, at, "a colour scale tells values by colour alone")
		case !isStripe(c) && onlyColors(c.Format):
			report(p, at, "a conditional format only colours")
		}
	})
}

// checkStripes looks for backgrounds that a condition gives without looking at a value.
func checkStripes(b *book, report reporter) {
	eachCondition(b, func(p *page, c *spreadsheet.Condition, at spreadsheet.Ref) {
		if isStripe(c) && c.Format != nil && !c.Format.Fill.IsEmpty() {
			report(p, at, "a conditional format gives cells a background")
		}
	})
}

func eachCondition(b *book, visit func(p *page, c *spreadsheet.Condition, at spreadsheet.Ref)) {
	for _, p := range b.pages {
		for i := range p.layout.Conditions {
			c, at := &p.layout.Conditions[i], firstCell
			if len(c.Ranges) > 0 {
				at = c.Ranges[0].From
			}
			visit(p, c, at)
		}
	}
}

// looksAtCell finds a reference in a formula.
var looksAtCell = pattern.New(`\$?[A-Za-z]{1,3}\$?[0-9]|[\[!]|(?i)INDIRECT|OFFSET`)

// isStripe reports whether a condition depends on where a cell is, and not on what any cell holds.
func isStripe(c *spreadsheet.Condition) bool {
	return c.Type == "expression" && !looksAtCell().MatchString(c.Formula)
}

// onlyColors reports whether a format changes nothing but colours.
func onlyColors(f *spreadsheet.Format) bool {
	if f == nil || f.Font.Bold || f.Font.Underline != "" || f.Font.Strike || f.Borders > 0 || f.Number != "" {
		return false
	}
	return !f.Fill.IsEmpty() || !f.Font.Color.IsAutomatic()
}

func contrastProblem(_ *page, c *cell) string {
	if !c.isFilled() {
		return ""
	}
	return c.look.contrastProblem
}

// anchorOf returns the cell under an object.
func anchorOf(o *spreadsheet.Object) spreadsheet.Ref {
	if o.Anchor.Row == 0 {
		return firstCell
	}
	return o.Anchor
}

func checkFloating(b *book, report reporter) {
	for _, p := range b.pages {
		if n := len(p.layout.HeaderFooter); n > 0 {
			report(p, firstCell, "the sheet has a header or footer")
		}
		for i := range p.Objects {
			if o := &p.Objects[i]; o.Kind != spreadsheet.Picture {
				report(p, anchorOf(o), "a %s floats above the cells", o.Kind)
			}
		}
	}
}

func checkPictures(b *book, report reporter) {
	for _, p := range b.pages {
		for i := range p.Objects {
			o := &p.Objects[i]
			isTold := o.Decorative || strings.TrimSpace(o.Description) != ""
			switch {
			case o.Kind == spreadsheet.Picture && b.profile != data.Analyst:
				report(p, anchorOf(o), "the sheet has a picture")
			case !isTold:
				report(p, anchorOf(o), "the %s %q has no alternative text", o.Kind, o.Name)
			}
		}
	}
}
