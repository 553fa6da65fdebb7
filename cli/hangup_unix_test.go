//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestHangup ends an export by a signal while it waits to publish: it tells so, and leaves what was there as it was and nothing beside it.
func TestHangup(t *testing.T) {
	for _, sent := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT} {
		if signal.Ignored(sent) {
			continue // these tests run under nohup, which their programs are told too
		}
		dir := t.TempDir()
		parent, err := os.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer parent.Close() //nolint:errcheck // it was only read
		if err := syscall.Flock(int(parent.Fd()), syscall.LOCK_EX); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		run := exec.Command("haltsheet", "export", "-f", "csv", "-o", filepath.Join(dir, "out"))
		run.Stderr = &stderr
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- run.Wait() }()
		for begun := false; !begun; { // it hears of signals long before
			select {
			case err := <-ended:
				t.Fatalf("it did not wait: %v, stderr %q", err, stderr.String())
			case <-time.After(time.Millisecond):
			}
			stages, err := filepath.Glob(filepath.Join(dir, ".out.haltsheet-*"))
			if begun = len(stages) > 0; err != nil {
				t.Fatal(err)
			}
		}
		if err := run.Process.Signal(sent); err != nil {
			t.Fatal(err)
		}
		err = <-ended
		exit, _ := errors.AsType[*exec.ExitError](err)
		if exit == nil || exit.ExitCode() != 2 || !strings.HasPrefix(stderr.String(), "haltsheet: interrupted\n  hint: ") {
			t.Errorf("%v: %v, stderr %q", sent, err, stderr.String())
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%v: left behind: %v, %v", sent, left, err)
		}
	}
}
