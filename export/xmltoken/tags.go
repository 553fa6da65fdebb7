package xmltoken

import (
	"bytes"
	"encoding/xml"
	"slices"
)

// startTag reads a start with its attributes.
func (t *Tokenizer) startTag() error {
	i, err := t.name(t.pos+1, &t.Prefix, &t.Name)
	if err != nil {
		return err
	}
	full := t.buf[t.pos+1 : i]
	t.Attrs = t.Attrs[:0]
	for {
		i = t.space(i)
		if i == len(t.buf) {
			return errMore
		}
		switch t.buf[i] {
		case '>':
			t.started(full)
			t.pos = i + 1
			return nil
		case '/':
			if i+1 == len(t.buf) {
				return errMore
			}
			if t.buf[i+1] != '>' {
				return t.fault(i, "a / without a > inside of a tag")
			}
			t.started(full)
			t.pos, t.isOpen = i+2, true
			return nil
		}
		if i, err = t.attribute(i); err != nil {
			return err
		}
	}
}

// started notes that an element is open.
func (t *Tokenizer) started(full []byte) {
	t.open.push(full)
	t.Depth++
	for i := range t.Attrs {
		if a := &t.Attrs[i]; len(a.Prefix) == 0 && string(a.Name) == "xmlns" {
			t.spaces = append(t.spaces, namespace{t.Depth, "", string(a.Value)})
		} else if string(a.Prefix) == "xmlns" {
			t.spaces = append(t.spaces, namespace{t.Depth, string(a.Name), string(a.Value)})
		}
	}
}

// attribute reads an attribute at an offset, and returns the offset behind it.
func (t *Tokenizer) attribute(i int) (int, error) {
	n := len(t.Attrs)
	if n < cap(t.Attrs) {
		t.Attrs = t.Attrs[:n+1]
	} else {
		t.Attrs = append(t.Attrs, Attr{})
	}
	a := &t.Attrs[n]
	i, err := t.name(i, &a.Prefix, &a.Name)
	if err != nil {
		return 0, err
	}
	i = t.space(i)
	switch {
	case i == len(t.buf):
		return 0, errMore
	case t.buf[i] != '=':
		return 0, t.fault(i, "an attribute without =")
	}
	i = t.space(i + 1)
	switch {
	case i == len(t.buf):
		return 0, errMore
	case t.buf[i] != '"' && t.buf[i] != '\'':
		return 0, t.fault(i, "a value without quotes")
	}
	quote, start := t.buf[i], i+1
	for i = start; i < len(t.buf) && byteClasses[t.buf[i]]&valueByte != 0; {
		i++
	}
	if i < len(t.buf) && t.buf[i] == quote {
		a.Value = t.buf[start:i]
		return i + 1, nil
	}
	length := bytes.IndexByte(t.buf[i:], quote)
	if length < 0 {
		return 0, errMore
	}
	i += length
	a.Value, err = t.resolve(start, i, inValue)
	return i + 1, err
}

// endTag reads an end.
func (t *Tokenizer) endTag() error {
	start, top := t.pos+len("</"), t.open.top()
	if end := start + len(top); end < len(t.buf) && t.buf[end] == '>' && t.open.isTop(t.buf[start:end]) { // as nearly always
		t.Prefix, t.Name = cutPrefix(t.buf[start:end])
		t.pos = end + 1
		t.end()
		return nil
	}
	i, err := t.name(t.pos+2, &t.Prefix, &t.Name)
	if err != nil {
		return err
	}
	full := t.buf[t.pos+2 : i]
	i = t.space(i)
	switch {
	case i == len(t.buf):
		return errMore
	case t.buf[i] != '>':
		return t.fault(i, "something behind the name in </%s>", full)
	case !t.open.isTop(full):
		return t.fault(i, "</%s> where another element ends", full)
	}
	t.pos = i + 1
	t.end()
	return nil
}

// end notes that the innermost element is no longer open.
func (t *Tokenizer) end() {
	t.Kind = End
	t.open.pop()
	for len(t.spaces) > 0 && t.spaces[len(t.spaces)-1].depth == t.Depth {
		t.spaces = t.spaces[:len(t.spaces)-1]
	}
	t.Depth--
}

