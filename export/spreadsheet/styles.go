package spreadsheet

import (
	"strings"

	"haltsheet/dataset/color"
)

// Styles are the formats of a workbook.
type Styles struct {
	Formats      []Format    // by the number that cells give
	Differential []Format    // that conditions lay over others
	theme        []color.RGB // the colours of the theme, by the number that colours give
}

// Format is how a cell looks.
type Format struct {
	Font      Font
	Fill      Fill
	Borders   int // how many sides have a line
	Number    NumberFormat
	Alignment Alignment
}

// Font is a typeface.
type Font struct {
	Name      string
	Family    int     // 1 roman, 2 swiss, 3 modern, 4 script, 5 decorative; 0 where it is not stated
	Size      float64 // in points; 0 where it is not stated
	Bold      bool
	Italic    bool
	Strike    bool
	Underline string // empty for none
	Vertical  string // superscript, subscript or empty
	Color     Color
}

// Fill is what lies behind the text.
type Fill struct {
	Pattern string // empty or none for no fill
	Color   Color  // of a solid fill
}

// IsEmpty reports whether nothing lies behind the text.
func (f Fill) IsEmpty() bool { return f.Pattern == "" || f.Pattern == "none" }

// Alignment is where a text stands in its cell.
type Alignment struct {
	Horizontal, Vertical string
	Wrap                 bool
}

// Format returns the format of cells with a number; that of an unknown number is that of 0.
func (s *Styles) Format(i int) *Format {
	if i < 0 || i >= len(s.Formats) {
		i = 0
	}
	return &s.Formats[i]
}

// NumberFormat is how a number is shown, such as #,##0.00 or yyyy-mm-dd.
type NumberFormat string

// IsDate reports whether the format shows a number as a date or a time: it has a letter for one outside of quotes,
// escapes and brackets other than those of elapsed time (Part 1, 18.8.31). East Asian ones count: years of an era, and of the
// Buddhist calendar, and days of the week.
func (n NumberFormat) IsDate() bool {
	text := strings.ToLower(string(n))
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			end := strings.IndexByte(text[i+1:], '"')
			if end < 0 {
				return false
			}
			i += 1 + end
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(text[i:], ']')
			if end < 0 {
				return false
			}
			if strings.Trim(text[i+1:i+end], "hms") == "" {
				return true
			}
			i += end
		case 'g':
			if strings.HasPrefix(text[i:], "general") {
				i += len("general") - 1
				continue
			}
			return true
		case 'e':
			if i+1 < len(text) && (text[i+1] == '+' || text[i+1] == '-') {
				continue // an exponent
			}
			return true
		case 'a':
			if strings.HasPrefix(text[i:], "aaa") {
				return true
			}
		case 'b':
			if strings.HasPrefix(text[i:], "bb") {
				return true
			}
		case 'd', 'm', 'y', 'h', 's':
			return true
		}
	}
	return false
}

// builtInFormats are the number formats that files do not spell out (Part 1, 18.8.30).
var builtInFormats = map[int]NumberFormat{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: `"$"#,##0_);("$"#,##0)`, 6: `"$"#,##0_);[Red]("$"#,##0)`,
	7: `"$"#,##0.00_);("$"#,##0.00)`, 8: `"$"#,##0.00_);[Red]("$"#,##0.00)`, 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
	// Part 1, 18.8.30 has those of East Asia by language; all are dates or times.
	27: "yyyy/m/d", 28: "m/d", 29: "m/d", 30: "m/d/yy", 31: "yyyy/m/d", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "yyyy/m/d",
	50: "yyyy/m/d", 51: "m/d", 52: "yyyy/m", 53: "m/d", 54: "m/d", 55: "yyyy/m", 56: "m/d", 57: "yyyy/m/d", 58: "m/d",
	37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}

