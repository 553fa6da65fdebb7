package cli

import (
	"context"

	"haltsheet/dataset"

	"github.com/spf13/pflag"
)

var checkCommand = command{
	name:     "check",
	operands: "[DATA]",
	most:     1,
	short:    "hold a dataset to all rules",
	long: `Prints every error and warning with its place, its rule and how to mend it, up
to 1,000 of a rule in a file, and how many notes each rule has. The status is 1
when there is an error, with --strict also when there is a warning; the json
report then says that the dataset is not valid. The reports sarif and github are
for the checks of a repository: they name files by the path that DATA has, and
hold the 5,000 findings that weigh most; sarif has those that exceptions explain,
too.`,
	flags: func(flags *pflag.FlagSet) action {
		report := &choice{kind: "report", words: reportNames(), chosen: reports[0].name}
		flags.Var(report, "report", "how to tell what was found")
		strict := flags.Bool("strict", false, "count warnings as errors")
		rule := &choice{kind: "rule", words: ruleNames()}
		flags.Var(rule, "explain", "explain one `RULE`, and report all that it found, notes too")
		return func(ctx context.Context, p *program, operands []string) error {
			return p.check(ctx, operands, *strict, dataset.RuleOf(rule.chosen), reportOf(report.chosen))
		}
	},
}

// check holds a dataset to all rules and reports what they found, or what one rule found.
func (p *program) check(ctx context.Context, operands []string, strict bool, rule *dataset.Rule, to *report) error {
	d, from, err := p.openAndRead(ctx, operands)
	if err != nil {
		return err
	}
	r := result{folder: from.folder, rule: rule, oneRule: "--explain", isOne: rule != nil}
	if err := p.examine(ctx, d, &r); err != nil {
		return err
	}
	n := countBySeverity(r.found)
	r.valid = n[dataset.Error] == 0 && (!strict || n[dataset.Warning] == 0)
	if err := to.write(p.out, &r); err != nil {
		return err
	}
	p.sayCounts(r.found)
	if rule == nil && n[dataset.Note] > 0 {
		p.hint("haltsheet check --explain RULE shows the notes of a rule")
	}
	if !r.valid {
		return errData
	}
	return nil
}

// examine holds a dataset to all rules, or to the one that was asked for.
func (p *program) examine(ctx context.Context, d *dataset.Dataset, r *result) error {
	found, err := p.hold(ctx, d)
	if err == nil && r.rule != nil {
		found = found.Only(r.rule)
	}
	r.found, r.excepted = found, found.Excepted
	return err
}

// sayCounts tells how many findings there are of each severity.
func (v *voice) sayCounts(found dataset.Found) {
	n := countBySeverity(found)
	v.say("%s, %s, %s", counted(n[dataset.Error], "error"), counted(n[dataset.Warning], "warning"), counted(n[dataset.Note], "note"))
}

func ruleNames() []string {
	names := make([]string, len(dataset.Rules))
	for i := range dataset.Rules {
		names[i] = dataset.Rules[i].ID
	}
	return names
}
