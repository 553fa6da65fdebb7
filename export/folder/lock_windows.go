package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock of the first byte of an open file without waiting. The system lets go of it when the process
// ends, however it ends.
func tryLock(file *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, &windows.Overlapped{})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errLocked
	}
	return err
}

// syncFolder has nothing to do: Windows writes folders through.
func syncFolder(string) error { return nil }

// noFollow has no name here.
const noFollow = 0

// lockFolder does not lock: Windows has no locks of folders.
func lockFolder(context.Context, string) (unlock func(), err error) { return func() {}, nil }

// isOurs is true: who may write into a folder is told by its access rights.
func isOurs(fs.FileInfo) bool { return true }

// keepOwner has nothing to do: what is made in a folder has its access rights.
func keepOwner(string, fs.FileInfo) error { return nil }
