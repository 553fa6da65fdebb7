package workbook

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"haltsheet/dataset"
)

// Widths of columns in characters.
const (
	minWidth     = 10
	maxWidth     = 60
	wrapHeader   = 14   // from which headers stand on two lines
	wrapWidth    = 24   // from which texts wrap rather than widen the column
	wrapProse    = 46   // from which sentences do
	widthMargin  = 4    // the padding of a cell, and the wider letters
	narrowMargin = 2    // of figures
	widthRows    = 1024 // about how many rows are measured, at most twice as many
)

// measureColumns finds the widths of the columns of all sheets, side by side.
func measureColumns(sheets []*sheet) {
	var running sync.WaitGroup
	for _, s := range sheets {
		running.Go(func() {
			for i := range s.columns {
				c := &s.columns[i]
				c.width = columnWidth(s, i)
			}
		})
	}
	running.Wait()
	for _, s := range sheets {
		s.widenProse()
		left := 0
		for i := range s.columns {
			c := &s.columns[i]
			c.inView, c.room = left < viewWidth, roomOf(c.width)
			left += c.width
		}
	}
}

// widenProse gives the widest column of a document what it leaves of a page, so that its texts are lower.
func (s *sheet) widenProse() {
	if s.table.IsCurated() || s.table.Summary != nil || s.cross != nil {
		return
	}
	width, widest := 0, &s.columns[0]
	for i := range s.columns {
		width += s.columns[i].width
		if s.columns[i].width >= widest.width {
			widest = &s.columns[i]
		}
	}
	if widest.width >= wrapProse {
		widest.width += max(portraitWidth-width, 0)
	}
}

// viewWidth is how many characters of a sheet a wide screen shows.
const viewWidth = 150

// columnWidth measures the texts of a column: wide enough for its longest word, and for whole texts up to where they wrap.
func columnWidth(s *sheet, column int) int {
	c, margin := &s.columns[column], widthMargin
	button := s.filterWidth()
	if button == 0 {
		margin = narrowMargin
	}
	m := columnMeasure{width: max(minWidth, titleWidth(c.Title)+margin+button), margin: margin, wraps: wrapWidth}
	if c.LineBreaks || !s.table.IsCurated() && c.isText {
		m.wraps = wrapProse
	}
	step := max((s.to-s.from)/widthRows, 1)
	if few := newFewTexts(s, c); few.texts != nil && step == 1 && s.to-s.from == s.table.Rows {
		for _, text := range few.texts {
			m.add(text)
		}
		return min(m.width, maxWidth)
	}
	var text string
	var cell []byte
	for row := s.from; row < s.to && m.width < maxWidth; row += step {
		if c.isText {
			text, cell = s.table.Text(cell[:0], row, c.at)
			m.add(text)
		} else {
			cell = s.table.AppendCell(cell[:0], row, c.at)
			m.width = max(m.width, groupedWidth(cell)+margin)
			if c.Type == dataset.TypeDay && len(cell) > 0 {
				break // all days are as long
			}
		}
	}
	return min(m.width, maxWidth)
}

// columnMeasure is how wide the texts of a column make it, up to where they wrap.
type columnMeasure struct{ width, margin, wraps int }

// add takes one more text.
func (m *columnMeasure) add(text string) {
	if len(text) <= m.width-m.margin {
		return // characters have one byte or more
	}
	if m.width < m.wraps+m.margin {
		m.width = max(m.width, min(textWidth(text), m.wraps)+m.margin)
	}
	if mayHaveWord(text, m.width-m.margin) {
		m.width = max(m.width, longestWord(text)+m.margin)
	}
}

// groupedWidth returns the width of a number with separators of thousands.
func groupedWidth(number []byte) int {
	whole, _, _ := bytes.Cut(number, []byte("."))
	return len(number) + max(len(whole)-1, 0)/3
}

// titleWidth returns the width of a header: a long one stands on two lines, as even as its words are.
func titleWidth(title string) int {
	narrowest := displayWidth(title)
	if narrowest <= wrapHeader {
		return narrowest
	}
	for i, r := range title {
		if r == ' ' {
			narrowest = min(narrowest, max(displayWidth(title[:i]), displayWidth(title[i+1:])))
		}
	}
	return narrowest
}

// mayHaveWord reports whether a text may have a word of more bytes than that: it leaps from space to space.
func mayHaveWord(text string, bytes int) bool {
	for len(text) > bytes {
		space := strings.LastIndexAny(text[:bytes+1], " \n")
		if space < 0 {
			return true
		}
		text = text[space+1:]
	}
	return false
}

// filterWidth returns what the button of a filter takes. The few figures have none, so that charts stand beside them.
func (s *sheet) filterWidth() int {
	if s.table.HoldsFigures() {
		return 0
	}
	return 3
}

// longestWord returns the width of the longest run of a text that does not wrap, addresses left out.
func longestWord(text string) (longest int) {
	for word := range strings.FieldsSeq(text) {
		if width := displayWidth(word); width > longest && !strings.Contains(word, "://") {
			longest = width
		}
	}
	return longest
}

// displayWidth returns the width of a text in digits: wide scripts take two.
func displayWidth(text string) (width int) {
	if n := utf8.RuneCountInString(text); n == len(text) {
		return n // ASCII
	}
	for _, r := range text {
		width++
		if isWide(r) {
			width++
		}
	}
	return width
}
