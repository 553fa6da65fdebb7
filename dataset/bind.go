package dataset

import (
	"io"
	"runtime"
	"slices"
	"sync"
)

// binders check and bind the batches of one table side by side.
type binders struct {
	table   *tableLoad
	next    int // the record that the next batch starts with
	slots   chan struct{}
	running sync.WaitGroup
	mu      sync.Mutex // guards results and err
	results []batchResult
	err     error
}

// batchResult is what was found in one batch.
type batchResult struct {
	row      int
	findings Findings
}

// newBinders makes the binders of a table of at most so many records.
func newBinders(t *tableLoad, most int) *binders {
	t.schema.records.resize(t.dataset, most)
	return &binders{table: t, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// batch is a run of records as text, one cell after the other in the order of the curated columns.
type batch struct {
	row   int // of its first record in the table
	rows  int
	cells []string
	lines [][]string // the same, a record each, behind the header
}

// batches are used again, since they are many and large.
var batches = sync.Pool{New: func() any { return &batch{} }}

// batch returns an empty batch.
func (b *binders) batch() *batch {
	batch := batches.Get().(*batch)
	batch.rows, batch.cells = 0, slices.Grow(batch.cells[:0], batchRows*len(b.table.schema.Curated()))
	return batch
}

// add appends a record; fields gives the field of each column, or -1.
func (b *batch) add(record []string, fields []int) {
	for _, field := range fields {
		cell := ""
		if field >= 0 {
			cell = record[field]
		}
		b.cells = append(b.cells, cell)
	}
	b.rows++
}

// bind starts the checking and binding of a batch, which may not be used any more.
func (b *binders) bind(batch *batch) {
	if batch.rows == 0 {
		return
	}
	batch.row, b.next = b.next, b.next+batch.rows
	schema, d := b.table.schema, b.table.dataset
	b.slots <- struct{}{}
	b.running.Go(func() {
		defer func() { <-b.slots }()
		row := batch.row
		findings := checkCells(b.table, batch)
		err := schema.records.bind(d, batch.row, batch.rows, &batchReader{schema: schema, batch: batch})
		batches.Put(batch)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.results = append(b.results, batchResult{row, findings})
		if err != nil && b.err == nil {
			b.err = err
		}
	})
}

// finish waits for all batches and returns what they found, in the order of the records.
func (b *binders) finish() (findings Findings, err error) {
	b.running.Wait()
	b.table.schema.records.resize(b.table.dataset, b.next)
	slices.SortFunc(b.results, func(x, y batchResult) int { return x.row - y.row })
	for _, result := range b.results {
		findings = append(findings, result.findings...)
	}
	return findings, b.err
}

// batchReader replays a batch to gocsv.
type batchReader struct {
	schema *Schema
	batch  *batch
}

// Read is not used by gocsv for whole tables.
func (r *batchReader) Read() ([]string, error) { return nil, io.EOF }

// ReadAll returns the header and all records.
func (r *batchReader) ReadAll() ([][]string, error) {
	curated := r.schema.Curated()
	r.batch.lines = append(r.batch.lines[:0], columnNames(curated))
	for cells := range slices.Chunk(r.batch.cells, len(curated)) {
		r.batch.lines = append(r.batch.lines, cells)
	}
	return r.batch.lines, nil
}
