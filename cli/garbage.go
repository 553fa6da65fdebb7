package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// How often garbage is collected: each time that the heap has grown by so many percent.
const (
	late    = 1600 // the first time, unless data is read: when the heap has grown to 4 MB times this, or 64 MB (https://go.dev/doc/gc-guide#GOGC)
	rarely  = 400
	asUsual = 100 // as Go has it
)

// Up to how many bytes of heap garbage is collected rarely: what is left until a collection is a multiple of what is kept.
const (
	small        = 32 << 20
	smallReading = 128 << 20 // in reading and checking, which keep nearly all that they make
)

var (
	rareUpTo      atomic.Uint64
	collected     atomic.Bool // at least once
	keepAdjusting = sync.OnceFunc(adjustBehindCollections)
)

// collectRarely has garbage collected rarely as long as the heap has no more than some bytes, unless GOGC says otherwise. Most runs end
// before the first collection, and while nearly all is kept that is made, collecting would only cost time: a tenth of it, at 100,000 halts.
func collectRarely(upTo uint64) {
	if os.Getenv("GOGC") == "" {
		rareUpTo.Store(upTo)
		adjustCollection()
		keepAdjusting()
	}
}

func adjustCollection() {
	upTo := rareUpTo.Load()
	if upTo == small && !collected.Load() {
		debug.SetGCPercent(late)
		return
	}
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(heap)
	if heap[0].Value.Uint64() <= upTo {
		debug.SetGCPercent(rarely)
	} else {
		debug.SetGCPercent(asUsual)
	}
}

func adjustBehindCollections() {
	runtime.AddCleanup(new([16]byte), func(struct{}) {
		collected.Store(true)
		adjustCollection()
		adjustBehindCollections()
	}, struct{}{})
}
