//go:build conformance && linux

package cli_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestConformanceFailingDisk runs what writes folders on a disk of which one operation fails, each in turn or, of very many, some: what
// failed has changed nothing, what is said to be well is whole, and nothing hidden is left when all works again.
func TestConformanceFailingDisk(t *testing.T) {
	disk := newFailingDisk(t)
	edited, unedited := filepath.Join(t.TempDir(), "companies.csv"), filepath.Join(t.TempDir(), "companies.csv")
	disk.run(t, "init", disk.at("data"), "--example")
	disk.run(t, "export", disk.at("data"), "-o", disk.at("out"), "-f", "csv,json")
	before, err := os.ReadFile(filepath.Join(disk.root, "data", "companies.csv"))
	if err == nil {
		err = errors.Join(os.WriteFile(edited, []byte(strings.Replace(string(before), "Example", "Another", 1)), 0o666), os.WriteFile(unedited, before, 0o666))
	}
	if err != nil {
		t.Fatal(err)
	}
	saved := t.TempDir()
	if err := os.CopyFS(saved, os.DirFS(disk.root)); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for _, c := range []onFailingDisk{
		{"out", "verify", []string{"export", disk.at("data"), "-o", disk.at("out"), "-f", "csv,json"}, nil, 5},
		{"data", "check", []string{"import", edited, "--into", disk.at("data")}, []string{"import", unedited, "--into", disk.at("data")}, 8},
		{"new", "check", []string{"init", disk.at("new"), "--example"}, []string{"import", edited, "--into", disk.at("new")}, 8},
		{"release", "verify", []string{"release", disk.at("data"), "-o", disk.at("release")}, nil, 2},
	} {
		disk.reset(t, saved)
		was, counts := disk.state(t), disk.counts(t, c.args)
		for _, kind := range slices.Sorted(maps.Keys(counts)) {
			if slices.Contains([]string{"release", "releasedir", "getxattr", "getattr"}, kind) {
				continue // of which no program hears; after the last the system takes a file for another one
			}
			for _, nth := range spread(counts[kind], c.most) {
				disk.reset(t, saved)
				if c.fails(t, disk, was, kind, nth) {
					failed++
				}
			}
		}
	}
	if t.Logf("%d runs on a disk that failed", failed); failed < 180 {
		t.Errorf("only %d runs came upon a failure", failed)
	}
}

// spread returns the numbers up to one, or some of them from the first to the last.
func spread(to, most int) (numbers []int) {
	for i := range min(to, most) {
		numbers = append(numbers, 1+i*(to-1)/max(min(to, most)-1, 1))
	}
	return numbers
}

// onFailingDisk is a command that writes a folder.
type onFailingDisk struct {
	target, holds string // the folder, and the command that it holds to afterwards
	args          []string
	next          []string // what writes the folder once it is written; nil for the same again
	most          int      // operations of a kind that fail, each in a run of its own
}

// fails runs the command on a disk whose n-th operation of a kind fails, and reports whether it did.
func (c *onFailingDisk) fails(t *testing.T, disk *failingDisk, was map[string]string, kind string, nth int) bool {
	t.Helper()
	if err := os.WriteFile(disk.plan, fmt.Appendf(nil, "%s %d", kind, nth), 0o666); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command("haltsheet", c.args...).CombinedOutput()
	name := fmt.Sprintf("%s, %s %d", c.args[0], kind, nth)
	if os.Remove(disk.plan) == nil {
		return false // it did not get as far
	}
	is := disk.state(t)
	exit, isExit := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil, strings.Contains(string(output), "is in its place"):
		disk.run(t, c.holds, filepath.Join(disk.root, c.target))
	case !isExit || exit.ExitCode() != 2:
		t.Errorf("%s: %v\n%s", name, err, output)
	case !maps.Equal(of(is, c.target), of(was, c.target)):
		t.Errorf("%s: it failed, and the folder is another\n%s", name, output)
	}
	for _, other := range []string{"data", "out"} {
		if other != c.target && !maps.Equal(of(is, other), of(was, other)) {
			t.Errorf("%s: %s is another", name, other)
		}
	}
	hidden := func() []string {
		names, err := filepath.Glob(filepath.Join(disk.root, ".*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	if len(hidden()) > 0 {
		next := c.args
		if err == nil && c.next != nil {
			next = c.next
		}
		if disk.run(t, next...); len(hidden()) > 0 {
			t.Errorf("%s: the next run leaves %v", name, hidden())
		}
	}
	return true
}

// failingDisk is a file system that fails as its plan says.
type failingDisk struct{ root, mount, plan string }

func newFailingDisk(t *testing.T) *failingDisk {
	t.Helper()
	if _, err := os.Stat("/dev/fuse"); err != nil || os.Getuid() != 0 {
		t.Skip("NOT TRIED ON A FAILING DISK: that needs /dev/fuse and root")
	}
	d := &failingDisk{t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "plan")}
	if err := os.Mkdir(d.inRoot("mounted"), 0o777); err != nil {
		t.Fatal(err)
	}
	server := exec.Command("/usr/bin/python3", "testdata/failing/disk.py", d.root, d.mount, d.plan)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(d.mount, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
		_ = server.Wait() // it ends with the mount
	})
	for range 6000 {
		if _, err := os.Stat(d.at("mounted")); err == nil {
			return d
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the file system is not there")
	return nil
}

func (d *failingDisk) at(name string) string     { return filepath.Join(d.mount, name) }
func (d *failingDisk) inRoot(name string) string { return filepath.Join(d.root, name) }

// run runs the program where nothing is to fail.
func (d *failingDisk) run(t *testing.T, args ...string) {
	t.Helper()
	if output, err := exec.Command("haltsheet", args...).CombinedOutput(); err != nil {
		t.Errorf("haltsheet %v: %v\n%s", args, err, output)
	}
}

// counts runs the program where nothing fails, and returns how many operations of each kind that takes.
func (d *failingDisk) counts(t *testing.T, args []string) (counts map[string]int) {
	t.Helper()
	if err := os.WriteFile(d.plan, []byte("count 0"), 0o666); err != nil {
		t.Fatal(err)
	}
	d.run(t, args...)
	content, err := os.ReadFile(d.plan + ".counts")
	if err = errors.Join(err, json.Unmarshal(content, &counts), os.Remove(d.plan)); err != nil {
		t.Fatal(err)
	}
	return counts
}

// reset brings back what was saved.
func (d *failingDisk) reset(t *testing.T, saved string) {
	t.Helper()
	entries, err := os.ReadDir(d.root)
	for _, entry := range entries {
		err = errors.Join(err, os.RemoveAll(d.inRoot(entry.Name())))
	}
	if err = errors.Join(err, os.CopyFS(d.root, os.DirFS(saved))); err != nil {
		t.Fatal(err)
	}
}

// state returns the hashes of all files.
func (d *failingDisk) state(t *testing.T) map[string]string {
	t.Helper()
	state := map[string]string{}
	err := fs.WalkDir(os.DirFS(d.root), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(d.inRoot(path))
		state[path] = fmt.Sprintf("%x", sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// of returns what a state has of a folder.
func of(state map[string]string, folder string) map[string]string {
	inside := map[string]string{}
	for path, hash := range state {
		if strings.HasPrefix(path, folder+"/") {
			inside[path] = hash
		}
	}
	return inside
}
