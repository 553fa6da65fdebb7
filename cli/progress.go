package cli

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"haltsheet/dataset"
	"haltsheet/export"
)

// step is a part of a command that may take long.
type step struct {
	name   string               // what is being done, in one or two words
	amount func(n int64) string // an amount of it with its unit; of no use to a step that nothing measures
	total  atomic.Int64         // how much there is to do; 0 where nobody can tell
	done   atomic.Int64
}

// newStep returns a step that nothing measures.
func newStep(name string) *step { return &step{name: name} }

// terminal is where progress is shown.
type terminal struct {
	out   io.Writer
	width func() int // in columns
	tick  time.Duration
	after time.Duration // how long a command runs before its progress is shown

	passed time.Duration // in the steps before
}

// newTerminal returns the terminal behind a file, or nil.
func newTerminal(file *os.File) *terminal {
	descriptor := int(file.Fd())
	if !term.IsTerminal(descriptor) {
		return nil
	}
	width := func() int {
		if width, _, err := term.GetSize(descriptor); err == nil && width > 0 {
			return width
		}
		return plainWidth
	}
	return terminalOn(file, width)
}

func terminalOn(out io.Writer, width func() int) *terminal {
	return &terminal{out: out, width: width, tick: 100 * time.Millisecond, after: time.Second}
}

// during does a step that leaves nothing behind, wherever it stops: when the context ends, nobody waits for it.
func during[In, Out any](ctx context.Context, p *program, s *step, work func(In) Out, in In) (out Out, err error) {
	if ctx.Err() != nil {
		return out, context.Cause(ctx)
	}
	defer p.show(s)()
	done := make(chan Out, 1)
	go func() { done <- work(in) }()
	select {
	case out = <-done:
		return out, nil
	case <-ctx.Done():
		return out, context.Cause(ctx)
	}
}

// attempt is during for work that may fail.
func attempt[Out any](ctx context.Context, p *program, s *step, work func() (Out, error)) (Out, error) {
	type result struct {
		out Out
		err error
	}
	r, err := during(ctx, p, s, func(*step) (r result) {
		r.out, r.err = work()
		return r
	}, s)
	if err != nil {
		return r.out, err
	}
	return r.out, r.err
}

// show shows the progress of a step until hide is called, where there is a terminal and no --quiet. Nothing else may be
// printed until then.
func (p *program) show(s *step) (hide func()) {
	if p.terminal == nil || p.quiet {
		return func() {}
	}
	ended := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() { p.terminal.follow(s, ended) })
	return sync.OnceFunc(func() {
		close(ended)
		running.Wait()
	})
}

// showWriting shows how the rows of a book get into files, until hide is called.
func (p *program) showWriting(book *export.Book, formats []*export.Format) (hide func()) {
	s := &step{name: "Writing", amount: inRows}
	s.total.Store(int64(export.RowsIn(book, formats)))
	book.Progress = func(rows int) { s.done.Add(int64(rows)) }
	return p.show(s)
}

// follow draws a step again and again until it has ended, and then clears it away.
func (t *terminal) follow(s *step, ended <-chan struct{}) {
	ticker := time.NewTicker(t.tick)
	defer ticker.Stop()
	var began time.Time
	var passed time.Duration
	drawn := 0 // columns
	for {
		select {
		case now := <-ticker.C:
			if began.IsZero() {
				began = now.Add(-t.tick)
			}
			if passed = now.Sub(began); t.passed+passed >= t.after {
				line := s.line(passed, t.width()-1)
				columns := len([]rune(line))
				fmt.Fprint(t.out, "\r", line, strings.Repeat(" ", max(drawn-columns, 0)))
				drawn = columns
			}
		case <-ended:
			if t.passed += passed; drawn > 0 {
				fmt.Fprint(t.out, "\r", strings.Repeat(" ", drawn), "\r")
			}
			return
		}
	}
}

// The widths of a progress bar, in columns.
const (
	shortestProgress = 8
	longestProgress  = 30
)

// line returns a step that has run for some time as one line of at most some columns: name, bar, share, rate and time
// left, or name and time where nothing measures it. What does not fit is left out, first the bar, then from the end.
func (s *step) line(passed time.Duration, width int) string {
	total := s.total.Load()
	parts := []string{s.name, inTime(passed)}
	room := 0
	if total > 0 {
		done := min(s.done.Load(), total)
		share := float64(done) / float64(total)
		parts = []string{s.name, fmt.Sprintf("%3d %%", int(100*share)), s.amount(int64(float64(done)/passed.Seconds())) + "/s"}
		if done > 0 && passed >= time.Second { // before that, a guess would be wild
			parts = append(parts, inTime(time.Duration(float64(passed)*(1-share)/share))+" left")
		}
		room = min(width-len(strings.Join(parts, columnGap))-len(columnGap), longestProgress)
		if room >= shortestProgress {
			filled := bar(share, room)
			filled += strings.Repeat("░", room-len([]rune(filled)))
			parts = append([]string{s.name, filled}, parts[1:]...)
		}
	}
	for len(parts) > 1 && len([]rune(strings.Join(parts, columnGap))) > width {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, columnGap)
}

// inTime returns a time with the unit that people would take.
func inTime(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Round(time.Second).Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min %02d s", int(d.Minutes()), int(d.Seconds())%60)
	default:
		return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
	}
}

// inRows returns a number of rows in words.
func inRows(n int64) string { return counted(int(n), "row") }

// watchedFolder is a dataset folder whose reading is measured, as [dataset.WatchedFS] has it.
type watchedFolder struct {
	fs.FS
	step *step
}

// watch lets a step measure the reading of a folder.
func watch(folder fs.FS, s *step) watchedFolder {
	for i := range dataset.Schemas {
		if info, err := fs.Stat(folder, dataset.Schemas[i].File()); err == nil {
			s.total.Add(info.Size())
		}
	}
	return watchedFolder{folder, s}
}

// Passed takes how many bytes of a table were read and checked.
func (w watchedFolder) Passed(bytes int) { w.step.done.Add(int64(bytes)) }

// Stat tells of a file without opening it, which may take for ever for what is none.
func (w watchedFolder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }
