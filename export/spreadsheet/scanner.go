package spreadsheet

import (
	"errors"
	"io"

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
	return c.scanner(part, file), nil
}

// scanner returns what reads the XML of a part, or of some of it.
func (c *container) scanner(part string, file io.ReadCloser) *scanner {
	return &scanner{Tokenizer: xmltoken.New(file, c.limits.Token), part: part, limits: &c.limits, closer: file}
}

func (s *scanner) close() { _ = s.closer.Close() } // only reads

// next reads the next start, end or text; io.EOF behind the last.
func (s *scanner) next() error {
	if err := s.Next(); err != nil {
		return s.told(err)
	}
	if s.Kind == xmltoken.Start && s.Depth > s.limits.Depth {
		return refuse(s.part, "nests more than %d elements", s.limits.Depth)
	}
	return nil
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
	if err = s.next(); err != nil {
		return false, s.tooEarly(err)
	}
	return s.Depth >= depth, nil
}

// startInside reads up to the next start of an element inside of the one at a depth; more is false for the end of that.
func (s *scanner) startInside(depth int) (more bool, err error) {
	for {
		if more, err = s.inside(depth); err != nil || !more || s.Kind == xmltoken.Start {
			return more, err
		}
	}
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
	if text, ok := s.Leaf(); ok { // as most are
		return append(b, text...), nil
	}
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

// checkRow refuses a row that has more text than the limit.
func (s *scanner) checkRow(number int, text []byte) error {
	if len(text) > s.limits.Row {
		return refuse(s.part, "has more than %d bytes of text in row %d", s.limits.Row, number)
	}
	return nil
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

// ownElement reads the element that has just started to its end. The limit of elements is for it alone.
func (s *scanner) ownElement() (*element, error) {
	s.elements = 0
	return s.element()
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
