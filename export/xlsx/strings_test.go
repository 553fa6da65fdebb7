package xlsx

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var escape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// readString reads a text as a spreadsheet does: XML, then the escapes of ST_Xstring from left to right.
func readString(item []byte) (string, error) {
	var si struct {
		T string `xml:"t"`
	}
	if err := xml.Unmarshal(item, &si); err != nil {
		return "", err
	}
	return escape.ReplaceAllStringFunc(si.T, func(found string) string {
		n, _ := strconv.ParseUint(found[2:6], 16, 32)
		return string(rune(n))
	}), nil
}

func holdString(t interface{ Fatalf(string, ...any) }, text string) {
	got, err := readString(appendStringItem(nil, text))
	if err != nil || got != text {
		t.Fatalf("%q is read back as %q, %v", text, got, err)
	}
}

// TestStringsComeBack holds every text to be read as it was written.
func TestStringsComeBack(t *testing.T) {
	for _, text := range []string{
		"", " ", "a  b", "<&>\"'", "line\nline", "\r", "\x00\x1f", "_x0041_", "_x005F_x0041_", "__x0041_", "_x00", "_xZZZZ_",
		"\ufffe\uffff", "=1+1", "שלום", "😀", "ü", "_x000D_", "_x0041\x01",
	} {
		holdString(t, text)
	}
	rapid.Check(t, func(t *rapid.T) { holdString(t, rapid.String().Draw(t, "text")) })
}

// FuzzStrings holds any valid UTF-8 to be read as it was written.
func FuzzStrings(f *testing.F) {
	f.Add("_x0041_\r\n\ufffe")
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			holdString(t, text)
		}
	})
}

// TestStringNumbers holds both passes over the texts to the same numbers, whether they recur or not.
func TestStringNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c", string(make([]byte, maxShared+1))})).Draw(t, "texts")
		recurs := rapid.SliceOfN(rapid.Bool(), len(texts), len(texts)).Draw(t, "recurs")
		s := newSharedStrings(3)
		numbers, last := make([]int, len(texts)), recent{}
		for i, text := range texts {
			if numbers[i] = s.next; recurs[i] {
				numbers[i] = s.number(text, &last)
			} else {
				s.add()
			}
		}
		w, written, again := &stringWriter{strings: s, next: 3}, []string{"", "", ""}, recent{}
		for i, text := range texts {
			var item []byte
			if recurs[i] {
				item = w.append(nil, text, &again)
			} else {
				item = w.add(nil, text)
			}
			if item != nil {
				written = append(written, text)
			}
		}
		if len(written) != s.next {
			t.Fatalf("%d texts are written, %d numbered", len(written), s.next)
		}
		for i, text := range texts {
			if written[numbers[i]] != text {
				t.Fatalf("text %d, %q, has the number of %q", i, text, written[numbers[i]])
			}
		}
	})
}
