package workbook

import (
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/book"
)

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
