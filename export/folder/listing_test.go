package folder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/export/folder"
	"haltsheet/export/limits"
)

// TestLists reads which files a descriptor lists, among all else that it says, and takes none that is no descriptor at its word.
func TestLists(t *testing.T) {
	const one = `{"path": "csv/a.csv", "bytes": 1, "hash": "sha256:0"}`
	for _, test := range []struct {
		descriptor string
		want       bool
	}{
		{`{"name": "x", "resources": [` + one + `]}`, true},
		{`{"resources": [{"schema": {"fields": [{"path": "b"}]}, "path": "csv/a.csv"}], "sources": []}`, true},
		{`{"resources": [{"path": "csv/b.csv"}]}`, false},
		{`{"path": "csv/a.csv"}`, false},
		{`[` + one + `]`, false},
		{`{"resources": {"path": "csv/a.csv"}}`, false},
		{`{"resources": [` + one + `, {"path": 7}]}`, false},
		{`{"resources": [` + one + `, {"bytes": "7"}]}`, false},
		{`{"resources": [` + one + `]} {}`, false},
		{`{"resources": [` + one + `]`, false},
		{`{"resources": [` + one + strings.Repeat(",{}", limits.MostListed-1) + `]}`, true},
		{`{"resources": [` + one + strings.Repeat(",{}", limits.MostListed) + `]}`, false},
		{``, false},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, folder.Descriptor), []byte(test.descriptor), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := folder.Lists(dir, "csv/a.csv"); got != test.want {
			t.Errorf("%.100s: lists it: %v", test.descriptor, got)
		}
	}
}
