package workbook

import (
	"slices"
	"sync"

	"haltsheet/dataset"
)

// chunkTexts numbers the texts of one chunk of rows in the shared string table (ECMA-376 Part 1, 18.4.9) in the order in
// which they first occur in it. A text of a column whose texts recur is listed once for the chunk; any other each time, which
// costs less than remembering it. Since no chunk depends on what another one lists, chunks are encoded side by side: once for
// the table, and again for the cells, when it is known how many texts stand before the chunk's.
type chunkTexts struct {
	numbers map[string]int
	next    int // the number of the next text
	recent  []recentTexts
	// few are, of each column that has few texts, the numbers of these, counted from 1: 0 for one that is not met yet.
	few [][]int32
	// kept holds the texts that were put together for the chunk.
	kept []byte
}

// recentTexts are the last texts of a column: most columns have few different ones.
type recentTexts [32]struct {
	text   string
	number int
}

// beginTexts begins a chunk, given the few texts of its columns and the number of its first text.
func beginTexts(columns []fewTexts, first int) *chunkTexts {
	t := chunkTextsPool.Get().(*chunkTexts)
	t.recent = slices.Grow(t.recent[:0], len(columns))[:len(columns)]
	t.few = slices.Grow(t.few[:0], len(columns))[:len(columns)]
	for i := range columns {
		n := len(columns[i].texts)
		t.few[i] = slices.Grow(t.few[i][:0], n)[:n]
		clear(t.few[i])
	}
	t.next = first
	return t
}

// end ends the chunk, with which its texts are forgotten.
func (t *chunkTexts) end() {
	clear(t.numbers)
	clear(t.recent)
	t.kept = t.kept[:0]
	chunkTextsPool.Put(t)
}

// chunkTextsPool has what was used before, since it grows large.
var chunkTextsPool = sync.Pool{New: func() any { return &chunkTexts{numbers: map[string]int{}} }}

// add returns the number of a text that is listed each time.
func (t *chunkTexts) add() int {
	t.next++
	return t.next - 1
}

// number returns the number of a text of a column whose texts recur, and whether it is to be listed now. A text that is new or
// stays may not change before the chunk ends.
func (t *chunkTexts) number(column int, text string, stays bool) (number int, isNew bool) {
	recent := &t.recent[column][dataset.TextSlot(text, len(recentTexts{}))]
	if recent.text == text {
		return recent.number, false
	}
	number, known := t.numbers[text]
	if !known {
		number = t.add()
		t.numbers[text] = number
	}
	if stays || !known {
		recent.text, recent.number = text, number
	}
	return number, !known
}

// numberAt is number of one of the few texts of a column, by its place among them.
func (t *chunkTexts) numberAt(column int, place int32, texts []string) (number int, isNew bool) {
	at := &t.few[column][place]
	if *at == 0 {
		number, isNew = t.number(column, texts[place], true)
		*at = int32(number) + 1
	}
	return int(*at - 1), isNew
}
