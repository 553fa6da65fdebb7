package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// collection decides how often garbage is collected: not at all while the heap is small, rarely while data is read and
// checked, and otherwise as usual.
type collection struct {
	set     func(percent int) (before int) // by which the heap may grow before garbage is collected
	mu      sync.Mutex
	percent int // as it was set last; 0 before the first time
	usual   int // as it was at first
	grown   bool
	keepers int // how many run that keep nearly all that they make
}

// garbage is the collection of the process.
var garbage = collection{set: debug.SetGCPercent}

const (
	// late is the percentage until the first collection, which comes when the heap has grown to 4 MB times this, or 64 MB
	// (https://go.dev/doc/gc-guide#GOGC): most runs end before.
	late = 1600
	// rarely is the percentage while data is read and checked: since that keeps nearly all that it makes, collections would
	// take a sixth of its time.
	rarely = 400
)

// collectRarely has garbage collected rarely until the function that it returns is called, unless GOGC says otherwise.
func (c *collection) collectRarely() (end func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	c.change(func() { c.keepers++ })
	return func() { c.change(func() { c.keepers-- }) }
}

// change changes what the percentage depends on.
func (c *collection) change(what func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what()
	percent := c.usual
	switch {
	case c.percent == 0:
		c.usual, c.percent = c.set(late), late
		runtime.AddCleanup(new(*collection), (*collection).grow, c) // called after the first collection
		return
	case !c.grown:
		percent = late
	case c.keepers > 0:
		percent = rarely
	}
	if percent != c.percent {
		c.percent = percent
		c.set(percent)
	}
}

// grow notes that the heap is no longer small.
func (c *collection) grow() { c.change(func() { c.grown = true }) }
