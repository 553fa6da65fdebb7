package spreadsheet

import (
	"math"
	"strconv"
	"strings"
)

// rowReader reads the rows of a sheet. The values and formulas of a row are packed into one string.
type rowReader struct {
	scanner  *scanner
	workbook *Workbook
	layout   *Layout
	visit    func(*Row) error
	row      Row
	raw      []rawCell
	pack     packed
	texts    []string // of the row, unpacked
}

// rawCell is what the part says of a cell. Texts are given by their numbers in the pack, plus 1; 0 is for none.
type rawCell struct {
	kind                   string // the attribute t
	value, formula, inline int
	shared                 int // the number of the shared text that the value is, plus 1
}

// read reads up to the end of sheetData.
func (r *rowReader) read() error {
	for depth := r.scanner.Depth; ; {
		more, err := r.scanner.startInside(depth)
		if err != nil || !more {
			return err
		}
		switch string(r.scanner.Name) {
		case "row":
			err = r.readRow()
		case "c":
			return refuse(r.scanner.part, "has its cell %s out of order", r.scanner.attribute("r"))
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
	}
}

// readRow reads a row to its end and hands it over, unless it has no cells.
func (r *rowReader) readRow() error {
	if err := r.startRow(); err != nil {
		return err
	}
	for depth := r.scanner.Depth; ; {
		more, err := r.scanner.startInside(depth)
		switch {
		case err != nil:
			return err
		case !more:
			return r.endRow()
		case string(r.scanner.Name) == "c":
			err = r.readCell()
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
	}
}

// startRow takes the number of a row, or the next one where it has none.
func (r *rowReader) startRow() error {
	row, before := r.row.Number+1, r.row.Number
	if text := r.scanner.attribute("r"); len(text) > 0 {
		n, err := strconv.Atoi(string(text))
		if err != nil {
			return refuse(r.scanner.part, "has a row %q", text)
		}
		row = n
	}
	switch {
	case row > MaxRows || row < 1:
		return refuse(r.scanner.part, "has a row %d, where %d is the last", row, MaxRows)
	case row <= before:
		return refuse(r.scanner.part, "has its row %d behind row %d", row, before)
	}
	r.row.Number, r.row.Hidden = row, isTrue(string(r.scanner.attribute("hidden")))
	if r.row.Hidden {
		r.layout.HiddenRows = append(r.layout.HiddenRows, row)
	}
	r.row.Cells, r.raw = r.row.Cells[:0], r.raw[:0]
	return nil
}

// readCell reads a cell to its end.
func (r *rowReader) readCell() error {
	cell, raw := Cell{Ref: Ref{r.row.Number, 1}}, rawCell{}
	if n := len(r.row.Cells); n > 0 {
		cell.Column = r.row.Cells[n-1].Column + 1
	}
	before := cell.Column - 1
	for i := range r.scanner.Attrs {
		a := &r.scanner.Attrs[i]
		if len(a.Name) != 1 || len(a.Prefix) > 0 {
			continue
		}
		switch a.Name[0] {
		case 'r':
			if len(a.Value) > 0 {
				ref, ok := ParseRef(string(a.Value))
				if !ok {
					return refuse(r.scanner.part, "has a cell %q, where XFD%d is the last", a.Value, MaxRows)
				}
				cell.Ref = ref
			}
		case 's':
			cell.Style, _ = strconv.Atoi(string(a.Value)) // one that is none is 0
		case 't':
			raw.kind = kindName(a.Value)
		}
	}
	switch {
	case cell.Row != r.row.Number || cell.Column <= before:
		return refuse(r.scanner.part, "has its cell %s out of order", cell.Ref)
	case cell.Column > MaxColumns:
		return refuse(r.scanner.part, "has a cell beyond column XFD")
	}
	if err := r.readContent(&cell, &raw); err != nil {
		return err
	}
	r.row.Cells, r.raw = append(r.row.Cells, cell), append(r.raw, raw)
	return nil
}

// kindName returns the attribute t, for those that are known without a copy.
func kindName(value []byte) string {
	switch string(value) {
	case "s":
		return "s"
	case "n":
		return "n"
	case "str":
		return "str"
	default:
		return string(value)
	}
}

// readContent reads what is inside of a cell.
func (r *rowReader) readContent(cell *Cell, raw *rawCell) error {
	for depth := r.scanner.Depth; ; {
		more, err := r.scanner.startInside(depth)
		if err != nil || !more {
			return err
		}
		switch string(r.scanner.Name) {
		case "v":
			if raw.value, err = r.text(); raw.kind == "s" {
				raw.shared = r.takeNumber(raw.value) + 1
			}
		case "f":
			cell.HasFormula = true
			raw.formula, err = r.text()
		case "is":
			cell.Runs, cell.Lossy, err = r.scanner.richText(&r.pack)
			raw.inline = len(r.pack.ends)
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
		if err := r.scanner.checkRow(r.row.Number, r.pack.bytes); err != nil {
			return err
		}
	}
}

// text packs the text of the element that has just started, and returns its number plus 1.
func (r *rowReader) text() (number int, err error) {
	r.pack.bytes, err = r.scanner.text(r.pack.bytes)
	r.pack.end()
	return len(r.pack.ends), err
}

// takeNumber takes the text that was packed last, given by its number plus 1, out of the pack, where it is the number of a shared
// text and nothing else, and returns that. It returns -1 for any other, which stays.
func (r *rowReader) takeNumber(text int) int {
	start := 0
	if text > 1 {
		start = r.pack.ends[text-2]
	}
	digits := r.pack.bytes[start:]
	if len(digits) == 0 || len(digits) > 9 {
		return -1
	}
	n := 0
	for _, digit := range digits {
		if digit < '0' || digit > '9' {
			return -1
		}
		n = 10*n + int(digit-'0')
	}
	if n >= len(r.workbook.texts.plain) {
		return -1
	}
	r.pack.bytes, r.pack.ends = r.pack.bytes[:start], append(r.pack.ends[:text-1], start)
	return n
}

// endRow finds out what the cells hold, and hands them over.
func (r *rowReader) endRow() error {
	if len(r.row.Cells) == 0 {
		return nil
	}
	r.texts = r.pack.unpack(r.texts[:0])
	for i := range r.row.Cells {
		cell := &r.row.Cells[i]
		if problem := r.decode(cell, &r.raw[i]); problem != "" {
			return refuse(r.scanner.part, "has a cell %s that %s", cell.Ref, problem)
		}
	}
	return r.visit(&r.row)
}

// unpacked returns a text by its number plus 1.
func (r *rowReader) unpacked(number int) string {
	if number == 0 {
		return ""
	}
	return r.texts[number-1]
}

// decode finds out what a cell holds, and returns what is wrong with it.
func (r *rowReader) decode(c *Cell, raw *rawCell) (problem string) {
	c.Formula = r.unpacked(raw.formula)
	if raw.shared > 0 && raw.inline == 0 {
		c.Kind = String
		r.share(c, raw.shared-1)
		return ""
	}
	var isKnown bool
	if c.Kind, isKnown = cellKinds[raw.kind]; !isKnown {
		return "has the unknown type " + strconv.Quote(raw.kind)
	}
	value, texts := r.unpacked(raw.value), r.workbook.texts
	if raw.kind != "str" {
		value = strings.Trim(value, " \t\r\n") // Google Sheets and whatever indents XML put some around it
	}
	switch {
	case raw.inline > 0:
		c.Kind, c.Value = String, r.unpacked(raw.inline)
	case value == "" && raw.kind != "str":
		c.Kind = Blank
	case raw.kind == "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(texts.plain) {
			return "has no shared text " + strconv.Quote(value)
		}
		r.share(c, i)
	case c.Kind == String:
		c.Value, c.Lossy = unescape(value)
	case c.Kind == Boolean:
		c.Value = strconv.FormatBool(value == "1" || value == "true")
	default:
		c.Value = value
	}
	if c.Kind == Number && !isNumber(c.Value) {
		return "holds " + strconv.Quote(c.Value) + " as a number"
	}
	if !fitsCell(c.Value) {
		return "holds more than " + strconv.Itoa(MaxCharacters) + " characters"
	}
	return ""
}

// share makes a shared text the value of a cell. No shared text is longer than a cell takes.
func (r *rowReader) share(c *Cell, number int) {
	texts := r.workbook.texts
	c.Value = texts.plain[number]
	if len(texts.runs) > 0 {
		c.Runs = texts.runs[number]
	}
	c.Lossy = len(texts.lossy) > 0 && texts.lossy[number]
}

// isNumber reports whether a text is a number that a spreadsheet can hold.
func isNumber(text string) bool {
	if isShortInteger(text) {
		return true
	}
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// isShortInteger reports whether a text has a few digits and nothing else, as most numbers do.
func isShortInteger(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return len(text) > 0 && len(text) <= 18
}
