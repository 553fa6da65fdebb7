package datasettest

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// What reading may take, of which reading in line with its bytes needs a small part.
const (
	leastTime   = 5 * time.Second
	timePerByte = 20 * time.Microsecond
	leastMemory = 256 << 20
	perByte     = 16 << 10
)

// Bounded runs a function that reads a number of bytes, and fails the test when it takes far more time, or memory in all, than is
// in line with them.
func Bounded(t testing.TB, bytes int, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	read()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if most := leastTime + time.Duration(bytes)*timePerByte; took > most {
		t.Errorf("reading %d bytes took %v, where %v is the most", bytes, took, most)
	}
	if used, most := after.TotalAlloc-before.TotalAlloc, uint64(leastMemory+bytes*perByte); used > most {
		t.Errorf("reading %d bytes took %d bytes of memory, where %d is the most", bytes, used, most)
	}
}

// Swollen returns a text in which a part is there again and again, and something stands where nothing stood: what a fuzzer does not
// come upon by itself. The places are taken within the text.
func Swollen(text string, from, to, times uint16, at uint16, what string) string {
	if len(text) == 0 {
		return what
	}
	start, end := int(from)%len(text), int(to)%(len(text)+1)
	if start > end {
		start, end = end, start
	}
	const most = 1 << 20
	again := min(int(times), most/max(end-start, 1))
	swollen := text[:end] + strings.Repeat(text[start:end], again) + text[end:]
	place := int(at) % (len(swollen) + 1)
	return swollen[:place] + what + swollen[place:]
}
