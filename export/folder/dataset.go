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

// ErrChanged is the cause of the error about a folder that somebody else changed since it was looked at.
var ErrChanged = errors.New("was changed meanwhile")

// Seen is a dataset folder as it was when somebody looked at it, before reading it.
type Seen struct{ entries map[string]fs.FileInfo }

// Look notes what is in a dataset folder, so that WriteDataset can refuse to write over what is changed later on.
func Look(ctx context.Context, dir string) (*Seen, error) {
	target, err := newTarget(dir, nil)
	if err != nil {
		return nil, err
	}
	info, err := os.Lstat(target.path)
	if err != nil {
		return nil, DiskError(target.shown, err)
	}
	if err := target.checkDataset(ctx, info); err != nil {
		return nil, err
	}
	return &Seen{target.intact}, nil
}

// WriteDataset writes a dataset folder in canonical form, in place of the one that is there, in one step. Whatever else
// is in that folder stays in it, and mode and owner stay as they are. A folder that is the current one or holds it is refused,
// and so is one that is not as it was seen; nil is for one that nobody has read.
func WriteDataset(ctx context.Context, dir string, d *dataset.Dataset, seen *Seen) error {
	if holdsFolder(dir, ".") {
		return &Error{
			Path: dir, Problem: "is the current folder, or holds it", Hint: "change to another folder first, since this one is exchanged",
		}
	}
	target, err := newTarget(dir, nil)
	if err != nil {
		return err
	}
	if seen != nil {
		target.intact = seen.entries
	}
	target.accepts, target.replaced = target.checkDataset, target.isAsSeen
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
	found, err := t.entries(t.path)
	if err != nil {
		return err
	}
	if len(t.intact) == 0 {
		t.intact = found
	}
	return errors.Join(t.compare(found), context.Cause(ctx))
}

// entries returns what is in a folder that may be exchanged.
func (t *target) entries(root string) (map[string]fs.FileInfo, error) {
	found := map[string]fs.FileInfo{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		inside, relErr := filepath.Rel(root, path)
		if err := errors.Join(err, relErr); err != nil {
			return DiskError(filepath.Join(t.shown, inside), err)
		}
		if err := t.checkDatasetEntry(inside, entry); err != nil || inside == "." {
			return err
		}
		if found[inside], err = entry.Info(); err != nil {
			return DiskError(filepath.Join(t.shown, inside), err)
		}
		return nil
	})
	return found, err
}

// compare refuses what is not as it was seen.
func (t *target) compare(found map[string]fs.FileInfo) error {
	changed := func(inside string) error {
		return &Error{Path: filepath.Join(t.shown, inside), Problem: ErrChanged.Error(), Hint: "nothing was written; look at it, and try again", Err: ErrChanged}
	}
	for _, inside := range slices.Sorted(maps.Keys(t.intact)) {
		before, now := t.intact[inside], found[inside]
		if now == nil || !os.SameFile(before, now) || !now.IsDir() && (!now.ModTime().Equal(before.ModTime()) || now.Size() != before.Size()) {
			return changed(inside)
		}
	}
	for _, inside := range slices.Sorted(maps.Keys(found)) {
		if t.intact[inside] == nil {
			return changed(inside)
		}
	}
	return nil
}

// isAsSeen refuses a folder that was taken out, if it is not as it was seen.
func (t *target) isAsSeen(taken string) error {
	found, err := t.entries(taken)
	if err != nil {
		return err
	}
	return t.compare(found)
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
	if err := dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) { return out.Create(name) }); err != nil {
		return err
	}
	return s.keepModes()
}

// keepModes gives folders and the files of the dataset the modes and owners of those that they replace.
func (s *Stage) keepModes() error {
	was, err := os.Lstat(s.target.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = keepMode(s.new(), was)
	}
	for inside, info := range s.target.intact {
		if err == nil && (isDatasetFile(inside) || info.IsDir()) {
			err = keepMode(filepath.Join(s.new(), inside), info)
		}
	}
	if err != nil {
		return DiskError(s.target.shown, err)
	}
	return nil
}

// keepMode gives a file or folder the mode of another, and its owner where that may be given.
func keepMode(path string, was fs.FileInfo) error {
	if err := keepOwner(path, was); err != nil {
		return err
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // a table that the dataset no longer has
	}
	return os.Chmod(path, was.Mode().Perm())
}

// carry puts a file or a folder of the target into the stage as well.
func (s *Stage) carry(inside string, info fs.FileInfo) error {
	from, to := filepath.Join(s.target.path, inside), filepath.Join(s.new(), inside)
	switch {
	case info.IsDir():
		if err := os.Mkdir(to, 0o777); err != nil {
			return err
		}
		return os.Chmod(to, info.Mode().Perm()|0o700) // keepModes takes back what it must not have
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
