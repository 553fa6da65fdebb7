// Package folder puts a new folder in the place of another in one step, so that whoever looks sees the one or the other, whole.
//
// [Replace] checks the target, which must hold nothing but what an earlier run left there unchanged, makes a [Stage] beside it,
// lets a function fill the stage, brings it to disk, checks the target once more, and exchanges the two. What is written goes
// through a [Folder]: every [File] is counted, hashed and brought to disk. Whatever fails, the target stays as it was.
package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Error says what keeps an export from being written, and how to mend it.
type Error struct {
	Path    string // the file or folder at fault
	Problem string
	Hint    string
	Err     error // the cause, where the system gave one
}

// Error returns place, problem and hint as one line.
func (e *Error) Error() string {
	text := e.Path + ": " + e.Problem
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Replace puts a folder that a function fills in the place of another. Whatever fails, and whenever the context is cancelled,
// the folder stays as it was and nothing is left beside it. There is one failure behind the exchange, and its error says so: the new
// folder is in its place, whole, and the disk does not confirm that it stays there.
//
// A folder that holds anything but what an unchanged descriptor lists is refused, and so are the protected folders, the
// current one, and whatever holds one of them.
func Replace(ctx context.Context, dir string, protected []string, fill func(s *Stage) error) error {
	target, err := newTarget(dir, protected)
	if err != nil {
		return err
	}
	return target.replace(ctx, fill)
}

func (t *target) replace(ctx context.Context, fill func(s *Stage) error) error {
	if err := t.recoverStages(); err != nil {
		return err
	}
	if _, err := t.check(ctx); err != nil {
		return err
	}
	stage, err := t.newStage()
	if err != nil {
		return err
	}
	err = fill(stage)
	if unfinished := stage.finish(); err == nil {
		err = unfinished
	}
	if err == nil {
		err = stage.publish(ctx)
	}
	stage.remove(err == nil)
	return err
}

// DiskError tells of a file or folder, under the name that people know, what the system said.
func DiskError(path string, err error) *Error {
	cause := err
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		cause = wrapped.Err
	} else if wrapped, ok := errors.AsType[*os.LinkError](err); ok {
		cause = wrapped.Err
	}
	hint := "choose another folder"
	for _, known := range diskHints {
		if errors.Is(err, known.err) {
			hint = known.hint
		}
	}
	return &Error{Path: path, Problem: cause.Error(), Hint: hint, Err: err}
}

// diskHints tell how to go on after what the system says.
var diskHints = []struct {
	err  error
	hint string
}{
	{syscall.ENOSPC, "free some space, or choose another folder"},
	{syscall.EDQUOT, "free some of the space that you may use, or choose another folder"},
	{syscall.EFBIG, "choose a folder that may have larger files, or raise the limit that ulimit -f shows"},
	{syscall.EMFILE, "raise the limit that ulimit -n shows"},
	{syscall.ENFILE, "end other programs that have many files open"},
	{syscall.EIO, "the disk fails: save what is on it, and choose a folder on another one"},
	{fs.ErrPermission, "choose a folder that may be written"},
	{syscall.EROFS, "choose a folder that may be written"},
}
