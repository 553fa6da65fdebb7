package workbook

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/book"
)

func TestTextLines(t *testing.T) {
	for _, test := range []struct {
		text    string
		perLine int
		want    int
	}{
		{"", 10, 1},
		{"ten digits", 10, 1},
		{"eleven and more", 10, 2},
		{"a\nb\n\nc", 10, 4},
		{"ends\n", 10, 2},
		{strings.Repeat("x", 100), 10, 11}, // a tenth is lost to words that do not fit
		{"äöüäöüäöüä", 10, 1},              // characters count, not bytes
		{"日本語日本語", 10, 2},                  // each is as wide as two digits
	} {
		if got := textLines(test.text, test.perLine); got != test.want {
			t.Errorf("textLines(%q, %d) = %d, want %d", test.text, test.perLine, got, test.want)
		}
	}
}

// TestTextLinesSuffice holds the estimate to at least what a text takes that may break anywhere.
func TestTextLinesSuffice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, perLine := rapid.String().Draw(t, "text"), rapid.IntRange(1, 60).Draw(t, "perLine")
		least := 0
		for line := range strings.SplitSeq(text, "\n") {
			least += max((displayWidth(line)+perLine-1)/perLine, 1)
		}
		if got := textLines(text, perLine); got < least {
			t.Fatalf("textLines(%q, %d) = %d, less than %d", text, perLine, got, least)
		}
	})
}

func TestDisplayWidth(t *testing.T) {
	for text, want := range map[string]int{"": 0, "Sony": 4, "Škoda": 5, "ソニー": 5, "한국": 4, "שלום": 4} {
		if got := displayWidth(text); got != want {
			t.Errorf("displayWidth(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestLongestWord(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a bc\ndef g": 3, "see https://example.org/a-long-address now": 3} {
		if got := longestWord(text); got != want {
			t.Errorf("longestWord(%q) = %d, want %d", text, got, want)
		}
	}
}

// TestColumnsHoldTheirWords holds every column of the workbook to be as wide as its longest word, and no wider than the
// most.
func TestColumnsHoldTheirWords(t *testing.T) {
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	w := lay(book.New(d), true)
	for _, s := range w.sheets {
		for i := range s.columns {
			width := columnWidth(s, i)
			least := longestWord(s.columns[i].Title)
			for row := s.from; row < s.to; row++ {
				least = max(least, longestWord(s.table.Cell(row, s.columns[i].at).Text))
			}
			if width < min(least, maxWidth) || width < minWidth || width > maxWidth {
				t.Errorf("%s, %s: width %d for a word of %d", s.name, s.columns[i].Name, width, least)
			}
		}
	}
}

// TestNotesFitThePage holds what is printed of every sheet to be as wide as the lines above its table, with charts and without.
func TestNotesFitThePage(t *testing.T) {
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	for _, withCharts := range []bool{true, false} {
		w := lay(book.New(d), withCharts)
		for _, s := range w.sheets {
			last, _, width := s.printedArea()
			printed := 0
			for column := range columnNumber(last) + 1 {
				if column < len(s.columns) {
					printed += s.columns[column].width
				} else {
					printed += emptyWidth
				}
			}
			for _, line := range s.intro()[rowTables:] {
				if need := textWidth(line); need > printed || need > width {
					t.Errorf("%s: %d characters are printed, and %q needs %d", s.name, printed, line, need)
				}
			}
		}
	}
}
