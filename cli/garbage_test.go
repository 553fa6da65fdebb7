package cli

import (
	"runtime/debug"
	"testing"
)

// TestCollectRarely: garbage is collected late for the first time, then rarely as long as the heap is small, and as GOGC says where it is
// set.
func TestCollectRarely(t *testing.T) {
	const other = 50
	now := func() int {
		percent := debug.SetGCPercent(asUsual)
		debug.SetGCPercent(percent)
		return percent
	}
	defer debug.SetGCPercent(debug.SetGCPercent(other))
	defer collected.Store(collected.Load())
	for _, test := range []struct {
		collected bool
		gogc      string
		upTo      uint64
		want      int
	}{{false, "50", small, other}, {false, "", small, late}, {false, "", smallReading, rarely}, {true, "", 1 << 40, rarely}, {true, "", 0, asUsual}, {true, "", 1 << 40, rarely}} {
		t.Setenv("GOGC", test.gogc)
		collected.Store(test.collected)
		if collectRarely(test.upTo); now() != test.want {
			t.Errorf("GOGC=%q, a heap of up to %d bytes is small: garbage is collected at %d %%, want %d %%", test.gogc, test.upTo, now(), test.want)
		}
	}
}
