package xlsx

import (
	"bytes"
	"io"
	"runtime"
	"sync"

	"github.com/klauspost/compress/flate"
)

const (
	// blockSize is how much is deflated at a time. It is fixed, so that the bytes do not depend on the number of workers.
	blockSize = 1 << 20
	// deflateLevel trades speed for size: half again as fast as 6, and 2 % larger.
	deflateLevel = 5
)

// endOfStream is the last block of a deflate stream (RFC 1951, 3.2.3): final, of fixed codes, and empty.
var endOfStream = []byte{0x03, 0x00}

// parallelDeflate compresses what is written to it in blocks side by side, and writes them in order as one deflate stream:
// each block ends on a byte boundary, with an empty stored block that is not final (RFC 1951, 3.2.4).
type parallelDeflate struct {
	out     io.Writer
	filling *block
	pending chan *block // in order; as many as may be under way
	done    chan error
	failed  chan struct{} // closed when out takes no more
}

// block is a run of bytes, and what they are compressed to.
type block struct {
	plain  []byte
	packed bytes.Buffer
	packer *flate.Writer
	ready  chan error // of compressing
}

// blocks are used again, since they are large.
var blocks = sync.Pool{New: func() any {
	packer, err := flate.NewWriter(nil, deflateLevel)
	if err != nil {
		panic(err) // the level is one
	}
	return &block{plain: make([]byte, 0, blockSize), packer: packer, ready: make(chan error, 1)}
}}

func newParallelDeflate(out io.Writer) (io.WriteCloser, error) {
	d := &parallelDeflate{
		out:     out,
		filling: blocks.Get().(*block),
		pending: make(chan *block, runtime.GOMAXPROCS(0)),
		done:    make(chan error, 1),
		failed:  make(chan struct{}),
	}
	go d.join()
	return d, nil
}

// join writes the blocks in order.
func (d *parallelDeflate) join() {
	var err error
	for block := range d.pending {
		failure := <-block.ready
		if err == nil {
			if err = failure; err == nil {
				_, err = block.packed.WriteTo(d.out)
			}
			if err != nil {
				close(d.failed)
			}
		}
		blocks.Put(block)
	}
	if err == nil {
		_, err = d.out.Write(endOfStream)
	}
	d.done <- err
}

// Write takes bytes to compress. Its error is that of an earlier block.
func (d *parallelDeflate) Write(p []byte) (int, error) {
	select {
	case <-d.failed:
		return 0, io.ErrClosedPipe // Close tells why
	default:
	}
	written := len(p)
	for len(p) > 0 {
		n := min(blockSize-len(d.filling.plain), len(p))
		d.filling.plain = append(d.filling.plain, p[:n]...)
		if p = p[n:]; len(d.filling.plain) == blockSize {
			d.start()
			d.filling = blocks.Get().(*block)
		}
	}
	return written, nil
}

// start has the block that was filled compressed.
func (d *parallelDeflate) start() {
	full := d.filling
	d.pending <- full
	go func() { full.ready <- full.pack() }()
}

// pack compresses the bytes, and empties the block for others.
func (b *block) pack() error {
	b.packed.Reset()
	b.packer.Reset(&b.packed)
	_, err := b.packer.Write(b.plain)
	b.plain = b.plain[:0]
	if err != nil {
		return err
	}
	return b.packer.Flush()
}

// Close compresses what is left, and waits until all is written.
func (d *parallelDeflate) Close() error {
	if len(d.filling.plain) > 0 {
		d.start()
	} else {
		blocks.Put(d.filling)
	}
	close(d.pending)
	return <-d.done
}
