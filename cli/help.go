package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

var helpCommand = command{
	name:     "help",
	operands: "[COMMAND]",
	most:     1,
	short:    "print this help, or that of a command",
	long: `haltsheet COMMAND --help prints the same. With --man it is a page for man(1), which
can be kept as haltsheet-COMMAND.1 in a folder man1 of the path of manual pages.`,
	words: (*program).commandNames,
	flags: func(flags *pflag.FlagSet) action {
		man := flags.Bool("man", false, "print a manual page, for man(1)")
		return func(_ context.Context, p *program, operands []string) error {
			var c *command
			if len(operands) > 0 {
				var err error
				if c, err = p.command(operands[0]); err != nil {
					return err
				}
			}
			switch {
			case *man:
				return p.printMan(c)
			case c != nil:
				p.printCommand(c)
			default:
				p.printHelp()
			}
			return nil
		}
	},
}

// helpOpening says what the program is, helpData what its operands are.
const (
	helpOpening = `haltsheet keeps a dataset of halted activities and donations honest, and exports it`
	helpData    = `DATA, OLD and NEW are dataset folders, or what export and release wrote: a folder, a
workbook or a JSON document. Without DATA it is the built-in dataset. Data goes to
stdout, everything said about it to stderr.`
)

// statuses says what each exit status means.
var statuses = [...]string{
	statusWell: "all is well",
	statusData: "the data is at fault",
	statusElse: "anything else is, such as the command line or the disk",
}

// printHelp prints all commands.
func (p *program) printHelp() {
	fmt.Fprintf(p.out, "%s\n\nusage:\n", helpOpening)
	shorts := &textTable{indent: "  "}
	for i := range p.commands {
		c := &p.commands[i]
		fmt.Fprintf(p.out, "  %s\n", strings.Join(joined(c.usage(), plainWidth-6), "\n      "))
		shorts.rows = append(shorts.rows, []string{c.name, c.short})
	}
	fmt.Fprint(p.out, "\ncommands:\n")
	shorts.write(p.out)
	fmt.Fprint(p.out, "\nflags of every command:\n", p.commonUsages(), "\n", helpData, "\n\nstatus:\n")
	for status, meaning := range statuses {
		fmt.Fprintf(p.out, "  %d  %s\n", status, meaning)
	}
}

// commonUsages returns the flags that every command has.
func (p *program) commonUsages() string {
	flags := newFlags("")
	p.commonFlags(flags)
	return flags.FlagUsagesWrapped(plainWidth)
}

// printCommand prints the help of one command.
func (p *program) printCommand(c *command) {
	fmt.Fprintf(p.out, "%s\n\nusage:\n  %s\n\n%s\n", c.short, strings.Join(joined(c.usage(), plainWidth-6), "\n      "), c.long)
	if flags := c.flagSet(); flags.HasFlags() {
		fmt.Fprintf(p.out, "\nflags:\n%s", flags.FlagUsagesWrapped(plainWidth))
	}
}

// flagSet returns the flags of a command, those of all commands left out.
func (c *command) flagSet() *pflag.FlagSet {
	flags := newFlags(c.name)
	c.flags(flags)
	return flags
}

// usage returns the words of the usage line of a command, made from its operands and flags.
func (c *command) usage() []string {
	parts := []string{"haltsheet", c.name}
	if c.operands != "" {
		parts = append(parts, c.operands)
	}
	c.flagSet().VisitAll(func(flag *pflag.Flag) {
		usage := "--" + flag.Name
		if flag.Shorthand != "" {
			usage = "-" + flag.Shorthand
		}
		if name, _ := pflag.UnquoteUsage(flag); name != "" {
			usage += " " + name
		}
		parts = append(parts, "["+usage+"]")
	})
	return parts
}
