// Package rows encodes the rows of a table side by side, and hands out what was encoded in the order of the rows.
package rows

import (
	"iter"
	"runtime"
	"sync"
)

// Chunk is how many rows of a table are best encoded by one worker before the next one takes over. It does not depend on the
// machine, so that bytes which depend on it are the same everywhere.
const Chunk = 2048

// Encoder appends the rows from one up to, but not including, another to b; rows count from 0. It is given all rows of a chunk,
// piece by piece, before those of another chunk.
type Encoder func(b []byte, from, to int) []byte

// Each returns encoders that append one row after the other by a function, which may be called by several goroutines.
func Each(appendRow func(b []byte, row int) []byte) func() Encoder {
	encode := func(b []byte, from, to int) []byte {
		for row := from; row < to; row++ {
			b = appendRow(b, row)
		}
		return b
	}
	return func() Encoder { return encode }
}

// Encode ranges over the encoded rows from one up to, but not including, another. Each step yields a piece, and how many rows
// are in it. Chunks of size rows are encoded side by side, by an encoder for each worker; their pieces come in the order of the
// rows. The bytes of a piece are valid until the next one.
func Encode(from, to, size int, newEncoder func() Encoder) iter.Seq2[[]byte, int] {
	if to-from <= size {
		return encodeChunk(from, to, newEncoder)
	}
	return func(yield func([]byte, int) bool) {
		stop := make(chan struct{})
		defer close(stop)
		workers := make([]worker, min((to-from+size-1)/size, runtime.GOMAXPROCS(0)))
		for i := range workers {
			workers[i] = newWorker(size)
			go workers[i].run(stop, newEncoder(), from+i*size, to, size, size*len(workers))
		}
		for chunk, i := from, 0; chunk < to; chunk, i = chunk+size, (i+1)%len(workers) {
			for piece, end := range pieces(chunk, min(chunk+size, to)) {
				b := <-workers[i].encoded
				if !yield(b.bytes, end-piece) {
					return
				}
				workers[i].free <- b
			}
		}
		for i := range workers {
			workers[i].recycle()
		}
	}
}

// encodeChunk ranges over the pieces of a single chunk, where nothing can be done side by side.
func encodeChunk(from, to int, newEncoder func() Encoder) iter.Seq2[[]byte, int] {
	return func(yield func([]byte, int) bool) {
		b := buffers.Get().(*buffer)
		defer buffers.Put(b)
		encode := newEncoder()
		for piece, end := range pieces(from, to) {
			if b.bytes = encode(b.bytes[:0], piece, end); !yield(b.bytes, end-piece) {
				return
			}
		}
	}
}

// pieceRows is how many rows a piece has: few enough for the caches of a processor.
const pieceRows = 256

// pieces ranges over the first row of each piece, and the one after its last.
func pieces(from, to int) iter.Seq2[int, int] {
	return func(yield func(piece, end int) bool) {
		for piece := from; piece < to; piece += pieceRows {
			if !yield(piece, min(piece+pieceRows, to)) {
				return
			}
		}
	}
}

// buffer holds an encoded piece.
type buffer struct{ bytes []byte }

// buffers are used again, since they are large.
var buffers = sync.Pool{New: func() any { return &buffer{make([]byte, 0, pieceBytes)} }}

// pieceBytes is what the pieces of most tables need.
const pieceBytes = 1 << 18

// worker encodes every n-th chunk, where n is how many workers there are. It has enough buffers to go on with its next chunk while
// the pieces of the last one wait to be fetched.
type worker struct{ encoded, free chan *buffer }

func newWorker(size int) worker {
	n := (size+pieceRows-1)/pieceRows + 1
	w := worker{encoded: make(chan *buffer, n), free: make(chan *buffer, n)}
	for range n {
		w.free <- nil // stands for a buffer that is taken from the pool when it is needed
	}
	return w
}

// run encodes the chunks that begin at the first row, and at every step rows from there.
func (w worker) run(stop <-chan struct{}, encode Encoder, first, to, size, step int) {
	for chunk := first; chunk < to; chunk += step {
		for piece, end := range pieces(chunk, min(chunk+size, to)) {
			select {
			case <-stop:
				return
			case b := <-w.free:
				if b == nil {
					b = buffers.Get().(*buffer)
				}
				b.bytes = encode(b.bytes[:0], piece, end)
				w.encoded <- b // there is room for all buffers
			}
		}
	}
}

// recycle gives the buffers back, when all pieces of the worker were fetched.
func (w worker) recycle() {
	for range cap(w.free) {
		if b := <-w.free; b != nil {
			buffers.Put(b)
		}
	}
}
