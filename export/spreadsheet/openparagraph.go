package spreadsheet

import (
	"strings"

	"haltsheet/export/xmltoken"
)

// paragraph packs the text of the paragraph that has just started (OpenDocument 1.3 Part 3, 6.1): white space counts as one
// space and not at the edges, but for what elements stand for. A single space at the end counts nonetheless: LibreOffice writes and
// reads a text so that ends in one. A text in some other format is a run of the cell.
func (r *openRowReader) paragraph(cell *openCell, start int) error {
	s := r.scanner
	white := openWhite{atStart: true}
	if text, ok := s.Leaf(); ok { // as most are
		r.addText(text, &white)
		return r.endParagraph(start, &white)
	}
	for depth := s.Depth; ; {
		more, err := s.inside(depth)
		if err != nil {
			return err
		}
		if !more {
			return r.endParagraph(start, &white)
		}
		switch s.Kind {
		case xmltoken.Text:
			r.addText(s.Text, &white)
		case xmltoken.Start:
			switch string(s.Name) {
			case "s":
				r.pack.bytes, white = append(r.pack.bytes, strings.Repeat(" ", min(repeats(s.named("c")), MaxCharacters))...), openWhite{}
			case "tab":
				r.pack.bytes, white = append(r.pack.bytes, '\t'), openWhite{}
			case "line-break":
				r.pack.bytes, white = append(r.pack.bytes, '\n'), openWhite{}
			case "a":
				r.addLink(cell.Ref, string(s.named("href")))
			case "span":
				if font, isKnown := r.document.runs[string(s.named("style-name"))]; isKnown {
					cell.Runs = append(cell.Runs, Run{Font: font})
				}
			case "annotation", "note", "ruby-text":
				err = s.skip()
			}
		case xmltoken.End:
		}
		if err == nil {
			err = r.checkLength(start)
		}
		if err != nil {
			return err
		}
	}
}

// openWhite is the white space before a place in a paragraph.
type openWhite struct {
	atStart bool // nothing else stands before
	count   int  // of characters
	isSpace bool // they are a single space
}

// addText packs characters of a paragraph.
func (r *openRowReader) addText(text []byte, white *openWhite) {
	for len(text) > 0 {
		run := 0
		for run < len(text) && text[run] != ' ' && text[run] != '\t' && text[run] != '\n' && text[run] != '\r' {
			run++
		}
		if run > 0 {
			r.pack.bytes, *white = append(r.pack.bytes, text[:run]...), openWhite{}
			text = text[run:]
			continue
		}
		if white.count++; white.count == 1 && !white.atStart {
			r.pack.bytes = append(r.pack.bytes, ' ')
		}
		white.isSpace = white.count == 1 && text[0] == ' '
		text = text[1:]
	}
}

// endParagraph takes off the white space that does not count.
func (r *openRowReader) endParagraph(start int, white *openWhite) error {
	if white.count > 0 && !white.atStart && !white.isSpace {
		r.pack.bytes = r.pack.bytes[:len(r.pack.bytes)-1]
	}
	return r.checkLength(start)
}

// checkLength refuses a text that is longer than a cell takes.
func (r *openRowReader) checkLength(start int) error {
	if !fitsCell(r.pack.bytes[start:]) {
		return refuse(r.scanner.part, "has a text of more than %d characters", MaxCharacters)
	}
	return nil
}

// addLink adds a link of a cell: out of the document, or to a place in it, such as #Halts.A7.
func (r *openRowReader) addLink(at Ref, href string) {
	link := Link{Range: Range{at, at}, Target: href}
	if place, isInside := strings.CutPrefix(href, "#"); isInside {
		link.Target, link.Location = "", excelReference(place)
	}
	r.layout.Links = append(r.layout.Links, link)
}

// addMaps adds the conditions of a style, at the first cell of the sheet that has it.
func (r *openRowReader) addMaps(style int, at Ref) {
	for len(r.mapped) <= style {
		r.mapped = append(r.mapped, false)
	}
	if r.mapped[style] {
		return
	}
	r.mapped[style] = true
	for _, m := range r.document.maps[style] {
		r.addCondition(m, Range{at, at})
	}
}

// addCondition adds a condition, once a sheet.
func (r *openRowReader) addCondition(m openMap, cells Range) {
	if r.seen[m] {
		return
	}
	r.seen[m] = true
	c := Condition{Ranges: []Range{cells}, Type: "cellIs", Formula: m.condition, Format: r.document.own[m.style]}
	for _, start := range []string{"is-true-formula(", "formula-is("} {
		if formula, isFormula := strings.CutPrefix(m.condition, start); isFormula {
			c.Type, c.Formula = "expression", strings.TrimSuffix(formula, ")")
		}
	}
	r.layout.Conditions = append(r.layout.Conditions, c)
}

// addConditions adds the conditions that newer programs list behind the rows.
func (r *openRowReader) addConditions() error {
	e, err := r.scanner.ownElement()
	if err != nil {
		return err
	}
	for _, format := range e.all("conditional-format") {
		_, cells, _ := cutReference(format.named("target-range-address"))
		area, _ := ParseRange(cells)
		for _, c := range format.children {
			switch c.name {
			case "condition":
				r.addCondition(openMap{c.named("value"), c.named("apply-style-name")}, area)
			case "color-scale":
				r.layout.Conditions = append(r.layout.Conditions, Condition{Ranges: []Range{area}, Type: "colorScale"})
			}
		}
	}
	return nil
}
