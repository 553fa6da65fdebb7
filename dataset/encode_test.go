package dataset_test

import (
	"runtime"
	"slices"
	"strconv"
	"testing"

	"haltsheet/dataset"
)

// TestEncodeRowsInOrder: every row comes once and in order, however many workers there are.
func TestEncodeRowsInOrder(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	decimal := func() dataset.RowEncoder {
		return func(b []byte, from, to int) []byte {
			for row := from; row < to; row++ {
				b = append(strconv.AppendInt(b, int64(row), 10), '\n')
			}
			return b
		}
	}
	for _, workers := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(workers)
		for _, rows := range []int{0, 1, dataset.ChunkRows, dataset.ChunkRows + 1, 20 * dataset.ChunkRows} {
			const from = 3
			var got []byte
			n := 0
			for b, rows := range dataset.EncodeRows(from, from+rows, dataset.ChunkRows, decimal) {
				got, n = append(got, b...), n+rows
			}
			if want := decimal()(nil, from, from+rows); n != rows || !slices.Equal(got, want) {
				t.Errorf("%d workers, %d rows: %d came, in %d bytes, not %d", workers, rows, n, len(got), len(want))
			}
		}
	}
}

// TestEncodeRowsStops: whoever leaves the loop gets no more chunks.
func TestEncodeRowsStops(t *testing.T) {
	seen := 0
	for range dataset.EncodeRows(0, 30, 3, func() dataset.RowEncoder {
		return func(b []byte, _, _ int) []byte { return append(b, 'x') }
	}) {
		if seen++; seen == 3 {
			break
		}
	}
	if seen != 3 {
		t.Errorf("%d chunks came, not 3", seen)
	}
}
