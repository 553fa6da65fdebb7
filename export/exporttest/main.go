package exporttest

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// asSubprocess names the variable of the environment by which a test asks its own program, started once more, to do
// one of the subprocesses in a folder.
const asSubprocess = "HALTSHEET_EXPORT_TEST"

// Main runs the tests of a package, or one of its subprocesses. Temporary folders are in memory where the system can do that:
// exports wait for the disk, and there are many of them. Properties are tried on 25 cases, each of them a whole export, unless
// -rapid.checks asks for more.
func Main(m *testing.M, subprocesses map[string]func(dir string) error) {
	run, ok := subprocesses[os.Getenv(asSubprocess)]
	if !ok {
		inMemory()
		if checks := flag.Lookup("rapid.checks"); checks != nil {
			_ = checks.Value.Set("25") // a number that it takes
		}
		os.Exit(m.Run()) //nolint:forbidigo // the main function of the tests
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // the main function of a subprocess
	}
}

func inMemory() {
	const memory = "/dev/shm"
	if temp, err := os.MkdirTemp(memory, ""); err == nil {
		_ = os.Remove(temp) // it only shows that others can be made
		_ = os.Setenv("TMPDIR", memory)
	}
}

// Subprocess returns this program, to be started once more to do one of the subprocesses of [Main] in a folder.
func Subprocess(t TB, name, dir string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, dir)
	command.Env = append(os.Environ(), asSubprocess+"="+name)
	return command
}
