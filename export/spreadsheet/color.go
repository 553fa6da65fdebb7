package spreadsheet

import (
	"math"
	"strconv"

	"haltsheet/dataset/color"
)

// Color is a colour as a file states it. Its zero value is automatic: the reader's own.
type Color struct {
	kind  colorKind
	rgb   color.RGB
	index int
	tint  float64
}

type colorKind uint8

const (
	automatic colorKind = iota
	byValue
	byTheme
	byIndex
)

// IsAutomatic reports whether the colour is left to the reader: it is not stated, or the theme's own for texts.
func (c Color) IsAutomatic() bool {
	return c.kind == automatic || c.kind == byTheme && c.index == 1 && c.tint == 0
}

func colorOf(e *element) Color {
	c := Color{tint: e.number("tint")}
	switch {
	case e == nil || e.flag("auto", false):
	case e.attr("rgb") != "":
		value, err := strconv.ParseUint(e.attr("rgb"), 16, 32)
		if err == nil && value > 0 { // openpyxl writes 00000000, which no eye sees, for the automatic colour
			c.kind, c.rgb = byValue, color.RGB(value&0xffffff)
		}
	case e.attr("theme") != "":
		c.kind, c.index = byTheme, e.integer("theme", 0)
	case e.attr("indexed") != "":
		if c.index = e.integer("indexed", 64); c.index < 64 {
			c.kind = byIndex
		}
	}
	return c
}

// RGB returns the value of a colour; false for one that is left to the reader.
func (s *Styles) RGB(c Color) (color.RGB, bool) {
	switch {
	case c.kind == byValue:
		return tinted(c.rgb, c.tint), true
	case c.kind == byTheme && c.index >= 0 && c.index < len(s.theme):
		return tinted(s.theme[c.index], c.tint), true
	case c.kind == byIndex && c.index >= 0:
		return palette[c.index%8], c.index < 16 // the others were never fixed enough to judge
	default:
		return 0, false
	}
}

// palette are the first eight indexed colours, which are repeated once (Part 1, 18.8.27).
var palette = [8]color.RGB{0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0xff00ff, 0x00ffff}

// officeTheme is for workbooks without a theme.
var officeTheme = []color.RGB{0xffffff, 0x000000, 0xe7e6e6, 0x44546a, 0x5b9bd5, 0xed7d31, 0xa5a5a5, 0xffc000, 0x4472c4, 0x70ad47, 0x0563c1, 0x954f72}

// themeColors returns the colours of a theme in the order in which numbers mean them: light before dark.
func themeColors(scheme *element) []color.RGB {
	colors := make([]color.RGB, 12)
	copy(colors, officeTheme)
	for i, name := range []string{"lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"} {
		e := scheme.child(name)
		text := e.child("srgbClr").attr("val")
		if text == "" {
			text = e.child("sysClr").attr("lastClr")
		}
		if value, err := strconv.ParseUint(text, 16, 24); err == nil {
			colors[i] = color.RGB(value)
		}
	}
	return colors
}

// tinted moves a colour towards white or black. Excel does so in HLS; for a judgement of contrast the channels will do.
func tinted(c color.RGB, tint float64) color.RGB {
	if tint == 0 || math.IsNaN(tint) {
		return c
	}
	channel := func(shift uint) color.RGB {
		v := float64(c >> shift & 0xff)
		if tint < 0 {
			v *= 1 + max(tint, -1)
		} else {
			v += (255 - v) * min(tint, 1)
		}
		return color.RGB(math.Round(v)) << shift
	}
	return channel(16) | channel(8) | channel(0)
}
