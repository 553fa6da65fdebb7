package cli

import (
	"context"
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/audit"
	"haltsheet/export/verify"
)

var describeCommand = command{
	name:     "describe",
	operands: "[" + strings.Join(topicNames(), "|") + "]",
	most:     1,
	short:    "print the documentation of tables, codes, rules and formats",
	long: `Prints one topic, or all of them, as Markdown that reads well in a terminal, or as
JSON: an object with an array for each topic.`,
	words: func(*program) []string { return topicNames() },
	flags: func(flags *pflag.FlagSet) action {
		asJSON := flags.Bool("json", false, "print JSON")
		return func(_ context.Context, p *program, operands []string) error {
			return p.describe(operands, *asJSON)
		}
	},
}

// topic is something that describe prints.
type topic struct {
	name string
	text func(w io.Writer, d *dataset.Dataset)
	json func(d *dataset.Dataset) any
}

// topics are all topics in order.
var topics = []topic{
	{"tables", describeTables, tablesJSON},
	{"codes", describeCodes, codesJSON},
	{"rules", describeRules, rulesJSON},
	{"formats", describeFormats, formatsJSON},
}

func topicNames() []string {
	names := make([]string, len(topics))
	for i := range topics {
		names[i] = topics[i].name
	}
	return names
}

// describe prints all topics, or one.
func (p *program) describe(operands []string, asJSON bool) error {
	empty, err := dataset.Load(embed.FS{}) // has all tables and codes, and no rows
	if err != nil {
		return err
	}
	chosen := slices.DeleteFunc(slices.Clone(topics), func(t topic) bool { return len(operands) > 0 && t.name != operands[0] })
	if asJSON {
		var all members
		for _, t := range chosen {
			all = append(all, member{t.name, t.json(empty)})
		}
		return writeJSON(p.out, all)
	}
	for i, t := range chosen {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		t.text(p.out, empty)
	}
	return nil
}

// tablesOf returns the curated tables and the summary tables.
func tablesOf(d *dataset.Dataset) []*dataset.Table { return append(d.Tables(), d.Summarize()...) }

func describeTables(w io.Writer, d *dataset.Dataset) {
	for i, t := range tablesOf(d) {
		file := t.Name + ".csv"
		if !t.IsCurated() {
			file = "summary_" + file
		}
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "### %s\n\n%s\n\n", file, t.Description)
		table := markdown{header: []string{"column", "type", "holds", "what it is"}}
		for j := range t.Columns {
			c := &t.Columns[j]
			table.rows = append(table.rows, []string{"`" + c.Name + "`", c.Type.String(), constraints(c), c.Description})
		}
		table.write(w)
	}
}

// constraints returns in a few words what the cells of a column are held to.
func constraints(c *dataset.Column) string {
	var words []string
	if c.IsDerived() {
		words = append(words, "derived")
	}
	if c.Key {
		words = append(words, "key")
	}
	if c.Required && !c.Key {
		words = append(words, "required")
	}
	if c.Unique {
		words = append(words, "unique")
	}
	if c.Ref != "" {
		words = append(words, "→ "+c.Ref)
	}
	if c.Codes != "" {
		words = append(words, "code: "+c.Codes)
	}
	if c.Form != nil && c.Ref == "" {
		words = append(words, c.Form.Name)
	}
	return strings.Join(words, ", ")
}

func tablesJSON(d *dataset.Dataset) any {
	var tables []members
	for _, t := range tablesOf(d) {
		var columns []members
		for i := range t.Columns {
			columns = append(columns, columnJSON(&t.Columns[i]))
		}
		tables = append(tables, members{
			{"name", t.Name}, {"title", t.Title}, {"description", t.Description}, {"summary", !t.IsCurated()}, {"columns", columns},
		})
	}
	return tables
}

