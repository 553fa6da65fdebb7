package verify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"haltsheet/export/ooxml"
)

func checkPanes(b *book, report reporter) {
	for _, p := range b.pages {
		for _, view := range p.layout.Views {
			switch {
			case view.Frozen:
				report(p, first, "panes are frozen")
			case view.Split:
				report(p, first, "the sheet is split")
			}
		}
	}
}

func checkHidden(b *book, report reporter) {
	for _, p := range b.pages {
		if p.State != ooxml.Visible {
			report(p, first, "the sheet is hidden")
		}
		if rows := p.layout.HiddenRows; len(rows) > 0 {
			report(p, ooxml.Ref{Row: rows[0], Column: 1}, "%s", isAre(len(rows), "row")+" hidden")
		}
		n, at := 0, first
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
		for _, number := range slices.Sorted(maps.Keys(g.columns)) {
			c := g.columns[number]
			switch width := p.width(number); {
			case width == 0:
				if unset++; unset == 1 {
					at.Column = number
				}
			case float64(c.longest) > width*perDigit:
				report(p, c.token, "a word of %d characters, in a column of %g", c.longest, width)
			}
		}
		if unset > 0 {
			report(p, at, "%s the width that every column has", haveHas(unset, "column"))
		}
	})
}

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

// sansSerif are typefaces without serifs that do not say so by their family or their name.
var sansSerif = pattern(`(?i)sans|gothic|grotesk|^(arial|aptos|avenir|calibri|candara|carlito|corbel|franklin|frutiger|futura|gill|helvetica|inter|lato|lucida|myriad|open|roboto|segoe|tahoma|trebuchet|ubuntu|univers|verdana)\b`)

func fontProblem(p *page, c *cell) string {
	if !c.isFilled() {
		return ""
	}
	switch font := c.font; {
	case font.Size > 0 && font.Size < 12:
		return fmt.Sprintf("the text is %g points high", font.Size)
	case font.Name != "" && font.Family != 2 && !sansSerif().MatchString(font.Name):
		return fmt.Sprintf("the typeface %q has serifs", font.Name)
	case !font.Color.IsAutomatic() && !c.isLink && (p.profile != Analyst || c.format.Fill.IsEmpty()):
		return "the text has a colour"
	default:
		return ""
	}
}

// isFilled reports whether there is something to be seen in the cell.
func (c *cell) isFilled() bool { return c.Kind != ooxml.Blank && c.Value != "" }

func emphasisProblem(_ *page, c *cell) string {
	if !c.isFilled() {
		return ""
	}
	fonts := []ooxml.Font{c.font}
	for _, run := range c.Runs {
		fonts = append(fonts, run.Font)
	}
	for _, font := range fonts {
		switch {
		case font.Italic:
			return "the text is italic"
		case font.Underline != "" && !c.isLink:
			return "the text is underlined"
		}
	}
	if c.isText() && !c.isBody() && isShouted(c.Value) {
		return "the text is all in capitals"
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
	case !c.format.Fill.IsEmpty():
		return "the cell has a background"
	case c.format.Borders > 0:
		return "the cell has a border"
	default:
		return ""
	}
}

var colorSection = pattern(`(?i)\[(red|color ?\d+|blue|green|magenta|yellow|cyan)\]`)

// redProblem looks for negative numbers that only a colour tells from others.
func redProblem(_ *page, c *cell) string {
	if c.Kind != ooxml.Number {
		return ""
	}
	sections := strings.Split(string(c.format.Number), ";")
	if len(sections) < 2 || !colorSection().MatchString(sections[1]) {
		return ""
	}
	if rest := colorSection().ReplaceAllString(sections[1], ""); !strings.ContainsAny(rest, "-(−–") {
		return "negative numbers are told by colour alone"
	}
	return ""
}

func checkConditions(b *book, report reporter) {
	eachCondition(b, func(p *page, c *ooxml.Condition, at ooxml.Ref) {
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
	eachCondition(b, func(p *page, c *ooxml.Condition, at ooxml.Ref) {
		if isStripe(c) && c.Format != nil && !c.Format.Fill.IsEmpty() {
			report(p, at, "a conditional format gives cells a background")
		}
	})
}

func eachCondition(b *book, visit func(p *page, c *ooxml.Condition, at ooxml.Ref)) {
	for _, p := range b.pages {
		for i := range p.layout.Conditions {
			c, at := &p.layout.Conditions[i], first
			if len(c.Ranges) > 0 {
				at = c.Ranges[0].From
			}
			visit(p, c, at)
		}
	}
}

// looksAtCell finds a reference in a formula.
var looksAtCell = pattern(`\$?[A-Za-z]{1,3}\$?[0-9]|[\[!]|(?i)INDIRECT|OFFSET`)

// isStripe reports whether a condition depends on where a cell is, and not on what any cell holds.
func isStripe(c *ooxml.Condition) bool {
	return c.Type == "expression" && !looksAtCell().MatchString(c.Formula)
}

// onlyColors reports whether a format changes nothing but colours.
func onlyColors(f *ooxml.Format) bool {
	if f == nil || f.Font.Bold || f.Font.Underline != "" || f.Font.Strike || f.Borders > 0 || f.Number != "" {
		return false
	}
	return !f.Fill.IsEmpty() || !f.Font.Color.IsAutomatic()
}

// contrastProblem compares text and background. What is automatic is black on white, as nearly everywhere.
func contrastProblem(p *page, c *cell) string {
	if !c.isFilled() || c.format.Font.Color.IsAutomatic() && c.format.Fill.IsEmpty() {
		return ""
	}
	ink, paper := ooxml.RGB(0x000000), ooxml.RGB(0xffffff)
	if rgb, known := p.styles.RGB(c.font.Color); known && !c.font.Color.IsAutomatic() {
		ink = rgb
	}
	if rgb, known := p.styles.RGB(c.format.Fill.Color); known && !c.format.Fill.IsEmpty() {
		paper = rgb
	}
	if contrast := ooxml.Contrast(ink, paper); contrast < 4.5 {
		return fmt.Sprintf("the contrast is %.1f to 1", contrast)
	}
	return ""
}

// anchorOf returns the cell under an object.
func anchorOf(o *ooxml.Object) ooxml.Ref {
	if o.Anchor.Row == 0 {
		return first
	}
	return o.Anchor
}

func checkFloating(b *book, report reporter) {
	for _, p := range b.pages {
		if n := len(p.layout.HeaderFooter); n > 0 {
			report(p, first, "the sheet has a header or footer")
		}
		for i := range p.Objects {
			if o := &p.Objects[i]; o.Kind != ooxml.Picture {
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
			case o.Kind == ooxml.Picture && b.profile != Analyst:
				report(p, anchorOf(o), "the sheet has a picture")
			case !isTold:
				report(p, anchorOf(o), "the %s %q has no alternative text", o.Kind, o.Name)
			}
		}
	}
}
