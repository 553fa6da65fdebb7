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

// RowEncoder appends the rows from one to behind another, both counted from 0, to b. It is given all rows of a chunk, piece by
// piece, before those of another one.
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

// EncodeRows ranges over the rows from one to behind another, encoded, each time with the number of rows. Chunks of so many
// rows are encoded side by side, by an encoder for each worker, and come in order and in pieces. The next piece may overwrite
// the bytes.
func EncodeRows(from, to, size int, newEncoder func() RowEncoder) iter.Seq2[[]byte, int] {
	if to-from <= size {
		return encodeChunk(from, to, newEncoder)
	}
	return func(yield func([]byte, int) bool) {
		stop := make(chan struct{})
		defer close(stop)
		lines := make([]encodingLine, min((to-from+size-1)/size, runtime.GOMAXPROCS(0)))
		for i := range lines {
			lines[i] = newEncodingLine(size)
			go lines[i].run(stop, newEncoder(), from+i*size, to, size, size*len(lines))
		}
		for chunk, i := from, 0; chunk < to; chunk, i = chunk+size, (i+1)%len(lines) {
			for piece, behind := range pieces(chunk, min(chunk+size, to)) {
				b := <-lines[i].encoded
				if !yield(b.bytes, behind-piece) {
					return
				}
				lines[i].free <- b
			}
		}
		for i := range lines {
			lines[i].recycle()
		}
	}
}

// encodeChunk ranges over the pieces of a single chunk, where nothing can be done side by side.
func encodeChunk(from, to int, newEncoder func() RowEncoder) iter.Seq2[[]byte, int] {
	return func(yield func([]byte, int) bool) {
		b := pieceBuffers.Get().(*pieceBuffer)
		defer pieceBuffers.Put(b)
		encode := newEncoder()
		for piece, behind := range pieces(from, to) {
			if b.bytes = encode(b.bytes[:0], piece, behind); !yield(b.bytes, behind-piece) {
				return
			}
		}
	}
}

// pieceRows is how many rows come at a time: few enough for the caches of a processor.
const pieceRows = 256

// pieces ranges over the first row of each piece, and the one behind its last.
func pieces(from, to int) iter.Seq2[int, int] {
	return func(yield func(piece, behind int) bool) {
		for piece := from; piece < to; piece += pieceRows {
			if !yield(piece, min(piece+pieceRows, to)) {
				return
			}
		}
	}
}

// pieceBuffer holds an encoded piece.
type pieceBuffer struct{ bytes []byte }

// pieceBuffers are used again, since they are large.
var pieceBuffers = sync.Pool{New: func() any { return &pieceBuffer{make([]byte, 0, pieceBytes)} }}

// pieceBytes is what the pieces of most tables need.
const pieceBytes = 1 << 18

// encodingLine is the work of one worker: every so many chunks, with buffers that take turns. There are as many as let it go
// on with a chunk while the pieces of the one before wait for their turn.
type encodingLine struct{ encoded, free chan *pieceBuffer }

func newEncodingLine(size int) encodingLine {
	buffers := (size+pieceRows-1)/pieceRows + 1
	line := encodingLine{encoded: make(chan *pieceBuffer, buffers), free: make(chan *pieceBuffer, buffers)}
	for range buffers {
		line.free <- nil // which is got when it is needed
	}
	return line
}

// run encodes the chunks that begin every so many rows, from the first on.
func (l encodingLine) run(stop <-chan struct{}, encode RowEncoder, first, to, size, step int) {
	for chunk := first; chunk < to; chunk += step {
		for piece, behind := range pieces(chunk, min(chunk+size, to)) {
			select {
			case <-stop:
				return
			case b := <-l.free:
				if b == nil {
					b = pieceBuffers.Get().(*pieceBuffer)
				}
				b.bytes = encode(b.bytes[:0], piece, behind)
				l.encoded <- b // there is room for all buffers
			}
		}
	}
}

// recycle lets others have the buffers, when all pieces of the line have come.
func (l encodingLine) recycle() {
	for range cap(l.free) {
		if b := <-l.free; b != nil {
			pieceBuffers.Put(b)
		}
	}
}
