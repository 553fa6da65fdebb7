package folder

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"sync"
)

// Folder is where one format puts its files. Formats run side by side, each with a folder of its own, and all of these
// are the same place on disk. Its methods belong to one goroutine; the files may be written by several.
type Folder struct {
	ctx   context.Context
	stage string // where the files are written
	shown string // where people will find them
	files []*File

	syncing sync.WaitGroup
}

// stopped returns why the export should end early, and nil as long as it should not.
func (f *Folder) stopped() error { return context.Cause(f.ctx) }

// Create makes a file by its path inside the folder, with slashes. Whoever asked for it closes it once it is written.
func (f *Folder) Create(path string) (*File, error) {
	if err := f.stopped(); err != nil {
		return nil, err
	}
	staged := filepath.Join(f.stage, filepath.FromSlash(path))
	shown := filepath.Join(f.shown, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(staged), 0o777); err != nil {
		return nil, DiskError(shown, err)
	}
	disk, err := os.OpenFile(staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, DiskError(shown, err)
	}
	created := &File{Path: path, folder: f, Shown: shown, disk: disk, hash: sha256.New()}
	created.buffer = buffers.Get().(*bufio.Writer)
	created.buffer.Reset((*sink)(created))
	f.files = append(f.files, created)
	return created, nil
}

// WriteFile makes a file that a function writes.
func (f *Folder) WriteFile(path string, write func(file *File) error) (*File, error) {
	file, err := f.Create(path)
	if err != nil {
		return nil, err
	}
	if err := write(file); err != nil {
		return nil, err
	}
	return file, file.Close()
}

// finish waits until all files are on disk. It lets go of those that a failed format left open; a format that left one
// open did fail.
func (f *Folder) finish() (err error) {
	f.syncing.Wait()
	for _, file := range f.files {
		if !file.closed {
			_ = file.disk.Close() // there is an error already
			file.err = fmt.Errorf("%s: was not written to its end", file.Shown)
		}
		err = errors.Join(err, file.err)
	}
	return err
}

// buffers gather what is written to a file. They are used again, since most files are small.
var buffers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, bufferBytes) }}

// bufferBytes is how much a file gathers before it is written to disk.
const bufferBytes = 1 << 17

// File is a file that is being written.
type File struct {
	Path string // inside the folder, with slashes
	// Bytes and Hash, SHA-256 in hexadecimal, are known when the file is closed.
	Bytes int64
	Hash  string
	Shown string // where people will find it

	folder *Folder
	disk   *os.File
	buffer *bufio.Writer
	hash   hash.Hash
	closed bool

	dirty   int        // bytes since the last sync began
	syncing sync.Mutex // held by whoever brings the file to disk
	err     error      // of that; guarded by syncing
}

// Stopped returns why the writing should end early, and nil as long as it should not. Writing and closing the file ask for
// themselves; whoever works long without them asks here.
func (f *File) Stopped() error { return f.folder.stopped() }

// Write appends to the file.
func (f *File) Write(p []byte) (int, error) {
	if err := f.folder.stopped(); err != nil {
		return 0, err
	}
	return f.buffer.Write(p)
}

// Close ends the file and fills in its size and hash. Bringing it to disk goes on behind it, since a disk takes many
// files in hardly more time than one; the stage waits for that and has the error.
func (f *File) Close() error {
	if err := f.folder.stopped(); err != nil {
		return err
	}
	if err := f.buffer.Flush(); err != nil {
		return err
	}
	buffers.Put(f.buffer)
	f.Hash = hex.EncodeToString(f.hash.Sum(nil))
	f.closed = true
	f.folder.syncing.Go(func() {
		f.syncing.Lock()
		defer f.syncing.Unlock()
		f.keep(errors.Join(syncFile(f.disk), f.disk.Close()))
	})
	return nil
}

// dirtyBytes is about how much of a file may be in memory only.
const dirtyBytes = 32 << 20

// syncEarly brings a large file to disk while it grows, so that neither its end nor a cancelled run waits for all of it.
func (f *File) syncEarly() {
	if f.dirty < dirtyBytes || !f.syncing.TryLock() {
		return
	}
	f.dirty = 0
	f.folder.syncing.Go(func() {
		defer f.syncing.Unlock()
		f.keep(syncFile(f.disk))
	})
}

// syncFile brings an open file or folder to disk. Tests see by it what gets there, and what happens when the disk fails.
var syncFile = (*os.File).Sync

// keep keeps the first error of bringing the file to disk: the system tells of each only once.
func (f *File) keep(err error) {
	if err != nil && f.err == nil {
		f.err = DiskError(f.Shown, err)
	}
}

// sink is the end of a file's buffer: it counts, hashes and writes.
type sink File

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.disk.Write(p)
	s.Bytes += int64(n)
	_, _ = s.hash.Write(p[:n]) // a hash takes everything
	if err != nil {
		return n, DiskError(s.Shown, err)
	}
	s.dirty += n
	(*File)(s).syncEarly()
	return n, nil
}
