//go:build conformance

package cli_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
)

// step is a step of the action for GitHub.
type step struct {
	Name  string
	Uses  string
	Shell string
	Env   map[string]string
	Run   string
}

// TestConformanceAction runs the scripts of the action on a change of a dataset in a repository: what is at fault is
// annotated and fails the check, and what is well is told as what it changes.
func TestConformanceAction(t *testing.T) {
	for _, change := range []struct {
		name, old, new              string
		status, annotation, summary string
	}{
		{"at fault", ",USD,", ",,", "1", "::error file=some data/donations.csv,line=2,col=", "has errors to mend first"},
		{"well", ",cash,", ",pledge,", "0", "", "pledge"},
	} {
		t.Run(change.name, func(t *testing.T) {
			work, base := repository(t, func(data string) {
				donations := filepath.Join(data, "donations.csv")
				if err := os.WriteFile(donations, []byte(strings.Replace(read(t, donations), change.old, change.new, 1)), 0o666); err != nil {
					t.Fatal(err)
				}
			})
			temp := t.TempDir()
			told := runAction(t, work, temp, base, change.status)
			if !strings.Contains(told, change.annotation) {
				t.Errorf("no annotation stands at the line at fault:\n%s", told)
			}
			if got := read(t, filepath.Join(temp, "output")); got != "status="+change.status+"\n" {
				t.Errorf("the check says %q, want status %s", got, change.status)
			}
			if !json.Valid([]byte(read(t, filepath.Join(temp, "haltsheet.sarif")))) {
				t.Error("the SARIF report is no JSON")
			}
			if summary := read(t, filepath.Join(temp, "summary")); !strings.Contains(summary, change.summary) {
				t.Errorf("the summary does not tell of %q:\n%s", change.summary, summary)
			}
		})
	}
}

// repository makes a git repository that holds a clean dataset, lets a function change the dataset after the first commit,
// and returns the folder and that commit.
func repository(t *testing.T, change func(data string)) (work, base string) {
	t.Helper()
	work = t.TempDir()
	data := filepath.Join(work, "some data")
	if err := completeFolder(data, datasettest.Clean()); err != nil {
		t.Fatal(err)
	}
	git := func(args ...string) string {
		out, err := exec.CommandContext(t.Context(), "git", append([]string{"-C", work}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	git("init", "--quiet")
	git("add", ".")
	git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "before")
	git("remote", "add", "origin", work)
	change(data)
	return work, git("rev-parse", "HEAD")
}

// runAction runs the scripts of the action in a folder and returns what the check prints. The last one, and no other, ends
// with the status of the check.
func runAction(t *testing.T, work, temp, base, status string) (told string) {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	expressions := strings.NewReplacer(
		"${{ github.action_path }}", root, "${{ inputs.data }}", "some data", "${{ inputs.strict }}", "true",
		"${{ github.event.pull_request.base.sha }}", base, "${{ steps.check.outputs.status }}", status,
	)
	for _, s := range actionSteps(t) {
		if s.Run == "" || strings.HasPrefix(s.Name, "Comment") {
			continue // another action, or the service that shows the comment
		}
		run := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		run.Dir = work
		run.Env = append(run.Environ(), "RUNNER_TEMP="+temp,
			"GITHUB_OUTPUT="+filepath.Join(temp, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary"))
		for name, value := range s.Env {
			run.Env = append(run.Env, name+"="+expressions.Replace(value))
		}
		out, err := run.CombinedOutput()
		want := 0
		if s.Name == "Pass or fail" && status == "1" {
			want = 1
		}
		if got := run.ProcessState.ExitCode(); got != want {
			t.Fatalf("%s: %v\n%s", s.Name, err, out)
		}
		if s.Name == "Check" {
			told = string(out)
		}
	}
	return told
}

// actionSteps reads the steps of the action.
func actionSteps(t *testing.T) (steps []step) {
	t.Helper()
	const toJSON = `import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))["runs"]["steps"]))`
	out, err := exec.CommandContext(t.Context(), "/usr/bin/python3", "-c", toJSON, "../action.yml").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &steps); err != nil {
		t.Fatal(err)
	}
	return steps
}

// TestConformanceWorkflow holds the workflow in the documents, which uses this action, to actionlint, and both to the schemas that editors use.
func TestConformanceWorkflow(t *testing.T) {
	workflows := regexp.MustCompile("(?s)```yaml\n(name: .*?)```").FindAllStringSubmatch(read(t, "../docs/pull-requests.md"), -1)
	if len(workflows) != 1 {
		t.Fatalf("found %d workflows, want 1", len(workflows))
	}
	work := t.TempDir()
	action := filepath.Join(work, "action.yml")
	if err := os.WriteFile(action, []byte(read(t, "../action.yml")), 0o666); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(work, ".github", "workflows")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	ours := regexp.MustCompile(`OWNER/haltsheet@\S+`).ReplaceAllString(workflows[0][1], "./")
	if err := os.WriteFile(filepath.Join(folder, "data.yml"), []byte(ours), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "git", "init", "--quiet", work).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lint := exec.CommandContext(t.Context(), tool(t, "bin/actionlint"))
	lint.Dir = work
	if out, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	holdToSchema(t, "vendor.github-workflows", filepath.Join(folder, "data.yml"))
	holdToSchema(t, "vendor.github-actions", action)
}

// tool returns what .ci/run installs in the folder of tools.
func tool(t *testing.T, path string) string {
	t.Helper()
	tools := os.Getenv("HALTSHEET_TOOLS")
	if tools == "" {
		t.Fatal("HALTSHEET_TOOLS does not name the folder of the tools; .ci/run sets it")
	}
	return filepath.Join(tools, filepath.FromSlash(path))
}

// holdToSchema holds a file to one of the schemas that check-jsonschema has.
func holdToSchema(t *testing.T, schema, file string) {
	t.Helper()
	foreign(t, tool(t, "venv/bin/check-jsonschema"), "--builtin-schema", schema, file)
}

// foreign runs a program of others, which is to find no fault.
func foreign(t *testing.T, program string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Env = append(command.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
