package workbook

import (
	"haltsheet/dataset"
	"haltsheet/dataset/color"
)

// The look of the workbook. Texts keep the colour that the reader has chosen, on white or on light tints.
const (
	fontName     = "Arial"
	fontSize     = 12
	titleSize    = 16
	subtitleSize = 14
	figureSize   = 20
)

// style is how cells look, whatever the kind of file.
type style struct {
	size         float64 // of the letters, in points
	bold, linked bool    // only links are underlined
	fill         string  // what lies behind the text; empty for nothing
	number       string  // how a number is shown, as SpreadsheetML has it; empty for General
	horizontal   string  // where the text stands in its cell; empty for the default of its type
	vertical     string
	indent       int
	wraps        bool
	// isAmount gives the typeface of amounts, which is that of other numbers, a name of its own: LibreOffice forgets the indent
	// between cells of a row that differ only in how a number is shown.
	isAmount bool
}

// styles are the cell formats of a workbook, by their places in all.
type styles struct {
	all                                                                                                 []style
	coverTitle, coverFigure, coverDetail, title, subtitle, intro, value, coverLink, header, headerRight int
	text, link, day, integer, ordinal, general, boolean                                                 int
	money                                                                                               []int  // by minor units, from 0
	stripe                                                                                              string // what lies behind every other row
}

// numberFormats are the formats of amounts by minor units.
var numberFormats = []string{"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"}

const (
	textFormat = "@"
	dayFormat  = "yyyy-mm-dd"
)

// add adds a format, and returns its place.
func (s *styles) add(one style) int {
	if one.size == 0 {
		one.size = fontSize
	}
	s.all = append(s.all, one)
	return len(s.all) - 1
}

// cell adds the format of cells of a table.
func (s *styles) cell(number, horizontal string, linked bool) int {
	// A number does not wrap: LibreOffice ignores the indent of one that may.
	return s.add(style{linked: linked, number: number, vertical: "top", horizontal: horizontal, indent: 1, wraps: horizontal == "left"})
}

// newStyles returns the formats of a workbook in tints of a hue, on which the reader's own colour is read. A plain one has none.
func newStyles(plain bool, hue color.RGB) styles {
	s := styles{stripe: hue.Toward(color.White, 95).Hex()}
	headerFill := hue.Toward(color.White, 80).Hex()
	tint := func(color string) string {
		if plain {
			return ""
		}
		return color
	}
	header := func(horizontal string) int {
		return s.add(style{bold: true, fill: tint(headerFill), vertical: "center", horizontal: horizontal, indent: 1, wraps: true})
	}
	s.coverTitle = s.add(style{size: titleSize, bold: true, fill: tint(headerFill), vertical: "center", horizontal: "left", indent: 1, wraps: true})
	s.coverFigure = s.add(style{size: figureSize, bold: true, fill: tint(s.stripe), vertical: "top", horizontal: "left", indent: 1, wraps: true})
	s.coverDetail = s.add(style{fill: tint(s.stripe), vertical: "top", horizontal: "left", indent: 1, wraps: true})
	s.title = s.add(style{size: titleSize, bold: true, vertical: "bottom", horizontal: "left", indent: 1})
	s.subtitle = s.add(style{size: subtitleSize, bold: true, vertical: "bottom", horizontal: "left", indent: 1})
	s.intro = s.add(style{vertical: "bottom", horizontal: "left", indent: 1})
	s.value = s.add(style{vertical: "top", horizontal: "left", indent: 1, wraps: true})
	s.coverLink = s.add(style{linked: true, vertical: "top", horizontal: "left", indent: 1, wraps: true})
	s.header, s.headerRight = header("left"), header("right")
	s.text, s.link = s.cell(textFormat, "left", false), s.cell(textFormat, "left", true)
	s.day = s.cell(dayFormat, "left", false)
	s.boolean = s.cell("General", "left", false)
	s.integer = s.cell("#,##0", "right", false)
	s.ordinal = s.cell("0", "left", false)
	s.general = s.cell("General", "right", false)
	for _, format := range numberFormats {
		s.money = append(s.money, s.cell(format, "right", false))
		s.all[s.money[len(s.money)-1]].isAmount = true
	}
	return s
}

// headerOf returns the format of the header of a column: numbers stand right below it.
func (s *styles) headerOf(c *dataset.Column) int {
	if !c.Ordinal && (c.Type == dataset.TypeInteger || c.Type == dataset.TypeDecimal) {
		return s.headerRight
	}
	return s.header
}

// amount returns the format of an amount of a currency; what is no currency counts things.
func (s *styles) amount(currency string) int {
	digits, isCurrency := dataset.MinorUnits(currency)
	if !isCurrency {
		return s.integer
	}
	return s.money[min(digits, len(s.money)-1)]
}

// of returns the format of the cells of a column, or a function for one that changes from row to row; link is nil for a column
// without links.
func (s *styles) of(table *dataset.Table, c *dataset.Column, link func(row int) target) (style int, styleOf func(row int) int) {
	switch c.Type {
	case dataset.TypeDay:
		return s.day, nil
	case dataset.TypeInteger:
		if c.Ordinal {
			return s.ordinal, nil
		}
		return s.integer, nil
	case dataset.TypeBoolean:
		return s.boolean, nil
	case dataset.TypeDecimal:
		at := table.Column(c.Currency)
		switch {
		case c.Currency == "":
			return s.general, nil
		case at < 0:
			return s.amount(c.Currency), nil
		}
		return s.integer, func(row int) int { return s.amount(table.Cell(row, at).Text) }
	case dataset.TypeText, dataset.TypeDate, dataset.TypeList:
	}
	if link == nil {
		return s.text, nil
	}
	return s.text, func(row int) int {
		if link(row) == (target{}) {
			return s.text
		}
		return s.link
	}
}
