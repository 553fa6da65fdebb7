// Package exporttest helps tests of exports and releases: it writes, looks at, runs again and damages them. Only tests import it.
package exporttest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

// TB is a test, a benchmark, or a run of a property.
type TB interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Load returns the dataset of a folder that is there.
func Load(fsys fs.FS) *dataset.Dataset {
	d, err := dataset.Load(fsys)
	if err != nil {
		panic(err)
	}
	return d
}

// Write exports a dataset in formats named, and returns its book.
func Write(t TB, dir string, d *dataset.Dataset, names ...string) *export.Book {
	t.Helper()
	book := export.NewBook(d)
	var formats []*export.Format
	for _, name := range names {
		formats = append(formats, export.FormatOf(name))
	}
	if _, err := export.Write(t.Context(), dir, book, formats); err != nil {
		t.Fatal(err)
	}
	return book
}

// Canon returns the files of a dataset folder in canonical form, one behind the other.
func Canon(t TB, d *dataset.Dataset) string {
	t.Helper()
	var b bytes.Buffer
	if err := dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) {
		b.WriteString("-- " + name + " --\n")
		return datasettest.File{Buffer: &b}, nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Tree returns the SHA-256 of every file below a folder by path, with slashes; folders end in one, and links have where they lead.
func Tree(t TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		switch inside = filepath.ToSlash(inside); {
		case entry.IsDir():
			files[inside+"/"] = "folder"
		case entry.Type()&fs.ModeSymlink != 0:
			files[inside], err = os.Readlink(path)
		default:
			var content []byte
			content, err = os.ReadFile(path)
			files[inside] = fmt.Sprintf("%x", sha256.Sum256(content))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// OnlyThere fails the test if anything is left beside an export.
func OnlyThere(t TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != filepath.Base(dir) {
			t.Errorf("%s is left beside the export", entry.Name())
		}
	}
}

// ReadFile returns a file of an export, whose path has slashes.
func ReadFile(t TB, dir, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
