package exporttest

import (
	"context"
	"errors"
	"io/fs"

	"haltsheet/dataset"
	"haltsheet/export/audit"
	"haltsheet/export/release"
	"haltsheet/export/verify"
)

// ErrUnchanged is the error of publishing what the release before has already.
var ErrUnchanged = errors.New("nothing changed")

// Publish publishes a dataset against the release in another folder, if one is named, when it passes the gate and reads back. At
// most mayShrink percent of the rows of a table may be gone.
func Publish(ctx context.Context, dir, previous string, fsys fs.FS, mayShrink int, readsBack func(ctx context.Context, dir string) error) error {
	d, err := dataset.Load(fsys)
	if err != nil {
		return err
	}
	var before *release.Previous
	if previous != "" {
		if before, err = release.Open(ctx, previous); err != nil {
			return err
		}
	}
	r, err := release.New(d, dataset.Check(d), before)
	if err != nil {
		return err
	}
	if r.IsUnchanged() {
		return ErrUnchanged
	}
	if err := r.Gate(mayShrink); err != nil {
		return err
	}
	_, err = release.Write(ctx, dir, r, readsBack)
	return err
}

// ReadsBack returns an error when a folder is not what it says. The look of its workbook is not its matter.
func ReadsBack(ctx context.Context, dir string) error {
	found, err := audit.Folder(ctx, dir, "")
	if err != nil {
		return err
	}
	for _, f := range dataset.All(found) {
		if verify.RuleOf(f.Rule) == nil {
			err = errors.Join(err, errors.New(f.String()))
		}
	}
	return err
}

// Unread lets any folder pass.
func Unread(context.Context, string) error { return nil }
