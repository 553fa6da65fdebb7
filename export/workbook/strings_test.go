package workbook

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

// TestNumbersOfFewTexts: a text that is known by its place has the number of the same text wherever it stands in the chunk.
func TestNumbersOfFewTexts(t *testing.T) {
	few := []fewTexts{{texts: []string{"", "a", "b"}}, {texts: []string{"", "b", "c"}}, {}}
	chunk := beginTexts(few, 5)
	defer chunk.end()
	for _, test := range []struct {
		column int
		place  int32
		number int
		isNew  bool
	}{{0, 2, 5, true}, {1, 1, 5, false}, {1, 2, 6, true}, {0, 1, 7, true}, {0, 2, 5, false}, {1, 2, 6, false}} {
		if number, isNew := chunk.numberAt(test.column, test.place, few[test.column].texts); number != test.number || isNew != test.isNew {
			t.Errorf("text %d of column %d has the number %d, new %t, not %d, %t", test.place, test.column, number, isNew, test.number, test.isNew)
		}
	}
	if number, isNew := chunk.number(2, "c", true); number != 6 || isNew {
		t.Errorf("c of a column with many texts has the number %d, new %t", number, isNew)
	}
}

// TestTextsOfChunk holds both passes over the texts of a chunk to the same numbers: each text that is listed has the next
// one, and each cell that of its text.
func TestTextsOfChunk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c", "ab", "ba", "\x00"})).Draw(t, "texts")
		recurs := rapid.SliceOfN(rapid.Bool(), len(texts), len(texts)).Draw(t, "recurs")
		const first = 3
		var listed []string
		chunk := beginTexts(make([]fewTexts, 1), 0)
		number := func(i int) (int, bool) {
			if !recurs[i] {
				return chunk.add(), true
			}
			return chunk.number(0, texts[i], true)
		}
		for i := range texts {
			if _, isNew := number(i); isNew {
				listed = append(listed, texts[i])
			}
		}
		if chunk.next != len(listed) {
			t.Fatalf("%d texts are counted, %d listed", chunk.next, len(listed))
		}
		chunk.end()
		chunk = beginTexts(make([]fewTexts, 1), first)
		for i, text := range texts {
			if n, _ := number(i); listed[n-first] != text {
				t.Fatalf("text %d, %q, has the number of %q", i, text, listed[n-first])
			}
		}
	})
}
