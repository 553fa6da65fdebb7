package export_test

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

// asSubprocess names the variable of the environment by which a test asks its own program, started once more, to do
// one of the subprocesses in a folder.
const asSubprocess = "HALTSHEET_EXPORT_TEST"

var subprocesses = map[string]func(dir string) error{
	"write": func(dir string) error {
		_, err := export.Write(context.Background(), dir, bookOf(datasettest.Clean()), allFormats())
		return err
	},
	"release": func(dir string) error { return publish(context.Background(), dir, "", datasettest.Clean()) },
	"hang": func(dir string) error {
		hang := export.NewFormat("hang", func(_ string, w io.Writer) error {
			if _, err := io.WriteString(w, "half"); err != nil {
				return err
			}
			fmt.Println("hanging")
			select {}
		}, "half.txt")
		_, err := export.Write(context.Background(), dir, bookOf(datasettest.Clean()), []*export.Format{hang})
		return err
	},
}

func TestMain(m *testing.M) {
	run, ok := subprocesses[os.Getenv(asSubprocess)]
	if !ok {
		inMemory()
		if err := flag.Set("rapid.checks", "25"); err != nil { // each is a whole export; the flag may ask for more
			panic(err)
		}
		os.Exit(m.Run()) //nolint:forbidigo // the main function of the tests
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // the main function of a subprocess
	}
}

// inMemory puts temporary folders into memory where the system can do that: exports wait for the disk, and there are
// many of them.
func inMemory() {
	const memory = "/dev/shm"
	if temp, err := os.MkdirTemp(memory, ""); err == nil {
		_ = os.Remove(temp) // it only shows that others can be made
		_ = os.Setenv("TMPDIR", memory)
	}
}

// bookOf returns the book of a dataset folder.
func bookOf(fsys fs.FS) *export.Book { return export.NewBook(datasetOf(fsys)) }

// datasetOf returns the dataset of a folder.
func datasetOf(fsys fs.FS) *dataset.Dataset {
	d, err := dataset.Load(fsys)
	if err != nil {
		panic(err)
	}
	return d
}

func allFormats() (formats []*export.Format) {
	for i := range export.Formats {
		formats = append(formats, &export.Formats[i])
	}
	return formats
}

func format(name string) []*export.Format { return []*export.Format{export.FormatOf(name)} }

// write exports and fails the test if that fails.
func write(t *testing.T, dir string, book *export.Book, formats []*export.Format) []export.Resource {
	t.Helper()
	files, err := export.Write(t.Context(), dir, book, formats)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// tree returns the SHA-256 of every file below a folder by path, and of folders that they are there.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(dir, path)
		if err != nil || entry.IsDir() {
			files[inside+"/"] = "folder"
			return err
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			files[inside], err = os.Readlink(path)
			return err
		}
		content, err := os.ReadFile(path)
		files[inside] = fmt.Sprintf("%x", sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
