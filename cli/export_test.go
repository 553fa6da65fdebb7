package cli

import (
	"bufio"
	"context"
	"io"
	"time"
)

// Run runs a command line and returns its status.
func Run(ctx context.Context, stdout, stderr io.Writer, args ...string) int {
	p := &program{voice: voice{out: bufio.NewWriter(stdout), err: stderr}, commands: commands}
	return p.main(ctx, args)
}

// ProgressLine returns a step of which so much is done after some time as one line of at most some columns. Nothing
// measures a step without a total.
func ProgressLine(name string, total, done int64, passed time.Duration, width int) string {
	s := &step{name: name, amount: inRows}
	s.total.Store(total)
	s.done.Store(done)
	return s.line(passed, width)
}

// Progress returns what shows a step on a terminal of 80 columns until it is hidden; done adds rows to those done.
func Progress(out io.Writer) (show func(name string, total int64) (done func(rows int64), hide func())) {
	p := &program{terminal: terminalOn(out, func() int { return 80 })}
	return func(name string, total int64) (func(rows int64), func()) {
		s := &step{name: name, amount: inRows}
		s.total.Store(total)
		return func(rows int64) { s.done.Add(rows) }, p.show(s)
	}
}

// CommandNames returns the names of all commands.
func CommandNames() []string { return (&program{commands: commands}).commandNames() }

// The parts of the terminal that are tested by themselves.
var (
	Printable   = printable
	Shortened   = shortened
	NearestWord = nearestWord
	Grouped     = grouped
	InBytes     = inBytes
	Bar         = bar
)
