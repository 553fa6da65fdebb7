package dataset_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"haltsheet/dataset"
)

// TestLines finds the same places as counting from the start does.
func TestLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.StringMatching(`[a€🙂\n]{0,40}`).Draw(t, "piece")
		text := strings.Repeat(piece, rapid.IntRange(0, 600).Draw(t, "times"))
		lines := dataset.NewLines(text)
		for range 20 {
			offset := rapid.IntRange(0, len(text)).Draw(t, "offset")
			for offset < len(text) && !utf8.RuneStart(text[offset]) {
				offset++
			}
			before := text[:offset]
			wantLine, wantColumn := strings.Count(before, "\n")+1, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])+1
			if line, column := lines.At(offset); line != wantLine || column != wantColumn {
				t.Fatalf("offset %d: got %d:%d, want %d:%d", offset, line, column, wantLine, wantColumn)
			}
		}
	})
}
