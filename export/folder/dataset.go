package folder

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"haltsheet/dataset"
)

// WriteDataset writes a dataset folder in canonical form, in place of the one that is there, in one step. Whatever else
// is in that folder stays in it. A folder that is the current one or holds it is refused, and so is one that changes
// meanwhile.
func WriteDataset(ctx context.Context, dir string, d *dataset.Dataset) error {
	if holds(dir, ".") {
		return &Error{
			Path: dir, Problem: "is the current folder, or holds it", Hint: "change to another folder first, since this one is exchanged",
		}
	}
	target, err := newTarget(dir, nil)
	if err != nil {
		return err
	}
	target.accepts = target.checkDataset
	return target.replace(ctx, func(s *Stage) error { return s.fillDataset(ctx, d) })
}

// isDatasetFile reports whether a path inside a dataset folder is of the dataset itself.
func isDatasetFile(inside string) bool {
	return inside == dataset.MetadataFile || slices.ContainsFunc(dataset.Schemas, func(s dataset.Schema) bool { return s.File() == inside })
}

// checkDataset refuses a folder that cannot be exchanged for another one with the same other files, and one that is not
// as it was when it was checked first.
func (t *target) checkDataset(ctx context.Context, folder fs.FileInfo) error {
	switch {
	case folder.Mode()&fs.ModeSymlink != 0:
		return t.refuse(".", "is a symbolic link", "name the folder that it leads to")
	case !folder.IsDir():
		return t.refuse(".", "is no folder", orElsewhere)
	}
	found := map[string]fs.FileInfo{}
	err := filepath.WalkDir(t.path, func(path string, entry fs.DirEntry, err error) error {
		inside, relErr := filepath.Rel(t.path, path)
		if err := errors.Join(err, relErr); err != nil {
			return DiskError(filepath.Join(t.shown, inside), err)
		}
		if err := t.checkDatasetEntry(inside, entry); err != nil || inside == "." {
			return err
		}
		found[inside], err = entry.Info()
		return err
	})
	if err != nil {
		return err
	}
	if len(t.intact) == 0 {
		t.intact = maps.Clone(found)
	}
	for inside, before := range t.intact {
		if now := found[inside]; now == nil || !os.SameFile(before, now) || !now.IsDir() && !now.ModTime().Equal(before.ModTime()) {
			return t.refuse(inside, "was changed meanwhile", "try again")
		}
		delete(found, inside)
	}
	for inside := range found {
		return t.refuse(inside, "is new", "try again")
	}
	return context.Cause(ctx)
}

func (t *target) checkDatasetEntry(inside string, entry fs.DirEntry) error {
	switch {
	case entry.IsDir() && isMountPoint(filepath.Join(t.path, inside)):
		return t.refuse(inside, "is a mount point", "choose another folder")
	case entry.Type()&fs.ModeSymlink != 0 && isDatasetFile(inside):
		return t.refuse(inside, "is a symbolic link", "put the file itself into the folder")
	case !entry.IsDir() && !entry.Type().IsRegular() && entry.Type()&fs.ModeSymlink == 0:
		return t.refuse(inside, "is no regular file", orElsewhere)
	default:
		return nil
	}
}

// fillDataset writes the files of a dataset beside links to all others that are in the target.
func (s *Stage) fillDataset(ctx context.Context, d *dataset.Dataset) error {
	paths := make([]string, 0, len(s.target.intact))
	for inside := range s.target.intact {
		paths = append(paths, inside)
	}
	slices.Sort(paths) // folders before what is in them
	for _, inside := range paths {
		if isDatasetFile(inside) {
			continue
		}
		if err := s.carry(inside, s.target.intact[inside]); err != nil {
			return DiskError(filepath.Join(s.target.shown, inside), err)
		}
	}
	out := s.Folder(ctx)
	return dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) { return out.Create(name) })
}

// carry puts a file or a folder of the target into the stage as well.
func (s *Stage) carry(inside string, info fs.FileInfo) error {
	from, to := filepath.Join(s.target.path, inside), filepath.Join(s.new(), inside)
	switch {
	case info.IsDir():
		if err := os.Mkdir(to, 0o777); err != nil {
			return err
		}
		return os.Chmod(to, info.Mode().Perm()|0o700)
	case info.Mode()&fs.ModeSymlink != 0:
		leadsTo, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(leadsTo, to)
	default:
		return os.Link(from, to)
	}
}
