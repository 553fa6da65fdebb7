// Package datasettest makes datasets for tests: a tiny clean one, and random valid ones whose texts are awkward.
// Only tests import it.
package datasettest

import (
	"bytes"
	_ "embed"
	"io/fs"
	"maps"
	"path"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

//go:embed clean.txtar
var clean []byte

// Clean returns a dataset folder with a row of most kinds, in which Check finds nothing at all.
func Clean() fs.FS { return CleanWith(nil) }

// CleanWith returns the folder of Clean with some files in place of its own, by name, which are completed; a nil file is taken out.
func CleanWith(files map[string][]byte) fstest.MapFS {
	folder := whole(Folder(clean))
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: Complete(name, content)}
	}
	maps.DeleteFunc(folder, func(_ string, file *fstest.MapFile) bool { return file.Data == nil })
	return folder
}

// Empty returns the folder of Clean with the headers of its tables alone.
func Empty() fs.FS {
	folder := whole(Folder(clean))
	for name, file := range folder {
		if end := bytes.IndexByte(file.Data, '\n'); path.Ext(name) == ".csv" {
			file.Data = file.Data[:end+1]
		}
	}
	return folder
}

// Folder returns the files of a txtar archive as a folder, completed.
func Folder(archive []byte) fstest.MapFS {
	folder := fstest.MapFS{}
	for _, file := range txtar.Parse(archive).Files {
		folder[file.Name] = &fstest.MapFile{Data: Complete(file.Name, file.Data)}
	}
	return folder
}

// File is a file in memory.
type File struct{ *bytes.Buffer }

// Close does nothing.
func (File) Close() error { return nil }
