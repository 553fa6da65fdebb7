package ooxml

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// scanner reads the XML of a part token by token, within the limits.
type scanner struct {
	part     string
	limits   *Limits
	bytes    *tokenReader
	decoder  *xml.Decoder
	depth    int
	elements int
	closer   io.Closer
}

// tokenReader gives the bytes of a part, so many for each token.
type tokenReader struct {
	*bufio.Reader
	left int
}

var errToken = errors.New("a tag or text is too long")

// ReadByte reads as io.ByteReader does.
func (t *tokenReader) ReadByte() (byte, error) {
	if t.left--; t.left < 0 {
		return 0, errToken
	}
	return t.Reader.ReadByte()
}

// scan opens a part of at most so many bytes.
func (c *container) scan(part string, limit int64) (*scanner, error) {
	file, err := c.open(part, limit)
	if err != nil {
		return nil, err
	}
	s := &scanner{part: part, limits: &c.limits, closer: file, bytes: &tokenReader{Reader: bufio.NewReaderSize(file, 32<<10)}}
	s.decoder = xml.NewDecoder(s.bytes)
	return s, nil
}

func (s *scanner) close() { _ = s.closer.Close() } // only reads

// next returns the next start, end or text; io.EOF behind the last.
func (s *scanner) next() (xml.Token, error) {
	for {
		s.bytes.left = s.limits.Token
		token, err := s.decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, &Error{Part: s.part, Problem: "is not readable XML", Err: err}
		}
		switch token.(type) {
		case xml.StartElement:
			if s.depth++; s.depth > s.limits.Depth {
				return nil, refuse(s.part, "nests more than %d elements", s.limits.Depth)
			}
			return token, nil
		case xml.EndElement:
			s.depth--
			return token, nil
		case xml.CharData:
			return token, nil
		case xml.Directive:
			return nil, refuse(s.part, "has a document type declaration, which no workbook needs")
		}
	}
}

// start returns the next start of an element; io.EOF behind the last.
func (s *scanner) start() (xml.StartElement, error) {
	for {
		token, err := s.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if start, ok := token.(xml.StartElement); ok {
			return start, nil
		}
	}
}

// skip reads up to the end of the element that has just started.
func (s *scanner) skip() error {
	for outside := s.depth - 1; s.depth > outside; {
		if _, err := s.next(); err != nil {
			return s.unexpected(err)
		}
	}
	return nil
}

// unexpected makes the end of a part an error.
func (s *scanner) unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return refuse(s.part, "ends too early")
	}
	return err
}

// root reads the whole part as one element.
func (s *scanner) root() (*element, error) {
	start, err := s.start()
	if err != nil {
		return nil, s.unexpected(err)
	}
	e, err := s.element(start)
	if err != nil {
		return nil, err
	}
	if _, err := s.start(); !errors.Is(err, io.EOF) {
		return nil, &Error{Part: s.part, Problem: "goes on behind its root", Err: err}
	}
	return e, nil
}

// element is an XML element with all that is in it. Its methods take nil for an element without anything.
type element struct {
	name     string // without namespace: transitional and strict files differ in nothing else
	attrs    []xml.Attr
	children []*element
	text     string
}

// element reads an element to its end. What is meant for programs that do not know a newer form is left out.
func (s *scanner) element(start xml.StartElement) (*element, error) {
	if s.elements++; s.elements > s.limits.Elements {
		return nil, refuse(s.part, "has more than %d elements", s.limits.Elements)
	}
	e := &element{name: start.Name.Local, attrs: start.Attr}
	var text strings.Builder
	for {
		token, err := s.next()
		if err != nil {
			return nil, s.unexpected(err)
		}
		switch token := token.(type) {
		case xml.EndElement:
			e.text = text.String()
			return e, nil
		case xml.CharData:
			text.Write(token)
		case xml.StartElement:
			if token.Name.Local == "Fallback" {
				if err := s.skip(); err != nil {
					return nil, err
				}
				continue
			}
			child, err := s.element(token)
			if err != nil {
				return nil, err
			}
			e.children = append(e.children, child)
		}
	}
}

// attr returns an attribute without a namespace, or nothing.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	return attrOf(e.attrs, name)
}

func attrOf(attrs []xml.Attr, name string) string {
	for i := range attrs {
		if attrs[i].Name.Local == name && attrs[i].Name.Space == "" {
			return attrs[i].Value
		}
	}
	return ""
}

// relation returns the id of the relationship that an element names.
func (e *element) relation() string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if a := &e.attrs[i]; a.Name.Local == "id" && strings.HasSuffix(a.Name.Space, "/relationships") {
			return a.Value
		}
	}
	return ""
}

// flag returns a boolean attribute, or the default of one that is missing.
func (e *element) flag(name string, missing bool) bool {
	switch e.attr(name) {
	case "":
		return missing
	case "1", "true", "on":
		return true
	default:
		return false
	}
}

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
func (e *element) content(name string) string {
	if c := e.child(name); c != nil {
		return strings.TrimSpace(c.text)
	}
	return ""
}
