package dataset

import (
	"runtime"
	"slices"
	"sync"
)

// batch is a run of records: the cells of one after those of the other, as they stand in the file.
type batch struct {
	row   int // of its first record in the table
	rows  int
	cells []cell
	found cellFindings // in them
}

// How many records are checked and set at a time: fewer where a header has very many columns.
const (
	batchRows  = 2048
	batchCells = 64 * batchRows
)

// batches are used again, since they are many and large.
var batches = sync.Pool{New: func() any { return &batch{} }}

// binders check the batches of one table and set its records, side by side.
type binders struct {
	table   *tableLoad
	checks  []columnCheck
	rows    int // of a batch
	filling *batch
	slots   chan struct{}
	running sync.WaitGroup
	mu      sync.Mutex // guards results
	results []batchResult
}

// batchResult is what was found in one batch.
type batchResult struct {
	row   int
	found cellFindings
}

// newBinders makes binders that begin at a record of a table, which has room for all that follow.
func newBinders(t *tableLoad, row int) *binders {
	b := &binders{table: t, checks: columnChecks(t.schema.Curated()), rows: min(batchRows, batchCells/max(t.width, 1)+1), slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
	b.begin(row)
	return b
}

// begin begins an empty batch at a record.
func (b *binders) begin(row int) {
	b.filling = batches.Get().(*batch)
	b.filling.row, b.filling.rows = row, 0
	if b.filling.cells = b.filling.cells[:0]; cap(b.filling.cells) < b.rows*b.table.width {
		b.filling.cells = make([]cell, 0, b.rows*b.table.width) // slices.Grow would copy what is no longer needed
	}
}

// added counts a record whose cells were appended to the batch being filled, and reports whether that is full.
func (b *binders) added() (filled bool) {
	b.filling.rows++
	if filled = b.filling.rows == b.rows; filled {
		b.begin(b.bind())
	}
	return filled
}

// bind starts on the batch that was filled, and returns the record behind its last.
func (b *binders) bind() (end int) {
	full := b.filling
	end = full.row + full.rows // which the batch tells only now
	b.slots <- struct{}{}
	b.running.Go(func() {
		full.found.clear()
		full.bind(b.table, slices.Clone(b.checks))
		result := batchResult{full.row, cellFindings{slices.Clone(full.found.all), slices.Clone(full.found.texts)}}
		batches.Put(full)
		b.mu.Lock()
		b.results = append(b.results, result)
		b.mu.Unlock()
		<-b.slots
	})
	return end
}

// finish waits for all batches and returns what they found, in the order of the records, and the record behind the last.
func (b *binders) finish() (all cellFindings, end int) {
	end = b.bind()
	b.running.Wait()
	slices.SortFunc(b.results, func(x, y batchResult) int { return x.row - y.row })
	found := make([]cellFindings, len(b.results))
	for i := range b.results {
		found[i] = b.results[i].found
	}
	b.results = nil
	return joinFindings(found), end
}

// bind sets the records of a batch, holds its cells to the cell rules and keeps what these find. A cell that its column cannot hold
// stays empty.
func (b *batch) bind(t *tableLoad, checks []columnCheck) {
	records, next, found := t.dataset.records(t.schema), b.cells, &b.found
	for row := b.row; row < b.row+b.rows; row++ {
		for column, field := range t.fields {
			if field < 0 {
				continue // a column that is not there is a finding of its own
			}
			text, has, check := next[field].text, next[field].traits, &checks[column]
			if check.always && text != "" {
				if passed := *check.slot(text); passed == text {
					records.set(row, column, passed) // one text for all, which makes it quick to compare
					continue
				}
			}
			if !records.set(row, column, text) {
				has |= traitMisfit
			}
			if has&check.watched == 0 && (!check.always || text == "") {
				continue
			}
			before := len(found.all)
			found.all = check.ask(found.all, t.dataset, text, has, cellAt{t.schema, row, column})
			if len(found.all) == before {
				continue
			}
			if check.column.Type != TypeText && found.hasErrors(before) {
				records.set(row, column, "")
			}
			if records.plainText(row, column) != text {
				found.keep(text, before)
			}
		}
		next = next[t.width:]
	}
}

// columnCheck holds the cells of a column to the cell rules that read it.
type columnCheck struct {
	column  *Column
	rules   []int  // in Rules
	watched traits // that one of the rules asks about
	always  bool   // one of the rules asks about every text
	// passed are texts that passed lately and need not be asked about again: most columns repeat a few.
	passed [64]string
}

// columnChecks returns the checks of each column.
func columnChecks(columns []Column) []columnCheck {
	checks := make([]columnCheck, len(columns))
	for i := range columns {
		c := &checks[i]
		c.column = &columns[i]
		for j := range Rules {
			if rule := &Rules[j]; rule.cell != nil && rule.of(c.column) {
				c.rules = append(c.rules, j)
				c.watched |= rule.traits
				c.always = c.always || rule.traits == 0
			}
		}
	}
	return checks
}

// TextSlot returns the slot, from 0 to below slots, in which a small cache keeps a text that is not empty. The same text has the
// same slot.
func TextSlot(text string, slots int) int {
	n := len(text)
	return (n*5 + int(text[n-1])*3 + int(text[n/2])*7 + int(text[0])) % slots
}

// slot returns where a text that is not empty is kept once it passed.
func (c *columnCheck) slot(text string) *string {
	return &c.passed[TextSlot(text, len(c.passed))]
}

// ask appends what the rules find wrong with a text. An error ends the asking.
func (c *columnCheck) ask(all []cellFinding, d *Dataset, text string, has traits, at cellAt) []cellFinding {
	before := len(all)
	for _, i := range c.rules {
		rule := &Rules[i]
		if rule.traits&has == 0 && (rule.traits != 0 || text == "") {
			continue
		}
		if message, _ := rule.cell(d, c.column, text); message == "" {
			continue
		}
		all = append(all, newCellFinding(i, at, ofText))
		if rule.Severity == Error {
			break
		}
	}
	if len(all) == before && text != "" {
		*c.slot(text) = text
	}
	return all
}
