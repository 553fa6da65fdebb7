//go:build conformance

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"haltsheet/cli"
)

// TestConformanceManPages holds the manual page of the program and of each command to mandoc, which says what man(1)
// would not set as it is meant.
func TestConformanceManPages(t *testing.T) {
	for _, name := range append(cli.CommandNames(), "") {
		t.Run("haltsheet-"+name, func(t *testing.T) {
			page := filepath.Join(t.TempDir(), "haltsheet.1")
			if err := os.WriteFile(page, []byte(output(t, t.TempDir(), "haltsheet help --man "+name)), 0o666); err != nil {
				t.Fatal(err)
			}
			if told, err := exec.CommandContext(t.Context(), "mandoc", "-T", "lint", page).CombinedOutput(); err != nil || len(told) > 0 {
				t.Errorf("%v\n%s", err, told)
			}
		})
	}
}
