//go:build unix

package plainfile

import "golang.org/x/sys/unix"

// withoutWaiting opens a pipe at once, whether somebody writes to it or not.
const withoutWaiting = unix.O_NONBLOCK
