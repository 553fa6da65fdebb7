package spreadsheet

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset/color"
)

// openStyles are the styles of an OpenDocument by name, those of cells and those of runs apart.
type openStyles struct {
	cells, texts map[string]*element
	numbers      map[string]*element
	faces        map[string]*element
	normal       *element // what cells begin with
}

// maxParents is how many styles one may build on.
const maxParents = 32

// addStyles takes the common styles, and those of the content.
func (o *openDocument) addStyles(common, content *element) {
	styles := &openStyles{map[string]*element{}, map[string]*element{}, map[string]*element{}, map[string]*element{}, nil}
	for _, face := range common.child("font-face-decls").all("font-face") {
		styles.faces[face.named("name")] = face
	}
	var names []string // of the formats of cells, in order
	for _, part := range []*element{common.child("styles"), common.child("automatic-styles"), content} {
		for _, e := range part.descend() {
			switch name, family := e.named("name"), e.named("family"); {
			case e.name == "default-style" && family == "table-cell":
				styles.normal = e
			case e.name == "style" && family == "table-cell":
				if styles.cells[name] == nil {
					names = append(names, name)
				}
				styles.cells[name] = e
			case e.name == "style" && family == "text":
				styles.texts[name] = e
			case e.name == "style" && family == "table-column":
				o.widths[name] = points(e.child("table-column-properties").named("column-width")) / digitPoints
			case e.name == "style" && family == "table":
				o.tables[name] = e
			case strings.HasSuffix(e.name, "-style"):
				styles.numbers[name] = e
			}
		}
	}
	o.addPages(common)
	o.workbook.Styles.Formats = append(o.workbook.Styles.Formats, styles.format(styles.cells["Default"]))
	for _, name := range names {
		e := styles.cells[name]
		number := len(o.workbook.Styles.Formats)
		o.formats[name] = number
		o.workbook.Styles.Formats = append(o.workbook.Styles.Formats, styles.format(e))
		for _, m := range e.all("map") {
			o.maps[number] = append(o.maps[number], openMap{m.named("condition"), m.named("apply-style-name")})
		}
	}
	o.own = map[string]*Format{}
	for name, e := range styles.cells {
		own := Format{}
		styles.apply(&own, e)
		o.own[name] = &own
	}
	for name, e := range styles.texts {
		font := Font{}
		styles.applyFont(&font, e.child("text-properties"))
		o.runs[name] = font
	}
}

// digitPoints is the width of a digit of a body font of 12 points.
const digitPoints = 6.75

// points returns a length in points; 0 for one that is none.
func points(length string) float64 {
	for unit, size := range map[string]float64{"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12, "px": 0.75} {
		if number, isSo := strings.CutSuffix(length, unit); isSo {
			n, err := strconv.ParseFloat(number, 64)
			if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
				return 0
			}
			return n * size
		}
	}
	return 0
}

// addPages takes what pages have above and below their cells.
func (o *openDocument) addPages(common *element) {
	for _, page := range common.child("master-styles").all("master-page") {
		for _, e := range page.children {
			if !strings.HasPrefix(e.name, "header") && !strings.HasPrefix(e.name, "footer") || e.named("display") == "false" {
				continue
			}
			if text := strings.TrimSpace(e.allText()); text != "" {
				o.shown[page.named("name")] = append(o.shown[page.named("name")], text)
			}
		}
	}
}

// format returns the format of a style: what it builds on, and what it says itself.
func (s *openStyles) format(e *element) Format {
	var line []*element
	for ; e != nil && len(line) < maxParents; e = s.cells[e.named("parent-style-name")] {
		line = append(line, e)
	}
	f := Format{Number: "General"}
	s.apply(&f, s.normal)
	for _, e := range slices.Backward(line) {
		s.apply(&f, e)
	}
	return f
}

// apply lays what a style says itself over a format.
func (s *openStyles) apply(f *Format, e *element) {
	if e == nil {
		return
	}
	if number := s.numbers[e.named("data-style-name")]; number != nil {
		f.Number = s.number(number)
	}
	cell, paragraph := e.child("table-cell-properties"), e.child("paragraph-properties")
	if fill := cell.named("background-color"); fill != "" {
		f.Fill = Fill{}
		if color := openColor(fill); !color.IsAutomatic() {
			f.Fill = Fill{"solid", color}
		}
	}
	for _, a := range cell.stated() {
		if (a.name == "border" || strings.HasPrefix(a.name, "border-")) && !strings.HasPrefix(a.name, "border-line") && a.value != "none" && a.value != "" {
			f.Borders++
		}
	}
	if wrap := cell.named("wrap-option"); wrap != "" {
		f.Alignment.Wrap = wrap == "wrap"
	}
	if vertical := cell.named("vertical-align"); vertical != "" {
		f.Alignment.Vertical = vertical
	}
	if align := paragraph.named("text-align"); align != "" {
		f.Alignment.Horizontal = align
	}
	s.applyFont(&f.Font, e.child("text-properties"))
}

