package export_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

func TestMain(m *testing.M) {
	exporttest.Main(m, map[string]func(dir string) error{
		"write": func(dir string) error {
			_, err := export.Write(context.Background(), dir, bookOf(datasettest.Clean()), allFormats())
			return err
		},
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
	})
}

// bookOf returns the book of a dataset folder.
func bookOf(fsys fs.FS) *export.Book { return export.NewBook(exporttest.Load(fsys)) }

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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
