package workbook

import (
	"bytes"
	stdflate "compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/klauspost/compress/flate"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/book"
)

// deflated returns what parallelDeflate makes of a text that is written in pieces.
func deflatedBy(t *testing.T, workers int, text []byte, piece int) []byte {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	var out bytes.Buffer
	w := newParallelDeflate(&out)
	for len(text) > 0 {
		n := min(piece, len(text))
		if _, err := w.Write(text[:n]); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestDeflateIsOneStream holds the joined blocks to one deflate stream, the same for any number of workers and writes.
func TestDeflateIsOneStream(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, blockSize - 1, blockSize, blockSize + 1, 5*blockSize/2 + 7} {
		text := make([]byte, size)
		for i := range text {
			text[i] = "abcdefgh"[random.IntN(8)]
		}
		first := deflatedBy(t, 1, text, size+1)
		if second := deflatedBy(t, 4, text, 1000); !bytes.Equal(first, second) {
			t.Errorf("%d bytes: other workers and writes give other bytes", size)
		}
		inflated, err := io.ReadAll(stdflate.NewReader(bytes.NewReader(first)))
		if err != nil || !bytes.Equal(inflated, text) {
			t.Errorf("%d bytes: inflated to %d bytes, %v", size, len(inflated), err)
		}
	}
}

// failingWriter takes nothing.
type failingWriter struct{}

var errFull = errors.New("full")

func (failingWriter) Write([]byte) (int, error) { return 0, errFull }

// TestDeflateTellsWhatFailed holds Close to the error of the writer below, and Write to stop.
func TestDeflateTellsWhatFailed(t *testing.T) {
	w := newParallelDeflate(failingWriter{})
	var err error
	for err == nil {
		_, err = w.Write(make([]byte, blockSize))
	}
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("Close: %v, want %v", err, errFull)
	}
}

// TestDeflateForgets holds what blocks and writers that were used before give to what new ones do.
func TestDeflateForgets(t *testing.T) {
	text := bytes.Repeat([]byte("the same text again and again, "), 1000)
	for range 3 {
		var fresh bytes.Buffer
		w, err := flate.NewWriter(&fresh, deflateLevel)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		fresh.Write(endOfStream)
		if used := deflatedBy(t, 2, text, len(text)); !bytes.Equal(used, fresh.Bytes()) {
			t.Fatal("a used block gives other bytes")
		}
		text = text[len(text)/3:]
	}
}

// TestWriteTellsWhatFailed holds the workbook to the error of the writer below.
func TestWriteTellsWhatFailed(t *testing.T) {
	d, err := dataset.Load(datasettest.Generate(5000))
	if err != nil {
		t.Fatal(err)
	}
	b := book.New(d)
	if err := Write(failingWriter{}, b); !errors.Is(err, errFull) {
		t.Errorf("%v, want %v", err, errFull)
	}
}
