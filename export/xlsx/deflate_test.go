package xlsx

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// deflated returns what parallelDeflate makes of a text that is written in pieces.
func deflatedBy(t *testing.T, workers int, text []byte, piece int) []byte {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	var out bytes.Buffer
	w, err := newParallelDeflate(&out)
	if err != nil {
		t.Fatal(err)
	}
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
		var serial bytes.Buffer
		if err := deflate(&serial, text); err != nil || !bytes.Equal(first, serial.Bytes()) {
			t.Errorf("%d bytes: without workers it is other bytes, %v", size, err)
		}
		inflated, err := io.ReadAll(flate.NewReader(bytes.NewReader(first)))
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
	w, err := newParallelDeflate(failingWriter{})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = w.Write(make([]byte, blockSize))
	}
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("Close: %v, want %v", err, errFull)
	}
}

// TestDeflateForgets holds a block that was used before to what a new one gives.
func TestDeflateForgets(t *testing.T) {
	text := bytes.Repeat([]byte("the same text again and again, "), 1000)
	used := blocks.New().(*block)
	for range 3 {
		fresh := blocks.New().(*block)
		for _, b := range []*block{used, fresh} {
			b.plain = append(b.plain, text...)
			if err := b.deflate(); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(used.deflated.Bytes(), fresh.deflated.Bytes()) {
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
	content := &Content{Metadata: d.Metadata, Curated: d.Tables(), Codes: d.CodeLists()}
	if err := Write(failingWriter{}, content); !errors.Is(err, errFull) {
		t.Errorf("%v, want %v", err, errFull)
	}
}
