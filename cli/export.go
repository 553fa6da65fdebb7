package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export"
)

var exportCommand = command{
	name:     "export",
	operands: "[DATA]",
	most:     1,
	short:    "write a dataset as XLSX, CSV and JSON",
	long: `Checks the dataset and, when it has no errors, writes it to a folder, with summary
tables and a datapackage.json that lists every file. The folder is exchanged in
one step: a run that fails leaves it as it was, and a format that is not asked for
is not in it afterwards. --only takes what fits, with what that refers to, and says
so in every file: --only sector=energy --only announced=2022-03..2022-04 has the
steps of energy companies in these months. A folder is refused when there is anything in it that
haltsheet did not write, or that was changed since.`,
	flags: func(flags *pflag.FlagSet) action {
		var o exportOptions
		flags.StringVarP(&o.dir, "output", "o", "out", "the `DIR` to write")
		formats := &choices{kind: "format", words: append(formatNames(false), allFormats), chosen: formatNames(true)}
		flags.VarP(formats, "format", "f", "the formats to write; all writes each of them")
		profile := &choice{kind: "profile", words: []string{string(export.Analyst), string(export.Accessible)}, chosen: string(export.Analyst)}
		flags.Var(profile, "profile", "how to lay out the workbook")
		o.options = addOptions(flags)
		o.only = addOnly(flags)
		asked := map[string]*bool{}
		for i := range export.Formats {
			if f := &export.Formats[i]; f.Flag != "" {
				asked[f.Name] = flags.Bool(f.Flag, false, "write "+f.Where+" as well: "+f.Title)
			}
		}
		return func(ctx context.Context, p *program, operands []string) error {
			o.profile = export.Profile(profile.chosen)
			o.formats = chosenFormats(formats.chosen, asked)
			for _, option := range o.options {
				if of := option.format; flags.Changed(option.Flag) && !slices.Contains(o.formats, of) {
					return &failure{"--" + option.Flag + " is about " + of.Name + ", which is not among the formats", "add -f " + of.Name}
				}
			}
			return p.export(ctx, operands, o)
		}
	},
}

// exportOptions are what the flags of export say.
type exportOptions struct {
	dir     string
	formats []*export.Format
	profile export.Profile
	options []formatOption
	only    *onlyFlag
}

// formatOption is what can be asked of a format, and the word that was.
type formatOption struct {
	export.Option
	format *export.Format
	word   *choice
}

// addOptions declares the flags of all that can be asked of formats.
func addOptions(flags *pflag.FlagSet) (options []formatOption) {
	for _, format := range everyFormat() {
		for _, option := range format.Options {
			word := &choice{kind: option.Kind, words: option.Words(), chosen: option.Usual}
			flags.Var(word, option.Flag, option.Usage)
			options = append(options, formatOption{option, format, word})
		}
	}
	return options
}

// export takes a dataset all the way from bytes to files.
func (p *program) export(ctx context.Context, operands []string, o exportOptions) error {
	from, err := openData(operands)
	if err != nil {
		return err
	}
	reading, err := p.read(ctx, &from) // bytes → typed records; every cell checked, every position kept
	if err != nil {
		return err
	}
	d := reading.Dataset
	findings, err := p.hold(ctx, d) // records → findings; nothing is written if one of them is an error
	if err != nil {
		return err
	}
	p.sayFindings(findings)
	if n := findings.Count(dataset.Error); n > 0 {
		return p.refuse(n)
	}
	if d, err = o.only.choose(d); err != nil {
		return err
	}
	book, err := during(ctx, p, newStep("Summing up"), export.NewBook, d) // records → curated tables + derived columns + summary tables
	if err != nil {
		return err
	}
	book.Profile = o.profile
	for _, option := range o.options {
		option.Set(book, option.word.chosen)
	}
	hide := p.showWriting(book, o.formats)
	files, err := export.Write(ctx, o.dir, book, o.formats, from.own...) // tables → files; a failure leaves the old export as it was
	hide()
	if err != nil && ctx.Err() != nil {
		return &failure{"interrupted", fmt.Sprintf("%q is as it was", o.dir)}
	}
	if err != nil {
		return err
	}
	if !p.quiet {
		p.printFiles(o.dir, files)
		fmt.Fprintln(p.out, dataset.FiguresOf(book.Summaries).Headline())
	}
	return nil
}

// refuse tells that errors keep an export from being written.
func (p *program) refuse(errs int) error {
	p.say("nothing was written because of %s", counted(errs, "error"))
	return errData
}

// printFiles lists what was written: the files at the top by themselves, the others by folder.
func (p *program) printFiles(dir string, files []export.Resource) {
	table := &textTable{right: []bool{false, true, true}}
	for _, files := range byFolder(files) {
		name, _, isInside := strings.Cut(files[0].Path, "/")
		count := ""
		if isInside {
			name, count = name+string(filepath.Separator), counted(len(files), "file")
		}
		size := int64(0)
		for _, file := range files {
			size += file.Bytes
		}
		table.rows = append(table.rows, []string{printable(filepath.Clean(dir) + string(filepath.Separator) + name), inBytes(size), count})
	}
	table.write(p.out)
}

// byFolder gathers the files that are in the same folder at the top; a file at the top stands alone.
func byFolder(files []export.Resource) (groups [][]export.Resource) {
	at := map[string]int{}
	for _, file := range files {
		folder, _, _ := strings.Cut(file.Path, "/")
		i, seen := at[folder]
		if !seen {
			i = len(groups)
			at[folder], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], file)
	}
	return groups
}

// inBytes returns a size with a unit that people can picture.
func inBytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 999_500:
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	default:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
}

// allFormats is the word that asks for all formats, those with a flag of their own too.
const allFormats = "all"

// formatNames returns the names of the formats that can be asked for by name, or only of those that need no asking.
func formatNames(onlyDefault bool) (names []string) {
	for i := range export.Formats {
		if f := &export.Formats[i]; f.Flag == "" && (f.Default || !onlyDefault) {
			names = append(names, f.Name)
		}
	}
	return names
}

func everyFormat() []*export.Format {
	formats := make([]*export.Format, len(export.Formats))
	for i := range formats {
		formats[i] = &export.Formats[i]
	}
	return formats
}

// chosenFormats returns the formats that are asked for by name or by a flag of their own.
func chosenFormats(names []string, asked map[string]*bool) (formats []*export.Format) {
	for _, name := range names {
		if name == allFormats {
			return everyFormat()
		}
		formats = append(formats, export.FormatOf(name))
	}
	for i := range export.Formats {
		if f := &export.Formats[i]; f.Flag != "" && *asked[f.Name] {
			formats = append(formats, f)
		}
	}
	return formats
}
