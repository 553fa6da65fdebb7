package xmltoken_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"haltsheet/export/xmltoken"
)

// TestRecorded keeps each element inside of the root of a document as it stands, whether it is passed over or read.
func TestRecorded(t *testing.T) {
	long := "<x:a b='>' c=\"'\">\n<![CDATA[</x:a>]]>" + strings.Repeat("<b c='d/'><e/>f &gt; g</b>\n", 10_000) + "</x:a>"
	inside := []string{long, "<s/>", "<t></t >", "<u v='w'/>", long, "<y>z</y>"}
	document := "<r>" + strings.Join(inside, "\n text <!-- --> ") + "</r>"
	for _, length := range []int{len(long), len(long) - 1} {
		for name, through := range map[string]func(*xmltoken.Tokenizer) error{"passed": pass, "skipped": (*xmltoken.Tokenizer).Skip} {
			for _, r := range []io.Reader{strings.NewReader(document), iotest.OneByteReader(strings.NewReader(document))} {
				tokenizer := xmltoken.New(r, 1<<20)
				for i := -1; i < len(inside); {
					if err := tokenizer.Next(); err != nil {
						t.Fatal(err)
					}
					if tokenizer.Kind != xmltoken.Start {
						continue
					}
					if i++; i == 0 {
						continue
					}
					tokenizer.Record(length)
					if err := through(tokenizer); err != nil {
						t.Fatal(err)
					}
					want := inside[i-1]
					if len(want) > length {
						want = ""
					}
					if got := string(tokenizer.Recorded()); got != want {
						t.Fatalf("%s, at most %d bytes: element %d is kept as %.80q of %d bytes, want %.80q of %d", name, length, i, got, len(got), want, len(want))
					}
				}
			}
		}
	}
}
