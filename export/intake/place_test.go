package intake

import (
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
)

// TestPlacesOfFields finds each field where the reader of records has it.
func TestPlacesOfFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sheet{separator: rapid.SampledFrom(separators).Draw(t, "separator")}
		cell := rapid.Custom(func(t *rapid.T) string {
			text := rapid.StringOf(rapid.SampledFrom([]rune("aé,;\t|\n\""))).Draw(t, "text")
			if strings.ContainsAny(text, ",;\t|\n\"") || rapid.Bool().Draw(t, "is quoted") {
				return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			return text
		})
		for _, row := range rapid.SliceOfN(rapid.SliceOfN(cell, 2, 5), 1, 5).Draw(t, "rows") {
			s.text += strings.Join(row, string(s.separator)) + rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		}
		reader := s.reader(0)
		for offset, line := 0, 1; ; {
			cells, err := reader.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for field := range cells {
				wantLine, column := reader.FieldPos(field)
				start := 0
				for range wantLine - 1 {
					start += strings.IndexByte(s.text[start:], '\n') + 1
				}
				if got, want := s.place(offset, line, field), s.at(start+column-1, start, wantLine); got != want {
					t.Fatalf("field %d of line %d in %q is at %v, want %v", field, line, s.text, got, want)
				}
			}
			if s.place(offset, line, len(cells)) != s.place(offset, line, len(cells)-1) {
				t.Fatal("a field behind the last is somewhere else")
			}
			line += strings.Count(s.text[offset:reader.InputOffset()], "\n")
			offset = int(reader.InputOffset())
		}
	})
}

// TestPlacesTakeNoMemory asks for the place of a field, as each of millions of findings does.
func TestPlacesTakeNoMemory(t *testing.T) {
	s := sheet{text: `a,"b ""c"" d",e` + "\n", separator: ','}
	var at dataset.Place
	if n := testing.AllocsPerRun(100, func() { at = s.place(0, 1, 2) }); n > 0 || at.Column != 15 {
		t.Errorf("it takes %v allocations, and is at %v", n, at)
	}
}
