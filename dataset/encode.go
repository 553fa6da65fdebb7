package dataset

import (
	"iter"
	"runtime"
)

// ChunkRows is how many rows EncodeRows encodes at a time. It does not depend on the machine, so that neither do bytes that
// depend on it.
const ChunkRows = 2048

// RowEncoder appends the rows from one to behind another, both counted from 0, to b.
type RowEncoder func(b []byte, from, to int) []byte

// EncodeRows ranges over the rows from one to behind another as encoded chunks of ChunkRows rows, each with its number of
// rows: they are encoded side by side, by an encoder for each worker, and come in order. The next chunk may overwrite the
// bytes.
func EncodeRows(from, to int, newEncoder func() RowEncoder) iter.Seq2[[]byte, int] {
	return func(yield func([]byte, int) bool) {
		chunks := (to - from + ChunkRows - 1) / ChunkRows
		bounds := func(chunk int) (first, behind int) {
			first = from + chunk*ChunkRows
			return first, min(first+ChunkRows, to)
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
			if !yield(b, behind-first) {
				return
			}
			line.free <- b
		}
	}
}

// encodingLine is the work of one worker: every so many chunks, with two buffers that take turns.
type encodingLine struct{ encoded, free chan []byte }

func newEncodingLine() encodingLine {
	line := encodingLine{encoded: make(chan []byte, 2), free: make(chan []byte, 2)}
	line.free <- nil
	line.free <- nil
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
			l.encoded <- encode(b[:0], from, to) // there is room: the buffers are two
		}
	}
}
