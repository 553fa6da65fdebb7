package export_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

func TestRefusals(t *testing.T) {
	book := bookOf(datasettest.Clean())
	for _, test := range []struct {
		name  string
		spoil func(dir string) error // changes an export
		want  string                 // the error, with DIR for the folder
	}{
		{
			"foreign file", func(dir string) error { return os.WriteFile(filepath.Join(dir, "csv", "my.csv"), nil, 0o666) },
			"DIR/csv/my.csv: was not written by haltsheet; move it away, or choose another folder",
		},
		{
			"changed file", func(dir string) error {
				return os.WriteFile(filepath.Join(dir, "csv", "halts.csv"), []byte("mine"), 0o666)
			},
			"DIR/csv/halts.csv: was changed after haltsheet wrote it; keep the change elsewhere and delete the file, or choose another folder",
		},
		{
			"another byte", func(dir string) error {
				path := filepath.Join(dir, "csv", "halts.csv")
				content, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				content[len(content)-2]++
				return os.WriteFile(path, content, 0o666)
			},
			"DIR/csv/halts.csv: was changed after haltsheet wrote it; keep the change elsewhere and delete the file, or choose another folder",
		},
		{
			"no descriptor", func(dir string) error { return os.Remove(filepath.Join(dir, "datapackage.json")) },
			"DIR/csv/codebook_codes.csv: was not written by haltsheet; move it away, or choose another folder",
		},
		{
			"another descriptor", func(dir string) error {
				return os.WriteFile(filepath.Join(dir, "datapackage.json"), []byte("{"), 0o666)
			},
			"DIR/datapackage.json: was not written by haltsheet, or was changed; move it away, or choose another folder",
		},
		{
			"symbolic link inside", func(dir string) error { return os.Symlink("csv/halts.csv", filepath.Join(dir, "link.csv")) },
			"DIR/link.csv: is a symbolic link; move it away, or choose another folder",
		},
		{
			"symbolic link", func(dir string) error { return errors.Join(os.Rename(dir, dir+"2"), os.Symlink(dir+"2", dir)) },
			"DIR: is a symbolic link; name the folder that it leads to, or choose another one",
		},
		{
			"dangling link", func(dir string) error { return errors.Join(os.Rename(dir, dir+"2"), os.Symlink(dir+"3", dir)) },
			"DIR: is a symbolic link; name the folder that it leads to, or choose another one",
		},
		{
			"file", func(dir string) error { return errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o666)) },
			"DIR: is no folder; move it away, or choose another folder",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			write(t, dir, book, format("csv"))
			if err := test.spoil(dir); err != nil {
				t.Skip(err)
			}
			before := exporttest.Tree(t, filepath.Dir(dir))
			_, err := export.Write(t.Context(), dir, book, format("csv"))
			if got := strings.ReplaceAll(filepath.ToSlash(fmt.Sprint(err)), filepath.ToSlash(dir), "DIR"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if diff := cmp.Diff(before, exporttest.Tree(t, filepath.Dir(dir))); diff != "" {
				t.Errorf("the refusal changed something:\n%s", diff)
			}
		})
	}
}

func TestProtectedFolders(t *testing.T) {
	book := bookOf(datasettest.Clean())
	outer := t.TempDir()
	data := filepath.Join(outer, "lists", "data")
	if err := os.MkdirAll(data, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(data)
	for _, dir := range []string{".", "..", "../..", "./", "/", "../data", data, filepath.Dir(data)} {
		if _, err := export.Write(t.Context(), dir, book, format("csv")); err == nil {
			t.Fatalf("%s was written to", dir)
		}
	}
	t.Chdir(outer)
	for _, dir := range []string{"lists", "lists/data", "lists/../lists/data/", data} {
		_, err := export.Write(t.Context(), dir, book, format("csv"), "lists/data")
		if err == nil || !strings.Contains(err.Error(), "data folder lists/data") {
			t.Errorf("%s: got the error %v", dir, err)
		}
	}
	if _, err := export.Write(t.Context(), "lists/data/out", book, format("csv"), "lists/data"); err != nil {
		t.Errorf("a folder inside the data folder was refused: %v", err)
	}
}

func TestUnwritablePlaces(t *testing.T) {
	book := bookOf(datasettest.Clean())
	parent := t.TempDir()
	if err := os.WriteFile(filepath.Join(parent, "file"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(parent, "file", "out")
	if _, err := export.Write(t.Context(), dir, book, format("csv")); err == nil || !strings.HasPrefix(err.Error(), dir+": ") {
		t.Errorf("below a file: got the error %v", err)
	}
	if os.Getuid() <= 0 {
		t.Skip("nothing is read-only for this user")
	}
	dir = filepath.Join(parent, "out")
	write(t, dir, book, format("csv"))
	before := exporttest.Tree(t, dir)
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(parent, 0o755) })
	if _, err := export.Write(t.Context(), dir, book, format("csv")); !errors.Is(err, os.ErrPermission) {
		t.Errorf("in a read-only folder: got the error %v", err)
	}
	if diff := cmp.Diff(before, exporttest.Tree(t, dir)); diff != "" {
		t.Errorf("the earlier export changed:\n%s", diff)
	}
}