func columnJSON(c *dataset.Column) members {
	form, pattern := "", ""
	if c.Form != nil {
		form, pattern = c.Form.Name, c.Form.Pattern
	}
	return members{
		{"name", c.Name},
		{"title", c.Title},
		{"description", c.Description},
		{"type", c.Type.String()},
		{"example", c.Example},
		{"key", c.Key},
		{"required", c.Required},
		{"unique", c.Unique},
		{"derived", c.IsDerived()},
		{"table", c.Ref},
		{"codes", c.Codes},
		{"form", form},
		{"pattern", pattern},
	}
}

func describeCodes(w io.Writer, d *dataset.Dataset) {
	for i, list := range d.CodeLists() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "### %s\n\n", list.Title)
		table := markdown{header: []string{"code", "label", "meaning"}}
		for _, c := range list.Codes {
			table.rows = append(table.rows, []string{"`" + c.Code + "`", c.Words(), c.Definition})
		}
		table.write(w)
	}
}

func codesJSON(d *dataset.Dataset) any {
	var lists []members
	for _, list := range d.CodeLists() {
		lists = append(lists, members{{"name", list.Name}, {"title", list.Title}, {"codes", list.Codes}})
	}
	return lists
}

func describeRules(w io.Writer, _ *dataset.Dataset) {
	table := markdown{header: []string{"rule", "severity", "what holds"}}
	for i := range dataset.Rules {
		rule := &dataset.Rules[i]
		table.rows = append(table.rows, []string{"`" + rule.ID + "`", rule.Severity.String(), rule.Explanation})
	}
	table.write(w)
	fmt.Fprint(w, "\nA workbook is held to these by haltsheet verify. Sources: E essential and D desirable in the guidance of the\n"+
		"UK Government Analysis Function, M Microsoft's accessibility checker, O house style of the ONS.\n\n")
	table = markdown{header: []string{"rule", "severity", "source", "what holds"}}
	for i := range verify.Rules {
		rule := &verify.Rules[i]
		table.rows = append(table.rows, []string{"`" + rule.ID + "`", rule.Severity.String(), rule.Source, rule.Explanation})
	}
	table.write(w)
	fmt.Fprint(w, "\nA folder that export or release wrote is held to these by haltsheet verify.\n\n")
	table = markdown{header: []string{"rule", "severity", "what holds"}}
	for i := range audit.Rules {
		rule := &audit.Rules[i]
		table.rows = append(table.rows, []string{"`" + rule.ID + "`", rule.Severity.String(), rule.Explanation})
	}
	table.write(w)
}

func rulesJSON(*dataset.Dataset) any {
	var rules []members
	for i := range dataset.Rules {
		rule := &dataset.Rules[i]
		rules = append(rules, members{
			{"id", rule.ID}, {"title", rule.Title}, {"severity", rule.Severity}, {"explanation", rule.Explanation}, {"hint", rule.Hint},
		})
	}
	for _, rule := range slices.Concat(verify.Rules, audit.Rules) {
		rules = append(rules, members{
			{"id", rule.ID}, {"title", rule.Title}, {"severity", rule.Severity}, {"explanation", rule.Explanation}, {"hint", rule.Hint},
		})
	}
	return rules
}

func describeFormats(w io.Writer, _ *dataset.Dataset) {
	table := markdown{header: []string{"format", "what it is", "asked for with", "files"}}
	for i := range export.Formats {
		f := &export.Formats[i]
		table.rows = append(table.rows, []string{"`" + f.Name + "`", f.Title, askedWith(f), "`" + strings.ReplaceAll(f.Where, ", ", "`, `") + "`"})
	}
	table.write(w)
}

// askedWith returns what one writes on the command line for a format.
func askedWith(f *export.Format) string {
	switch {
	case f.Flag != "":
		return "`--" + f.Flag + "`"
	case f.Default:
		return "no flag"
	default:
		return "`-f " + f.Name + "`"
	}
}

func formatsJSON(*dataset.Dataset) any {
	var formats []members
	for i := range export.Formats {
		f := &export.Formats[i]
		formats = append(formats, members{
			{"name", f.Name}, {"title", f.Title}, {"files", strings.Split(f.Where, ", ")}, {"default", f.Default}, {"flag", f.Flag},
		})
	}
	return formats
}
