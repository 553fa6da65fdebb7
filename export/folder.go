package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"haltsheet/dataset"
)

// resource is one file of an export, as the descriptor lists it.
type resource struct {
	Name      string // unique in an export: lower-case words and hyphens
	Path      string // inside the export, with slashes
	Title     string
	MediaType string
	LineEnd   string         // of a CSV file
	Table     *dataset.Table // what the file holds; nil where that is not one table

	// Bytes and Hash, SHA-256 in hexadecimal, are known when the file is closed.
	Bytes int64
	Hash  string
}

// folder is where one format puts its files. Formats run side by side, each with a folder of its own, and all of these
// are the same place on disk. Its methods belong to one goroutine; the files may be written by several.
type folder struct {
	ctx   context.Context
	stage string // where the files are written
	shown string // where people will find them
	files []*file
	// progress hears of rows that were written; it may be nil.
	progress func(rows int)

	syncing sync.WaitGroup
}

// stopped returns why the export should end early, and nil as long as it should not. Creating, writing and closing
// files ask for themselves; whoever works long without them asks here.
func (f *folder) stopped() error { return context.Cause(f.ctx) }

// create makes a file, which the format closes once it is written.
func (f *folder) create(r resource) (*file, error) {
	if err := f.stopped(); err != nil {
		return nil, err
	}
	path := filepath.Join(f.stage, filepath.FromSlash(r.Path))
	shown := filepath.Join(f.shown, filepath.FromSlash(r.Path))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, diskError(shown, err)
	}
	disk, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, diskError(shown, err)
	}
	created := &file{resource: r, folder: f, shown: shown, disk: disk, hash: sha256.New()}
	created.buffer = buffers.Get().(*bufio.Writer)
	created.buffer.Reset((*sink)(created))
	f.files = append(f.files, created)
	return created, nil
}

// writeFile makes a file of a content that is there already.
func (f *folder) writeFile(r resource, content []byte) error {
	file, err := f.create(r)
	if err != nil {
		return err
	}
	if _, err := file.Write(content); err != nil {
		return err
	}
	return file.Close()
}

// write calls what puts files in the folder.
func (f *folder) write(files func(out *folder) error) error {
	if err := f.stopped(); err != nil {
		return err
	}
	return files(f)
}

// finish waits until all files are on disk. It lets go of those that a failed format left open; a format that left one
// open did fail.
func (f *folder) finish() (err error) {
	f.syncing.Wait()
	for _, file := range f.files {
		if !file.closed {
			_ = file.disk.Close() // there is an error already
			file.err = fmt.Errorf("%s: was not written to its end", file.shown)
		}
		err = errors.Join(err, file.err)
	}
	return err
}

// buffers gather what is written to a file. They are used again, since most files are small.
var buffers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, bufferBytes) }}

// bufferBytes is how much a file gathers before it is written to disk.
const bufferBytes = 1 << 17

// file is a file of an export that is being written.
type file struct {
	resource
	folder *folder
	shown  string
	disk   *os.File
	buffer *bufio.Writer
	hash   hash.Hash
	closed bool

	dirty   int        // bytes since the last sync began
	syncing sync.Mutex // held by whoever brings the file to disk
	err     error      // of that; guarded by syncing
}

// Write appends to the file.
func (f *file) Write(p []byte) (int, error) {
	if err := f.folder.stopped(); err != nil {
		return 0, err
	}
	return f.buffer.Write(p)
}

// writeItems writes items in order.
func (f *file) writeItems(list items) error { return list.writeTo(f, f.wrote) }

// items are what a file lists one after the other.
type items struct {
	count      int
	chunk      int // how many are encoded at a time
	appendItem func(b []byte, i int) []byte
	rows       func(from, to int) int // how many rows the items from one to behind another hold
}

// rowItems are the rows of a table, each as a function appends it.
func rowItems(rows int, appendRow func(b []byte, row int) []byte) items {
	return items{rows, dataset.ChunkRows, appendRow, func(from, to int) int { return to - from }}
}

// writeTo writes the items in order, encoded by several workers, and tells of the rows that it wrote.
func (l items) writeTo(w io.Writer, wrote func(rows int)) error {
	written := 0
	for b, n := range dataset.EncodeRows(0, l.count, l.chunk, dataset.EachRow(l.appendItem)) {
		if _, err := w.Write(b); err != nil {
			return err
		}
		wrote(l.rows(written, written+n))
		written += n
	}
	return nil
}

// wrote tells of rows that were written.
func (f *file) wrote(rows int) {
	if f.folder.progress != nil && rows > 0 {
		f.folder.progress(rows)
	}
}

// Close ends the file and fills in its size and hash. Bringing it to disk goes on behind it, since a disk takes many
// files in hardly more time than one; the stage waits for that and has the error.
func (f *file) Close() error {
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
		f.keep(errors.Join(f.disk.Sync(), f.disk.Close()))
	})
	return nil
}

// dirtyBytes is about how much of a file may be in memory only.
const dirtyBytes = 32 << 20

// syncEarly brings a large file to disk while it grows, so that neither its end nor a cancelled run waits for all of it.
func (f *file) syncEarly() {
	if f.dirty < dirtyBytes || !f.syncing.TryLock() {
		return
	}
	f.dirty = 0
	f.folder.syncing.Go(func() {
		defer f.syncing.Unlock()
		f.keep(f.disk.Sync())
	})
}

// keep keeps the first error of bringing the file to disk: the system tells of each only once.
func (f *file) keep(err error) {
	if err != nil && f.err == nil {
		f.err = diskError(f.shown, err)
	}
}

// sink is the end of a file's buffer: it counts, hashes and writes.
type sink file

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.disk.Write(p)
	s.Bytes += int64(n)
	_, _ = s.hash.Write(p[:n]) // a hash takes everything
	if err != nil {
		return n, diskError(s.shown, err)
	}
	s.dirty += n
	(*file)(s).syncEarly()
	return n, nil
}
