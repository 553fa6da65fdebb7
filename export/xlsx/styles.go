package xlsx

import (
	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
)

// The look of the workbook. Texts keep the colour that the reader has chosen, on white or on light tints.
const (
	fontName     = "Arial"
	fontSize     = 12
	titleSize    = 16
	subtitleSize = 14
	figureSize   = 20
	headerFill   = "CFDCEB"
	stripe       = "F3F6FA"
)

// styles are the cell formats of a workbook, by their numbers in it.
type styles struct {
	coverTitle, coverFigure, title, subtitle, intro, value, coverLink, header, headerRight int
	text, link, day, integer, ordinal, general, boolean                                    int
	money                                                                                  []int // by minor units, from 0
}

// numberFormats are the formats of amounts by minor units.
var numberFormats = []string{"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"}

const (
	textFormat = "@"
	dayFormat  = "yyyy-mm-dd"
)

// styler adds formats to a workbook, up to the first error.
type styler struct {
	file  *excelize.File
	plain bool
	err   error
}

func (t *styler) add(style *excelize.Style) (id int) {
	if t.err == nil {
		id, t.err = t.file.NewStyle(style)
	}
	return id
}

// font returns a font; only links are underlined.
func font(size float64, bold, linked bool) *excelize.Font {
	font := &excelize.Font{Family: fontName, Size: size, Bold: bold}
	if linked {
		font.Underline = "single"
	}
	return font
}

// cell adds the format of cells of a table.
func (t *styler) cell(format, horizontal string, linked bool) int {
	return t.add(&excelize.Style{
		Font: font(fontSize, false, linked), CustomNumFmt: &format,
		// A number does not wrap: LibreOffice takes the indent of one that might.
		Alignment: &excelize.Alignment{Vertical: "top", Horizontal: horizontal, Indent: 1, WrapText: horizontal == "left"},
	})
}

func (t *styler) header(horizontal string) int {
	style := &excelize.Style{
		Font:      font(fontSize, true, false),
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: horizontal, Indent: 1, WrapText: true},
	}
	return t.add(t.tinted(style, headerFill))
}

// tinted fills the cells of a style with a tint, unless the workbook is plain.
func (t *styler) tinted(style *excelize.Style, color string) *excelize.Style {
	if !t.plain {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	return style
}

// newStyles adds the formats of a workbook.
func newStyles(f *excelize.File, plain bool) (styles, error) {
	t := &styler{file: f, plain: plain}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	s := styles{
		coverTitle:  t.add(t.tinted(&excelize.Style{Font: font(titleSize, true, false), Alignment: wrapped}, headerFill)),
		coverFigure: t.add(t.tinted(&excelize.Style{Font: font(figureSize, true, false), Alignment: wrapped}, stripe)),
		title:       t.add(&excelize.Style{Font: font(titleSize, true, false)}),
		subtitle:    t.add(&excelize.Style{Font: font(subtitleSize, true, false)}),
		intro:       t.add(&excelize.Style{Font: font(fontSize, false, false)}),
		value:       t.add(&excelize.Style{Font: font(fontSize, false, false), Alignment: wrapped}),
		coverLink:   t.add(&excelize.Style{Font: font(fontSize, false, true), Alignment: wrapped}),
		header:      t.header("left"),
		headerRight: t.header("right"),
		text:        t.cell(textFormat, "left", false),
		link:        t.cell(textFormat, "left", true),
		day:         t.cell(dayFormat, "left", false),
		boolean:     t.cell("General", "left", false),
		integer:     t.cell("#,##0", "right", false),
		ordinal:     t.cell("0", "left", false),
		general:     t.cell("General", "right", false),
	}
	for _, format := range numberFormats {
		s.money = append(s.money, t.cell(format, "right", false))
	}
	return s, t.err
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