// readStyles reads the formats; a workbook without any has one.
func (w *Workbook) readStyles(relationships []Relationship) error {
	w.Styles.theme = officeTheme
	if r, ok := firstRelation(relationships, "theme"); ok && w.container.has(r.Target) {
		root, err := w.container.tree(r.Target)
		if err != nil {
			return err
		}
		w.Styles.theme = themeColors(root.first("clrScheme"))
	}
	var root *element
	if r, ok := firstRelation(relationships, "styles"); ok && w.container.has(r.Target) {
		var err error
		if root, err = w.container.tree(r.Target); err != nil {
			return err
		}
	}
	w.Styles.add(root)
	return nil
}

// add takes the formats of a part.
func (s *Styles) add(root *element) {
	numbers := map[int]NumberFormat{}
	for _, e := range root.child("numFmts").all("numFmt") {
		numbers[e.integer("numFmtId", 0)] = NumberFormat(Unescape(e.attr("formatCode")))
	}
	number := func(id int) NumberFormat {
		if code, ok := numbers[id]; ok {
			return code
		}
		if code, ok := builtInFormats[id]; ok {
			return code
		}
		return "General"
	}
	fonts, fills, borders := root.child("fonts").all("font"), root.child("fills").all("fill"), root.child("borders").all("border")
	for _, xf := range root.child("cellXfs").all("xf") {
		s.Formats = append(s.Formats, Format{
			Font: fontOf(elementAt(fonts, xf.integer("fontId", 0))), Fill: fillOf(elementAt(fills, xf.integer("fillId", 0))),
			Borders: borderLines(elementAt(borders, xf.integer("borderId", 0))), Number: number(xf.integer("numFmtId", 0)), Alignment: alignmentOf(xf.child("alignment")),
		})
	}
	for _, dxf := range root.child("dxfs").all("dxf") {
		s.Differential = append(s.Differential, Format{
			Font: fontOf(dxf.child("font")), Fill: fillOf(dxf.child("fill")), Borders: borderLines(dxf.child("border")),
			Number: NumberFormat(dxf.child("numFmt").attr("formatCode")), Alignment: alignmentOf(dxf.child("alignment")),
		})
	}
	if len(s.Formats) == 0 {
		s.Formats = []Format{{Number: "General"}}
	}
}

func elementAt(all []*element, i int) *element {
	if i < 0 || i >= len(all) {
		return nil
	}
	return all[i]
}

// fontOf returns a font of the styles, or of a run of a text: there its name is in another element.
func fontOf(e *element) Font {
	name := e.child("name")
	if name == nil {
		name = e.child("rFont")
	}
	on := func(child string) bool { return e.child(child) != nil && e.child(child).flag("val", true) }
	f := Font{
		Name: name.attr("val"), Family: e.child("family").integer("val", 0), Size: e.child("sz").number("val"), Bold: on("b"), Italic: on("i"), Strike: on("strike"),
		Vertical: e.child("vertAlign").attr("val"), Color: colorOf(e.child("color")),
	}
	if f.Vertical == "baseline" {
		f.Vertical = ""
	}
	if u := e.child("u"); u != nil && u.attr("val") != "none" {
		f.Underline = "single"
		if kind := u.attr("val"); kind != "" {
			f.Underline = kind
		}
	}
	return f
}

// fillOf returns a fill. Conditional formats give solid fills by their background, and may leave the pattern out.
func fillOf(e *element) Fill {
	if e.child("gradientFill") != nil {
		return Fill{Pattern: "gradient"}
	}
	pattern := e.child("patternFill")
	f := Fill{Pattern: pattern.attr("patternType"), Color: colorOf(pattern.child("fgColor"))}
	if f.Pattern == "" && pattern.child("bgColor") != nil {
		f = Fill{"solid", colorOf(pattern.child("bgColor"))}
	}
	return f
}

// borderLines returns how many sides of a border have a line.
func borderLines(e *element) (n int) {
	for _, side := range []string{"left", "right", "top", "bottom", "start", "end"} {
		if style := e.child(side).attr("style"); style != "" && style != "none" {
			n++
		}
	}
	return n
}

func alignmentOf(e *element) Alignment {
	return Alignment{e.attr("horizontal"), e.attr("vertical"), e.flag("wrapText", false)}
}
