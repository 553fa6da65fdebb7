package workbook

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTextLines(t *testing.T) {
	digits := func(n int) int { return n * digitWidth }
	for _, test := range []struct {
		text string
		room int
		want int
	}{
		{"", digits(10), 1},
		{"0123456789", digits(10), 1},
		{"01234567890", digits(10), 2},
		{"iiiiiiiiiiiiiiiiiiii", digits(10), 1}, // narrow letters
		{"WWWWWWW", digits(10), 2},
		{"12345 1234567", digits(10), 2}, // the second word has no room beside the first
		{"1234567890 12", digits(10), 2}, // a space may stand beyond the edge
		{"12345-123456", digits(10), 2},  // breaks behind a hyphen
		{"1 " + strings.Repeat("0", 25), digits(10), 4},
		{"a\nb\n\nc", digits(10), 4},
		{"ends\n", digits(10), 2},
		{"日本語日本語", digits(10), 2},
		{"1234 日本語日本語", digits(10), 2}, // breaks behind each of these letters
		{"12345 12345", digits(10) + spaceWidth, 1},
		{"12345 12345", digits(10) + spaceWidth - 1, 2},
	} {
		if got := textLines(test.text, test.room); got != test.want {
			t.Errorf("textLines(%q, %d) = %d, want %d", test.text, test.room, got, test.want)
		}
	}
}

// TestTextLinesSuffice holds the lines of a text to be at least what its letters take that are no spaces, one where they all have
// room, and no more where there is more room.
func TestTextLinesSuffice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, room := rapid.String().Draw(t, "text"), rapid.IntRange(2*wideLetter, 60*digitWidth).Draw(t, "room")
		got, least := textLines(text, room), 0
		for line := range strings.SplitSeq(text, "\n") {
			width := 0
			for _, r := range strings.ReplaceAll(line, " ", "") {
				width += widthOf(r)
			}
			least += max((width+room-1)/room, 1)
		}
		if got < least {
			t.Fatalf("textLines(%q, %d) = %d, less than %d", text, room, got, least)
		}
		if more := textLines(text, room+digitWidth); more > got {
			t.Fatalf("textLines(%q) = %d in %d, and %d in more", text, got, room, more)
		}
		if !strings.Contains(text, "\n") && textWidth(text)*digitWidth <= room && got != 1 {
			t.Fatalf("textLines(%q, %d) = %d, and it has room on one", text, room, got)
		}
	})
}

func TestTitleWidth(t *testing.T) {
	for title, want := range map[string]int{"Halts": 5, "Without a rate": 14, "Halts to a month": 8, "Donations to a month": 10, "Donationsintheyear": 18} {
		if got := titleWidth(title); got != want {
			t.Errorf("titleWidth(%q) = %d, want %d", title, got, want)
		}
	}
}
