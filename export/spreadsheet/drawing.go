package spreadsheet

import (
	"slices"
	"strings"
)

// Object is something that floats above the cells.
type Object struct {
	Kind        ObjectKind
	Name        string
	Title       string // older form of alternative text
	Description string // alternative text
	Decorative  bool
	Anchor      Ref    // the cell under its upper left corner; zero where it is not tied to one
	Text        string // of a shape
	Chart       string // the part of a chart
	ChartTitle  string
}

// ObjectKind says what an object is.
type ObjectKind string

// The kinds of objects.
const (
	Picture ObjectKind = "picture"
	Chart   ObjectKind = "chart"
	Graphic ObjectKind = "graphic" // a diagram, a slicer or the like
	Shape   ObjectKind = "shape"   // text boxes too
	Group   ObjectKind = "group"
	Line    ObjectKind = "line"
)

// objectKinds are the kinds by the elements of a drawing (Part 1, 20.5.2).
var objectKinds = map[string]ObjectKind{
	"pic": Picture, "graphicFrame": Graphic, "sp": Shape, "grpSp": Group, "cxnSp": Line, "contentPart": Graphic,
}

// readDrawing adds the objects of a drawing to the sheet.
func (s *Sheet) readDrawing(part string) error {
	c := s.workbook.container
	root, err := c.tree(part)
	if err != nil {
		return err
	}
	relationships, err := c.relationships(part)
	if err != nil {
		return err
	}
	for _, anchor := range root.children {
		from := anchor.child("from")
		for _, e := range anchored(anchor) {
			object := objectOf(e)
			if from != nil {
				object.Anchor = Ref{textNumber(from.content("row")) + 1, textNumber(from.content("col")) + 1}
			}
			if err := s.addChart(&object, e, relationships); err != nil {
				return err
			}
			s.Objects = append(s.Objects, object)
		}
	}
	return nil
}

// anchored returns the objects of an anchor, those in a newer form included.
func anchored(anchor *element) (objects []*element) {
	for _, e := range slices.Concat(anchor.children, anchor.child("AlternateContent").child("Choice").descend()) {
		if objectKinds[e.name] != "" {
			objects = append(objects, e)
		}
	}
	return objects
}

func objectOf(e *element) Object {
	properties := e.first("cNvPr")
	object := Object{
		Kind: objectKinds[e.name], Name: properties.attr("name"), Title: properties.attr("title"), Description: properties.attr("descr"),
		Decorative: properties.first("decorative").flag("val", false),
	}
	for _, text := range e.child("txBody").within("t") {
		object.Text += text.text
	}
	return object
}

// addChart reads the chart that an object shows, if it shows one.
func (s *Sheet) addChart(object *Object, e *element, relationships []Relationship) error {
	id := e.first("chart").relation()
	i := slices.IndexFunc(relationships, func(r Relationship) bool { return id != "" && r.ID == id })
	if i < 0 {
		return nil
	}
	object.Kind, object.Chart = Chart, relationships[i].Target
	if !s.workbook.container.has(object.Chart) {
		return nil
	}
	root, err := s.workbook.container.tree(object.Chart)
	if err != nil {
		return err
	}
	title := root.child("chart").child("title")
	for _, text := range append(title.within("t"), title.within("v")...) {
		object.ChartTitle += strings.TrimSpace(text.text)
	}
	return nil
}

// textNumber returns a small number from 0 on, and 0 for anything else.
func textNumber(text string) (n int) {
	for _, r := range text {
		if r < '0' || r > '9' || n > MaxRows {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return min(n, MaxRows-1)
}
