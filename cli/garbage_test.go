package cli

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestCollection: garbage is collected late at first, rarely for those that keep what they make once the heap has grown, and
// as usual when the last of them has ended.
func TestCollection(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "")
	var c collection
	hold := func(want int) {
		t.Helper()
		c.mu.Lock()
		defer c.mu.Unlock()
		if is := debug.SetGCPercent(c.percent); is != want || c.percent != want {
			t.Fatalf("garbage is collected at %d %%, not %d", is, want)
		}
	}
	isGrown := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.grown
	}
	end := c.collectRarely()
	hold(late)
	endInner := c.collectRarely()
	for !isGrown() {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	hold(rarely)
	endInner()
	hold(rarely)
	end()
	hold(100)
	c.collectRarely()()
	hold(100)
}

// TestCollectionAsAsked: nobody's GOGC is changed.
func TestCollectionAsAsked(t *testing.T) {
	before := debug.SetGCPercent(70)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "70")
	var c collection
	defer c.collectRarely()()
	if is := debug.SetGCPercent(70); is != 70 {
		t.Errorf("garbage is collected at %d %%", is)
	}
}
