package spreadsheet

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// openCell is what the part says of a cell. Texts are given by their numbers in the pack, plus 1; 0 is for none.
type openCell struct {
	Cell
	kind                  openKind
	value, text, repeated int
	formula               int
}

// openKind is the type of a value (Part 3, 19.389), an error among them.
type openKind uint8

const (
	openNone openKind = iota
	openNumber
	openText
	openBoolean
	openDate
	openTime
	openFailure
)

func openKindOf(name []byte) openKind {
	switch string(name) {
	case "float", "percentage", "currency":
		return openNumber
	case "string":
		return openText
	case "boolean":
		return openBoolean
	case "date":
		return openDate
	case "time":
		return openTime
	case "error":
		return openFailure
	default:
		return openNone
	}
}

// readCell reads a cell to its end.
func (r *openRowReader) readCell() error {
	if r.column >= MaxColumns {
		r.column = MaxColumns // refused when it holds something
	}
	r.column++
	cell := openCell{Cell: Cell{Ref: Ref{r.row.Number, r.column}}, repeated: 1}
	merged := Range{cell.Ref, cell.Ref}
	isStyled := false
	style := -1
	for i := range r.scanner.Attrs {
		a := &r.scanner.Attrs[i]
		switch string(a.Name) {
		case "style-name":
			style, isStyled = r.document.formats[string(a.Value)], true
		case "number-columns-repeated":
			cell.repeated = repeats(a.Value)
		case "number-columns-spanned":
			merged.To.Column = min(merged.From.Column+repeats(a.Value)-1, MaxColumns)
		case "number-rows-spanned":
			merged.To.Row = min(merged.From.Row+repeats(a.Value)-1, MaxRows)
		case "value-type":
			if kind := openKindOf(a.Value); string(a.Prefix) != "calcext" || kind == openFailure {
				cell.kind = kind
			}
		case "value", "date-value", "time-value", "boolean-value", "string-value":
			cell.value = r.keep(a.Value)
		case "formula":
			cell.HasFormula = true
			cell.formula = r.keep(withoutDialect(a.Value))
		}
	}
	if merged.From != merged.To {
		r.layout.Merges = append(r.layout.Merges, merged)
	}
	if style < 0 {
		style = r.styleAt(r.column)
	}
	cell.Style = style
	if err := r.readContent(&cell); err != nil {
		return err
	}
	r.column += cell.repeated - 1
	isBlank := cell.kind == openNone && cell.text == 0 && !cell.HasFormula
	switch {
	case isBlank && !isStyled:
		return nil
	case isBlank:
		cell.repeated = 1 // each of them is as blank as the first
	case r.column > MaxColumns, r.row.Number > MaxRows:
		return refuse(r.scanner.part, "has a cell beyond XFD%d in the sheet %q", MaxRows, r.sheet.Name)
	default:
		r.addMaps(style, cell.Ref)
	}
	if err := r.scanner.checkRow(r.row.Number, r.pack.bytes); err != nil {
		return err
	}
	r.raw = append(r.raw, cell)
	return nil
}

// withoutDialect returns a formula without the name of its language, such as of:=.
func withoutDialect(formula []byte) []byte {
	for i, c := range formula {
		switch {
		case c == ':' && i > 0:
			formula = formula[i+1:]
			if len(formula) > 0 && formula[0] == '=' {
				formula = formula[1:]
			}
			return formula
		case (c < 'a' || c > 'z') && (c < 'A' || c > 'Z'):
			if c == '=' && i == 0 {
				return formula[1:]
			}
			return formula
		}
	}
	return formula
}

// readContent reads what is inside of a cell: its paragraphs, a comment, and what is anchored to it.
func (r *openRowReader) readContent(cell *openCell) error {
	start, hasText := len(r.pack.bytes), false
	for depth := r.scanner.Depth; ; {
		more, err := r.scanner.startInside(depth)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		switch string(r.scanner.Name) {
		case "p", "h":
			if hasText {
				r.pack.bytes = append(r.pack.bytes, '\n')
			}
			hasText = true
			err = r.paragraph(cell, start)
		case "annotation":
			err = r.addComment(cell.Ref)
		case "detective", "table": // arrows, and a table inside of the cell
			err = r.scanner.skip()
		default:
			err = r.addShape(cell.Ref)
		}
		if err != nil {
			return err
		}
	}
	if hasText && len(r.pack.bytes) > start {
		r.pack.end()
		cell.text = len(r.pack.ends)
	}
	return nil
}

