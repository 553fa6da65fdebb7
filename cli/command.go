package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// commands are all commands in the order of help.
var commands = []command{
	checkCommand,
	exportCommand,
	summaryCommand,
	diffCommand,
	importCommand,
	ratesCommand,
	verifyCommand,
	releaseCommand,
	initCommand,
	describeCommand,
	versionCommand,
	helpCommand,
	completionCommand,
}

// command is one command, and all that is told of it.
type command struct {
	name     string
	operands string // what may stand behind the name, as the usage line shows it
	least    int    // operands that must be there
	most     int    // operands that may be there
	short    string // one line, lower case, no full stop
	long     string // what help adds to it
	// words returns what the first operand may be; nil where it is a file or a folder.
	words func(p *program) []string
	// flags declares the command's flags and returns what it does once they are parsed.
	flags func(flags *pflag.FlagSet) action
}

// action is what a command does.
type action func(ctx context.Context, p *program, operands []string) error

// command finds a command by name.
func (p *program) command(name string) (*command, error) {
	for i := range p.commands {
		if p.commands[i].name == name {
			return &p.commands[i], nil
		}
	}
	return nil, unknown("command", name, p.commandNames())
}

func (p *program) commandNames() []string {
	names := make([]string, len(p.commands))
	for i := range p.commands {
		names[i] = p.commands[i].name
	}
	return names
}

// checkOperands holds operands to what the command takes.
func (c *command) checkOperands(p *program, operands []string) error {
	hint := "usage: " + strings.Join(c.usage(), " ")
	switch {
	case len(operands) < c.least:
		return &failure{fmt.Sprintf("%s needs %s", c.name, c.operands), hint}
	case len(operands) > c.most:
		return &failure{fmt.Sprintf("%s does not take %q", c.name, operands[c.most]), hint}
	case c.words == nil || len(operands) == 0:
		return nil
	}
	if words := c.words(p); !slices.Contains(words, operands[0]) {
		return unknown("argument", operands[0], words)
	}
	return nil
}
