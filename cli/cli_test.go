package cli_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/cli"
	"haltsheet/dataset/datasettest"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected outputs in scripts and documents")

// TestMain lets the tests run the test binary as haltsheet.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"haltsheet":     func() { os.Exit(cli.Main()) }, //nolint:forbidigo // the status is what main would exit with
		"edit-workbook": editWorkbook,
		"respell":       respell,

		"haltsheet-with-reviews": withOneMoreTable,
	})
}

// noSleep keeps programs that were built with the race detector from sleeping for a second before they end.
var noSleep = [2]string{"GORACE", "atexit_sleep_ms=0"}

// TestScripts runs one script for each promise of the command line. Each finds the folder clean, a small dataset in
// which nothing is wrong, with the files of its own under clean in place of those,
// and $CASES, what came back from people's hands. The tables of a script need not name columns that are empty, but for those under old,
// which are of an older version.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv(noSleep[0], noSleep[1])
			cases, err := filepath.Abs("testdata/cases")
			if err != nil {
				return err
			}
			env.Setenv("CASES", cases)
			if err := completeTables(env.WorkDir); err != nil {
				return err
			}
			return completeFolder(filepath.Join(env.WorkDir, "clean"), datasettest.Clean())
		},
	})
}

// TestEveryCommandHasAScript fails for a command of which no script holds what it promises.
func TestEveryCommandHasAScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, script := range scripts {
		text.WriteString(read(t, script))
	}
	for _, name := range cli.CommandNames() {
		if !strings.Contains(text.String(), "exec haltsheet "+name) {
			t.Errorf("no script in testdata/script runs haltsheet %s", name)
		}
	}
}

// completeTables completes the tables of all dataset folders in a folder, but for the folder old.
func completeTables(dir string) error {
	return filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && entry.Name() == "old" {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".csv" {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, datasettest.Complete(entry.Name(), content), 0o666)
	})
}

// completeFolder adds to a folder the files that it does not have.
func completeFolder(dir string, files fs.FS) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name := filepath.Join(dir, path)
		if _, err := os.Stat(name); err == nil {
			return nil
		}
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		return os.WriteFile(name, content, 0o666)
	})
}
