//go:build conformance

package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestConformancePreCommit lets pre-commit build the hook of this repository, install it in another one and run it before a commit: what is well
// is committed, what is at fault is refused with its place, and what is no data is not checked.
func TestConformancePreCommit(t *testing.T) {
	keeps := t.TempDir() // what pre-commit builds serves all changes
	hooks := hookRepository(t, keeps)
	for _, change := range []struct {
		name, old, new, told string
		refused              bool
	}{
		{"at fault", ",USD,", ",,", "donations.csv:2:", true},
		{"well", ",cash,", ",pledge,", "Passed", false},
		{"no data", "", "", "(no files to check)Skipped", false},
	} {
		t.Run(change.name, func(t *testing.T) {
			work, _ := repository(t, func(data string) {
				donations := filepath.Join(data, "donations.csv")
				if err := os.WriteFile(donations, []byte(strings.Replace(read(t, donations), change.old, change.new, 1)), 0o666); err != nil {
					t.Fatal(err)
				}
			})
			config := fmt.Sprintf("repos:\n  - repo: %s\n    rev: main\n    hooks:\n      - id: haltsheet-check\n        args: [some data]\n", hooks)
			if err := os.WriteFile(filepath.Join(work, ".pre-commit-config.yaml"), []byte(config), 0o666); err != nil {
				t.Fatal(err)
			}
			for _, command := range [][]string{{tool(t, "venv/bin/pre-commit"), "install"}, {"git", "add", "."}} {
				if told, err := committing(t, keeps, work, command...); err != nil {
					t.Fatalf("%s: %v\n%s", command, err, told)
				}
			}
			told, err := committing(t, keeps, work, "git", "commit", "-m", "change")
			if refused := err != nil; refused != change.refused || !strings.Contains(told, change.told) {
				t.Errorf("refused is %t, want %t with %q:\n%s", refused, change.refused, change.told, told)
			}
		})
	}
}

// hookRepository makes a repository of the files of this one as they are.
func hookRepository(t *testing.T, keeps string) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	hooks := t.TempDir()
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch", "main"},
		{"--work-tree", root, "add", "--all"},
		{"--work-tree", root, "commit", "--quiet", "-m", "the hook"},
	} {
		command := append([]string{"git", "--git-dir", filepath.Join(hooks, ".git")}, args...)
		if told, err := committing(t, keeps, hooks, command...); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, told)
		}
	}
	return hooks
}

// committing runs a program as somebody who commits. Its modules are those that this program is built of, so that none is fetched again.
func committing(t *testing.T, keeps, work string, program ...string) (told string, err error) {
	t.Helper()
	modules, err := exec.CommandContext(t.Context(), "go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program[0], program[1:]...)
	command.Dir = work
	command.Env = append(command.Environ(), "PRE_COMMIT_HOME="+keeps, "GOMODCACHE="+strings.TrimSpace(string(modules)), "PRE_COMMIT_COLOR=never",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := command.CombinedOutput()
	return string(out), err
}
