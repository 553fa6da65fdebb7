package export_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

// countdown is a context that ends when it is asked for the last of some times whether it has.
type countdown struct {
	context.Context
	cancel context.CancelFunc
	left   atomic.Int64
}

func newCountdown(t *testing.T, times int) *countdown {
	t.Helper()
	c := &countdown{}
	c.Context, c.cancel = context.WithCancel(t.Context())
	c.left.Store(int64(times))
	return c
}

// Err counts one time.
func (c *countdown) Err() error {
	if c.left.Add(-1) == 0 {
		c.cancel()
	}
	return c.Context.Err()
}

// TestCancelledWhenAsked ends an export each time that it asks before and behind the formats: while it looks at what is
// there, and up to the exchange.
func TestCancelledWhenAsked(t *testing.T) {
	book := bookOf(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, book, format("csv"))
	before := exporttest.Tree(t, filepath.Dir(dir))
	times := 1
	for ; ; times++ {
		_, err := export.Write(newCountdown(t, times), dir, book, format("json"))
		if err == nil {
			break
		}
		mustLeaveAll(t, fmt.Sprintf("asked %d times", times), err, dir, before)
	}
	if asks := times - 1; asks < len(before) {
		t.Errorf("the export asked %d times, want at least once for each of %d files", asks, len(before))
	}
}

// TestCancelledWhileWriting ends an export of all formats at some of its steps.
func TestCancelledWhileWriting(t *testing.T) {
	const stops = 12
	book := bookOf(datasettest.Generate(300))
	dir := filepath.Join(t.TempDir(), "out")
	var steps atomic.Int64
	book.Progress = func(int) { steps.Add(1) }
	write(t, dir, book, allFormats())
	before := exporttest.Tree(t, filepath.Dir(dir))
	for stop := range stops {
		ctx, cancel := context.WithCancel(t.Context())
		last := steps.Load() * int64(stop+1) / stops
		var step atomic.Int64
		book.Progress = func(int) {
			if step.Add(1) == last {
				cancel()
			}
		}
		_, err := export.Write(ctx, dir, book, allFormats())
		mustLeaveAll(t, fmt.Sprintf("step %d", last), err, dir, before)
	}
}

// mustLeaveAll fails the test unless an export was cancelled, left its folder as it was, and nothing beside it.
func mustLeaveAll(t *testing.T, when string, err error, dir string, before map[string]string) {
	t.Helper()
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%s: got the error %v, want %v", when, err, context.Canceled)
	}
	if diff := cmp.Diff(before, exporttest.Tree(t, filepath.Dir(dir))); diff != "" {
		t.Fatalf("%s: -before +after\n%s", when, diff)
	}
}

// TestWorkAfterCancel bounds the rows that each format goes on with after it was cancelled, whatever the time is that a
// machine takes for them: those on their way to the file.
func TestWorkAfterCancel(t *testing.T) {
	const chunk = 1000 // rows
	book := bookOf(datasettest.Generate(10_000))
	for i := range export.Formats {
		f := &export.Formats[i]
		t.Run(f.Name, func(t *testing.T) {
			most := chunk
			if f.Name == "xlsx" { // blocks are compressed side by side
				most = 2 * chunk * (runtime.GOMAXPROCS(0) + 2)
			}
			for _, share := range []int{4, 2} { // of all rows
				ctx, cancel := context.WithCancel(t.Context())
				stop := int64(export.RowsIn(book, []*export.Format{f}) / share)
				var rows, after atomic.Int64
				book.Progress = func(n int) {
					if ctx.Err() != nil {
						after.Add(int64(n))
					} else if rows.Add(int64(n)) >= stop {
						cancel()
					}
				}
				_, err := export.Write(ctx, filepath.Join(t.TempDir(), "out"), book, []*export.Format{f})
				if !errors.Is(err, context.Canceled) || after.Load() > int64(most) {
					t.Errorf("cancelled after %d rows, it went on for %d more, want at most %d; the error is %v", rows.Load(), after.Load(), most, err)
				}
				t.Logf("%d rows after %d", after.Load(), rows.Load())
			}
		})
	}
}

// TestCancelledBetweenFiles holds a format to making no file more.
func TestCancelledBetweenFiles(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	made := 0
	many := export.NewFormat("many", func(string, io.Writer) error {
		if made++; made == 3 {
			cancel()
		}
		return nil
	}, "1", "2", "3", "4", "5")
	dir := filepath.Join(t.TempDir(), "out")
	_, err := export.Write(ctx, dir, bookOf(datasettest.Clean()), []*export.Format{many})
	mustLeaveAll(t, "between files", err, dir, map[string]string{"./": "folder"})
	if made != 3 {
		t.Errorf("%d files were made, want 3", made)
	}
}