// decode finds out what a cell holds, and returns what is wrong with it.
func (r *openRowReader) decode(c *openCell) (problem string) {
	c.Formula = r.unpacked(c.formula)
	value, text := r.unpacked(c.value), r.unpacked(c.text)
	kind := c.kind
	switch {
	case kind == openNone && text != "":
		kind = openText
	case kind == openText && c.value > 0:
		text = value
	}
	if c.HasFormula && isFailure(text) {
		kind = openFailure
	}
	switch kind {
	case openText:
		if c.Kind, c.Value = String, text; text == "" && !c.HasFormula {
			c.Kind = Blank
		}
	case openNumber:
		if c.Kind, c.Value = Number, strings.TrimSpace(value); !isNumber(c.Value) {
			return "holds " + strconv.Quote(c.Value) + " as a number"
		}
	case openBoolean:
		c.Kind, c.Value = Boolean, strconv.FormatBool(value == "true" || value == "1")
	case openFailure:
		c.Kind, c.Value = Failure, text
	case openDate:
		c.Kind, c.Value = ISODate, strings.TrimSpace(value)
		if serial, ok := serialOf(c.Value); ok && r.document.workbook.Styles.Format(c.Style).Number.IsDate() {
			c.Kind, c.Value = Number, serial
		}
	case openTime:
		days, ok := daysOf(value)
		if !ok {
			return "holds " + strconv.Quote(value) + " as a time"
		}
		c.Kind, c.Value = Number, days
	case openNone:
	}
	if !fitsCell(c.Value) {
		return "holds more than " + strconv.Itoa(MaxCharacters) + " characters"
	}
	return ""
}

func (r *openRowReader) unpacked(number int) string {
	if number == 0 {
		return ""
	}
	return r.texts[number-1]
}

// failures are errors as they are shown.
var failures = []string{"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}

func isFailure(text string) bool {
	return slices.Contains(failures, text) || strings.HasPrefix(text, "Err:")
}

// serialOf returns a date as the number of days from 30 December 1899 on, as workbooks of the other kind have it; they count
// right from 1 March 1900 on.
func serialOf(date string) (serial string, ok bool) {
	layout := time.DateOnly
	if len(date) > len(layout) {
		layout = "2006-01-02T15:04:05"
	}
	at, err := time.Parse(layout, date)
	if err != nil || at.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)) {
		return "", false
	}
	const epoch = 25569 // 1 January 1970
	return strconv.FormatFloat(float64(at.Unix())/(24*60*60)+epoch, 'f', -1, 64), true
}

// daysOf returns a duration such as PT12H30M00S as a part of a day.
func daysOf(duration string) (days string, ok bool) {
	negative := strings.HasPrefix(duration, "-")
	rest, found := strings.CutPrefix(strings.TrimPrefix(duration, "-"), "PT")
	total, seconds := 0.0, map[byte]float64{'H': 3600, 'M': 60, 'S': 1}
	for rest != "" && found {
		end := strings.IndexAny(rest, "HMS")
		if end < 0 {
			return "", false
		}
		n, err := strconv.ParseFloat(strings.Replace(rest[:end], ",", ".", 1), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return "", false
		}
		total += n * seconds[rest[end]]
		rest = rest[end+1:]
	}
	if negative {
		total = -total
	}
	return strconv.FormatFloat(total/(24*60*60), 'f', -1, 64), found
}

// keep packs a text, and returns its number plus 1.
func (r *openRowReader) keep(text []byte) int {
	r.pack.bytes = append(r.pack.bytes, text...)
	r.pack.end()
	return len(r.pack.ends)
}

func (r *openRowReader) addComment(at Ref) error {
	e, err := r.scanner.ownElement()
	if err != nil {
		return err
	}
	var lines []string
	for _, p := range e.within("p") {
		lines = append(lines, p.allText())
	}
	r.sheet.Comments = append(r.sheet.Comments, Comment{at, e.content("creator"), strings.TrimSpace(strings.Join(lines, "\n"))})
	return nil
}

func (r *openRowReader) addShape(at Ref) error {
	e, err := r.scanner.ownElement()
	if err == nil {
		r.document.addObject(r.sheet, e, at)
	}
	return err
}
