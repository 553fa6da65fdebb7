package exporttest

import (
	"os"
	"os/exec"
	"path/filepath"
)

// Tool returns the place of what .ci/run installs in the folder of tools.
func Tool(t TB, path string) string {
	t.Helper()
	tools := os.Getenv("HALTSHEET_TOOLS")
	if tools == "" {
		t.Fatal("HALTSHEET_TOOLS does not name the folder of the tools; .ci/run sets it")
	}
	return filepath.Join(tools, filepath.FromSlash(path))
}

// Run runs a program, and fails the test if that fails.
func Run(t TB, name string, args ...string) {
	t.Helper()
	if output, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, output)
	}
}
