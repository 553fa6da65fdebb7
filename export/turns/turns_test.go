package turns_test

import (
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"haltsheet/export/turns"
)

// TestRun: every task runs once, as many at once as there are processors and no more.
func TestRun(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	synctest.Test(t, func(t *testing.T) {
		var atOnce, most atomic.Int32
		var ran [20]atomic.Int32
		turns.Run(len(ran), func(i int) {
			if now := atOnce.Add(1); now > most.Load() {
				most.Store(now)
			}
			ran[i].Add(1)
			time.Sleep(time.Second) // of the bubble's clock: all that may run do
			atOnce.Add(-1)
		})
		if most.Load() != 3 {
			t.Errorf("%d tasks ran at once, want 3", most.Load())
		}
		for i := range ran {
			if n := ran[i].Load(); n != 1 {
				t.Errorf("task %d ran %d times", i, n)
			}
		}
	})
}
