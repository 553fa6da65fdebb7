package audit_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/audit"
)

// TestHostileLists reads lists that have far too much in line with their bytes, and tells of each fault once.
func TestHostileLists(t *testing.T) {
	const file, many = "README.md", 60_000
	descriptor := func(resources string) func(content []byte) []byte {
		return func(content []byte) []byte {
			return bytes.Replace(content, []byte(`"resources": [`), []byte(`"resources": [`+resources), 1)
		}
	}
	for _, test := range []struct {
		name, list, want string
		change           func(content []byte) []byte
	}{
		{"a file again and again in the descriptor", "datapackage.json", `lists "README.md" twice`, descriptor(strings.Repeat(`{"path":"README.md"},`, many))},
		{"and in the sums", "SHA256SUMS", `lists "README.md" twice`, func(content []byte) []byte {
			at := bytes.Index(content, []byte("  "+file+"\n")) - 64
			return slices.Concat(content, bytes.Repeat(content[at:at+64+len("  "+file+"\n")], many))
		}},
		{"resources that say nothing", "datapackage.json", "lists more than the 65536 that are read", descriptor(strings.Repeat(`{},`, 3_000_000))},
		{"no list", "datapackage.json", "has 7 where a list belongs", func([]byte) []byte { return []byte(`{"resources":7}`) }},
		{"files that are none", "index.json", "lists more than the 65536 that are read", func([]byte) []byte {
			var files strings.Builder
			for i := range 70_000 {
				fmt.Fprintf(&files, `{"path":"%d"},`, i)
			}
			return []byte(`{"files":[` + files.String() + `{}]}`)
		}},
		{"sums of nothing", "SHA256SUMS", "lists 3000000 files, where at most 65536 are read", func([]byte) []byte {
			return bytes.Repeat([]byte("\n"), 3_000_000)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := newRelease(t)
			path := filepath.Join(dir, test.list)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, test.change(content), 0o666); err != nil {
				t.Fatal(err)
			}
			var findings dataset.Findings
			datasettest.Bounded(t, 0, func() { findings = lists(t, dir) })
			told := 0
			for i := range findings {
				if findings[i].File == test.list && findings[i].Message == test.want {
					told++
				}
			}
			if told != 1 || len(findings) > 200 {
				t.Errorf("that it %s is told %d times, in %d findings: %.1000v", test.want, told, len(findings), findings)
			}
		})
	}
}

// lists returns what is off in the lists of a folder.
func lists(t *testing.T, dir string) dataset.Findings {
	t.Helper()
	found, err := audit.Lists(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return dataset.All(found)
}

// TestDescriptorThatIsNoFile tells a descriptor that is not there from one that cannot be read.
func TestDescriptorThatIsNoFile(t *testing.T) {
	for want, put := range map[string]func(path string) error{
		"is not there, so that nothing is listed": func(string) error { return nil },
		"is no regular file":                      func(path string) error { return os.Mkdir(path, 0o777) },
		"is too large: 2147483648 bytes, where at most 1073741824 are read": func(path string) error {
			return errors.Join(os.WriteFile(path, nil, 0o666), os.Truncate(path, 2<<30)) // without a byte of it on disk
		},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "datapackage.json")
		if err := put(path); err != nil {
			t.Fatal(err)
		}
		if findings := lists(t, dir); len(findings) == 0 || findings[0].File != "datapackage.json" || findings[0].Message != want {
			t.Errorf("got %v, want that it %s", findings, want)
		}
	}
}
