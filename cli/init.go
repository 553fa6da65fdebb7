package cli

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"haltsheet/dataset"
	"haltsheet/export"

	"github.com/spf13/pflag"
)

var initCommand = command{
	name:     "init",
	operands: "DIR",
	least:    1,
	most:     1,
	short:    "make a new dataset folder",
	long: `Writes a dataset.json whose texts say what belongs there, and six tables without rows,
in a folder that is new or empty. The folder checks clean, and is ready for another
conflict, other sectors or other years. --example adds a row to each table, all about
companies that do not exist.`,
	flags: func(flags *pflag.FlagSet) action {
		example := flags.Bool("example", false, "add rows that show what belongs where")
		return func(ctx context.Context, p *program, operands []string) error {
			return p.init(ctx, operands[0], *example)
		}
	},
}

// templates are the dataset folders that init copies: dataset.json for both, and the tables of the example.
//
//go:embed template
var templates embed.FS

// init makes a dataset folder.
func (p *program) init(ctx context.Context, dir string, example bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreadable(dir, err)
	}
	if len(entries) > 0 {
		return &failure{fmt.Sprintf("%q is not empty", dir), "name a folder that is new or empty"}
	}
	d, err := templateOf(example)
	if err != nil {
		return err
	}
	d.Metadata.Name = nameOf(dir, d.Metadata.Name)
	if err := export.WriteDataset(ctx, dir, d); err != nil {
		return err
	}
	p.say("made the dataset %s in %q", d.Metadata.Name, dir)
	p.hint("fill in %s, then haltsheet check tells what else is wanted", filepath.Join(dir, dataset.MetadataFile))
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
		d.Companies, d.Halts, d.Donations, d.Recipients, d.Sources, d.Rates = nil, nil, nil, nil, nil, nil
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
