package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoPatternIsCompiledAtTheStart holds the variables of all packages to New.
func TestNoPatternIsCompiledAtTheStart(t *testing.T) {
	err := filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declared := range file.Decls {
			if _, isFunction := declared.(*ast.FuncDecl); isFunction {
				continue
			}
			ast.Inspect(declared, func(n ast.Node) bool {
				if _, isFunction := n.(*ast.FuncLit); isFunction {
					return false // it is called later
				}
				if called, ok := n.(*ast.SelectorExpr); ok && called.Sel.Name == "MustCompile" {
					t.Errorf("%s: a pattern that is compiled at the start; write pattern.New", files.Position(n.Pos()))
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
