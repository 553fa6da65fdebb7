package cli

import (
	"context"
	"embed"
	"strings"
	"sync"
	"text/template"

	"github.com/spf13/pflag"
)

var completionCommand = command{
	name:     "completion",
	operands: strings.Join(shells, "|"),
	least:    1,
	most:     1,
	short:    "print a script that completes command lines in a shell",
	long: `  bash: source <(haltsheet completion bash)
  zsh:  source <(haltsheet completion zsh)
  fish: haltsheet completion fish | source`,
	words: func(*program) []string { return shells },
	flags: func(*pflag.FlagSet) action {
		return func(_ context.Context, p *program, operands []string) error {
			return completionScripts().ExecuteTemplate(p.out, operands[0], p.completions())
		}
	},
}

// shells are the shells that there is a script for.
var shells = []string{"bash", "zsh", "fish"}

// completionFiles are the scripts, by shell, as templates that are filled with the completions of all commands.
//
//go:embed completion
var completionFiles embed.FS

var completionScripts = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"join":    func(words []string) string { return strings.Join(words, " ") },
		"quote":   func(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" },
		"bracket": strings.NewReplacer("[", `\[`, "]", `\]`, ":", `\:`).Replace,
	}).ParseFS(completionFiles, "completion/*"))
})

// completion is what a script knows of a command.
type completion struct {
	Name, Short string
	Words       []string // what the first operand may be
	Files       bool     // it is a file or a folder
	Flags       []flagCompletion
}

// flagCompletion is what a script knows of a flag.
type flagCompletion struct {
	Name, Shorthand, Usage string
	TakesValue             bool
	Words                  []string // what the value may be; a file or a folder where there are none
}

// Spellings returns the flag as it is written, short and long.
func (f flagCompletion) Spellings() []string {
	if f.Shorthand == "" {
		return []string{"--" + f.Name}
	}
	return []string{"-" + f.Shorthand, "--" + f.Name}
}

// Zsh returns what zsh is told of the value.
func (f flagCompletion) Zsh() string {
	if !f.TakesValue {
		return ""
	}
	return ":" + f.Name + ":" + zshWords(f.Words)
}

// Zsh returns what zsh is told of the first operand.
func (c completion) Zsh() string { return zshWords(c.Words) }

func zshWords(words []string) string {
	if words == nil {
		return "_files"
	}
	return "(" + strings.Join(words, " ") + ")"
}

// completions returns what scripts know of all commands.
func (p *program) completions() []completion {
	all := make([]completion, len(p.commands))
	for i := range p.commands {
		c := &p.commands[i]
		all[i] = completion{Name: c.name, Short: c.short, Files: c.words == nil && c.most > 0}
		if c.words != nil {
			all[i].Words = c.words(p)
		}
		flags := c.flagSet()
		p.commonFlags(flags)
		flags.VisitAll(func(flag *pflag.Flag) {
			_, usage := pflag.UnquoteUsage(flag)
			all[i].Flags = append(all[i].Flags, flagCompletion{
				Name: flag.Name, Shorthand: flag.Shorthand, Usage: usage,
				TakesValue: flag.NoOptDefVal == "", Words: wordsOf(flag),
			})
		})
	}
	return all
}
