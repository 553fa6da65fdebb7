package rows_test

import (
	"runtime"
	"slices"
	"strconv"
	"testing"

	"haltsheet/export/rows"
)

// TestEncodeInOrder: every row comes once and in order, however many workers there are.
func TestEncodeInOrder(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	decimal := func() rows.Encoder {
		return func(b []byte, from, to int) []byte {
			for row := from; row < to; row++ {
				b = append(strconv.AppendInt(b, int64(row), 10), '\n')
			}
			return b
		}
	}
	for _, workers := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(workers)
		for _, count := range []int{0, 1, rows.Chunk, rows.Chunk + 1, 20 * rows.Chunk} {
			const from = 3
			var got []byte
			n := 0
			for b, m := range rows.Encode(from, from+count, rows.Chunk, decimal) {
				got, n = append(got, b...), n+m
			}
			if want := decimal()(nil, from, from+count); n != count || !slices.Equal(got, want) {
				t.Errorf("%d workers, %d rows: %d came, in %d bytes, not %d", workers, count, n, len(got), len(want))
			}
		}
	}
}

// TestEncodeStops: whoever leaves the loop gets no more chunks.
func TestEncodeStops(t *testing.T) {
	seen := 0
	for range rows.Encode(0, 30, 3, func() rows.Encoder {
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
