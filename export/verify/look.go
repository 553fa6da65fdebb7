package verify

import (
	"fmt"
	"strings"

	"haltsheet/dataset/color"
	"haltsheet/dataset/pattern"
	"haltsheet/export/spreadsheet"
)

// look is a format of cells with what the rules make of it, once for all cells that have it.
type look struct {
	*spreadsheet.Format
	font            spreadsheet.Font // with what the format leaves out
	isDate          bool
	fontProblem     string
	redProblem      string
	contrastProblem string
}

// looks are those of a sheet by the number of their format, as cells ask for them.
type looks struct {
	styles *spreadsheet.Styles
	known  map[int]*look
}

func newLooks(styles *spreadsheet.Styles) looks { return looks{styles, map[int]*look{}} }

// of returns the look of the cells with a format.
func (l *looks) of(style int) *look {
	if known := l.known[style]; known != nil {
		return known
	}
	format := l.styles.Format(style)
	made := &look{Format: format, font: fontOf(format, l.styles), isDate: format.Number.IsDate()}
	made.fontProblem, made.redProblem, made.contrastProblem = hardToRead(made.font), onlyRed(format.Number), lowContrast(made, l.styles)
	l.known[style] = made
	return made
}

// fontOf returns the font of a format, with what it leaves out.
func fontOf(format *spreadsheet.Format, styles *spreadsheet.Styles) spreadsheet.Font {
	font, normal := format.Font, styles.Format(0).Font
	if font.Name == "" {
		font.Name, font.Family = normal.Name, normal.Family
	}
	if font.Size == 0 {
		font.Size = normal.Size
	}
	return font
}

// sansSerif are typefaces without serifs that do not say so by their family or their name.
var sansSerif = pattern.New(`(?i)sans|gothic|grotesk|^(arial|aptos|avenir|calibri|candara|carlito|corbel|franklin|frutiger|futura|gill|helvetica|inter|lato|lucida|myriad|open|roboto|segoe|tahoma|trebuchet|ubuntu|univers|verdana)\b`)

// hardToRead returns what is wrong with size and typeface.
func hardToRead(font spreadsheet.Font) string {
	switch {
	case font.Size > 0 && font.Size < 12:
		return fmt.Sprintf("the text is %g points high", font.Size)
	case font.Name != "" && font.Family != 2 && !sansSerif().MatchString(font.Name):
		return fmt.Sprintf("the typeface %q has serifs", font.Name)
	default:
		return ""
	}
}

var colorSection = pattern.New(`(?i)\[(red|color ?\d+|blue|green|magenta|yellow|cyan)\]`)

// onlyRed looks for negative numbers that only a colour tells from others.
func onlyRed(format spreadsheet.NumberFormat) string {
	sections := strings.Split(string(format), ";")
	if len(sections) < 2 || !colorSection().MatchString(sections[1]) {
		return ""
	}
	if rest := colorSection().ReplaceAllString(sections[1], ""); !strings.ContainsAny(rest, "-(−–") {
		return "negative numbers are told by colour alone"
	}
	return ""
}

// lowContrast compares text and background. What is automatic is black on white, as nearly everywhere.
func lowContrast(l *look, styles *spreadsheet.Styles) string {
	if l.Font.Color.IsAutomatic() && l.Fill.IsEmpty() {
		return ""
	}
	ink, paper := color.Black, color.White
	if rgb, known := styles.RGB(l.font.Color); known && !l.Font.Color.IsAutomatic() {
		ink = rgb
	}
	if rgb, known := styles.RGB(l.Fill.Color); known && !l.Fill.IsEmpty() {
		paper = rgb
	}
	if contrast := color.Contrast(ink, paper); contrast < color.Legible {
		return fmt.Sprintf("the contrast is %.1f to 1", contrast)
	}
	return ""
}
