package cli

import (
	"runtime/debug"
	"testing"
)

// TestCollectRarely: garbage is collected rarely only as long as data is read, and as GOGC says where it is set.
func TestCollectRarely(t *testing.T) {
	now := func() int {
		percent := debug.SetGCPercent(100)
		debug.SetGCPercent(percent)
		return percent
	}
	usual := now()
	for _, test := range []struct {
		gogc   string
		during int
	}{{"", 400}, {"50", usual}} {
		t.Setenv("GOGC", test.gogc)
		asUsual := collectRarely()
		during := now()
		asUsual()
		if during != test.during || now() != usual {
			t.Errorf("GOGC=%q: %d %% while data is read and %d %% after, want %d %% and %d %%", test.gogc, during, now(), test.during, usual)
		}
	}
}
