package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"haltsheet/cli"
	"haltsheet/dataset"
	"haltsheet/export"

	"github.com/google/go-cmp/cmp"
)

// The documents, seen from the folder of this test.
const (
	readme       = "../README.md"
	contributing = "../CONTRIBUTING.md"
	changelog    = "../CHANGELOG.md"
)

// Two kinds of blocks are outputs of the program: what stands between a comment with a command and the comment "end",
// and, in console transcripts, what follows a command.
var (
	blocks      = regexp.MustCompile(`(?s)<!-- (haltsheet [^\n]*) -->\n.*?<!-- end -->\n`)
	transcripts = regexp.MustCompile("(?s)```console\n\\$ (haltsheet [^\n]*)\n.*?```\n")
)

func TestReadmeIsTrue(t *testing.T) {
	written := read(t, readme)
	dir := t.TempDir()
	generated := blocks.ReplaceAllStringFunc(written, func(block string) string {
		command := blocks.FindStringSubmatch(block)[1]
		return "<!-- " + command + " -->\n\n" + output(t, dir, command) + "\n<!-- end -->\n"
	})
	generated = transcripts.ReplaceAllStringFunc(generated, func(block string) string {
		command := transcripts.FindStringSubmatch(block)[1]
		return "```console\n$ " + command + "\n" + output(t, dir, command) + "```\n"
	})
	if *update {
		if err := os.WriteFile(readme, []byte(generated), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(generated, written); diff != "" {
		t.Errorf("README.md is not what the program prints (-want +got); go test ./cli -update rewrites it:\n%s", diff)
	}
}

func TestEverythingIsDocumented(t *testing.T) {
	text := read(t, readme)
	mustHave := func(what, mention string) {
		t.Helper()
		if !strings.Contains(text, mention) {
			t.Errorf("README.md does not tell of the %s %s", what, mention)
		}
	}
	for _, name := range cli.CommandNames() {
		mustHave("command", "haltsheet "+name)
	}
	for i := range dataset.Rules {
		mustHave("rule", "`"+dataset.Rules[i].ID+"`")
	}
	for i := range export.Formats {
		mustHave("format", "`"+export.Formats[i].Name+"`")
	}
	for i := range dataset.Summaries {
		mustHave("summary", "summary_"+dataset.Summaries[i].Name+".csv")
	}
	for field := range reflect.TypeFor[dataset.Metadata]().Fields() {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		mustHave("key", "`"+key+"`")
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for _, document := range []string{readme, contributing, changelog} {
		for _, match := range link.FindAllStringSubmatch(read(t, document), -1) {
			if _, err := os.Stat(filepath.Join("..", match[1])); err != nil {
				t.Errorf("%s links to what is not there: %v", filepath.Base(document), err)
			}
		}
	}
}

func TestHelpHasOneVoice(t *testing.T) {
	for _, name := range cli.CommandNames() {
		short, _, _ := strings.Cut(output(t, t.TempDir(), "haltsheet help "+name), "\n")
		if short == "" || strings.HasSuffix(short, ".") || strings.ToLower(short[:1]) != short[:1] {
			t.Errorf("%s: %q is not one line in lower case without a full stop", name, short)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// output runs a command in a folder and returns what a terminal would show.
func output(t *testing.T, dir, command string) string {
	t.Helper()
	words := strings.Fields(command)
	run := exec.CommandContext(t.Context(), words[0], words[1:]...)
	run.Dir = dir
	run.Env = append(run.Environ(), noSleep[0]+"="+noSleep[1])
	var b bytes.Buffer
	run.Stdout, run.Stderr = &b, &b
	if err := run.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, b.String())
	}
	return b.String()
}
