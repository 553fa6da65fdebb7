package chart

import (
	"encoding/xml"
	"fmt"
	"math/bits"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/color"
)

// Drawing is a chart of a table as SVG 1.1.
type Drawing struct {
	Chart *Chart
	Table *dataset.Table
	// Width is how wide it is, in pixels; below Narrow it is laid out for a phone.
	Width int
	// Hue is the colour of bars, Accent that of lines.
	Hue, Accent color.RGB
	// ID begins the ids in the drawing, so that several can stand in one document.
	ID string
}

// Narrow is the width in pixels below which labels stand above bars rather than beside them.
const Narrow = 480

// The look of drawings. Colours are attributes, so that a drawing stands for itself, and classes, so that a page can
// give it others.
const (
	fontFamily = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
	fontSize   = 13
	paperColor = "#ffffff"
	inkColor   = "#1f2937"
	quietColor = "#5b6472"
	gridColor  = "#d9dee5"
)

// tenths is a length in tenths of a pixel. Lengths are whole numbers, so that every machine draws the same.
type tenths int64

func px(pixels int) tenths { return tenths(pixels) * 10 }

// String returns the length in pixels as SVG takes it.
func (t tenths) String() string {
	if t%10 == 0 {
		return fmt.Sprint(int64(t / 10))
	}
	return fmt.Sprintf("%d.%d", t/10, t%10)
}

// shareOf returns the part of a length that a value is of the greatest one; neither is negative.
func shareOf(length tenths, value, greatest int64) tenths {
	if greatest <= 0 {
		return 0
	}
	high, low := bits.Mul64(uint64(length), uint64(min(value, greatest)))
	part, _ := bits.Div64(high, low, uint64(greatest))
	return tenths(part)
}

// canvas is a drawing in the making.
type canvas struct {
	Drawing
	b      []byte
	height tenths
}

// SVG returns the drawing, with its title, its description and the role of a picture. The table has at least one row.
func (d Drawing) SVG() []byte {
	c := &canvas{Drawing: d}
	if d.Chart.Line != "" {
		c.timeline()
	} else {
		c.bars()
	}
	head := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %s" width="%[1]d" height="%[2]s" role="img" aria-labelledby="%[3]s-title %[3]s-desc" font-family="%[4]s" font-size="%[5]d">`,
		d.Width, c.height, d.ID, fontFamily, fontSize)
	head = fmt.Appendf(head, `<title id="%s-title">%s</title><desc id="%[1]s-desc">%[3]s</desc>`,
		d.ID, escape(d.Chart.Heading(d.Table)), escape(d.Chart.Describe(d.Table)))
	head = fmt.Appendf(head, `<rect class="paper" width="%d" height="%s" fill="%s"/>`, d.Width, c.height, paperColor)
	return append(append(head, c.b...), "</svg>\n"...)
}

func (c *canvas) isNarrow() bool { return c.Width < Narrow }

// add appends an element whose texts are escaped already.
func (c *canvas) add(format string, args ...any) { c.b = fmt.Appendf(c.b, format, args...) }

// text appends a text of a class at a place.
func (c *canvas) text(class, color string, x, y tenths, anchor, attributes, text string) {
	c.add(`<text class="%s" fill="%s" x="%s" y="%s"`, class, color, x, y)
	if anchor != "" {
		c.add(` text-anchor="%s"`, anchor)
	}
	c.add(`%s>%s</text>`, attributes, escape(text))
}

// number returns the number in a column of a row.
func (c *canvas) number(row int, field string) dataset.Decimal {
	return c.Table.Cell(row, c.Table.Column(field)).Number
}

// label returns the words in a column of a row.
func (c *canvas) label(row int, field string) string {
	return c.Table.Cell(row, c.Table.Column(field)).Text
}

