package folder

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange puts the new export in the target's place and the earlier one in the stage, as one step where the file
// system can do that.
func (s *Stage) exchange(fresh, target string) error {
	err := unix.Renameat2(unix.AT_FDCWD, fresh, unix.AT_FDCWD, target, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTSUP) {
		return s.swap(fresh, target)
	}
	return err
}

// isMountPoint reports whether a file system is mounted on a folder.
func isMountPoint(path string) bool {
	var stat unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW, 0, &stat)
	return err == nil && stat.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
}
