package cli

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export/folder"
)

var initCommand = command{
	name:     "init",
	operands: "DIR [DATA]",
	least:    1,
	most:     2,
	short:    "make a new dataset folder",
	long: `Writes a dataset.json whose texts say what belongs there, and tables without rows,
in a folder that is new or empty. The folder checks clean, and is ready for another
conflict, other sectors or other years. --example adds a row to each table, all about
companies that do not exist. --copy writes DATA instead, without which it is the
built-in dataset: a folder of one's own to edit, and to import edits into. Of data
of an older version, it has the tables and columns that this one has besides, empty.`,
	flags: func(flags *pflag.FlagSet) action {
		example := flags.Bool("example", false, "add rows that show what belongs where")
		copied := flags.Bool("copy", false, "write the dataset DATA rather than an empty one")
		return func(ctx context.Context, p *program, operands []string) error {
			dir, from := operands[0], operands[1:]
			switch {
			case *copied && *example:
				return &failure{"init takes --example or --copy, not both", "choose one"}
			case *copied:
				return p.initCopy(ctx, dir, from)
			case len(from) > 0:
				return &failure{fmt.Sprintf("init does not take %q without --copy", from[0]), fmt.Sprintf("haltsheet init %s --copy %s copies it", dir, from[0])}
			default:
				return p.init(ctx, dir, *example)
			}
		}
	},
}

// templates are the dataset folders that init copies: dataset.json for both, and the tables of the example.
//
//go:embed template
var templates embed.FS

// init makes a dataset folder of the template.
func (p *program) init(ctx context.Context, dir string, example bool) error {
	if err := mustBeFree(dir); err != nil {
		return err
	}
	d, err := templateOf(example)
	if err != nil {
		return err
	}
	d.Metadata.Name = nameOf(dir, d.Metadata.Name)
	if err := folder.WriteDataset(ctx, dir, d, nil); err != nil {
		return err
	}
	p.say("made the dataset %s in %q", d.Metadata.Name, dir)
	p.hint("fill in %s, then haltsheet check tells what else is wanted", filepath.Join(dir, dataset.MetadataFile))
	return nil
}

// initCopy makes a dataset folder of a dataset that is there, in the schema of today. One with errors is not copied: what the records
// cannot hold would be lost.
func (p *program) initCopy(ctx context.Context, dir string, operands []string) error {
	if err := mustBeFree(dir); err != nil {
		return err
	}
	d, from, err := p.openAndRead(ctx, operands)
	if err != nil {
		return err
	}
	p.sayGaps(from.name, d.AcceptOlder(func(g dataset.Gap) bool { return g.Values == 0 }))
	if err := p.mustBeLegible(ctx, d, from, "copied"); err != nil {
		return err
	}
	if err := folder.WriteDataset(ctx, dir, d, nil); err != nil {
		return err
	}
	p.say("copied the dataset %s of version %s to %q", d.Metadata.Name, d.Metadata.Version, dir)
	p.hint("edit it, or what haltsheet export %s writes, which haltsheet import FILE --into %s takes back", dir, dir)
	return nil
}

// mustBeFree refuses a folder that something is in.
func mustBeFree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreadable(dir, err)
	}
	if len(entries) > 0 {
		return &failure{fmt.Sprintf("%q is not empty", dir), "name a folder that is new or empty"}
	}
	return nil
}

// templateOf loads the dataset that init writes.
func templateOf(example bool) (*dataset.Dataset, error) {
	folder, err := fs.Sub(templates, "template")
	if err != nil {
		return nil, err
	}
	d, err := dataset.Load(folder)
	if err == nil && !example {
		d.Clear()
	}
	return d, err
}

// nameOf returns the name of a folder where it can be the name of a dataset, else another one.
func nameOf(dir, otherwise string) string {
	path, err := filepath.Abs(dir)
	if err != nil {
		return otherwise
	}
	if name := filepath.Base(path); dataset.IsSlug(name) {
		return name
	}
	return otherwise
}