// greatest returns the greatest number in a column of the rows that are drawn.
func (c *canvas) greatest(field string) (most int64) {
	for row := range c.Chart.Rows(c.Table) {
		most = max(most, c.number(row, field).Coefficient())
	}
	return most
}

// The measures of horizontal bars, in pixels.
const (
	barStep     = 27 // from bar to bar
	barThick    = 17
	groupHead   = 24 // what the name of a group takes
	labelAbove  = 17 // what a label above a bar takes
	labelGap    = 8
	valueWidth  = 64
	captionHigh = 26
	letterWidth = 7 // about, of the font
)

// bars draws horizontal bars, each with its label and its value; those of a group stand together.
func (c *canvas) bars() {
	left := c.labelWidth()
	length := px(c.Width-valueWidth) - left
	most := c.greatest(c.Chart.Bars)
	y := px(4)
	for _, group := range c.groups() {
		if group.name != "" {
			c.text("group", inkColor, 0, y+px(16), "", ` font-weight="600"`, fitText(group.name, c.Width/letterWidth))
			y += px(groupHead)
		}
		for _, row := range group.rows {
			label := c.label(row, c.Chart.Label)
			if c.isNarrow() {
				c.text("label", inkColor, 0, y+px(13), "", "", fitText(label, c.Width/letterWidth))
				y += px(labelAbove)
			} else {
				c.text("label", inkColor, left-px(labelGap), y+px(13), "end", "", fitText(label, int(left/10)/letterWidth))
			}
			value := c.number(row, c.Chart.Bars)
			long := shareOf(length, value.Coefficient(), most)
			if value.IsPositive() {
				long = max(long, px(1))
			}
			c.add(`<rect class="bar" fill="%s" x="%s" y="%s" width="%s" height="%d" rx="2"/>`, c.Hue, left, y, long, barThick)
			c.text("value", inkColor, left+long+px(6), y+px(13), "", "", c.value(value))
			y += px(barStep)
		}
		if group.name != "" {
			y += px(6)
		}
	}
	c.text("caption", quietColor, left, y+px(12), "", ` font-size="12"`, c.Chart.Values)
	c.height = y + px(captionHigh-4)
}

// group is rows that have something in common, by its name; empty where there is nothing.
type group struct {
	name string
	rows []int
}

// groups returns the rows that are drawn, grouped as they first come.
func (c *canvas) groups() (groups []*group) {
	for row := range c.Chart.Rows(c.Table) {
		name := ""
		if c.Chart.With != "" {
			name = c.label(row, c.Chart.With)
		}
		at := -1
		for i, g := range groups {
			if g.name == name {
				at = i
			}
		}
		if at < 0 {
			at, groups = len(groups), append(groups, &group{name: name})
		}
		groups[at].rows = append(groups[at].rows, row)
	}
	return groups
}

// labelWidth returns where bars begin: behind the longest label, but before the middle.
func (c *canvas) labelWidth() tenths {
	if c.isNarrow() {
		return 0
	}
	longest := 0
	for row := range c.Chart.Rows(c.Table) {
		longest = max(longest, len([]rune(c.label(row, c.Chart.Label))))
	}
	return min(px(longest*letterWidth+labelGap+4), px(c.Width)*2/5)
}

// value returns what stands at a bar.
func (c *canvas) value(v dataset.Decimal) string {
	if !c.Chart.Millions {
		return v.Grouped()
	}
	if !v.IsPositive() {
		return "0"
	}
	unit := int64(100_000)
	for range v.Scale() {
		unit *= 10
	}
	if n := (v.Coefficient() + unit/2) / unit; n > 0 {
		return dataset.NewDecimal(n, 1).Grouped()
	}
	return "under 0.1"
}

// fitText shortens a text to about as many letters as there is room for. The table beside the chart has it in full.
func fitText(text string, letters int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= letters {
		return string(runes)
	}
	return strings.TrimRight(string(runes[:letters-1]), " ") + "…"
}

// escape returns a text as XML holds it, in elements and attributes.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}
