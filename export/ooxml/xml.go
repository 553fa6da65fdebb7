package ooxml

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"haltsheet/export/xmltoken"
)

// scanner reads the XML of a part token by token, within the limits.
type scanner struct {
	*xmltoken.Tokenizer
	part     string
	limits   *Limits
	elements int // so far
	formats  int // of them
	closer   io.Closer
}

// scan opens a part of at most a number of bytes.
func (c *container) scan(part string, limit int64) (*scanner, error) {
	file, err := c.open(part, limit)
	if err != nil {
		return nil, err
	}
	return &scanner{Tokenizer: xmltoken.New(file, c.limits.Token), part: part, limits: &c.limits, closer: file}, nil
}

func (s *scanner) close() { _ = s.closer.Close() } // only reads

// next reads the next start, end or text; io.EOF behind the last.
func (s *scanner) next() error {
	err := s.Next()
	if err == nil && s.Kind == xmltoken.Start && s.Depth > s.limits.Depth {
		return refuse(s.part, "nests more than %d elements", s.limits.Depth)
	}
	return s.told(err)
}

// told makes an error of the tokenizer one about the part.
func (s *scanner) told(err error) error {
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return err
	case errors.Is(err, xmltoken.ErrDirective):
		return refuse(s.part, "has a document type declaration, which no workbook needs")
	default:
		return &Error{Part: s.part, Problem: "is not readable XML", Err: err}
	}
}

// start reads up to the next start of an element; io.EOF behind the last.
func (s *scanner) start() error {
	for {
		if err := s.next(); err != nil || s.Kind == xmltoken.Start {
			return err
		}
	}
}

// inside reads the next token of the element at a depth; more is false for its end.
func (s *scanner) inside(depth int) (more bool, err error) {
	err = s.next()
	return s.Depth >= depth, s.tooEarly(err)
}

// tooEarly makes the end of a part an error.
func (s *scanner) tooEarly(err error) error {
	if errors.Is(err, io.EOF) {
		return refuse(s.part, "ends too early")
	}
	return err
}

// skip reads up to the end of the element that has just started.
func (s *scanner) skip() error {
	for depth := s.Depth; ; {
		if more, err := s.inside(depth); err != nil || !more {
			return err
		}
	}
}

// leap does so without looking at what it passes over, for what is read later, or was before.
func (s *scanner) leap() error {
	return s.tooEarly(s.told(s.Skip()))
}

// text appends the text of the element that has just started to b, up to its end.
func (s *scanner) text(b []byte) ([]byte, error) {
	before := len(b)
	for depth := s.Depth; ; {
		more, err := s.inside(depth)
		if err != nil || !more {
			return b, err
		}
		if s.Kind == xmltoken.Text {
			if b = append(b, s.Text...); len(b)-before > s.limits.Token {
				return b, refuse(s.part, "has too long a text")
			}
		}
	}
}

// attribute returns an attribute of the start without a namespace, or nothing.
func (s *scanner) attribute(name string) []byte {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; len(a.Prefix) == 0 && string(a.Name) == name {
			return a.Value
		}
	}
	return nil
}

// named returns an attribute of the start by its name, whatever its namespace, or nothing.
func (s *scanner) named(name string) []byte {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; string(a.Name) == name {
			return a.Value
		}
	}
	return nil
}

// isStart reports whether an element has just started.
func (s *scanner) isStart() bool { return s.Kind == xmltoken.Start }

// string returns the text of the element that has just started.
func (s *scanner) string() (string, error) {
	text, err := s.text(nil)
	return string(text), err
}

// root reads the whole part as one element.
func (s *scanner) root() (*element, error) {
	if err := s.start(); err != nil {
		return nil, s.tooEarly(err)
	}
	e, err := s.element()
	if err != nil {
		return nil, err
	}
	if err := s.start(); !errors.Is(err, io.EOF) {
		return nil, &Error{Part: s.part, Problem: "goes on behind its root", Err: err}
	}
	return e, nil
}

// element is an XML element with all that is in it. Its methods take nil for an element without anything.
type element struct {
	name     string // without namespace: transitional and strict files differ in nothing else
	attrs    []attribute
	children []*element
	text     string
}

// attribute is an attribute of an element.
type attribute struct {
	space string // the URL of its namespace; empty for most
	name  string
	value string
}

