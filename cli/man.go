package cli

import (
	"embed"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"github.com/spf13/pflag"
)

// manFiles holds the templates of manual pages in the language of man(7), one for the program and one for a command.
//
//go:embed man
var manFiles embed.FS

var manPages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"roff": roff, "upper": strings.ToUpper}).ParseFS(manFiles, "man/*"))
})

// manPage is what a manual page tells. Program and commands have the same sections.
type manPage struct {
	Name       string
	Date       string // the day of the release
	Short      string
	Usage      []string // usage lines
	Paragraphs []string
	Commands   []manItem
	Flags      []manItem
	Statuses   []manItem
	SeeAlso    []string
}

// manItem is a command, a flag or an exit status, and what is to be said of it.
type manItem struct{ Term, Text string }

// printMan prints the manual page of a command, or of the program where there is none. Its date is the day on which the
// built-in dataset was released, the only one that outputs know.
func (p *program) printMan(c *command) error {
	built, err := builtInMetadata()
	if err != nil {
		return err
	}
	common := newFlags("")
	p.commonFlags(common)
	page := manPage{Name: manName(""), Date: built.Released, Short: strings.TrimPrefix(helpOpening, "haltsheet "), Paragraphs: []string{helpData}, Flags: manFlags(common)}
	for i := range statuses {
		page.Statuses = append(page.Statuses, manItem{strconv.Itoa(i), statuses[i]})
	}
	if c != nil {
		page.Name, page.Short, page.Paragraphs = manName(c.name), c.short, strings.Split(c.long, "\n\n")
		page.Usage, page.SeeAlso = []string{strings.Join(c.usage(), " ")}, []string{manName("")}
		page.Flags = append(manFlags(c.flagSet()), page.Flags...)
		return manPages().ExecuteTemplate(p.out, "page", page)
	}
	for i := range p.commands {
		c := &p.commands[i]
		page.Usage = append(page.Usage, strings.Join(c.usage(), " "))
		page.Commands = append(page.Commands, manItem{c.name, c.short})
		page.SeeAlso = append(page.SeeAlso, manName(c.name))
	}
	return manPages().ExecuteTemplate(p.out, "page", page)
}

// manName returns the name of the manual page of a command, or of the program.
func manName(command string) string {
	return strings.TrimSuffix("haltsheet-"+command, "-")
}

// manFlags returns flags as a manual page lists them.
func manFlags(flags *pflag.FlagSet) (items []manItem) {
	flags.VisitAll(func(flag *pflag.Flag) {
		value, text := pflag.UnquoteUsage(flag)
		term := strings.TrimSpace("--" + flag.Name + " " + value)
		if flag.Shorthand != "" {
			term = "-" + flag.Shorthand + ", " + term
		}
		if flag.DefValue != "" && flag.DefValue != "false" {
			text += " (default " + flag.DefValue + ")"
		}
		items = append(items, manItem{term, text})
	})
	return items
}

// roff sets text in the language of man(7), in short lines: a backslash begins an escape, a hyphen would be set as a dash,
// and a line that begins with a dot or an apostrophe would be a request. An indented line stays a line of its own.
func roff(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, " ") && b.Len() > 0 {
			b.WriteString(".br\n")
		}
		escaped := strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
		for _, short := range joined(strings.Fields(escaped), plainWidth-10) { // 80 bytes at most, of which … takes three
			if strings.HasPrefix(short, ".") || strings.HasPrefix(short, "'") {
				short = `\&` + short
			}
			b.WriteString(short + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
