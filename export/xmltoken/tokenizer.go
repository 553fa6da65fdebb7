package xmltoken

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// Kind says what a token is.
type Kind uint8

// The kinds of tokens. Comments and processing instructions are passed over.
const (
	Start Kind = iota + 1
	End        // an element that closes itself has one too
	Text       // between tags: a run of characters, or one CDATA section
)

// Attr is an attribute of a start.
type Attr struct {
	Prefix []byte // of its name; empty for none
	Name   []byte // behind the prefix
	Value  []byte // with references resolved and line ends made \n
}

// Tokenizer reads tokens. Its fields tell of the token that Next has read, and hold until it reads the next.
type Tokenizer struct {
	Kind   Kind
	Prefix []byte // of the name of a start or an end; empty for none
	Name   []byte // of a start or an end, behind the prefix
	Attrs  []Attr // of a start, in the order of the document
	Text   []byte // of a text, with references resolved and line ends made \n
	Depth  int    // the elements that are open: a start counts itself, an end no longer

	r        io.Reader
	limit    int
	buf      []byte // buf[pos:] was read from r, and is not a token yet
	pos      int
	isRead   bool // r has no more, because of readErr
	readErr  error
	isKnown  bool   // the encoding of the document
	encoding string // what the document calls it
	err      error
	lines    int    // that were cut off the front of buf
	isOpen   bool   // the element closes itself, and its end is still to come
	spare    []byte // values and texts that are not in the document as they are
	open     nameStack
	spaces   []namespace
	known    *knownTags
	start    int // of the token at hand, in buf
	kept     recording
}

// bufferSize is how much is read at a time.
const bufferSize = 64 << 10

// ErrTooLong is the error about a token beyond the limit.
var ErrTooLong = errors.New("a tag or text is too long")

// ErrDirective is the error about a document type declaration.
var ErrDirective = errors.New("there is a document type declaration")

// SyntaxError tells what is wrong with a document.
type SyntaxError struct {
	Message string
	Line    int // from 1
}

// Error returns message and line.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s in line %d", e.Message, e.Line) }

// errMore asks for more of the document than the buffer holds.
var errMore = errors.New("more")

// New returns a tokenizer of a document in UTF-8, UTF-16 or an encoding of one byte a character that it names, of which no token takes more than limit bytes.
func New(r io.Reader, limit int) *Tokenizer {
	return &Tokenizer{r: r, limit: limit, buf: make([]byte, 0, min(bufferSize, limit+1)), known: newKnownTags(), kept: recording{from: off}}
}

// Next reads the next token, or returns io.EOF behind the last. Any other error is that of the reader, ErrTooLong,
// ErrDirective or a *SyntaxError, and comes again with every call.
func (t *Tokenizer) Next() error {
	if t.err != nil {
		return t.err
	}
	if t.isOpen {
		t.isOpen = false
		t.end()
		return nil
	}
	for {
		before := t.pos
		kind, err := t.token()
		switch {
		case err == nil && t.pos-before > t.limit:
			err = ErrTooLong
		case err == nil && kind != 0:
			t.Kind, t.start = kind, before
			return nil
		case err == nil:
		case errors.Is(err, errMore):
			t.pos = before
			err = t.fill()
		}
		if err != nil {
			t.err = err
			return err
		}
	}
}

// Leaf returns the text of the element that has just started, where nothing else is in it and all of it stands in the document as
// it is meant. The end of the element is the token at hand then. Else it does nothing: ok is false, and Next reads on.
func (t *Tokenizer) Leaf() (text []byte, ok bool) {
	if t.isOpen || t.err != nil {
		return nil, false
	}
	i := t.pos
	for i < len(t.buf) && byteClasses[t.buf[i]]&textByte != 0 {
		i++
	}
	name := t.open.top()
	end := i + len("</") + len(name) // of the name
	if end >= len(t.buf) || t.buf[end] != '>' || t.buf[i] != '<' || t.buf[i+1] != '/' || string(t.buf[end-len(name):end]) != string(name) || i-t.pos > t.limit {
		return nil, false
	}
	text = t.buf[t.pos:i]
	t.pos = end + 1
	t.end()
	return text, true
}

// Skip passes over what is inside of the element that has just started, up to its end, which becomes the token at hand. It looks
// for where tags begin and end and at nothing else, several times as fast as Next: that the names of starts and ends belong
// together, and what else is well-formed, is for somebody who reads the element.
func (t *Tokenizer) Skip() error {
	for inside := 0; t.err == nil && !t.isOpen; {
		end, step, err := t.leap()
		switch {
		case errors.Is(err, errMore):
			err = t.fill()
		case err == nil && inside+step < 0:
			return t.Next() // the end of the element itself
		case err == nil:
			t.pos, inside = end, inside+step
		}
		t.err = err
	}
	return t.Next()
}

// leap returns where the next tag ends, and by how many elements it leads inward. What is not a tag is behind it already.
func (t *Tokenizer) leap() (end, step int, err error) {
	length := bytes.IndexByte(t.buf[t.pos:], '<')
	if length < 0 {
		t.pos = len(t.buf)
		return 0, 0, errMore
	}
	t.pos += length
	if t.pos+1 == len(t.buf) {
		return 0, 0, errMore
	}
	switch t.buf[t.pos+1] {
	case '!', '?':
		at := t.pos
		_, err := t.token()
		end, t.pos = t.pos, at
		return end, 0, err
	case '/':
		length = bytes.IndexByte(t.buf[t.pos:], '>')
		if length < 0 {
			return 0, 0, errMore
		}
		return t.pos + length + 1, -1, nil
	}
	end, isWhole := tagEnd(t.buf[t.pos:])
	switch end += t.pos; {
	case !isWhole:
		return 0, 0, errMore
	case t.buf[end-2] == '/':
		return end, 0, nil
	default:
		return end, 1, nil
	}
}

