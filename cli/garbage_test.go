package cli

import (
	"runtime/debug"
	"testing"
)

// TestCollectRarely: garbage is collected rarely as long as the heap is small, and as GOGC says where it is set.
func TestCollectRarely(t *testing.T) {
	const other = 50
	now := func() int {
		percent := debug.SetGCPercent(asUsual)
		debug.SetGCPercent(percent)
		return percent
	}
	defer debug.SetGCPercent(debug.SetGCPercent(other))
	for _, test := range []struct {
		gogc string
		upTo uint64
		want int
	}{{"50", small, other}, {"", 1 << 40, rarely}, {"", 0, asUsual}, {"", 1 << 40, rarely}} {
		t.Setenv("GOGC", test.gogc)
		if collectRarely(test.upTo); now() != test.want {
			t.Errorf("GOGC=%q, a heap of up to %d bytes is small: garbage is collected at %d %%, want %d %%", test.gogc, test.upTo, now(), test.want)
		}
	}
}
