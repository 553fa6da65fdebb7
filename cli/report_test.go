package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"haltsheet/cli"
	"haltsheet/dataset/datasettest"
)

// unusedSources is how many sources of the dataset of these tests back no fact.
const unusedSources = 6200

// manyFindings writes a dataset folder with thousands of findings of one rule, one error and one finding that is excepted.
func manyFindings(t *testing.T, edit func(sources string) string) string {
	t.Helper()
	sources, err := fs.ReadFile(datasettest.Clean(), "sources.csv")
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := fs.ReadFile(datasettest.Clean(), "dataset.json")
	if err != nil {
		t.Fatal(err)
	}
	for i := range unusedSources {
		sources = fmt.Appendf(sources, "unused-%04d,filing,Unused,,2022-03,en,\n", i)
	}
	sources = append(sources, "zz,filing,Unused,,2022-03,english,\n"...)
	exception := `"exceptions": [{"rule": "source-unused", "key": "unused-0000", "reason": "It is kept."}]`
	dir := t.TempDir()
	if err := os.CopyFS(dir, datasettest.CleanWith(map[string][]byte{
		"sources.csv": []byte(edit(string(sources))), "dataset.json": bytes.Replace(metadata, []byte(`"exceptions": []`), []byte(exception), 1),
	})); err != nil {
		t.Fatal(err)
	}
	return dir
}

func asItIs(text string) string { return text }

func check(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := cli.Run(t.Context(), &stdout, &stderr, append([]string{"check"}, args...)...); status != 1 {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	return stdout.String()
}

// TestManyFindings wants people to be shown a thousand findings of a rule, and told of the others; all of them when they ask.
func TestManyFindings(t *testing.T) {
	dir := manyFindings(t, asItIs)
	text := check(t, dir)
	if n := strings.Count(text, "[source-unused]\n"); n != 1001 {
		t.Errorf("%d lines of the rule", n)
	}
	if want := "sources.csv: 5,200 warnings not listed, which --explain source-unused lists [source-unused]\n"; !strings.Contains(text, want) {
		t.Errorf("there is no line %s", want)
	}
	if n := strings.Count(check(t, dir, "--report", "json"), `"rule": "source-unused"`); n != unusedSources {
		t.Errorf("json has %d", n)
	}
	var stdout bytes.Buffer
	if cli.Run(t.Context(), &stdout, &stdout, "check", dir, "--explain", "source-unused"); strings.Count(stdout.String(), "[source-unused]\n") != unusedSources {
		t.Errorf("--explain has %d", strings.Count(stdout.String(), "[source-unused]\n"))
	}
}

// sarifLog is what these tests look at of a SARIF file.
type sarifLog struct {
	Runs []struct {
		Results     []sarifFinding
		Invocations []struct {
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
	}
}

type sarifFinding struct {
	RuleID              string
	Level               string
	PartialFingerprints map[string]string
	Properties          struct{ Key string }
	Suppressions        []struct{ Kind, Justification string }
}

func sarif(t *testing.T, dir string) sarifLog {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(check(t, dir, "--report", "sarif")), &log); err != nil {
		t.Fatal(err)
	}
	return log
}

// TestServicesAreHandedTheWeightiest wants at most 5,000 results, errors first, and what is left out in words.
func TestServicesAreHandedTheWeightiest(t *testing.T) {
	dir := manyFindings(t, asItIs)
	run := sarif(t, dir).Runs[0]
	if len(run.Results) != 5000 || run.Results[0].Level != "error" {
		t.Errorf("%d results, the first of level %s", len(run.Results), run.Results[0].Level)
	}
	told := ""
	for _, n := range run.Invocations[0].ToolExecutionNotifications {
		told += n.Message.Text + "\n"
	}
	if !strings.Contains(told, "sources.csv: 1,201 warnings not listed, which --explain source-unused lists [source-unused]\n") || !strings.Contains(told, "1 finding with an exception not listed\n") {
		t.Errorf("left out: %s", told)
	}
	annotations := check(t, dir, "--report", "github")
	if n := strings.Count(annotations, "::warning ") + strings.Count(annotations, "::error "); n != 5000 || !strings.HasPrefix(annotations, "::error ") {
		t.Errorf("%d annotations: %.40s", n, annotations)
	}
	if !strings.Contains(annotations, "::notice title=haltsheet::sources.csv: 1,201 warnings not listed") {
		t.Errorf("annotations end in %s", annotations[len(annotations)-300:])
	}
}

// TestFingerprintsSurviveMovedLines moves all lines of a file, and wants to know every result again, and no two taken for one.
func TestFingerprintsSurviveMovedLines(t *testing.T) {
	few := func(sources string) string {
		return strings.Join(append(strings.SplitAfter(sources, "\n")[:40:40], "zz,filing,Unused,,2022-03,english,\n"), "")
	}
	moved := func(sources string) string {
		return strings.Replace(few(sources), "unused-0000", "another-1,filing,Another,,2022-03,en,\nunused-0000", 1)
	}
	fingerprints := func(dir string) map[string]sarifFinding {
		all := map[string]sarifFinding{}
		for _, r := range sarif(t, dir).Runs[0].Results {
			all[r.PartialFingerprints["primaryLocationLineHash"]] = r
			if len(r.Suppressions) > 0 && (r.Properties.Key != "unused-0000" || r.Suppressions[0].Justification != "It is kept." || r.Suppressions[0].Kind != "external") {
				t.Errorf("suppressed: %+v", r)
			}
		}
		return all
	}
	before, after := fingerprints(manyFindings(t, few)), fingerprints(manyFindings(t, moved))
	if len(before) < 30 || len(before) != len(sarif(t, manyFindings(t, few)).Runs[0].Results) {
		t.Errorf("%d fingerprints", len(before))
	}
	for fingerprint, r := range before {
		if r.RuleID != "row-order" && after[fingerprint].RuleID != r.RuleID {
			t.Errorf("%s of %s is gone", r.RuleID, r.Properties.Key)
		}
	}
	if key := suppressedKey(before); key != "unused-0000" {
		t.Errorf("suppressed is %q", key)
	}
}

// suppressedKey returns the key of the result that is suppressed.
func suppressedKey(results map[string]sarifFinding) (key string) {
	for _, r := range results {
		if len(r.Suppressions) > 0 {
			key = r.Properties.Key
		}
	}
	return key
}
