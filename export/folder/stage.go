package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Stage is the folder beside the target in which an export grows until it takes the target's place:
//
//	.<name>.haltsheet-*/lock   held by the run that the stage belongs to
//	.<name>.haltsheet-*/new    the export; after an exchange, the one before
//	.<name>.haltsheet-*/old    the one before, where two renames stand in for an exchange
//
// A stage whose lock nobody holds was left by a run that was killed.
type Stage struct {
	target  *target
	path    string
	lock    *os.File
	parents string // the uppermost folder above the target that was made for it; empty where all were there
	folders []*Folder
}

const (
	stageLock = "lock"
	stageNew  = "new"
	stageOld  = "old"
)

// stagePrefix begins the names of all stages of a target.
func (t *target) stagePrefix() string { return "." + t.name + ".haltsheet-" }

func (s *Stage) new() string { return filepath.Join(s.path, stageNew) }
func (s *Stage) old() string { return filepath.Join(s.path, stageOld) }

// Path is where the stage's content is while it grows.
func (s *Stage) Path() string { return s.new() }

// Folder returns a view of the stage for one who writes files into it.
func (s *Stage) Folder(ctx context.Context) *Folder {
	f := &Folder{ctx: ctx, stage: s.new(), shown: s.target.shown}
	s.folders = append(s.folders, f)
	return f
}

// finish waits until all files of the export are on disk.
func (s *Stage) finish() (err error) {
	for _, f := range s.folders {
		err = errors.Join(err, f.finish())
	}
	return err
}

// newStage makes a stage and locks it.
func (t *target) newStage() (*Stage, error) {
	s := &Stage{target: t, parents: firstMissing(t.parent)}
	if err := s.make(); err != nil {
		s.remove(false)
		return nil, DiskError(t.shown, err)
	}
	return s, nil
}

func (s *Stage) make() error {
	if err := os.MkdirAll(s.target.parent, 0o777); err != nil {
		return err
	}
	for s.lock == nil { // another run may clear the stage away before it is locked
		path, err := os.MkdirTemp(s.target.parent, s.target.stagePrefix()+"*")
		if err != nil {
			return err
		}
		s.path = path
		if s.lock, err = lockStage(path); err != nil && !errors.Is(err, errLocked) {
			return err
		}
	}
	if err := os.Mkdir(s.new(), 0o777); err != nil {
		return err
	}
	if info, err := os.Stat(s.target.path); err == nil {
		return os.Chmod(s.new(), info.Mode().Perm())
	}
	return nil
}

// firstMissing returns the uppermost folder that is missing on the way to a folder, or nothing.
func firstMissing(folder string) (missing string) {
	for {
		if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
			return missing
		}
		missing, folder = folder, filepath.Dir(folder)
	}
}

// errLocked is the error of lockStage for a stage of a run that is alive.
var errLocked = errors.New("the stage belongs to another run")

// lockStage takes the lock of a stage, which ends with the process at the latest.
func lockStage(path string) (*os.File, error) {
	name := filepath.Join(path, stageLock)
	lock, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|noFollow, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errLocked // cleared by another run
	}
	if err != nil {
		return nil, err
	}
	if err := tryLock(lock); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	held, errHeld := lock.Stat()
	there, errThere := os.Stat(name)
	if errHeld != nil || errThere != nil || !os.SameFile(held, there) {
		return nil, errors.Join(errLocked, lock.Close())
	}
	return lock, nil
}

