package cli

import (
	"runtime"
	"testing"
	"time"
)

// TestCollection: garbage is collected late at first, rarely for those that keep what they make once the heap has grown, and
// as usual when the last of them has ended.
func TestCollection(t *testing.T) {
	t.Setenv("GOGC", "")
	is := 100
	c := collection{set: func(percent int) (before int) {
		before, is = is, percent
		return before
	}}
	hold := func(want int) {
		t.Helper()
		c.mu.Lock()
		defer c.mu.Unlock()
		if is != want {
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
	hold(late)
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
	t.Setenv("GOGC", "70")
	c := collection{set: func(percent int) int {
		t.Errorf("garbage is collected at %d %%", percent)
		return 70
	}}
	c.collectRarely()()
}
