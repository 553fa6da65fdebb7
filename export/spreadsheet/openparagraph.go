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
	atStart, white, isSpace := true, 0, false // how many characters of white space stand before, and whether they are a single space
	for depth := s.Depth; ; {
		more, err := s.inside(depth)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		switch s.Kind {
		case xmltoken.Text:
			for _, c := range s.Text {
				if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
					if white++; white == 1 && !atStart {
						r.pack.bytes = append(r.pack.bytes, ' ')
					}
					isSpace = white == 1 && c == ' '
					continue
				}
				r.pack.bytes, atStart, white = append(r.pack.bytes, c), false, 0
			}
		case xmltoken.Start:
			switch string(s.Name) {
			case "s":
				r.pack.bytes = append(r.pack.bytes, strings.Repeat(" ", min(repeats(s.named("c")), MaxCharacters))...)
				atStart, white = false, 0
			case "tab":
				r.pack.bytes, atStart, white = append(r.pack.bytes, '\t'), false, 0
			case "line-break":
				r.pack.bytes, atStart, white = append(r.pack.bytes, '\n'), false, 0
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
		if err == nil && !fitsCell(r.pack.bytes[start:]) {
			err = refuse(s.part, "has a text of more than %d characters", MaxCharacters)
		}
		if err != nil {
			return err
		}
	}
	if white > 0 && !atStart && !isSpace {
		r.pack.bytes = r.pack.bytes[:len(r.pack.bytes)-1]
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