// publish puts the new export in the target's place.
func (s *Stage) publish(ctx context.Context) error {
	if err := s.sync(); err != nil {
		return DiskError(s.target.shown, err)
	}
	var err error
	for range maxTries {
		if err = s.place(ctx); !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if err != nil {
		return err
	}
	return s.confirm()
}

// confirm brings to disk that the export is in its place: in the folder that it stands in, and in those that were made on the way there.
// What was exchanged stays so where the disk fails, for it may have taken that.
func (s *Stage) confirm() error {
	for folder := s.target.parent; ; folder = filepath.Dir(folder) {
		if err := syncFolder(folder); err != nil {
			unsure := DiskError(s.target.shown, err)
			unsure.Problem = "was written and is in its place, but the disk does not confirm that it stays there: " + unsure.Problem
			return unsure
		}
		if s.parents == "" || folder == filepath.Dir(s.parents) {
			return nil
		}
	}
}

// place makes one attempt to publish. Where another run makes or removes the target meanwhile, the error says that
// it exists or does not.
func (s *Stage) place(ctx context.Context) error {
	unlock, err := lockFolder(ctx, s.target.parent)
	if err != nil {
		return DiskError(s.target.shown, err)
	}
	defer unlock()
	exists, err := s.target.check(ctx)
	if err != nil {
		return err
	}
	if err := context.Cause(ctx); err != nil {
		return err
	}
	move := os.Rename
	if exists {
		move = s.exchange
	}
	if err := move(s.new(), s.target.path); err != nil {
		return DiskError(s.target.shown, err)
	}
	if exists && s.target.replaced != nil {
		return s.putBackUnless(s.target.replaced)
	}
	return nil
}

// putBackUnless asks about the folder that was taken out, and puts it back if it is refused.
func (s *Stage) putBackUnless(accepts func(taken string) error) error {
	taken, putBack := s.new(), func() error { return s.exchange(s.new(), s.target.path) }
	if _, err := os.Lstat(s.old()); err == nil { // two renames stood in for an exchange
		taken, putBack = s.old(), func() error {
			return errors.Join(os.Rename(s.target.path, s.new()), os.Rename(s.old(), s.target.path))
		}
	}
	err := accepts(taken)
	if err == nil {
		return nil
	}
	if back := putBack(); back != nil {
		return errors.Join(err, DiskError(s.target.shown, back))
	}
	return err
}

// swap stands in for an exchange with two renames. A run that is killed between them leaves the earlier export in
// its stage, where the next run finds it.
func (s *Stage) swap(fresh, target string) error {
	if err := os.Rename(target, s.old()); err != nil {
		return err
	}
	if err := os.Rename(fresh, target); err != nil {
		return errors.Join(err, os.Rename(s.old(), target))
	}
	return nil
}

// sync brings the folders of the new export to disk; its files are there.
func (s *Stage) sync() error {
	var running sync.WaitGroup
	var mu sync.Mutex // guards failed
	var failed error
	err := filepath.WalkDir(s.new(), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			running.Go(func() {
				err := syncFolder(path)
				mu.Lock()
				defer mu.Unlock()
				failed = errors.Join(failed, err)
			})
		}
		return err
	})
	running.Wait()
	return errors.Join(err, failed)
}

// remove clears the stage away with all that is in it, and what was made on the way to it unless that is kept.
func (s *Stage) remove(keepParents bool) {
	if s.path != "" {
		clearStage(s.path, s.lock)
	}
	for folder := s.target.parent; s.parents != "" && !keepParents; folder = filepath.Dir(folder) {
		if os.Remove(folder) != nil || folder == s.parents {
			return
		}
	}
}

// clearStage removes a stage whose lock is held. What cannot be removed now is cleared by a later run, for the lock
// file goes last.
func clearStage(path string, lock *os.File) {
	for _, content := range []string{stageNew, stageOld} {
		if os.RemoveAll(filepath.Join(path, content)) != nil {
			break
		}
	}
	if lock != nil {
		_ = lock.Close() // nothing was written to it
	}
	_ = os.RemoveAll(path)
}

// recoverStages clears what killed runs left beside the target, and restores an earlier export that one of them had
// just moved away.
func (t *target) recoverStages() error {
	entries, err := os.ReadDir(t.parent)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return DiskError(t.shown, err)
	}
	for _, entry := range entries {
		path := filepath.Join(t.parent, entry.Name())
		if info, err := entry.Info(); err != nil || !info.IsDir() || !isOurs(info) || !isStage(path, t.stagePrefix()) {
			continue
		}
		lock, err := lockStage(path)
		if err != nil {
			continue // of a run that is alive, or of another user
		}
		if err := t.restore(filepath.Join(path, stageOld)); err != nil {
			return errors.Join(err, lock.Close())
		}
		clearStage(path, lock)
	}
	return nil
}

// isStage reports whether a folder has the name of a stage and holds nothing else.
func isStage(path, prefix string) bool {
	if name := filepath.Base(path); len(name) <= len(prefix) || name[:len(prefix)] != prefix {
		return false
	}
	entries, err := os.ReadDir(path)
	return err == nil && !slices.ContainsFunc(entries, func(entry fs.DirEntry) bool {
		return !slices.Contains([]string{stageLock, stageNew, stageOld}, entry.Name())
	})
}

// restore moves an earlier export back to the target, unless something is there.
func (t *target) restore(old string) error {
	if _, err := os.Lstat(t.path); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.Rename(old, t.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return DiskError(t.shown, err)
	}
	return nil
}
