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

// reference is where the pages of the reference stand, seen from the folder of this test.
const reference = "../docs/*.md"

// documents returns the paths of all documents, seen from the folder of this test.
func documents(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(reference)
	if err != nil || len(pages) == 0 {
		t.Fatalf("there are no pages in %s: %v", reference, err)
	}
	return append([]string{"../README.md", "../CONTRIBUTING.md", "../CHANGELOG.md"}, pages...)
}

// Two kinds of blocks are outputs of the program: what stands between a comment with a command and the comment "end",
// and what follows each command in a console transcript.
var (
	blocks      = regexp.MustCompile(`(?s)<!-- (haltsheet [^\n]*) -->\n.*?<!-- end -->\n`)
	transcripts = regexp.MustCompile("(?s)```console\n(.*?)```\n")
	commands    = regexp.MustCompile(`(?m)^\$ (.*)\n`)
)

// TestDocumentsAreTrue runs every command of every document, those of one document in one folder and in order.
func TestDocumentsAreTrue(t *testing.T) {
	for _, document := range documents(t) {
		t.Run(filepath.Base(document), func(t *testing.T) {
			t.Parallel()
			written := read(t, document)
			dir := t.TempDir()
			generated := blocks.ReplaceAllStringFunc(written, func(block string) string {
				command := blocks.FindStringSubmatch(block)[1]
				return "<!-- " + command + " -->\n\n" + output(t, dir, command) + "\n<!-- end -->\n"
			})
			generated = transcripts.ReplaceAllStringFunc(generated, func(block string) string {
				var b strings.Builder
				for _, command := range commands.FindAllStringSubmatch(block, -1) {
					b.WriteString("$ " + command[1] + "\n" + output(t, dir, command[1]))
				}
				return "```console\n" + b.String() + "```\n"
			})
			if *update {
				if err := os.WriteFile(document, []byte(generated), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(generated, written); diff != "" {
				t.Errorf("%s is not what the program prints (-want +got); go test ./cli -update rewrites it:\n%s", document, diff)
			}
		})
	}
}

// TestReadmeIsReadToTheEnd holds the README to a length that a stranger reads.
func TestReadmeIsReadToTheEnd(t *testing.T) {
	const most = 300
	if lines := strings.Count(read(t, "../README.md"), "\n"); lines > most {
		t.Errorf("README.md has %d lines, at most %d are read to the end; what only some need belongs in docs", lines, most)
	}
}

func TestEverythingIsDocumented(t *testing.T) {
	var text strings.Builder
	for _, document := range documents(t) {
		text.WriteString(read(t, document))
	}
	mustHave := func(what, mention string) {
		t.Helper()
		if !strings.Contains(text.String(), mention) {
			t.Errorf("neither README.md nor docs tell of the %s %s", what, mention)
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
	for _, document := range documents(t) {
		for _, match := range link.FindAllStringSubmatch(read(t, document), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(document), match[1])); err != nil {
				t.Errorf("%s links to what is not there: %v", filepath.Base(document), err)
			}
		}
	}
}

// TestEveryPageIsLinked holds that whoever reads the README finds every page of the reference.
func TestEveryPageIsLinked(t *testing.T) {
	text := read(t, "../README.md")
	for _, document := range documents(t)[1:] {
		if path := strings.TrimPrefix(document, "../"); !strings.Contains(text, "]("+path+")") {
			t.Errorf("README.md has no link to %s", path)
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

// output runs a command line in a folder and returns what a terminal would show. Status 1 is an answer, such as that
// there are differences; any above is a command that does not run.
func output(t *testing.T, dir, command string) string {
	t.Helper()
	run := exec.CommandContext(t.Context(), "sh", "-c", command)
	run.Dir = dir
	run.Env = append(run.Environ(), noSleep[0]+"="+noSleep[1])
	var b bytes.Buffer
	run.Stdout, run.Stderr = &b, &b
	if err := run.Run(); err != nil && run.ProcessState.ExitCode() != 1 {
		t.Fatalf("%s: %v\n%s", command, err, b.String())
	}
	return b.String()
}
