//go:build unix

package folder

import (
	"errors"
	"os"

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
