//go:build !linux

package folder

// exchange puts the new export in the target's place and the earlier one in the stage.
func (s *Stage) exchange(fresh, target string) error { return s.swap(fresh, target) }

// isMountPoint reports whether a file system is mounted on a folder. Here the rename finds that out, and fails before
// anything is moved.
func isMountPoint(string) bool { return false }
