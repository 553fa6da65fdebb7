package xlsx

import (
	"bytes"
	"io"
	"runtime"

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
	block   []byte
	pending chan chan deflated // results in the order of the blocks; as many as may be under way
	done    chan error
	failed  chan struct{} // closed when out takes no more
}

// deflated is one compressed block.
type deflated struct {
	data []byte
	err  error
}

func newParallelDeflate(out io.Writer) (io.WriteCloser, error) {
	d := &parallelDeflate{
		out:     out,
		pending: make(chan chan deflated, runtime.GOMAXPROCS(0)),
		done:    make(chan error, 1),
		failed:  make(chan struct{}),
	}
	go d.join()
	return d, nil
}

// join writes the blocks in order.
func (d *parallelDeflate) join() {
	var err error
	for result := range d.pending {
		block := <-result
		if err != nil {
			continue
		}
		if err = block.err; err == nil {
			_, err = d.out.Write(block.data)
		}
		if err != nil {
			close(d.failed)
		}
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
		n := min(blockSize-len(d.block), len(p))
		d.block = append(d.block, p[:n]...)
		if p = p[n:]; len(d.block) == blockSize {
			d.start()
		}
	}
	return written, nil
}

// start hands the block over to be compressed.
func (d *parallelDeflate) start() {
	block, result := d.block, make(chan deflated, 1)
	d.block = make([]byte, 0, blockSize)
	d.pending <- result
	go func() { result <- deflate(block) }()
}

func deflate(block []byte) deflated {
	var data bytes.Buffer
	w, err := flate.NewWriter(&data, deflateLevel)
	if err == nil {
		_, err = w.Write(block)
	}
	if err == nil {
		err = w.Flush()
	}
	return deflated{data.Bytes(), err}
}

// Close compresses what is left, and waits until all is written.
func (d *parallelDeflate) Close() error {
	if len(d.block) > 0 {
		d.start()
	}
	close(d.pending)
	return <-d.done
}
