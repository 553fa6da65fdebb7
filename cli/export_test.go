package cli

import (
	"bufio"
	"context"
	"io"
)

// Run runs a command line and returns its status.
func Run(ctx context.Context, stdout, stderr io.Writer, args ...string) int {
	p := &program{voice: voice{out: bufio.NewWriter(stdout), err: stderr}, commands: commands}
	return p.main(ctx, args)
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
