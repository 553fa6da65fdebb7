package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"haltsheet/export/plainfile"
)

// target is the folder that an export is written to.
type target struct {
	shown  string // as it was asked for
	path   string // from the root
	parent string
	name   string

	chunk  []byte                 // of a file that is read
	intact map[string]fs.FileInfo // files by path inside the folder that were found to be as an export left them
	// accepts refuses a folder that may not be replaced.
	accepts func(ctx context.Context, folder fs.FileInfo) error
	// replaced refuses the folder that was taken out, which is then put back; nil accepts any.
	replaced func(taken string) error
}

// newTarget returns the folder of a path, unless no export may ever stand there.
func newTarget(dir string, protected []string) (*target, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil, DiskError(dir, err)
	}
	t := &target{
		shown: filepath.Clean(dir), path: path, parent: filepath.Dir(path), name: filepath.Base(path),
		intact: map[string]fs.FileInfo{},
	}
	t.accepts = t.checkFolder
	if t.parent == t.path {
		return nil, t.refuse(".", "is the root folder", "choose a folder inside it")
	}
	if holdsFolder(path, ".") {
		return nil, t.refuse(".", "is the current folder, or holds it", "choose a folder inside the current one")
	}
	if outer := writtenAround(t.parent); outer != "" {
		return nil, t.refuse(".", "lies inside of "+outer+", which haltsheet wrote", "choose a folder outside of it")
	}
	for _, folder := range protected {
		if holdsFolder(path, folder) {
			return nil, t.refuse(".", "is the data folder "+folder+", or holds it", "choose another folder")
		}
	}
	return t, nil
}

// holdsFolder reports whether a folder is another one, or has it somewhere inside.
func holdsFolder(dir, folder string) bool {
	outer, err := os.Stat(dir)
	if err != nil {
		return false
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return false
	}
	if folder, err = filepath.EvalSymlinks(folder); err != nil {
		return false
	}
	for {
		if inner, err := os.Stat(folder); err == nil && os.SameFile(outer, inner) {
			return true
		}
		if folder == filepath.Dir(folder) {
			return false
		}
		folder = filepath.Dir(folder)
	}
}

// writtenAround returns the folder that haltsheet wrote and that a folder is, or is inside of; else nothing.
func writtenAround(folder string) string {
	for {
		if resolved, err := filepath.EvalSymlinks(folder); err == nil {
			folder = resolved
		}
		if isWritten(folder) {
			return folder
		}
		if folder == filepath.Dir(folder) {
			return ""
		}
		folder = filepath.Dir(folder)
	}
}

// isWritten reports whether a folder has a descriptor as haltsheet writes it, whatever was done to its files: with the size and the
// hash of every file but the listings.
func isWritten(folder string) bool {
	listed, err := (&target{shown: folder, path: folder}).listing()
	hashed := 0
	for _, file := range listed {
		if strings.HasPrefix(file.hash, HashPrefix) {
			hashed++
		}
	}
	const listings = 2 // of a release, behind its descriptor
	return err == nil && hashed > 0 && len(listed)-hashed <= listings
}

// refuse returns the error about a path inside the folder.
func (t *target) refuse(path, problem, hint string) error {
	return &Error{Path: filepath.Join(t.shown, path), Problem: problem, Hint: hint}
}

const orElsewhere = "move it away, or choose another folder"

// maxTries is how often another run may take the folder first before a run gives up.
const maxTries = 20

// check reports whether the folder exists, and refuses one that is not ours: every file in it must be listed in its
// descriptor with the same size and hash. Files that were intact before are read again only if they changed since.
func (t *target) check(ctx context.Context) (exists bool, err error) {
	for range maxTries {
		before, err := os.Lstat(t.path)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, DiskError(t.shown, err)
		}
		err = t.accepts(ctx, before)
		if after, errAfter := os.Lstat(t.path); errAfter == nil && os.SameFile(before, after) {
			return true, err
		}
	}
	return false, t.refuse(".", "is written by other runs all the time", "wait for them, or choose another folder")
}

func (t *target) checkFolder(ctx context.Context, info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return t.refuse(".", "is a symbolic link", "name the folder that it leads to, or choose another one")
	case !info.IsDir():
		return t.refuse(".", "is no folder", orElsewhere)
	}
	listed, err := t.listing()
	if err != nil {
		return err
	}
	return filepath.WalkDir(t.path, func(path string, entry fs.DirEntry, err error) error {
		inside, relErr := filepath.Rel(t.path, path)
		if err := errors.Join(err, relErr); err != nil {
			return DiskError(filepath.Join(t.shown, inside), err)
		}
		return t.checkEntry(ctx, inside, entry, listed)
	})
}

// The names of the files that list others: all of an export, and of a release once more.
const (
	Descriptor = "datapackage.json"
	Index      = "index.json"
	Sums       = "SHA256SUMS"
)

// Data is the name of the folder in an export that is itself a dataset folder.
const Data = "csv"

// HashPrefix says which hash a descriptor gives.
const HashPrefix = "sha256:"

// checkEntry refuses a file or folder that no export left here.
func (t *target) checkEntry(ctx context.Context, inside string, entry fs.DirEntry, listed listing) error {
	path := filepath.Join(t.path, inside)
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		return t.refuse(inside, "is a symbolic link", orElsewhere)
	case entry.IsDir():
		if isMountPoint(path) {
			return t.refuse(inside, "is a mount point", "choose another folder")
		}
		return nil
	case !entry.Type().IsRegular():
		return t.refuse(inside, "is no regular file", orElsewhere)
	case inside == Descriptor:
		return nil
	}
	want, ok := listed[inside]
	if !ok {
		return t.refuse(inside, "was not written by haltsheet", orElsewhere)
	}
	info, err := entry.Info()
	if err != nil {
		return DiskError(filepath.Join(t.shown, inside), err)
	}
	if want.hash == "" {
		return nil // it lists the descriptor itself
	}
	if before := t.intact[inside]; before != nil && os.SameFile(before, info) && before.ModTime().Equal(info.ModTime()) && before.Size() == info.Size() {
		return nil
	}
	hash, err := t.hashFile(ctx, path)
	if stopped := context.Cause(ctx); stopped != nil {
		return stopped
	}
	if err != nil {
		return DiskError(filepath.Join(t.shown, inside), err)
	}
	if info.Size() != want.bytes || HashPrefix+hash != want.hash {
		return t.refuse(inside, "was changed after haltsheet wrote it", "keep the change elsewhere and delete the file, or choose another folder")
	}
	t.intact[inside] = info
	return nil
}

// hashFile returns the SHA-256 of a file in hexadecimal.
func (t *target) hashFile(ctx context.Context, path string) (string, error) {
	file, err := plainfile.Open(path)
	if err != nil {
		return "", err
	}
	if t.chunk == nil {
		t.chunk = make([]byte, bufferBytes)
	}
	hash := sha256.New()
	for n := 0; err == nil; {
		n, err = file.Read(t.chunk)
		_, _ = hash.Write(t.chunk[:n]) // a hash takes everything
		if stopped := context.Cause(ctx); stopped != nil {
			err = stopped
		}
	}
	_ = file.Close() // it was only read
	if !errors.Is(err, io.EOF) {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
