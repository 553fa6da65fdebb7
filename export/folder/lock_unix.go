//go:build unix

package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// tryLock takes the advisory lock of an open file without waiting. The system lets go of it when the process ends,
// however it ends.
func tryLock(file *os.File) error {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errLocked
	}
	return err
}

// noFollow opens a file only if its name is no symbolic link.
const noFollow = unix.O_NOFOLLOW

// lockFolder waits until no other run publishes into a folder, and returns what lets others do so. On file systems without
// locks it does not wait.
func lockFolder(ctx context.Context, path string) (unlock func(), err error) {
	folder, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	for {
		err := tryLock(folder)
		if !errors.Is(err, errLocked) {
			return func() { _ = folder.Close() }, nil // nothing was written to it
		}
		select {
		case <-ctx.Done():
			_ = folder.Close() // likewise
			return nil, context.Cause(ctx)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// isOurs reports whether a file belongs to the user who runs the program.
func isOurs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(stat.Uid) == os.Geteuid()
}

// keepOwner gives a file or folder the owner and group of another; only root may.
func keepOwner(path string, was fs.FileInfo) error {
	stat, ok := was.Sys().(*syscall.Stat_t)
	if !ok || os.Geteuid() != 0 {
		return nil
	}
	err := os.Lchown(path, int(stat.Uid), int(stat.Gid))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// syncFolder brings the entries of a folder to disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = syncFile(folder)
	if errors.Is(err, unix.EINVAL) { // some file systems have nothing to sync
		err = nil
	}
	return errors.Join(err, folder.Close())
}
