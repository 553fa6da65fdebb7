package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export/audit"
	"haltsheet/export/release"
)

var releaseCommand = command{
	name:     "release",
	operands: "[DATA]",
	most:     1,
	short:    "publish a dataset in all formats, provably what it says",
	long: `Writes all formats, and beside them checksums, an index, statistics, open issues, a
citation, descriptions for search engines, and what changed since the previous
release: for people, and record by record. Nothing is written when there is an error
or an unexplained warning, when dataset.json claims a lesser version than the changes
ask for, when a table shrinks by more than it may, or when a format, read back, does
not hold the same records as all others. A dataset that equals the previous release
writes nothing. A column or code that is gone or of another type asks for a major
version, new rows, columns or codes for a minor one, anything else for a patch.`,
	flags: func(flags *pflag.FlagSet) action {
		var o releaseOptions
		flags.StringVarP(&o.dir, "output", "o", "", "the `DIR` to write")
		flags.StringVar(&o.previous, "previous", "", "the `DIR` of the release before this one; without it, this is the first")
		flags.IntVar(&o.mayShrink, "may-shrink", 5, "how many `PERCENT` of its rows a table may lose, however many are new")
		return func(ctx context.Context, p *program, operands []string) error {
			switch {
			case o.dir == "":
				return &failure{"release needs a folder to write", "name it with -o DIR"}
			case o.mayShrink < 0 || o.mayShrink > 100:
				return &failure{fmt.Sprintf("--may-shrink does not take %d", o.mayShrink), "it is a percentage, from 0 to 100"}
			}
			return p.release(ctx, operands, o)
		}
	},
}

// releaseOptions are what the flags of release say.
type releaseOptions struct {
	dir       string
	previous  string // empty for the first release
	mayShrink int
}

// release publishes a dataset against the release before it.
func (p *program) release(ctx context.Context, operands []string, o releaseOptions) error {
	d, from, err := p.openAndRead(ctx, operands)
	if err != nil {
		return err
	}
	findings, err := p.hold(ctx, d)
	if err != nil {
		return err
	}
	p.sayFindings(findings)
	if n := findings.Count(dataset.Error); n > 0 {
		return p.refuse(n)
	}
	previous, err := p.openPrevious(ctx, d, o)
	if err != nil {
		return err
	}
	next, err := attempt(ctx, p, newStep("Comparing"), func() (*release.Release, error) {
		return release.New(d, findings, previous) // what changed, and the version that this asks for
	})
	if err != nil {
		return err
	}
	if next.IsUnchanged() {
		p.say("nothing changed since version %s, and nothing was written", previous.Dataset.Metadata.Version)
		return nil
	}
	if err := next.Gate(o.mayShrink); err != nil {
		return p.refuseRelease(err)
	}
	if d.Metadata.Homepage == "" {
		p.say("dataset.json has no homepage: croissant.json lacks the url that search engines ask for, CITATION.cff its url, and the JSON Schema its $id")
		p.hint("write the address under which the releases will be found")
	}
	hide := p.showWriting(next.Book, everyFormat())
	files, err := release.Write(ctx, o.dir, next, func(ctx context.Context, dir string) error {
		hide()
		return p.readBack(ctx, dir)
	}, from.own...)
	hide()
	switch {
	case err != nil && ctx.Err() != nil:
		return &failure{"interrupted", fmt.Sprintf("%q is as it was", o.dir)}
	case err != nil:
		return p.refuseRelease(err)
	case p.quiet:
		return nil
	}
	p.printFiles(o.dir, files)
	fmt.Fprintf(p.out, "version %s: %s\n", d.Metadata.Version, dataset.FiguresOf(next.Book.Summaries).Headline())
	return nil
}

// openPrevious reads the release before, if one is named. Without one, it tells of a release that may have been meant.
func (p *program) openPrevious(ctx context.Context, d *dataset.Dataset, o releaseOptions) (*release.Previous, error) {
	if o.previous != "" {
		previous, err := attempt(ctx, p, newStep("Comparing"), func() (*release.Previous, error) { return release.Open(ctx, o.previous) })
		if err == nil {
			p.sayGaps(o.previous, previous.Gaps)
		}
		return previous, err
	}
	replaced, beside := release.Around(o.dir, d.Metadata.Name)
	if replaced {
		return nil, &failure{
			fmt.Sprintf("%q is a release that tells when each record was first seen, which a first release does not know", o.dir),
			"name the release before this one with --previous, or choose another folder",
		}
	}
	for _, dir := range beside {
		p.say("%q is a release of %q too, and this becomes a first release", dir, d.Metadata.Name)
		p.hint("--previous %s keeps its history", dir)
	}
	return nil, nil
}

// readBack reads a release before it is published, and reports what is off in it. The look of the workbook is no reason
// to refuse data that is right, and is not asked about; verify tells of it.
func (p *program) readBack(ctx context.Context, dir string) error {
	found, err := attempt(ctx, p, newStep("Reading back"), func() (dataset.Found, error) { return audit.Data(ctx, dir) })
	if err != nil {
		return err
	}
	if n := found.Count(dataset.Error); n > 0 {
		p.sayFindings(found)
		return &failure{"the release, read back, has " + counted(n, "error") + ", and nothing was written", "release again; where the disk is well and it comes again, report this with the dataset"}
	}
	return nil
}

// refuseRelease tells why a release is refused, where it is the data that is at fault.
func (p *program) refuseRelease(err error) error {
	if refusal, ok := errors.AsType[*release.Refusal](err); ok {
		p.fail(&failure{refusal.Problem, refusal.Hint})
		p.say("nothing was written")
		return errData
	}
	return err
}
