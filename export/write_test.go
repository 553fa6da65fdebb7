package export_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

func TestSameBytes(t *testing.T) {
	dirs := t.TempDir()
	first, second, third := filepath.Join(dirs, "first"), filepath.Join(dirs, "second"), filepath.Join(dirs, "third")
	write(t, first, bookOf(datasettest.Clean()), allFormats())
	write(t, second, bookOf(datasettest.Clean()), allFormats())
	if diff := cmp.Diff(exporttest.Tree(t, first), exporttest.Tree(t, second)); diff != "" {
		t.Errorf("two exports differ:\n%s", diff)
	}
	elsewhere := exporttest.Subprocess(t, "write", third)
	elsewhere.Dir = t.TempDir()
	elsewhere.Env = append(elsewhere.Env, "TZ=Pacific/Apia", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=1")
	if output, err := elsewhere.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if diff := cmp.Diff(exporttest.Tree(t, first), exporttest.Tree(t, third)); diff != "" {
		t.Errorf("an export of another process differs:\n%s", diff)
	}
}

func TestFilesAreListed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	written := write(t, dir, bookOf(datasettest.Clean()), allFormats())
	var descriptor struct {
		Resources []struct {
			Name, Path, Hash string
			Bytes            int64
			Dialect          struct{ SheetName string }
		}
	}
	content, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	if err == nil {
		err = json.Unmarshal(content, &descriptor)
	}
	if err != nil {
		t.Fatal(err)
	}
	onDisk := maps.Collect(func(yield func(string, string) bool) {
		for path, hash := range exporttest.Tree(t, dir) {
			if hash != "folder" && path != "datapackage.json" && !yield(filepath.ToSlash(path), "sha256:"+hash) {
				return
			}
		}
	})
	listed, names := map[string]string{}, map[string]bool{}
	type file struct {
		path  string
		bytes int64
	}
	var files, returned []file
	for _, f := range written {
		returned = append(returned, file{f.Path, f.Bytes})
	}
	for _, r := range descriptor.Resources {
		if names[r.Name] {
			t.Errorf("two resources are named %s", r.Name)
		}
		names[r.Name] = true
		if r.Dialect.SheetName != "" {
			continue // a worksheet is no file of its own
		}
		listed[r.Path] = r.Hash
		files = append(files, file{r.Path, r.Bytes})
	}
	if diff := cmp.Diff(onDisk, listed); diff != "" {
		t.Errorf("-on disk +listed\n%s", diff)
	}
	files = append(files, file{"datapackage.json", int64(len(content))})
	if diff := cmp.Diff(files, returned, cmp.AllowUnexported(file{})); diff != "" {
		t.Errorf("-listed +returned\n%s", diff)
	}
}

func TestOrderAndReplacement(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	book := bookOf(datasettest.Clean())
	csv, json := export.FormatOf("csv"), export.FormatOf("json")
	one := write(t, dir, book, []*export.Format{json, csv, json})
	if one[0].Path != "csv/companies.csv" || one[len(one)-2].Path != "json/rates.jsonl" {
		t.Errorf("the files are not in the order of the formats: %v", one)
	}
	write(t, dir, book, []*export.Format{csv})
	if _, err := os.Stat(filepath.Join(dir, "json")); err == nil {
		t.Error("a format that was not asked for is still there")
	}
	exporttest.OnlyThere(t, dir)
}

var errBroken = errors.New("the encoder is broken")

// broken is a format that fails halfway.
var broken = export.NewFormat("broken", func(_ string, w io.Writer) error {
	_, err := io.WriteString(w, "half")
	return errors.Join(err, errBroken)
}, "half.txt")

func TestAllOrNothing(t *testing.T) {
	book := bookOf(datasettest.Clean())
	with := func(f *export.Format) []*export.Format { return []*export.Format{export.FormatOf("csv"), f} }
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name    string
		ctx     context.Context
		formats []*export.Format
		want    error
	}{
		{"failing format", t.Context(), with(broken), errBroken},
		{"cancelled before", cancelled, with(export.FormatOf("json")), context.Canceled},
		{"file twice", t.Context(), with(export.NewFormat("twice", func(string, io.Writer) error { return nil }, "a.txt", "a.txt")), os.ErrExist},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			if _, err := export.Write(test.ctx, filepath.Join(dir, "deep", "out"), book, test.formats); !errors.Is(err, test.want) {
				t.Errorf("got the error %v, want %v", err, test.want)
			}
			if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
				t.Error("the folders on the way to the export are left")
			}
			write(t, dir, book, format("json"))
			before := exporttest.Tree(t, dir)
			if _, err := export.Write(test.ctx, dir, book, test.formats); !errors.Is(err, test.want) {
				t.Errorf("got the error %v, want %v", err, test.want)
			}
			if diff := cmp.Diff(before, exporttest.Tree(t, dir)); diff != "" {
				t.Errorf("the earlier export changed:\n%s", diff)
			}
			exporttest.OnlyThere(t, dir)
		})
	}
}

func TestEmptyFolderAndItsMode(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, bookOf(datasettest.Clean()), format("csv"))
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has now the mode %v, %v", info.Mode(), err)
	}
	exporttest.OnlyThere(t, dir)
}
