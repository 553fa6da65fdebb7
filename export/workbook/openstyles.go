package workbook

import (
	"slices"
	"strconv"
	"strings"
)

// The first letters of a style's name say what it is for: cells, cells in a sheet with stripes, numbers, columns, rows, tables, pages.
const (
	cellPrefix   = "cell"
	numberPrefix = "number"
	columnPrefix = "width"
	rowPrefix    = "high"
	tablePrefix  = "sheet_"
	pagePrefix   = "page_"
	footPrefix   = "foot_"
	stripeName   = "Stripe"
)

// cellStyle returns the name of a format: in a sheet, unless the workbook is plain, of its variant with stripes.
func (w *openBook) cellStyle(s *sheet, style int) string {
	name := cellPrefix + strconv.Itoa(style)
	if s == nil || isPlain(w.book) {
		return name
	}
	return name + "_" + s.name
}

// amountFont is the typeface of amounts by a name of its own.
const amountFont = fontName + " for amounts"

// fontFaces declare the one typeface by its two names.
func (w *openBook) fontFaces(m *markup) {
	m.start("office:font-face-decls")
	m.empty("style:font-face", "style:name", fontName, "svg:font-family", fontName, "style:font-family-generic", "swiss")
	m.empty("style:font-face", "style:name", amountFont, "svg:font-family", fontName)
	m.end(1)
}

// automaticStyles declare the formats of the content.
func (w *openBook) automaticStyles(m *markup) {
	m.start("office:automatic-styles")
	for i := range w.styles.all {
		w.numberStyle(m, i)
	}
	for _, width := range w.widths() {
		m.start("style:style", "style:name", columnPrefix+strconv.Itoa(width), "style:family", "table-column")
		m.empty("style:table-column-properties", "style:column-width", points(width*digitPixels*3/4))
		m.end(1)
	}
	for _, height := range w.heights() {
		m.start("style:style", "style:name", rowPrefix+strconv.Itoa(height), "style:family", "table-row")
		m.empty("style:table-row-properties", "style:row-height", points(height), "style:use-optimal-row-height", "false")
		m.end(1)
	}
	for _, name := range w.names {
		m.start("style:style", "style:name", tablePrefix+name, "style:family", "table", "style:master-page-name", pagePrefix+name)
		m.empty("style:table-properties", "table:display", "true", "style:writing-mode", "lr-tb")
		m.end(1)
	}
	for i := range w.styles.all {
		w.cellFormat(m, nil, i)
	}
	for _, s := range w.sheets {
		if !isPlain(w.book) {
			for _, i := range w.usedIn(s) {
				w.cellFormat(m, s, i)
			}
		}
	}
	m.end(1)
}

func points(n int) string { return strconv.Itoa(n) + "pt" }

// widths returns the widths of all columns in characters, each once.
func (w *openBook) widths() []int {
	widths := []int{coverWidth, emptyWidth}
	for _, s := range w.sheets {
		for i := range s.columns {
			widths = append(widths, s.columns[i].width)
		}
	}
	return unique(widths)
}

// heights returns the heights in points that rows have, each once.
func (w *openBook) heights() []int {
	heights := []int{titleHeight, lineHeight}
	for height := lineHeight + rowPadding; height < maxHeight; height += lineHeight {
		heights = append(heights, height)
	}
	heights = append(heights, maxHeight)
	for i := range w.cover {
		heights = append(heights, w.cover[i].height)
	}
	for _, s := range w.sheets {
		heights = append(heights, s.headerHeight())
	}
	return unique(heights)
}

