package xmltoken_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"haltsheet/export/xmltoken"
)

// FuzzTokens holds the tokens of whatever comes to those of encoding/xml.
func FuzzTokens(f *testing.F) {
	for _, document := range documents {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, document string) {
		if xmltoken.IsOther(document) {
			return
		}
		holdToEncodingXML(t, document)
		holdToEncodingXML(t, again(document))
	})
}

// again returns a document with another in it several times over, so that each of its tags comes again.
func again(document string) string { return "<r>" + strings.Repeat(document, 5) + "</r>" }

// TestTagsThatComeAgain holds documents in which each tag comes again to encoding/xml, and such in which many do and others come between.
func TestTagsThatComeAgain(t *testing.T) {
	for _, document := range documents {
		if !xmltoken.IsOther(document) {
			holdToEncodingXML(t, again(document))
		}
	}
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, `<x:a xmlns:x="u%d"><x:b c="%d" d="&lt;>"/><x:b c="%d"/></x:a>`, i%3, i%400, i)
	}
	holdToEncodingXML(t, again(b.String()))
}

// holdToEncodingXML holds the tokens of a document to those of encoding/xml.
func holdToEncodingXML(t *testing.T, document string) {
	want, errWant := ofEncodingXML(document)
	got, err := ofTokenizer(strings.NewReader(document))
	if errors.Is(errWant, errOther) && err != nil {
		return
	}
	if (err == nil) != (errWant == nil) {
		t.Fatalf("%.200q: got the error %v, want %v", document, err, errWant)
	}
	leaves, errLeaves := ofLeaves(strings.NewReader(document))
	if (err == nil) != (errLeaves == nil) || err == nil && !slices.Equal(leaves, got) {
		t.Fatalf("%.200q by leaf: got the error %v and\n%.2000s\nwant %v and\n%.2000s", document, errLeaves, strings.Join(leaves, "\n"), err, strings.Join(got, "\n"))
	}
	if err == nil && !slices.Equal(got, want) {
		t.Fatalf("%.200q: got\n%.2000s\nwant\n%.2000s", document, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// documents are where fuzzing begins, and what holds without it.
var documents = []string{
	`<a/>`, `<a></a>`, `<a b="c" d='e"f'>g</a>`, "\ufeff<a/>", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n<a>\r\nb\rc\n</a>",
	`<x:a xmlns:x="u" x:b="1" b="2"><x:c xmlns:x="v"/><x:d/></x:a>`, `<a xmlns="u"><b xmlns=""/></a>`, `<a:b:c/>`, `<:a/>`, `<a:/>`, `<é ä="ö"/>`, `<1/>`, `<-/>`,
	`<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#xD83D;&#10;&#13;</a>`, `<a b="&lt;&#10;&amp;` + "\r\n\t" + `"/>`, `<a>&nbsp;</a>`, `<a>&lt</a>`, `<a>&#0;</a>`, `<a>&#x110000;</a>`, `<a>&#xfffe;</a>`, `<a>&#;</a>`, `<a>&#+1;</a>`, `<a>&#x;</a>`,
	`<a><![CDATA[<&]]]]><![CDATA[>]]></a>`, `<a>]]></a>`, `<a>]]&gt;</a>`, `<a b="]]>"/>`, `<a b="<"/>`, `<a><![CDATA[` + "\r\n" + `]]></a>`, `<a><![CDAT[]]></a>`, `<a><![CDATA[`,
	`<!-- a -->b<!----><a/>`, `<!-- a -- b -->`, `<!--->`, `<!-`, `<!DOCTYPE a>`, `<!`, `<?a b?><c/>`, `<? a?>`, `<?a:b:c?><d/>`, `<?é:b:c?><d/>`, `<?a`, `<?xml version="1.1"?><a/>`, `<?xml encoding='utf-16'?><a/>`,
	`<a`, `<a b`, `<a b=`, `<a b="`, `<a b=c/>`, `<a b/>`, `<a / >`, `<a>`, `</a>`, `<a></b>`, `<a></a b>`, `<a></a >`, `<a></ a>`, `<a/><b/>`, `a`, ``, "<a>\x00</a>", "<a>\xff</a>", "<a>\uffff</a>", "<a b='\x01'/>", "<a\xff/>",
	`<a b="1" b="2"c='3'/>`, `<a xml:space="preserve" xmlns:xml="v"/>`, `<xmlns:a xmlns:xmlns="u"/>`,
}

// errOther is what the tokenizer refuses and encoding/xml does not.
var errOther = errors.New("taken by encoding/xml alone")

// ofEncodingXML returns the tokens of a document as encoding/xml reads them.
func ofEncodingXML(document string) (tokens []string, err error) {
	d := xml.NewDecoder(strings.NewReader(document))
	other := false
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && other:
			return nil, errOther
		case errors.Is(err, io.EOF):
			return tokens, nil
		case err != nil:
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			line := fmt.Sprintf("start %q %q", token.Name.Space, token.Name.Local)
			for _, a := range token.Attr {
				line += fmt.Sprintf(" %q %q %q", a.Name.Space, a.Name.Local, a.Value)
			}
			tokens = append(tokens, line)
		case xml.EndElement:
			tokens = append(tokens, fmt.Sprintf("end %q %q", token.Name.Space, token.Name.Local))
		case xml.CharData:
			tokens = append(tokens, fmt.Sprintf("text %q", token))
		case xml.Directive:
			other = true
		}
	}
}

// ofTokenizer returns the tokens of a document as the tokenizer reads them.
func ofTokenizer(r io.Reader) (tokens []string, err error) { return tokensOf(r, false) }

// ofLeaves returns the same, with what Leaf takes taken by it.
func ofLeaves(r io.Reader) (tokens []string, err error) { return tokensOf(r, true) }

func tokensOf(r io.Reader, byLeaf bool) (tokens []string, err error) {
	t := xmltoken.New(r, 1<<20)
	space := func(prefix []byte, isElement bool, name string) string {
		switch {
		case string(prefix) == "xmlns", len(prefix) == 0 && (!isElement || name == "xmlns"):
			return string(prefix)
		default:
			return t.Space(prefix)
		}
	}
	spaces := []string{}
	end := func() {
		tokens = append(tokens, fmt.Sprintf("end %q %q", spaces[len(spaces)-1], t.Name))
		spaces = spaces[:len(spaces)-1]
	}
	for {
		err := t.Next()
		if errors.Is(err, io.EOF) {
			return tokens, nil
		}
		if err != nil {
			return nil, err
		}
		switch t.Kind {
		case xmltoken.Start:
			spaces = append(spaces, space(t.Prefix, true, string(t.Name)))
			line := fmt.Sprintf("start %q %q", spaces[len(spaces)-1], t.Name)
			for _, a := range t.Attrs {
				line += fmt.Sprintf(" %q %q %q", space(a.Prefix, false, string(a.Name)), a.Name, a.Value)
			}
			tokens = append(tokens, line)
			if !byLeaf {
				continue
			}
			if text, ok := t.Leaf(); ok {
				if len(text) > 0 {
					tokens = append(tokens, fmt.Sprintf("text %q", text))
				}
				end()
			}
		case xmltoken.End:
			end()
		case xmltoken.Text:
			tokens = append(tokens, fmt.Sprintf("text %q", t.Text))
		}
	}
}

// TestEncodings reads a document in encodings that encoding/xml leaves to others.
func TestEncodings(t *testing.T) {
	const text = "<?xml version='1.0' encoding='%s'?><a b='é'>ß</a>"
	for name, encode := range map[string]encoding.Encoding{
		"UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16": unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "ISO-8859-1": charmap.ISO8859_1, "iso-8859-15": charmap.ISO8859_15, "latin1": charmap.ISO8859_1, "windows-1252": charmap.Windows1252,
	} {
		document, err := encode.NewEncoder().String(fmt.Sprintf(text, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := ofTokenizer(strings.NewReader(document))
		if want := []string{`start "" "a" "" "b" "é"`, `text "ß"`, `end "" "a"`}; err != nil || strings.Join(got[max(len(got)-3, 0):], "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"US-ASCII", "ascii"} {
		if _, err := ofTokenizer(strings.NewReader(fmt.Sprintf("<?xml version='1.0' encoding='%s'?><a/>", name))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"UTF-16", "EBCDIC-CP-US", "UTF-7"} {
		if _, err := ofTokenizer(strings.NewReader(fmt.Sprintf("<?xml version='1.0' encoding='%s'?><a/>", name))); err == nil {
			t.Errorf("%s, in ASCII: it is read", name)
		}
	}
}

// TestBuffers reads documents byte by byte, and such that are larger than the buffer: the tokens are the same.
func TestBuffers(t *testing.T) {
	long := strings.Repeat("<b c='d'>e&amp;f</b>\n", 10_000)
	for _, document := range append([]string{"<a>" + long + "</a>", "<a b='" + strings.Repeat("c", 200_000) + "'/>"}, documents...) {
		want, errWant := ofTokenizer(strings.NewReader(document))
		got, err := ofTokenizer(iotest.OneByteReader(strings.NewReader(document)))
		if leaves, errLeaves := ofLeaves(strings.NewReader(document)); fmt.Sprint(errLeaves) != fmt.Sprint(errWant) || strings.Join(leaves, "\n") != strings.Join(want, "\n") {
			t.Errorf("%.60q by leaf: got %.200q, %v, want %.200q", document, leaves, errLeaves, want)
		}
		if fmt.Sprint(err) != fmt.Sprint(errWant) || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%.60q byte by byte: got %.200q, %v, want %.200q, %v", document, got, err, want, errWant)
		}
	}
}

// TestSkip passes over each element of documents: what comes behind it is what comes when its tokens are read, whatever the buffer
// holds. A document that is not well-formed gives an error at the latest when it is read.
func TestSkip(t *testing.T) {
	long := "<a b='>' c=\"'\"><![CDATA[</a>]]><!-- </a> --><?a </a>?>" + strings.Repeat("<b c='d/'><e/>f &gt; g</b>\n", 10_000) + "</a>"
	for _, document := range append([]string{"<r>" + long + "<s/></r>", "<r><s>" + long + "</s>" + long + "</r>"}, documents...) {
		tokens, err := ofTokenizer(strings.NewReader(document))
		starts := 0
		for _, token := range tokens {
			if strings.HasPrefix(token, "start") {
				starts++
			}
		}
		for skipped := range min(starts, 6) {
			for _, r := range []io.Reader{strings.NewReader(document), iotest.OneByteReader(strings.NewReader(document))} {
				want, errWant := restBehind(strings.NewReader(document), skipped, pass)
				got, errGot := restBehind(r, skipped, (*xmltoken.Tokenizer).Skip)
				if err == nil && (errGot != nil || errWant != nil || strings.Join(got, "\n") != strings.Join(want, "\n")) {
					t.Fatalf("%.80q without the inside of element %d: got %.200q, %v, want %.200q", document, skipped, got, errGot, want)
				}
			}
		}
	}
}

// pass reads the tokens of an element up to its end.
func pass(t *xmltoken.Tokenizer) error {
	for depth := t.Depth; t.Depth >= depth; {
		if err := t.Next(); err != nil {
			return err
		}
	}
	return nil
}

// restBehind returns the tokens of a document without those inside of an element, counted from 0, which a function passes over.
func restBehind(r io.Reader, skipped int, skip func(*xmltoken.Tokenizer) error) (tokens []string, err error) {
	tokenizer := xmltoken.New(r, 1<<20)
	for {
		err := tokenizer.Next()
		if errors.Is(err, io.EOF) {
			return tokens, nil
		}
		if err == nil && tokenizer.Kind == xmltoken.Start {
			if skipped--; skipped == -1 {
				err = skip(tokenizer)
			}
		}
		if err != nil {
			return tokens, err
		}
		content := tokenizer.Name
		if tokenizer.Kind == xmltoken.Text {
			content = tokenizer.Text
		}
		tokens = append(tokens, fmt.Sprintf("%d %d %q", tokenizer.Kind, tokenizer.Depth, content))
	}
}

// TestLimit refuses a token by the byte, wherever it is too long.
func TestLimit(t *testing.T) {
	for _, token := range []string{"<a b='%s'>", "%s", "<!--%s-->", "<![CDATA[%s]]>", "<?a %s?>", "<%s>"} {
		bare := len(token) - len("%s")
		for length, want := range map[int]error{100_000: nil, 100_001: xmltoken.ErrTooLong} {
			document := "<r>" + strings.Replace(token, "%s", strings.Repeat("x", length-bare), 1) + "</r>"
			tokenizer := xmltoken.New(strings.NewReader(document), 100_000)
			var err error
			for err == nil {
				err = tokenizer.Next()
			}
			if errors.Is(err, xmltoken.ErrTooLong) != (want != nil) {
				t.Errorf("%s of %d bytes: got %v, want %v", token, length, err, want)
			}
		}
	}
}

// TestErrors tells of the line, of the reader, and again.
func TestErrors(t *testing.T) {
	tokenizer := xmltoken.New(strings.NewReader("<a>\n<b>\n</a>"), 100)
	for range 4 {
		_ = tokenizer.Next()
	}
	first := tokenizer.Next()
	if syntax, ok := errors.AsType[*xmltoken.SyntaxError](first); !ok || syntax.Line != 3 || first.Error() != tokenizer.Next().Error() {
		t.Errorf("got %v and then %v, want an error in line 3 twice", first, tokenizer.Next())
	}
	broken := errors.New("broken")
	tokenizer = xmltoken.New(io.MultiReader(strings.NewReader("<a>"), iotest.ErrReader(broken)), 100)
	if err := tokenizer.Next(); err != nil || tokenizer.Kind != xmltoken.Start {
		t.Errorf("got %v before the reader breaks", err)
	}
	if err := tokenizer.Next(); !errors.Is(err, broken) {
		t.Errorf("got %v, want the error of the reader", err)
	}
}
