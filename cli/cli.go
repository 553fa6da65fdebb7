// Package cli is the command line: the only place that knows commands, flags, exit statuses and the terminal.
//
// # Commands
//
// A command is a value in the list [commands]. Help, completion and the README are made from the list, so that a new
// command is one file with one literal, and one line in the list.
//
// # Exit statuses
//
// 0: all is well. 1: the data is at fault. 2: anything else is, such as the command line or the disk.
package cli

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/pflag"
)

// The exit statuses.
const (
	statusWell = iota
	statusData
	statusElse
)

// errData ends a command whose findings have told already that the data is at fault.
var errData = errors.New("the data is at fault")

// Main runs the command line of the process and returns its exit status.
func Main() int {
	collectRarely(small)
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as it is under nohup
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	p := &program{voice: voice{out: bufio.NewWriter(os.Stdout), err: os.Stderr}, terminal: newTerminal(os.Stderr), commands: commands}
	return p.main(ctx, os.Args[1:])
}

// program is one run of haltsheet.
type program struct {
	voice
	terminal *terminal // where progress is shown; nil where it is not
	commands []command
}

// main runs a command line and turns its error into words and a status.
func (p *program) main(ctx context.Context, args []string) int {
	err := p.run(ctx, args)
	if flushed := p.out.Flush(); flushed != nil && (err == nil || errors.Is(err, errData)) {
		err = flushed
	}
	switch {
	case err == nil:
		return statusWell
	case errors.Is(err, errData):
		return statusData
	case errors.Is(err, context.Canceled):
		p.fail(&failure{"interrupted", "nothing was written"})
		return statusElse
	default:
		p.fail(err)
		return statusElse
	}
}

// run finds the command behind the flags that may stand before it, and runs it.
func (p *program) run(ctx context.Context, args []string) error {
	flags := newFlags("haltsheet")
	flags.SetInterspersed(false)
	help := p.commonFlags(flags)
	version := flags.Bool("version", false, "print the version")
	if err := flags.Parse(args); err != nil {
		return flagError(err, flags, "haltsheet help")
	}
	args = flags.Args()
	switch {
	case *help:
		return p.run(ctx, append([]string{"help"}, args...))
	case *version:
		return p.run(ctx, []string{"version"})
	case len(args) == 0:
		return &failure{"a command is missing", "haltsheet help lists the commands"}
	}
	c, err := p.command(args[0])
	if err != nil {
		return err
	}
	return p.runCommand(ctx, c, args[1:])
}

// runCommand parses the flags and operands of a command, and runs it.
func (p *program) runCommand(ctx context.Context, c *command, args []string) error {
	flags := newFlags(c.name)
	act := c.flags(flags)
	help := p.commonFlags(flags)
	if err := flags.Parse(args); err != nil {
		return flagError(err, flags, "haltsheet help "+c.name)
	}
	if *help {
		p.printCommand(c)
		return nil
	}
	if err := mustHaveValues(flags); err != nil {
		return err
	}
	operands := flags.Args()
	if err := c.checkOperands(p, operands); err != nil {
		return err
	}
	return act(ctx, p, operands)
}

// commonFlags declares the flags that every command has, and returns the one that asks for help.
func (p *program) commonFlags(flags *pflag.FlagSet) (help *bool) {
	flags.BoolVarP(&p.quiet, "quiet", "q", p.quiet, "say nothing but what went wrong")
	return flags.BoolP("help", "h", false, "print this help")
}
