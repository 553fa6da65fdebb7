package dataset

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// stretch is a part of a CSV text that begins and ends between two records.
type stretch struct {
	table   *tableLoad
	file    *csvOrigin
	scanner csvScanner // of the text up to its end
	row     int        // its first record is put here, where there is room before for all of the stretches before
	most    int        // records that it has at most
	watched WatchedFS  // or nil

	starts []recordStart
	found  cellFindings
	rows   int
}

// rows reads, checks and sets all records behind the header: those of several stretches side by side, as long as all of
// these have nothing but whole records, and else again one after the other.
func (t *tableLoad) rows(file *csvOrigin, scanner *csvScanner, watched WatchedFS) {
	stretches := stretchesOf(scanner, runtime.GOMAXPROCS(0), t.width)
	for i := range stretches {
		stretches[i].table, stretches[i].file, stretches[i].watched = t, file, watched
	}
	records, last := t.dataset.records(t.schema), &stretches[len(stretches)-1]
	most := last.row + last.most
	records.resize(most)
	if len(stretches) > 1 && !scanSideBySide(stretches) {
		records.clear()
		stretches = []stretch{{table: t, file: file, scanner: *scanner, most: most}}
	}
	if len(stretches) == 1 {
		stretches[0].scan(stretches[0].report)
	}
	t.join(stretches)
}

// scanSideBySide scans stretches, and reports whether they have nothing but whole records.
func scanSideBySide(stretches []stretch) bool {
	regular := make([]bool, len(stretches))
	var running sync.WaitGroup
	for i := range stretches {
		running.Go(func() { regular[i] = stretches[i].scan(nil) })
	}
	running.Wait()
	return !slices.Contains(regular, false)
}

// join puts the records of stretches together.
func (t *tableLoad) join(stretches []stretch) {
	rows, found := 0, make([]cellFindings, len(stretches))
	for i := range stretches {
		s := &stretches[i]
		if s.row != rows {
			t.dataset.records(t.schema).move(rows, s.row, s.rows)
		}
		for j := range s.found.all {
			s.found.all[j].row += int32(rows - s.row)
		}
		s.file.starts, found[i] = append(s.file.starts, s.starts...), s.found
		rows += s.rows
	}
	t.found = joinFindings(found)
	t.dataset.records(t.schema).resize(rows)
}

// leastStretch is how many bytes are worth a stretch of their own; tests lower it.
var leastStretch = 1 << 20

// stretchesOf divides what is left of a text, whose records have a number of fields, into most stretches at most.
func stretchesOf(scanner *csvScanner, most, fields int) []stretch {
	text := scanner.text
	size := max((len(text)-scanner.offset)/most, leastStretch)
	stretches := []stretch{{scanner: *scanner}}
	for {
		last := &stretches[len(stretches)-1]
		end := endOfRecord(text, last.scanner.offset, size)
		last.scanner.text = text[:end]
		lines := strings.Count(text[last.scanner.offset:end], "\n")
		last.most = min(lines, (end-last.scanner.offset)/max(fields, 1)) + 1 // the last line may have no end, the last field no comma
		if end == len(text) {
			return stretches
		}
		stretches = append(stretches, stretch{
			scanner: csvScanner{text: text, offset: end, line: last.scanner.line + lines}, row: last.row + last.most,
		})
	}
}

// endOfRecord returns an offset behind the end of a line that is in no quotes, at least a number of bytes after the beginning of
// a record, or the end of the text.
func endOfRecord(text string, start, size int) int {
	if size >= len(text)-start {
		return len(text)
	}
	quoted := strings.Count(text[start:start+size], `"`)%2 == 1
	for i := start + size; i < len(text); i++ {
		switch text[i] {
		case '"':
			quoted = !quoted
		case '\n':
			if !quoted {
				return i + 1
			}
		}
	}
	return len(text)
}

// scan reads, checks and sets the records of the stretch. Without a function to report them to, it ends at the first fault
// or record of another length than the header, and returns false.
func (s *stretch) scan(report func(start recordStart, fault *csvFault, record []cell)) (regular bool) {
	s.scanner.most = s.table.width
	scanner, binders, passed := &s.scanner, newBinders(s.table, s.row), s.scanner.offset
	s.starts = make([]recordStart, 0, s.most)
	regular = true
	for regular || report != nil {
		start := recordStart{scanner.offset, scanner.line}
		before := binders.filling.cells
		cells, fault, more := scanner.next(before)
		if !more {
			break
		}
		if record := cells[len(before):]; fault != nil || scanner.fields != s.table.width {
			if regular = false; report != nil {
				report(start, fault, record)
				s.table.lost.add(scanner.text[start.offset:scanner.offset])
			}
			continue
		}
		s.starts = append(s.starts, start)
		binders.filling.cells = cells
		if binders.added() && s.watched != nil {
			s.watched.Passed(scanner.offset - passed)
			passed = scanner.offset
		}
	}
	var end int
	s.found, end = binders.finish()
	s.rows = end - s.row
	return regular
}

// report reports what is no record, and a record with another number of fields than the header.
func (s *stretch) report(start recordStart, fault *csvFault, record []cell) {
	t := s.table
	if fault != nil {
		t.report(s.file.at(fault.offset, start.offset, start.line), "csv-syntax", fault.message, fault.hint)
		return
	}
	place := s.file.at(start.offset, start.offset, start.line)
	if s.scanner.fields == 1 && record[0].text == "" {
		t.report(place, "row-length", "the row is blank", "delete the line")
		return
	}
	t.report(place, "row-length", fmt.Sprintf("the row has %d cells, the header %d", s.scanner.fields, t.width),
		"add or remove commas; a cell with a comma in it needs quotes")
}