func unique(numbers []int) []int {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// usedIn returns the formats that the cells of a sheet may have.
func (w *openBook) usedIn(s *sheet) (used []int) {
	for i := range s.columns {
		c := &s.columns[i]
		used = append(used, c.style, s.newCells(c))
		if c.styleOf != nil && c.link != nil {
			used = append(used, w.styles.text, w.styles.link)
		} else if c.styleOf != nil {
			used = append(append(used, w.styles.integer), w.styles.money...)
		}
	}
	return unique(used)
}

// numberStyle declares how the numbers of a format are shown.
func (w *openBook) numberStyle(m *markup, i int) {
	format, name := w.styles.all[i].number, numberPrefix+strconv.Itoa(i)
	start := func(kind string) { m.start("number:"+kind+"-style", "style:name", name) }
	switch {
	case format == "":
		return
	case i == w.styles.boolean:
		start("boolean")
		m.empty("number:boolean")
	case format == textFormat:
		start("text")
		m.empty("number:text-content")
	case format == dayFormat:
		start("date")
		m.empty("number:year", "number:style", "long")
		m.element("number:text", "-")
		m.empty("number:month", "number:style", "long")
		m.element("number:text", "-")
		m.empty("number:day", "number:style", "long")
	case format == "General":
		start("number")
		m.empty("number:number", "number:min-integer-digits", "1")
	default:
		start("number")
		_, decimals, _ := strings.Cut(format, ".")
		places, grouping := strconv.Itoa(len(decimals)), ""
		if strings.Contains(format, ",") {
			grouping = "true"
		}
		m.empty("number:number", "number:decimal-places", places, "number:min-decimal-places", places, "number:min-integer-digits", "1", "number:grouping", grouping)
	}
	m.end(1)
}

// cellFormat declares a format: of a sheet with stripes those of the rows of its table.
func (w *openBook) cellFormat(m *markup, s *sheet, i int) {
	format, number := &w.styles.all[i], ""
	if format.number != "" {
		number = numberPrefix + strconv.Itoa(i)
	}
	m.start("style:style", "style:name", w.cellStyle(s, i), "style:family", "table-cell", "style:parent-style-name", "Default", "style:data-style-name", number)
	format.open(m)
	if s != nil {
		rows := "AND(MOD(ROW();2)=0;ROW()>=" + strconv.Itoa(rowFirst) + ";ROW()<=" + strconv.Itoa(s.lastRow()) + ")"
		m.empty("style:map", "style:condition", "is-true-formula("+rows+")", "style:apply-style-name", stripeName, "style:base-cell-address", s.name+".A"+strconv.Itoa(rowFirst))
	}
	m.end(1)
}

// indentPoints is how far a step of an indent moves a text.
const indentPoints = 10

// open adds the properties of a format.
func (s *style) open(m *markup) {
	fill, vertical, wraps := "", s.vertical, ""
	if s.fill != "" {
		fill = "#" + strings.ToLower(s.fill)
	}
	if vertical == "center" {
		vertical = "middle"
	}
	if s.wraps {
		wraps = "wrap"
	}
	source, indent, align := "", "", ""
	if s.horizontal != "" {
		source, align, indent = "fix", map[string]string{"left": "start", "right": "end"}[s.horizontal], points(s.indent*indentPoints)
	}
	m.empty("style:table-cell-properties", "fo:background-color", fill, "style:vertical-align", vertical, "fo:wrap-option", wraps, "style:text-align-source", source)
	m.empty("style:paragraph-properties", "fo:text-align", align, "fo:margin-left", indent)
	face, weight, line, width := "", "", "", ""
	if s.isAmount {
		face = amountFont
	}
	if s.bold {
		weight = "bold"
	}
	if s.linked {
		line, width = "solid", "auto"
	}
	m.empty("style:text-properties", "style:font-name", face, "fo:font-size", points(int(s.size)), "fo:font-weight", weight, "style:text-underline-style", line, "style:text-underline-width", width)
}

// commonStyles declare what all formats begin with, the stripes, and the pages of the sheets.
func (w *openBook) commonStyles(m *markup) {
	m.start("office:document-styles", openNamespaces...)
	w.fontFaces(m)
	m.start("office:styles")
	body := func() {
		tongue, country, _ := strings.Cut(language, "-")
		m.empty("style:text-properties", "style:font-name", fontName, "fo:font-size", points(fontSize), "fo:language", tongue, "fo:country", country)
		m.end(1)
	}
	m.start("style:default-style", "style:family", "table-cell")
	body()
	m.start("style:style", "style:name", "Default", "style:family", "table-cell")
	body()
	m.start("style:style", "style:name", stripeName, "style:family", "table-cell", "style:parent-style-name", "Default")
	m.empty("style:table-cell-properties", "fo:background-color", "#"+strings.ToLower(w.styles.stripe))
	m.end(2)
	m.start("office:automatic-styles")
	w.eachPage(func(name, _ string, p page) { w.pageLayout(m, name, p) })
	m.end(1)
	m.start("office:master-styles")
	w.eachPage(func(name, title string, _ page) { w.masterPage(m, name, title) })
	m.end(2)
}

// eachPage calls visit with how each worksheet is printed.
func (w *openBook) eachPage(visit func(name, title string, p page)) {
	visit(coverSheet, coverSheet, coverPage)
	for _, s := range w.sheets {
		visit(s.name, s.title, s.page())
	}
}

// pageLayout declares the paper of a worksheet: A4, as wide as the sheet.
func (w *openBook) pageLayout(m *markup, name string, p page) {
	wide, long, orientation := "297mm", "210mm", "landscape"
	if p.portrait {
		wide, long, orientation = long, wide, "portrait"
	}
	high := ""
	if p.high > 0 {
		high = strconv.Itoa(p.high)
	}
	const margin = "10mm"
	m.start("style:page-layout", "style:name", footPrefix+name)
	m.empty("style:page-layout-properties", "fo:page-width", wide, "fo:page-height", long, "style:print-orientation", orientation, "style:first-page-number", "continue",
		"fo:margin-top", margin, "fo:margin-bottom", margin, "fo:margin-left", margin, "fo:margin-right", margin,
		"style:print", "charts drawings objects", "style:scale-to-X", "1", "style:scale-to-Y", high, "style:writing-mode", "lr-tb")
	if !isPlain(w.book) {
		m.start("style:footer-style")
		m.empty("style:header-footer-properties", "fo:min-height", "8mm", "fo:margin-top", "2mm", "fo:margin-left", "0mm", "fo:margin-right", "0mm")
		m.end(1)
	}
	m.end(1)
}

// masterPage declares the foot of the pages of a worksheet: accessible spreadsheets have none.
func (w *openBook) masterPage(m *markup, name, title string) {
	m.start("style:master-page", "style:name", pagePrefix+name, "style:page-layout-name", footPrefix+name)
	if isPlain(w.book) {
		m.empty("style:header", "style:display", "false")
		m.empty("style:footer", "style:display", "false")
		m.end(1)
		return
	}
	m.empty("style:header", "style:display", "false")
	m.start("style:footer")
	m.start("style:region-left")
	for _, line := range w.foot(title) {
		m.paragraph(line)
	}
	m.end(1)
	m.start("style:region-right")
	m.start("text:p")
	m.b = append(m.b, "Page "...)
	m.element("text:page-number", "1")
	m.b = append(m.b, " of "...)
	m.element("text:page-count", "1")
	m.end(4)
}
