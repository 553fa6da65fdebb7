// Package turns runs tasks side by side, as many at once as there are processors.
package turns

import (
	"runtime"
	"sync"
)

// Run calls a task for every number from 0 to below n, begins them in this order, and returns when all have ended.
func Run(n int, task func(i int)) {
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var running sync.WaitGroup
	for i := range n {
		turns <- struct{}{}
		running.Go(func() {
			defer func() { <-turns }()
			task(i)
		})
	}
	running.Wait()
}
