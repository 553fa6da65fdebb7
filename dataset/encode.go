package dataset

import (
	"iter"
	"runtime"
	"sync"
)

// ChunkRows is how many rows of a table are best encoded at a time. It does not depend on the machine, so that neither do
// bytes that depend on it.
const ChunkRows = 2048

// TextSlot returns which of so many slots, counted from 0, a text that is not empty is kept in by those who remember texts
// that they met of late; the same text has the same slot.
func TextSlot(text string, slots int) int {
	n := len(text)
	return (n*5 + int(text[n-1])*3 + int(text[n/2])*7 + int(text[0])) % slots
}

// RowEncoder appends the rows from one to behind another, both counted from 0, to b.
type RowEncoder func(b []byte, from, to int) []byte

// EachRow returns encoders that append one row after the other by a function.
func EachRow(appendRow func(b []byte, row int) []byte) func() RowEncoder {
	encode := func(b []byte, from, to int) []byte {
		for row := from; row < to; row++ {
			b = appendRow(b, row)
		}
		return b
	}
	return func() RowEncoder { return encode }
}

// EncodeRows ranges over the rows from one to behind another as encoded chunks of so many rows, each with its number of rows:
// they are encoded side by side, by an encoder for each worker, and come in order. The next chunk may overwrite the bytes.
func EncodeRows(from, to, size int, newEncoder func() RowEncoder) iter.Seq2[[]byte, int] {
	return func(yield func([]byte, int) bool) {
		chunks := (to - from + size - 1) / size
		bounds := func(chunk int) (first, behind int) {
			first = from + chunk*size
			return first, min(first+size, to)
		}
		stop := make(chan struct{})
		defer close(stop)
		lines := make([]encodingLine, min(chunks, runtime.GOMAXPROCS(0)))
		for i := range lines {
			lines[i] = newEncodingLine()
			go lines[i].run(stop, newEncoder, bounds, i, chunks, len(lines))
		}
		for chunk := range chunks {
			line := &lines[chunk%len(lines)]
			b := <-line.encoded
			first, behind := bounds(chunk)
			if !yield(b.bytes, behind-first) {
				return
			}
			line.free <- b
		}
		for i := range lines {
			lines[i].recycle()
		}
	}
}

// chunkBuffer holds an encoded chunk.
type chunkBuffer struct{ bytes []byte }

// chunkBuffers are used again, since they are large.
var chunkBuffers = sync.Pool{New: func() any { return &chunkBuffer{make([]byte, 0, chunkBytes)} }}

// chunkBytes is what the chunks of most tables need.
const chunkBytes = 1 << 20

// encodingLine is the work of one worker: every so many chunks, with buffers that take turns.
type encodingLine struct{ encoded, free chan *chunkBuffer }

// lineBuffers is how many buffers a line has: one is filled while another one is written.
const lineBuffers = 2

func newEncodingLine() encodingLine {
	line := encodingLine{encoded: make(chan *chunkBuffer, lineBuffers), free: make(chan *chunkBuffer, lineBuffers)}
	for range lineBuffers {
		line.free <- chunkBuffers.Get().(*chunkBuffer)
	}
	return line
}

func (l encodingLine) run(stop <-chan struct{}, newEncoder func() RowEncoder, bounds func(int) (int, int), first, chunks, step int) {
	encode := newEncoder()
	for chunk := first; chunk < chunks; chunk += step {
		select {
		case <-stop:
			return
		case b := <-l.free:
			from, to := bounds(chunk)
			b.bytes = encode(b.bytes[:0], from, to)
			l.encoded <- b // there is room for all buffers
		}
	}
}

// recycle lets others have the buffers, when all chunks of the line have come.
func (l encodingLine) recycle() {
	for range lineBuffers {
		chunkBuffers.Put(<-l.free)
	}
}
