package spreadsheet

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

// openSheet is what a sheet of an OpenDocument has besides.
type openSheet struct {
	number         int    // from 0
	page           string // how it is printed
	title, summary string // for who does not see it
	isLocked       bool
	isFiltered     bool
	small          []byte // the whole sheet; nothing of one that is not small
}

// readOne reads the rows of one sheet, and passes over the others if it must.
func (o *openDocument) readOne(sheet *Sheet, visit func(*Row) error) error {
	readings := []*Reading{{Sheet: sheet, Visit: visit}}
	if sheet.small == nil {
		return o.pass(map[*Sheet][]*Reading{sheet: readings}, true)
	}
	s := o.workbook.container.scanner(openContent, io.NopCloser(bytes.NewReader(sheet.small)))
	if err := s.start(); err != nil {
		return s.tooEarly(err)
	}
	return o.readSheet(s, sheet, readings)
}

// readAll reads sheets on as few ways through the content as there must be: one, unless those of a group come in another order.
func (o *openDocument) readAll(groups [][]Reading) error {
	groups = slices.Clone(groups)
	for {
		planned := map[*Sheet][]*Reading{}
		for i := range groups {
			last := -1
			for len(groups[i]) > 0 && groups[i][0].Sheet.number > last {
				r := &groups[i][0]
				planned[r.Sheet], last, groups[i] = append(planned[r.Sheet], r), r.Sheet.number, groups[i][1:]
			}
		}
		if len(planned) == 0 {
			return nil
		}
		if err := o.pass(planned, false); err != nil {
			return err
		}
	}
}

// pass goes through the content once. Sheets that nobody looks at are read for their comments, unless only the others matter.
func (o *openDocument) pass(planned map[*Sheet][]*Reading, onlyPlanned bool) error {
	s, err := o.workbook.container.scan(openContent, o.workbook.container.limits.Total)
	if err != nil {
		return err
	}
	defer s.close()
	for left, number := len(planned), 0; left > 0 || !onlyPlanned; {
		err := s.start()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch name := string(s.Name); {
		case name == "document-content", name == "body", name == "spreadsheet":
			continue
		case name != "table", slices.Contains(o.kept, string(s.named("name"))), number == len(o.workbook.Sheets):
			err = s.skip()
		default:
			sheet := o.workbook.Sheets[number]
			number++
			readings := planned[sheet]
			if readings == nil && onlyPlanned {
				err = s.leap()
				break
			}
			if readings != nil {
				left--
			}
			err = o.readSheet(s, sheet, readings)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readSheet reads the sheet that has just started to its end.
func (o *openDocument) readSheet(s *scanner, sheet *Sheet, readings []*Reading) error {
	sheet.Comments, sheet.Objects = nil, nil
	layout := &Layout{AutoFilter: sheet.isFiltered, Protected: sheet.isLocked, HeaderFooter: o.shown[sheet.page]}
	if view, isKnown := o.views[sheet.Name]; isKnown {
		layout.Views = []View{view}
	}
	r := &openRowReader{scanner: s, document: o, sheet: sheet, layout: layout, readings: readings, seen: map[openMap]bool{}}
	if err := r.read(); err != nil {
		return err
	}
	sheet.layout = layout
	for _, reading := range readings {
		if reading.End == nil {
			continue
		}
		if err := reading.End(); err != nil {
			return err
		}
	}
	return nil
}

// addObject adds what floats above the cells (Part 3, 10).
func (o *openDocument) addObject(sheet *Sheet, e *element, at Ref) {
	kinds := map[string]ObjectKind{"line": Line, "connector": Line, "measure": Line, "g": Group}
	object := Object{Kind: Shape, Name: e.named("name"), Title: e.content("title"), Description: e.content("desc"), Decorative: e.named("decorative") == "true", Anchor: at}
	if kind := kinds[e.name]; kind != "" {
		object.Kind = kind
	}
	switch {
	case e.child("object") != nil, e.child("object-ole") != nil:
		object.Kind, object.Chart = Chart, strings.TrimPrefix(e.child("object").named("href"), "./")
	case e.child("image") != nil:
		object.Kind = Picture
	}
	for _, text := range e.within("p") {
		object.Text += text.allText()
	}
	sheet.Objects = append(sheet.Objects, object)
}
