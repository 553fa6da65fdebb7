package spreadsheet

import "errors"

// rowBatch are rows that are read, and not looked at yet.
type rowBatch struct {
	rows  []Row // of which the first so many are read; the others lend their memory
	read  int
	cells int // of those that are read
}

// A batch is handed over when it has so many rows or cells. So many are underway: one is read, one waits, one is looked at.
const (
	batchRows  = 32
	batchCells = 1 << 10
	batches    = 3
)

// take moves a row into the batch, which lends it other memory, and reports whether the batch is full.
func (b *rowBatch) take(row *Row) (isFull bool) {
	if b.read == len(b.rows) {
		b.rows = append(b.rows, Row{})
	}
	slot := &b.rows[b.read]
	free := slot.Cells
	if free == nil {
		free = make([]Cell, len(row.Cells)) // the next row is likely to have as many
	}
	*slot = *row
	row.Cells = free[:0]
	b.read++
	b.cells += len(slot.Cells)
	return b.read == batchRows || b.cells >= batchCells
}

// errStopped is why rows are no longer read: somebody who looked at one returned an error.
var errStopped = errors.New("stopped")

// readAhead has rows read while those before them are looked at, so that a large sheet keeps two processors busy. Read hands each row to
// the function that it is given, and does not look at the cells again; visit gets the same rows in the same order. It returns
// the first error by the order of the rows, be it that of read or of visit.
func readAhead(read func(take func(*Row) error) error, visit func(*Row) error) error {
	free, filled, stopped := make(chan *rowBatch, batches), make(chan *rowBatch, 1), make(chan struct{})
	for range batches {
		free <- &rowBatch{}
	}
	var failed error
	go func() {
		defer close(filled)
		batch := <-free
		failed = read(func(row *Row) error {
			if !batch.take(row) {
				return nil
			}
			filled <- batch
			select {
			case batch = <-free:
				return nil
			case <-stopped:
				return errStopped
			}
		})
		if !errors.Is(failed, errStopped) {
			filled <- batch
		}
	}()
	for batch := range filled {
		for i := range batch.rows[:batch.read] {
			if err := visit(&batch.rows[i]); err != nil {
				close(stopped)
				for range filled { // until nothing is read any more
				}
				return err
			}
		}
		batch.read, batch.cells = 0, 0
		free <- batch
	}
	return failed
}
