package cli

import (
	"context"

	"haltsheet/dataset"

	"github.com/spf13/pflag"
)

var diffCommand = command{
	name:     "diff",
	operands: "OLD NEW",
	least:    2,
	most:     2,
	short:    "tell what changed from one dataset to another",
	long: `Prints what was added, removed, changed and renamed, each with its places, and what
that does to the totals. Records are matched by key: their order is no change, and
derived columns are none. A record that has another key and is the same in all else
is renamed, and the cells that follow it are no changes. Datasets with errors are
not compared, unless they only have too few rows. The status is 1 when there is a
difference.`,
	flags: func(flags *pflag.FlagSet) action {
		report := &choice{kind: "report", words: diffReportNames(), chosen: diffReports[0].name}
		flags.Var(report, "report", "how to tell what changed")
		return func(ctx context.Context, p *program, operands []string) error {
			return p.diff(ctx, operands[0], operands[1], diffReportOf(report.chosen))
		}
	},
}

// diff compares two datasets and reports what changed.
func (p *program) diff(ctx context.Context, before, after string, to *diffReport) error {
	var sides [2]*dataset.Dataset
	for i, name := range []string{before, after} {
		d, from, _, err := p.openOlder(ctx, name)
		if err != nil {
			return err
		}
		if err := p.mustBeLegible(ctx, d, from, "compared"); err != nil {
			return err
		}
		sides[i] = d
	}
	if one, other := sides[0].Metadata.Name, sides[1].Metadata.Name; one != other {
		p.say("these are two datasets: %q and %q", one, other)
	}
	diff, err := p.compare(ctx, sides[0], sides[1])
	if err != nil {
		return err
	}
	if err := to.write(p.out, diff); err != nil {
		return err
	}
	if diff.IsEmpty() {
		p.say("no difference")
		return nil
	}
	p.say("%s", counts(diff))
	return errData
}

// compare returns what changed from one dataset to another.
func (p *program) compare(ctx context.Context, before, after *dataset.Dataset) (*dataset.Diff, error) {
	return during(ctx, p, newStep("Comparing"), func(*dataset.Dataset) *dataset.Diff { return dataset.Compare(before, after) }, before)
}

// mustBeLegible reports the errors of a dataset that is to be compared, copied or imported, and fails when there are any.
// Lost rows are what a comparison is to show.
func (p *program) mustBeLegible(ctx context.Context, d *dataset.Dataset, from data, purpose string) error {
	found, err := p.hold(ctx, d)
	if err != nil {
		return err
	}
	isIllegible := func(k dataset.Kind) bool { return k.Severity == dataset.Error && k.Rule != "count-below-minimum" }
	n := len(dataset.Where(found, isIllegible))
	if n == 0 {
		return nil
	}
	p.sayFindingsOf(found, isIllegible)
	p.say("nothing was %s because of %s in %q", purpose, counted(n, "error"), from.name)
	return errData
}