// element reads the element that has just started to its end. What is meant for programs that do not know a newer form is
// left out.
func (s *scanner) element() (*element, error) {
	if s.elements++; s.elements > s.limits.Elements {
		return nil, refuse(s.part, "has more than %d elements", s.limits.Elements)
	}
	if string(s.Name) == "xf" {
		if s.formats++; s.formats > s.limits.Formats {
			return nil, refuse(s.part, "has more than %d formats of cells, of which Excel takes 65,490", s.limits.Formats).or("save it anew in a spreadsheet, which leaves out those that no cell has")
		}
	}
	e := &element{name: string(s.Name), attrs: s.attributes()}
	var text []byte
	for depth := s.Depth; ; {
		more, err := s.inside(depth)
		switch {
		case err != nil:
			return nil, err
		case !more:
			e.text = string(text)
			return e, nil
		case s.Kind == xmltoken.Text:
			text = append(text, s.Text...)
		case s.Kind == xmltoken.Start && string(s.Name) == "Fallback":
			if err := s.skip(); err != nil {
				return nil, err
			}
		case s.Kind == xmltoken.Start:
			child, err := s.element()
			if err != nil {
				return nil, err
			}
			e.children = append(e.children, child)
		}
	}
}

// attributes returns the attributes of the start.
func (s *scanner) attributes() []attribute {
	if len(s.Attrs) == 0 {
		return nil
	}
	all := make([]attribute, 0, len(s.Attrs))
	for i := range s.Attrs {
		a := attribute{name: string(s.Attrs[i].Name), value: string(s.Attrs[i].Value)}
		if prefix := s.Attrs[i].Prefix; len(prefix) > 0 {
			a.space = s.Space(prefix)
		}
		all = append(all, a)
	}
	return all
}

// attr returns an attribute without a namespace, or nothing.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if a := &e.attrs[i]; a.name == name && a.space == "" {
			return a.value
		}
	}
	return ""
}

// named returns an attribute by its name, whatever its namespace, or nothing.
func (e *element) named(name string) string {
	for _, a := range e.stated() {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// stated returns the attributes.
func (e *element) stated() []attribute {
	if e == nil {
		return nil
	}
	return e.attrs
}

// whole returns a number attribute from 0 on, whatever its namespace; 0 for one that is missing or none.
func (e *element) whole(name string) int { return textNumber(e.named(name)) }

// allText returns the text of an element and of all that is in it, in order of depth.
func (e *element) allText() string {
	if e == nil {
		return ""
	}
	var text strings.Builder
	text.WriteString(e.text)
	for _, c := range e.children {
		text.WriteString(c.allText())
	}
	return text.String()
}

// relation returns the id of the relationship that an element names.
func (e *element) relation() string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if a := &e.attrs[i]; a.name == "id" && strings.HasSuffix(a.space, "/relationships") {
			return a.value
		}
	}
	return ""
}

// flag returns a boolean attribute, or the default of one that is missing.
func (e *element) flag(name string, missing bool) bool {
	if value := e.attr(name); value != "" {
		return isTrue(value)
	}
	return missing
}

// isTrue reports whether a boolean is written as true (ST_OnOff too).
func isTrue(value string) bool { return value == "1" || value == "true" || value == "on" }

// integer returns a number attribute, or the default of one that is missing or none.
func (e *element) integer(name string, missing int) int {
	if n, err := strconv.Atoi(e.attr(name)); err == nil {
		return n
	}
	return missing
}

// number returns a number attribute; 0 for one that is missing or none.
func (e *element) number(name string) float64 {
	n, err := strconv.ParseFloat(e.attr(name), 64)
	if err != nil {
		return 0
	}
	return n
}

// child returns the first child of a name, or nil.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	i := slices.IndexFunc(e.children, func(c *element) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return e.children[i]
}

// descend returns the children.
func (e *element) descend() []*element {
	if e == nil {
		return nil
	}
	return e.children
}

// all returns the children of a name.
func (e *element) all(name string) (found []*element) {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// within returns the elements of a name at any depth.
func (e *element) within(name string) (found []*element) {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
		found = append(found, c.within(name)...)
	}
	return found
}

// first returns the first element of a name at any depth, or nil.
func (e *element) first(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			return c
		}
		if found := c.first(name); found != nil {
			return found
		}
	}
	return nil
}

// content returns the text of a child.
func (e *element) content(name string) string { return strings.TrimSpace(e.child(name).string()) }

// string returns the text of an element.
func (e *element) string() string {
	if e == nil {
		return ""
	}
	return e.text
}
