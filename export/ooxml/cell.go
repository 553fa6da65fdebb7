package ooxml

import (
	"encoding/xml"
	"math"
	"strconv"
)

// Cell is a cell that the file has. Empty ones may be among them.
type Cell struct {
	Ref
	Kind Kind
	// Value is what the cell holds: the digits of a number, a text, true or false, an error such as #REF!, an ISO 8601 date.
	Value string
	// Raw is the value as the file writes it, such as the number of a shared text.
	Raw string
	// Formula computes the value. A cell that shares the formula of another has a formula, but not its text.
	Formula    string
	HasFormula bool
	// Runs are the parts of the text that are formatted differently.
	Runs []Run
	// Style is the number of its format, for Styles.Format.
	Style int
	// Hidden says that its row is hidden.
	Hidden bool
}

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells.
const (
	Blank Kind = iota
	Number
	String
	Boolean
	Failure // an error, such as #DIV/0!
	ISODate
)

// kinds are the kinds by the attribute t (ST_CellType, Part 1, 18.18.11).
var kinds = map[string]Kind{
	"": Number, "n": Number, "s": String, "str": String, "inlineStr": String, "b": Boolean, "e": Failure, "d": ISODate,
}

// Cells calls visit with the cells of the sheet in order: row by row, each from left to right. It returns the first
// error, be it that of visit. Chart sheets have no cells.
func (s *Sheet) Cells(visit func(Cell) error) error { return s.read(visit) }

// cellReader reads the rows of a sheet.
type cellReader struct {
	scanner  *scanner
	workbook *Workbook
	layout   *Layout
	visit    func(Cell) error
	row      int
	hidden   bool
	column   int
}

// read reads up to the end of sheetData.
func (r *cellReader) read() error {
	for outside := r.scanner.depth - 1; r.scanner.depth > outside; {
		token, err := r.scanner.next()
		if err != nil {
			return r.scanner.unexpected(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			err = r.startRow(start)
		case "c":
			err = r.cell(start)
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// startRow takes the number of a row, or the next one where it has none.
func (r *cellReader) startRow(start xml.StartElement) error {
	row, before := r.row+1, r.row
	if text := attrOf(start.Attr, "r"); text != "" {
		n, err := strconv.Atoi(text)
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
	r.row, r.column = row, 0
	e := &element{attrs: start.Attr}
	if r.hidden = e.flag("hidden", false); r.hidden {
		r.layout.HiddenRows = append(r.layout.HiddenRows, row)
	}
	return nil
}

// cell reads a cell to its end and hands it over.
func (r *cellReader) cell(start xml.StartElement) error {
	cell := Cell{Hidden: r.hidden}
	if err := r.locate(&cell, attrOf(start.Attr, "r")); err != nil {
		return err
	}
	if style := attrOf(start.Attr, "s"); style != "" {
		cell.Style, _ = strconv.Atoi(style)
	}
	kind := attrOf(start.Attr, "t")
	var inline *Text
	for outside := r.scanner.depth - 1; r.scanner.depth > outside; {
		token, err := r.scanner.next()
		if err != nil {
			return r.scanner.unexpected(err)
		}
		child, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch child.Name.Local {
		case "v":
			cell.Raw, err = r.text()
		case "f":
			cell.HasFormula = true
			cell.Formula, err = r.text()
		case "is":
			var text Text
			text, err = r.scanner.richText(child)
			inline = &text
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
	}
	if problem := cell.decode(kind, inline, r.workbook.texts); problem != "" {
		return refuse(r.scanner.part, "has a cell %s that %s", cell.Ref, problem)
	}
	return r.visit(cell)
}

// locate finds out where a cell stands: where it says, or to the right of the one before.
func (r *cellReader) locate(cell *Cell, text string) error {
	cell.Ref = Ref{r.row, r.column + 1}
	if text != "" {
		ref, ok := ParseRef(text)
		if !ok {
			return refuse(r.scanner.part, "has a cell %q, where XFD%d is the last", text, MaxRows)
		}
		cell.Ref = ref
	}
	switch {
	case r.row == 0 || cell.Row != r.row || cell.Column <= r.column:
		return refuse(r.scanner.part, "has its cell %s out of order", cell.Ref)
	case cell.Column > MaxColumns:
		return refuse(r.scanner.part, "has a cell beyond column XFD")
	}
	r.column = cell.Column
	return nil
}

// text reads the text of the element that has just started.
func (r *cellReader) text() (string, error) {
	var text []byte
	for outside := r.scanner.depth - 1; r.scanner.depth > outside; {
		token, err := r.scanner.next()
		if err != nil {
			return "", r.scanner.unexpected(err)
		}
		if data, ok := token.(xml.CharData); ok {
			text = append(text, data...)
			if len(text) > r.scanner.limits.Token {
				return "", refuse(r.scanner.part, "has too long a value in row %d", r.row)
			}
		}
	}
	return string(text), nil
}

// decode finds out what a cell holds, and returns what is wrong with it.
func (c *Cell) decode(kind string, inline *Text, texts *sharedTexts) (problem string) {
	var isKnown bool
	if c.Kind, isKnown = kinds[kind]; !isKnown {
		return "has the unknown type " + strconv.Quote(kind)
	}
	switch {
	case inline != nil:
		c.Kind, c.Value, c.Runs = String, inline.Plain, inline.Runs
	case c.Raw == "" && kind != "str":
		c.Kind = Blank
	case kind == "s":
		i, err := strconv.Atoi(c.Raw)
		if err != nil || i < 0 || i >= len(texts.plain) {
			return "has no shared text " + strconv.Quote(c.Raw)
		}
		text := texts.text(i)
		c.Value, c.Runs = text.Plain, text.Runs
	case c.Kind == String:
		c.Value = Unescape(c.Raw)
	case c.Kind == Boolean:
		c.Value = strconv.FormatBool(c.Raw == "1" || c.Raw == "true")
	default:
		c.Value = c.Raw
	}
	if c.Kind == Number {
		if n, err := strconv.ParseFloat(c.Value, 64); err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return "holds " + strconv.Quote(c.Value) + " as a number"
		}
	}
	if !fits(c.Value) {
		return "holds more than " + strconv.Itoa(MaxCharacters) + " characters"
	}
	return ""
}
