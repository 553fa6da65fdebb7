package cli

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/readback"
)

var importCommand = command{
	name:     "import",
	operands: "FILE|DIR",
	least:    1,
	most:     1,
	short:    "take corrections in a workbook, CSV or JSON back into a dataset folder",
	long: `Reads an edited workbook, JSON document or folder, holds it to all rules, prints what
it would change, and writes the folder in canonical form as one step. Tables are
found by name and columns by title or name, wherever they were moved; derived columns
are ignored. Nothing is written when there is an error, when records would be removed
without --delete, or when it is the wrong dataset. Where the folder has changed since
the workbook was made, --base names the export that the workbook came from: what
changed on one side only is merged, and what changed on both is a conflict.`,
	flags: func(flags *pflag.FlagSet) action {
		var o importOptions
		flags.StringVar(&o.into, "into", "", "the dataset folder `DIR` to change")
		flags.StringVar(&o.base, "base", "", "the `DATA` that the edited file was made from")
		flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing")
		flags.BoolVar(&o.remove, "delete", false, "remove the records that are no longer there")
		return func(ctx context.Context, p *program, operands []string) error {
			return p.importInto(ctx, operands[0], o)
		}
	},
}

// importOptions are what the flags of import say.
type importOptions struct {
	into, base string
	dryRun     bool
	remove     bool
}

// importInto takes an edited dataset into a folder.
func (p *program) importInto(ctx context.Context, edited string, o importOptions) error {
	if o.into == "" {
		return &failure{"import needs --into DIR", "name the dataset folder to change; haltsheet init makes a new one"}
	}
	ours, err := p.readFolder(ctx, o.into)
	if err != nil {
		return err
	}
	theirs, err := p.readLegible(ctx, edited)
	if err != nil {
		return err
	}
	if err := p.mustBeSameDataset(ours, theirs.Dataset); err != nil {
		return err
	}
	merged, err := p.merge(ctx, ours, theirs, o)
	if err != nil {
		return err
	}
	diff, err := p.compare(ctx, ours, merged)
	if err != nil {
		return err
	}
	if err := writeDiffText(p.out, diff); err != nil {
		return err
	}
	p.sayMended(theirs.Mended)
	if diff.IsEmpty() {
		p.say("nothing to change in %q", o.into)
		return nil
	}
	if err := p.mustBeMeant(diff, o); err != nil {
		return err
	}
	findings, err := p.hold(ctx, merged)
	if err != nil {
		return err
	}
	p.sayFindings(findings)
	if n := findings.Count(dataset.Error); n > 0 {
		return p.refuse(n)
	}
	if o.dryRun {
		p.say("nothing was written to %q: %s", o.into, counts(diff))
		return nil
	}
	hide := p.show(newStep("Writing"))
	err = folder.WriteDataset(ctx, o.into, merged)
	if hide(); err != nil {
		return err
	}
	p.say("wrote %q: %s", o.into, counts(diff))
	return nil
}

// readFolder reads the dataset folder that is to be changed. It must be one, and not an export.
func (p *program) readFolder(ctx context.Context, dir string) (*dataset.Dataset, error) {
	d, from, err := p.openAndRead(ctx, []string{dir})
	if err != nil {
		return nil, err
	}
	if from.folder != dir {
		return nil, &failure{fmt.Sprintf("%q is no dataset folder", dir), "name the folder that holds dataset.json and the tables"}
	}
	return d, p.mustBeLegible(ctx, d, from, "written")
}

// readLegible reads a dataset, and fails when it has errors that hide what it holds.
func (p *program) readLegible(ctx context.Context, name string) (*readback.Reading, error) {
	from, err := openData([]string{name})
	if err != nil {
		return nil, err
	}
	reading, err := p.read(ctx, &from)
	if err != nil {
		return nil, err
	}
	return reading, p.mustBeLegible(ctx, reading.Dataset, from, "written")
}

// merge returns the edited dataset, with what has changed in the folder since the edited file was made.
func (p *program) merge(ctx context.Context, ours *dataset.Dataset, theirs *readback.Reading, o importOptions) (*dataset.Dataset, error) {
	digest := export.Digest(ours)
	if o.base == "" {
		if theirs.Digest == "" || theirs.Digest == digest || export.Digest(theirs.Dataset) == digest {
			return theirs.Dataset, nil
		}
		p.say("%q has changed since the workbook was made from it", o.into)
		p.hint("--base names the export or release that the workbook came from, and merges both")
		return nil, errData
	}
	base, err := p.readLegible(ctx, o.base)
	if err != nil {
		return nil, err
	}
	if theirs.Digest != "" && theirs.Digest != export.Digest(base.Dataset) {
		p.say("the workbook was not made from %q", o.base)
		p.hint("name the export or release that it came from")
		return nil, errData
	}
	merged, conflicts, err := dataset.Merge(base.Dataset, ours, theirs.Dataset)
	if err != nil {
		return nil, err
	}
	if len(conflicts) > 0 {
		writeConflicts(p.out, conflicts)
		p.say("nothing was written because of %s", counted(len(conflicts), "conflict"))
		p.hint("make both sides agree, then import again")
		return nil, errData
	}
	return merged, nil
}

// sayMended tells which cells were read as something else than they hold.
func (p *program) sayMended(mended []readback.Mending) {
	for i, m := range mended {
		if i == fewMended {
			p.say("and %s more", counted(len(mended)-i, "such cell"))
			return
		}
		p.say("%s: read %q as %q", m.Place, m.Was, m.Is)
	}
}

// fewMended is up to how many cells are told of one by one.
const fewMended = 20
