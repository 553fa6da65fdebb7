package export_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// levels are the packages of the program from the lowest on. A package imports those of lower levels only. Those below export
// that are not named, of which formats are made, may import one another: Go sees to it that they do so one way.
var levels = [][]string{
	{"fixtures"},
	{"dataset/pattern"},
	{"dataset/color", "dataset/guess"},
	{"dataset"},
	{ofFormats},
	{"export"},
	{"export/audit"},
	{"export/release"},
	{"cli"},
	{"."},
}

const ofFormats = "export/*"

// TestImportsRunOneWay holds every file of the program, but for tests, to the levels.
func TestImportsRunOneWay(t *testing.T) {
	const root = ".."
	levelOf := func(pkg string) int {
		isNamed := slices.ContainsFunc(levels, func(level []string) bool { return slices.Contains(level, pkg) })
		if !isNamed && strings.HasPrefix(pkg, "export/") {
			pkg = ofFormats
		}
		return slices.IndexFunc(levels, func(level []string) bool { return slices.Contains(level, pkg) })
	}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		inside, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(inside))
		if strings.HasSuffix(pkg, "test") {
			return nil // it is for tests, which may look across
		}
		if levelOf(pkg) < 0 {
			t.Errorf("%s is on none of the levels", pkg)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			below, isOurs := strings.CutPrefix(imported, "haltsheet/")
			isSide := levelOf(pkg) == levelOf(ofFormats) && levelOf(below) == levelOf(ofFormats)
			if isOurs && levelOf(below) >= levelOf(pkg) && !isSide {
				t.Errorf("%s imports %s, which is not below %s", filepath.ToSlash(inside), imported, pkg)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTopOfExport keeps what is not an export itself in packages of its own.
func TestTopOfExport(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	if len(files) > 14 {
		t.Errorf("%d files are at the top of export, want 14 at most: %v", len(files), files)
	}
}
