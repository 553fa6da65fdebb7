package dataset

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Lines finds the line and the column of an offset in a text, however long its lines are, in the same time wherever it stands.
type Lines struct {
	text  string
	once  sync.Once
	marks []lineMark
}

// lineMark is what is known of an offset: about every stride bytes there is one.
type lineMark struct{ offset, line, column int }

const markStride = 4 << 10

// NewLines returns the lines of a text. They are counted when somebody asks.
func NewLines(text string) *Lines { return &Lines{text: text} }

// At returns the line and the column, in characters, of an offset; both count from 1. It may be asked by several goroutines.
func (l *Lines) At(offset int) (line, column int) {
	l.once.Do(l.count)
	offset = min(offset, len(l.text))
	i := min(offset/markStride, len(l.marks)-1)
	for l.marks[i].offset > offset {
		i--
	}
	at := l.marks[i].after(l.text, offset)
	return at.line, at.column
}

func (l *Lines) count() {
	l.marks = append(l.marks, lineMark{0, 1, 1})
	for offset := markStride; offset < len(l.text); offset += markStride {
		start := offset
		for start < len(l.text) && !utf8.RuneStart(l.text[start]) {
			start++
		}
		l.marks = append(l.marks, l.marks[len(l.marks)-1].after(l.text, start))
	}
}

// after returns the mark at a later offset.
func (m lineMark) after(text string, offset int) lineMark {
	between := text[m.offset:offset]
	if breaks := strings.Count(between, "\n"); breaks > 0 {
		m.line, m.column = m.line+breaks, 1
		between = between[strings.LastIndexByte(between, '\n')+1:]
	}
	return lineMark{offset, m.line, m.column + utf8.RuneCountInString(between)}
}
