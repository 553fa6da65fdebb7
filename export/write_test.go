package export_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

func TestSameBytes(t *testing.T) {
	dirs := t.TempDir()
	first, second, third := filepath.Join(dirs, "first"), filepath.Join(dirs, "second"), filepath.Join(dirs, "third")
	write(t, first, bookOf(datasettest.Clean()), allFormats())
	write(t, second, bookOf(datasettest.Clean()), allFormats())
	if diff := cmp.Diff(tree(t, first), tree(t, second)); diff != "" {
		t.Errorf("two exports differ:\n%s", diff)
	}
	elsewhere := subprocess(t, "write", third)
	elsewhere.Dir = t.TempDir()
	elsewhere.Env = append(elsewhere.Env, "TZ=Pacific/Apia", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=1")
	if output, err := elsewhere.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if diff := cmp.Diff(tree(t, first), tree(t, third)); diff != "" {
		t.Errorf("an export of another process differs:\n%s", diff)
	}
}

// subprocess returns this program, started once more to do one of the subprocesses in a folder.
func subprocess(t *testing.T, name, dir string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, dir)
	command.Env = append(os.Environ(), asSubprocess+"="+name)
	return command
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
		for path, hash := range tree(t, dir) {
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
	onlyThere(t, dir)
}

// onlyThere fails the test if anything is left beside an export.
func onlyThere(t *testing.T, dir string) {
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
			before := tree(t, dir)
			if _, err := export.Write(test.ctx, dir, book, test.formats); !errors.Is(err, test.want) {
				t.Errorf("got the error %v, want %v", err, test.want)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("the earlier export changed:\n%s", diff)
			}
			onlyThere(t, dir)
		})
	}
}

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
			before := tree(t, filepath.Dir(dir))
			_, err := export.Write(t.Context(), dir, book, format("csv"))
			if got := strings.ReplaceAll(filepath.ToSlash(fmt.Sprint(err)), filepath.ToSlash(dir), "DIR"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if diff := cmp.Diff(before, tree(t, filepath.Dir(dir))); diff != "" {
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
	before := tree(t, dir)
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(parent, 0o755) })
	if _, err := export.Write(t.Context(), dir, book, format("csv")); !errors.Is(err, os.ErrPermission) {
		t.Errorf("in a read-only folder: got the error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("the earlier export changed:\n%s", diff)
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
	onlyThere(t, dir)
}

func TestKilledRun(t *testing.T) {
	book := bookOf(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, book, format("csv"))
	before := tree(t, dir)
	hanging := subprocess(t, "hang", dir)
	output, err := hanging.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := hanging.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(output).ReadString('\n'); line != "hanging\n" {
		t.Fatalf("%q, %v", line, err)
	}
	if stages(t, dir) != 1 {
		t.Fatal("the run has no stage")
	}
	write(t, filepath.Join(filepath.Dir(dir), "out"), book, format("csv"))
	if stages(t, dir) != 1 {
		t.Error("the stage of a run that is alive was cleared")
	}
	if err := hanging.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = hanging.Wait() // it was killed
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("the killed run changed the export:\n%s", diff)
	}
	write(t, dir, book, format("csv"))
	onlyThere(t, dir)
}

func stages(t *testing.T, dir string) int {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".haltsheet-*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(paths)
}

// TestKilledSwap is about a run that was killed between the two renames that stand in for an exchange.
func TestKilledSwap(t *testing.T) {
	book := bookOf(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, book, format("csv"))
	before := tree(t, dir)
	stage := filepath.Join(filepath.Dir(dir), ".out.haltsheet-1234")
	if err := errors.Join(os.Mkdir(stage, 0o700), os.WriteFile(filepath.Join(stage, "lock"), nil, 0o600), os.Rename(dir, filepath.Join(stage, "old"))); err != nil {
		t.Fatal(err)
	}
	if _, err := export.Write(t.Context(), dir, book, []*export.Format{broken}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("the earlier export was not restored:\n%s", diff)
	}
	onlyThere(t, dir)
}

func TestForeignFoldersThatLookLikeStages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	for _, foreign := range []string{".out.haltsheet-notes", ".out2.haltsheet-1"} {
		if err := os.MkdirAll(filepath.Join(filepath.Dir(dir), foreign, "mine"), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, bookOf(datasettest.Clean()), format("csv"))
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(entries) != 3 {
		t.Errorf("there are now %v, %v", entries, err)
	}
}

func TestConcurrentRuns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "out")
	book := bookOf(datasettest.Clean())
	const runs = 8
	failures := make(chan error, runs)
	for i := range runs {
		go func() {
			_, err := export.Write(t.Context(), dir, book, []*export.Format{export.FormatOf([]string{"csv", "json"}[i%2])})
			failures <- err
		}()
	}
	for range runs {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
	write(t, dir, book, format("csv"))
	onlyThere(t, dir)
}
