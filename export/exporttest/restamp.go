package exporttest

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Restamp changes a file of a release, and all lists so that they fit.
func Restamp(t testing.TB, dir, file string, change func(content []byte) []byte) {
	t.Helper()
	lists := []string{file, "datapackage.json", "index.json", "SHA256SUMS"}
	for i, list := range lists {
		if i > 0 && list == file {
			continue
		}
		before, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(list)))
		if err != nil {
			t.Fatal(err)
		}
		after := change(bytes.Clone(before))
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(list)), after, 0o666); err != nil {
			t.Fatal(err)
		}
		outer := change
		if i == 0 {
			outer = bytes.Clone
		}
		change = func(content []byte) []byte { return restamp(outer(content), before, after) }
	}
}

// restamp writes the size and the hash of a file's new content wherever a list has those of the old one.
func restamp(list, before, after []byte) []byte {
	text := string(list)
	was, is := fmt.Sprintf("%x", sha256.Sum256(before)), fmt.Sprintf("%x", sha256.Sum256(after))
	for _, name := range []string{"\"hash\": \"sha256:", "\"sha256\": \""} {
		const format = "\"bytes\": %d,\n      %s%s"
		text = strings.ReplaceAll(text, fmt.Sprintf(format, len(before), name, was), fmt.Sprintf(format, len(after), name, is))
	}
	return []byte(strings.ReplaceAll(text, was, is))
}