// space returns the offset of what is behind the space at an offset.
func (t *Tokenizer) space(i int) int {
	for i < len(t.buf) && byteClasses[t.buf[i]]&spaceByte != 0 {
		i++
	}
	return i
}

// name reads a name at an offset, and returns the offset behind it.
func (t *Tokenizer) name(start int, prefix, local *[]byte) (int, error) {
	i, all, err := t.word(start)
	if err != nil {
		return 0, err
	}
	name := t.buf[start:i]
	if all&colonByte == 0 {
		*prefix, *local = nil, name
		return i, nil
	}
	if bytes.IndexByte(name, ':') != bytes.LastIndexByte(name, ':') {
		return 0, t.fault(i, "%q is no name", name)
	}
	*prefix, *local = cutPrefix(name)
	return i, nil
}

// cutPrefix cuts a name at its colon, if something is before and behind it.
func cutPrefix(name []byte) (prefix, local []byte) {
	if colon := bytes.IndexByte(name, ':'); colon > 0 && colon < len(name)-1 {
		return name[:colon], name[colon+1:]
	}
	return nil, name
}

// word reads a name with whatever colons it has at an offset, and returns the offset behind it and the classes of all its bytes.
func (t *Tokenizer) word(start int) (end int, all uint8, err error) {
	i := start
	for i < len(t.buf) && byteClasses[t.buf[i]]&nameByte != 0 {
		all |= byteClasses[t.buf[i]]
		i++
	}
	if i == len(t.buf) {
		return 0, 0, errMore
	}
	switch name := t.buf[start:i]; {
	case i == start:
		return 0, 0, t.fault(i, "%q where a name belongs", t.buf[i])
	case all&wideByte == 0 && byteClasses[name[0]]&firstByte == 0, all&wideByte != 0 && !isName(name):
		return 0, 0, t.fault(i, "%q is no name", name)
	}
	return i, all, nil
}

// isName asks encoding/xml, for names beyond ASCII are rare and the tables of their letters long.
func isName(name []byte) bool {
	_, err := xml.NewDecoder(bytes.NewReader(append(append([]byte("<?"), name...), "?>"...))).RawToken()
	return err == nil
}

// instruction passes over a processing instruction. The one that begins a document must tell of XML 1.0 in the
// encoding that it has.
func (t *Tokenizer) instruction() error {
	i, _, err := t.word(t.pos + 2)
	if err != nil {
		return err
	}
	name := t.buf[t.pos+2 : i]
	length := bytes.Index(t.buf[i:], []byte("?>"))
	if length < 0 {
		return errMore
	}
	content := t.buf[i : i+length]
	t.pos = i + length + 2
	if string(name) != "xml" {
		return nil
	}
	if version := parameter(content, "version"); version != "" && version != "1.0" {
		return t.fault(i, "XML %s, where 1.0 is read", version)
	}
	if encoding := parameter(content, "encoding"); !isUTF8(encoding) && encoding != t.encoding {
		return t.fault(i, "the encoding %s, which is not that of the document or not known", encoding)
	}
	return nil
}

// namespace is a declaration that holds at a depth and below.
type namespace struct {
	depth       int
	prefix, url string
}

// Space returns the namespace that a prefix stands for where the tokenizer is; empty for the empty prefix where none is
// declared, and the prefix itself for another that is not.
func (t *Tokenizer) Space(prefix []byte) string {
	if string(prefix) == "xml" {
		return "http://www.w3.org/XML/1998/namespace"
	}
	for _, space := range slices.Backward(t.spaces) {
		if space.prefix == string(prefix) {
			return space.url
		}
	}
	return string(prefix)
}

// nameStack keeps the full names of the open elements.
type nameStack struct {
	names []byte
	ends  []int
}

func (s *nameStack) push(name []byte) {
	s.names = append(s.names, name...)
	s.ends = append(s.ends, len(s.names))
}

func (s *nameStack) start() int {
	if len(s.ends) < 2 {
		return 0
	}
	return s.ends[len(s.ends)-2]
}

// top returns the name of the innermost element; nothing where none is open.
func (s *nameStack) top() []byte { return s.names[s.start():] }

func (s *nameStack) isTop(name []byte) bool {
	return len(s.ends) > 0 && string(s.top()) == string(name)
}

func (s *nameStack) pop() {
	s.names, s.ends = s.names[:s.start()], s.ends[:len(s.ends)-1]
}