// families are the kinds of typefaces by their names.
var families = map[string]int{"roman": 1, "swiss": 2, "modern": 3, "script": 4, "decorative": 5}

// applyFont lays what properties of text say over a font.
func (s *openStyles) applyFont(f *Font, e *element) {
	if e == nil {
		return
	}
	if name := e.named("font-name"); name != "" {
		f.Name, f.Family = name, 0
		if face := s.faces[name]; face != nil {
			f.Name, f.Family = strings.Trim(face.named("font-family"), "'"), families[face.named("font-family-generic")]
		}
	} else if name := e.named("font-family"); name != "" {
		f.Name, f.Family = strings.Trim(name, "'"), families[e.named("font-family-generic")]
	}
	if size, err := strconv.ParseFloat(strings.TrimSuffix(e.named("font-size"), "pt"), 64); err == nil {
		f.Size = size
	}
	switch weight := e.named("font-weight"); weight {
	case "":
	case "bold", "600", "700", "800", "900":
		f.Bold = true
	default:
		f.Bold = false
	}
	if style := e.named("font-style"); style != "" {
		f.Italic = style != "normal"
	}
	if line := e.named("text-line-through-style") + e.named("text-line-through-type"); line != "" {
		f.Strike = line != "none" && line != "nonenone"
	}
	if line := e.named("text-underline-style"); line != "" {
		f.Underline = ""
		if line != "none" {
			f.Underline = "single"
		}
	}
	switch position, _, _ := strings.Cut(e.named("text-position"), " "); {
	case position == "":
	case position == "super" || position[0] != '-' && position[0] != '0' && position != "sub":
		f.Vertical = "superscript"
	case position == "sub" || position[0] == '-':
		f.Vertical = "subscript"
	default:
		f.Vertical = ""
	}
	if color := e.named("color"); color != "" {
		f.Color = openColor(color)
	}
	if e.named("use-window-font-color") == "true" {
		f.Color = Color{}
	}
}

// openColor returns a colour such as #cfdceb; automatic for transparent ones and for what is none.
func openColor(text string) Color {
	rgb, ok := color.Parse(strings.ToLower(text))
	if !ok {
		return Color{}
	}
	return Color{kind: byValue, rgb: rgb}
}

// number returns how a style shows numbers, as workbooks of the other kind have it (Part 3, 16.29). What it shows of positive
// numbers only by a condition stands first.
func (s *openStyles) number(e *element) NumberFormat {
	own := numberSection(e)
	for _, m := range e.all("map") {
		other := s.numbers[m.named("apply-style-name")]
		if condition := strings.ReplaceAll(m.named("condition"), " ", ""); other != nil && (condition == "value()>=0" || condition == "value()>0") {
			return NumberFormat(numberSection(other) + ";" + own)
		}
	}
	return NumberFormat(own)
}

// numberSection spells out one style of numbers.
func numberSection(e *element) string {
	if e.name == "text-style" {
		return "@"
	}
	var b strings.Builder
	if color := e.child("text-properties").named("color"); strings.EqualFold(color, "#ff0000") {
		b.WriteString("[Red]")
	}
	long := func(part *element, short, long string) string {
		if part.named("style") == "long" {
			return long
		}
		return short
	}
	for _, part := range e.children {
		switch part.name {
		case "year", "era":
			b.WriteString(long(part, "yy", "yyyy"))
		case "month":
			if part.named("textual") == "true" {
				b.WriteString(long(part, "mmm", "mmmm"))
			} else {
				b.WriteString(long(part, "m", "mm"))
			}
		case "day":
			b.WriteString(long(part, "d", "dd"))
		case "day-of-week":
			b.WriteString(long(part, "ddd", "dddd"))
		case "hours":
			b.WriteString(long(part, "h", "hh"))
		case "minutes":
			b.WriteString(long(part, "m", "mm"))
		case "seconds":
			b.WriteString(long(part, "s", "ss"))
		case "am-pm":
			b.WriteString("AM/PM")
		case "number", "scientific-number", "fraction":
			b.WriteString(digitsOf(part))
		case "text", "currency-symbol":
			b.WriteString(literal(part.text))
		}
	}
	if b.Len() == 0 {
		return "General"
	}
	return b.String()
}

// digitsOf spells out how many digits a number has.
func digitsOf(e *element) string {
	digits := "0"
	if e.named("grouping") == "true" {
		digits = "#,##0"
	}
	if places := min(e.whole("decimal-places"), 30); places > 0 {
		digits += "." + strings.Repeat("0", places)
	}
	if e.name == "scientific-number" {
		digits += "E+00"
	}
	return digits
}

// literal returns a text that a format shows as it stands.
func literal(text string) string {
	switch strings.Trim(text, "-()%.,/ ") {
	case "":
		return text
	default:
		return `"` + strings.ReplaceAll(text, `"`, "") + `"`
	}
}
