package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/cli"
)

// TestInterrupt stops an export before its first file.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	var stdout, stderr strings.Builder
	status := cli.Run(ctx, &stdout, &stderr, "export", "--quiet", "-o", filepath.Join(dir, "out"))
	if status != 2 || stdout.String() != "" || !strings.HasPrefix(stderr.String(), "haltsheet: interrupted\n  hint: ") {
		t.Errorf("status %d, stdout %q, stderr %q; want status 2 and one line with a hint", status, stdout.String(), stderr.String())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
