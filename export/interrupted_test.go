package export_test

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

func TestKilledRun(t *testing.T) {
	book := bookOf(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, book, format("csv"))
	before := exporttest.Tree(t, dir)
	hanging := exporttest.Subprocess(t, "hang", dir)
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
	if diff := cmp.Diff(before, exporttest.Tree(t, dir)); diff != "" {
		t.Errorf("the killed run changed the export:\n%s", diff)
	}
	write(t, dir, book, format("csv"))
	exporttest.OnlyThere(t, dir)
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
	before := exporttest.Tree(t, dir)
	stage := filepath.Join(filepath.Dir(dir), ".out.haltsheet-1234")
	if err := errors.Join(os.Mkdir(stage, 0o700), os.WriteFile(filepath.Join(stage, "lock"), nil, 0o600), os.Rename(dir, filepath.Join(stage, "old"))); err != nil {
		t.Fatal(err)
	}
	if _, err := export.Write(t.Context(), dir, book, []*export.Format{broken}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, exporttest.Tree(t, dir)); diff != "" {
		t.Errorf("the earlier export was not restored:\n%s", diff)
	}
	exporttest.OnlyThere(t, dir)
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
	exporttest.OnlyThere(t, dir)
}
