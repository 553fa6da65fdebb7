package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const noticesFile = "../THIRD_PARTY_NOTICES"

// TestNotices holds the notices of third parties to the modules that are in the program, each with the text of its licence.
func TestNotices(t *testing.T) {
	want := notices(t)
	if *update {
		if err := os.WriteFile(noticesFile, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(noticesFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the modules of the program ask for; go test ./cli -update writes it", filepath.Base(noticesFile))
	}
}

// notices returns the text of all notices: modules with the same licence text stand above it together.
func notices(t *testing.T) []byte {
	t.Helper()
	var texts []string
	modules := map[string][]string{} // by text
	add := func(name, dir string) {
		text := licence(t, name, dir)
		if modules[text] == nil {
			texts = append(texts, text)
		}
		modules[text] = append(modules[text], name)
	}
	for line := range strings.FieldsSeq(goTool(t, "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}}|{{with .Replace}}{{.Version}}{{else}}{{.Version}}{{end}}|{{.Dir}}{{end}}{{end}}`, "haltsheet")) {
		parts := strings.Split(line, "|")
		if name := parts[0] + " " + parts[1]; !slices.ContainsFunc(texts, func(text string) bool { return slices.Contains(modules[text], name) }) {
			add(name, parts[2])
		}
	}
	add("the Go standard library", strings.TrimSpace(goTool(t, "env", "GOROOT")))
	add("confusables.txt of Unicode, of which dataset/lists/lookalikes.csv is a part", "../dataset/lists")
	slices.SortFunc(texts, func(a, b string) int { return strings.Compare(slices.Min(modules[a]), slices.Min(modules[b])) })
	var b bytes.Buffer
	b.WriteString("The program haltsheet has parts of these works in it.\n")
	for _, text := range texts {
		slices.Sort(modules[text])
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(modules[text], "\n"), text)
	}
	return b.Bytes()
}

// licence returns the licence and the notice of a module.
func licence(t *testing.T, name, dir string) string {
	t.Helper()
	var texts []string
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*", "NOTICE*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if content, err := os.ReadFile(file); err == nil { // not a folder
				lines := strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n")
				for i := range lines {
					lines[i] = strings.TrimRight(lines[i], " \t")
				}
				texts = append(texts, strings.Trim(strings.Join(lines, "\n"), "\n"))
			}
		}
	}
	if len(texts) == 0 {
		t.Fatalf("%s has no licence", name)
	}
	return strings.Join(texts, "\n\n")
}

func goTool(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}
