// Package plainfile opens files for reading that are files: no folder, no device that never ends, no pipe that never begins.
package plainfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// ErrOther is the cause of the error about what is no regular file.
var ErrOther = errors.New("is no regular file")

// Open opens a regular file, through links, without waiting for whatever else may be there.
func Open(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_RDONLY|withoutWaiting, 0)
	if errors.Is(err, syscall.ENXIO) { // a socket, or a device that is not there
		err = &fs.PathError{Op: "open", Path: name, Err: ErrOther}
	}
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: ErrOther}
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Read returns the content of a regular file of at most a number of bytes.
func Read(name string, most int64) (content []byte, err error) {
	file, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > most {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("is too large: %d bytes, where at most %d are read", info.Size(), most)}
	}
	content = make([]byte, info.Size())
	n, err := io.ReadFull(file, content)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil // it became shorter
	}
	return content[:n], err
}

// Reason returns what keeps a file from being read, without the path of the file, for those who say that themselves.
func Reason(err error) string {
	if about, ok := errors.AsType[*fs.PathError](err); ok {
		err = about.Err
	}
	return err.Error()
}
