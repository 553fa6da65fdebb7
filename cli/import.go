package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/intake"
)

var importCommand = command{
	name:     "import",
	operands: "FILE|DIR",
	least:    1,
	most:     1,
	short:    "take corrections in a workbook, CSV or JSON back into a dataset folder",
	long: `Reads an edited workbook, JSON document, folder or table as CSV, in whatever form a
spreadsheet saved it, holds it to all rules, prints what it would change, and writes
the folder in canonical form as one step. Tables are found by name and columns by title
or name, wherever they were moved; what is not there stays as it is. What was read as
something else than it holds, or left out, is told with its place. Nothing is written when there is an error, when records would be removed
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
	ours, gaps, seen, err := p.readFolder(ctx, o.into)
	if err != nil {
		return err
	}
	var base *dataset.Dataset
	if o.base != "" {
		if base, gaps, err = p.readBase(ctx, o.base); err != nil {
			return err
		}
	}
	theirs, err := p.readEdited(ctx, edited, cmp.Or(base, ours), gaps)
	if err != nil {
		return err
	}
	if theirs.Dataset == ours {
		p.say("nothing to change in %q", o.into)
		return nil
	}
	if err := p.mustBeSameDataset(ours, theirs.Dataset); err != nil {
		return err
	}
	merged, err := p.merge(base, gaps, ours, theirs, o)
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
	if err := p.writeFolder(ctx, o.into, merged, seen); err != nil {
		return err
	}
	p.say("wrote %q: %s", o.into, counts(diff))
	return nil
}

// readFolder reads the dataset folder that is to be changed, and notes what it was like before. It must be one, and not an
// export. One of an older version is brought up to date, where nothing is lost by that.
func (p *program) readFolder(ctx context.Context, dir string) (*dataset.Dataset, []dataset.Gap, *folder.Seen, error) {
	seen, looked := folder.Look(ctx, dir)
	d, from, err := p.openAndRead(ctx, []string{dir})
	if err != nil {
		return nil, nil, nil, err
	}
	if from.folder != dir {
		return nil, nil, nil, &failure{fmt.Sprintf("%q is no dataset folder", dir), "name the folder that holds dataset.json and the tables"}
	}
	gaps := d.AcceptOlder(func(g dataset.Gap) bool { return g.Values == 0 })
	p.sayGaps(dir, gaps)
	return d, gaps, seen, cmp.Or(p.mustBeLegible(ctx, d, from, "written"), looked)
}

// writeFolder writes a dataset in the place of what was read, unless somebody else has changed that meanwhile.
func (p *program) writeFolder(ctx context.Context, dir string, d *dataset.Dataset, seen *folder.Seen) error {
	if err := p.flush(); err != nil {
		return err
	}
	hide := p.show(newStep("Writing"))
	err := folder.WriteDataset(ctx, dir, d, seen)
	hide()
	if errors.Is(err, folder.ErrChanged) {
		p.fail(err)
		return errData
	}
	return err
}

// readBase reads the dataset that the edited file was made from, and tells how its schema is an older one.
func (p *program) readBase(ctx context.Context, name string) (*dataset.Dataset, []dataset.Gap, error) {
	base, from, gaps, err := p.openOlder(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	return base, gaps, p.mustBeLegible(ctx, base, from, "written")
}

// isMadeFrom reports whether an edited dataset was made from another one, as far as it tells. A digest that an older version
// took is of its own schema, so then the version of the data tells.
func isMadeFrom(edited *intake.Reading, base *dataset.Dataset, gaps []dataset.Gap) bool {
	if edited.Digest == "" || len(gaps) == 0 {
		return edited.Digest == "" || edited.Digest == export.Digest(base)
	}
	return edited.Dataset.Metadata.Version == base.Metadata.Version
}

// merge returns the edited dataset, with what has changed in the folder since the edited file was made.
func (p *program) merge(base *dataset.Dataset, gaps []dataset.Gap, ours *dataset.Dataset, theirs *intake.Reading, o importOptions) (*dataset.Dataset, error) {
	if chosen := theirs.Dataset.Metadata.Selection; chosen != nil {
		if base == nil && dataset.HasTaken(ours, theirs.Dataset) {
			return ours, nil
		}
		whole := cmp.Or(base, ours)
		part, err := dataset.Select(whole, chosen)
		if err != nil {
			return nil, err
		}
		if base != nil || export.Digest(part) == theirs.Digest {
			base = part // nothing has changed since, or it was named
		}
	}
	if base == nil {
		if isMadeFrom(theirs, ours, gaps) || export.Digest(theirs.Dataset) == export.Digest(ours) {
			return theirs.Dataset, nil
		}
		p.say("%q has changed since the workbook was made from it", o.into)
		p.hint("--base names the export or release that the workbook came from, and merges both")
		return nil, errData
	}
	if err := p.mustBeBase(base, ours, theirs.Dataset, o.base); err != nil {
		return nil, err
	}
	if !isMadeFrom(theirs, base, gaps) {
		p.say("the workbook was not made from %q", o.base)
		p.hint("name the export or release that it came from")
		return nil, errData
	}
	merged, conflicts, err := dataset.Merge(base, ours, theirs.Dataset)
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