// tagEnd returns what is behind the tag that a text begins with: a > inside of quotes does not end it.
func tagEnd(text []byte) (end int, isWhole bool) {
	end = bytes.IndexByte(text, '>') + 1
	if tag := text[:end]; end == 0 || bytes.IndexByte(tag, '\'') < 0 && bytes.Count(tag, []byte{'"'})%2 == 0 { // as nearly always
		return end, end > 0
	}
	quote := byte(0)
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1, true
		}
	}
	return 0, false
}

// fill reads as much of the document behind what is left of it as the buffer takes.
func (t *Tokenizer) fill() error {
	if t.isRead {
		return t.atEnd()
	}
	if len(t.buf)-t.pos > t.limit {
		return ErrTooLong
	}
	if t.pos > 0 {
		t.record()
		t.lines += bytes.Count(t.buf[:t.pos], []byte("\n"))
		t.buf, t.pos = t.buf[:copy(t.buf, t.buf[t.pos:])], 0
	}
	if len(t.buf) == cap(t.buf) {
		t.buf = append(make([]byte, 0, min(2*cap(t.buf), t.limit+1)), t.buf...)
	}
	for len(t.buf) < cap(t.buf) && !t.isRead {
		n, err := t.r.Read(t.buf[len(t.buf):cap(t.buf)])
		t.buf = t.buf[:len(t.buf)+n]
		if err != nil {
			t.isRead, t.readErr = true, err
		}
	}
	if !t.isKnown {
		t.decode()
	}
	return nil
}

// decode looks at the start of the document, and begins anew if it is not in UTF-8.
func (t *Tokenizer) decode() {
	t.isKnown = true
	var decodes encoding.Encoding
	if decodes, t.encoding = encodingOf(t.buf); decodes == nil {
		return
	}
	start := io.Reader(bytes.NewReader(bytes.Clone(t.buf)))
	if !t.isRead {
		start = io.MultiReader(start, t.r)
	} else if !errors.Is(t.readErr, io.EOF) {
		start = io.MultiReader(start, failing{t.readErr})
	}
	t.r, t.buf, t.isRead, t.readErr = transform.NewReader(start, decodes.NewDecoder()), t.buf[:0], false, nil
}

// failing is a reader that fails.
type failing struct{ err error }

// Read returns the error.
func (f failing) Read([]byte) (int, error) { return 0, f.err }

// atEnd returns what the end of the document is, when the rest of the buffer is no token.
func (t *Tokenizer) atEnd() error {
	if !errors.Is(t.readErr, io.EOF) {
		return t.readErr
	}
	if t.pos < len(t.buf) || len(t.open.ends) > 0 {
		return t.fault(len(t.buf), "unexpected end of the document")
	}
	return io.EOF
}

// fault returns the error about the bytes before an offset of the buffer.
func (t *Tokenizer) fault(at int, format string, args ...any) error {
	return &SyntaxError{fmt.Sprintf(format, args...), t.lines + bytes.Count(t.buf[:at], []byte("\n")) + 1}
}

// token reads a token from the buffer: 0 for one to pass over, errMore when it goes on behind the buffer.
func (t *Tokenizer) token() (Kind, error) {
	if t.pos == len(t.buf) {
		return 0, errMore
	}
	t.spare = t.spare[:0]
	if t.buf[t.pos] != '<' {
		return Text, t.text()
	}
	if t.pos+1 == len(t.buf) {
		return 0, errMore
	}
	switch t.buf[t.pos+1] {
	case '/':
		return End, t.endTag()
	case '?':
		return 0, t.instruction()
	case '!':
		return t.declaration()
	default:
		if t.startsAgain() {
			return Start, nil
		}
		return Start, t.startTag()
	}
}

// text reads the characters up to the next tag.
func (t *Tokenizer) text() error {
	length := bytes.IndexByte(t.buf[t.pos:], '<')
	if length < 0 {
		if !t.isRead {
			return errMore
		}
		length = len(t.buf) - t.pos
	}
	text, err := t.resolve(t.pos, t.pos+length, inText)
	t.Text = text
	t.pos += length
	return err
}

// section returns what is between two marks, of which the document is at the first, and stands behind the second then.
func (t *Tokenizer) section(from, to string) (start, end int, err error) {
	start = t.pos + len(from)
	length := bytes.Index(t.buf[start:], []byte(to))
	if length < 0 {
		return 0, 0, errMore
	}
	t.pos = start + length + len(to)
	return start, start + length, nil
}

// declaration reads what begins with an exclamation mark: a comment, a CDATA section, or what no document here has.
func (t *Tokenizer) declaration() (Kind, error) {
	const comment, data = "<!--", "<![CDATA["
	rest := t.buf[t.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte(comment)):
		_, end, err := t.section(comment, "--")
		switch {
		case err != nil:
			return 0, err
		case t.pos == len(t.buf):
			return 0, errMore
		case t.buf[t.pos] != '>':
			return 0, t.fault(end, `"--" inside of a comment`)
		}
		t.pos++
		return 0, nil
	case bytes.HasPrefix(rest, []byte(data)):
		start, end, err := t.section(data, "]]>")
		if err != nil {
			return 0, err
		}
		t.Text, err = t.resolve(start, end, inData)
		return Text, err
	case len(rest) < len(data) && (bytes.HasPrefix([]byte(data), rest) || bytes.HasPrefix([]byte(comment), rest)):
		return 0, errMore
	case rest[2] == '-' || rest[2] == '[':
		return 0, t.fault(t.pos+2, "<!%c begins neither a comment nor a CDATA section", rest[2])
	default:
		return 0, ErrDirective
	}
}
