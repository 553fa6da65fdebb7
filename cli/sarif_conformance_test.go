//go:build conformance

package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
)

// TestConformanceSARIF holds a report with findings of all weights to the schema of SARIF and to the rules of Microsoft's validator, which then
// has nothing to warn of but what the program does not have: an address in the web, and a number for a version that was never released.
func TestConformanceSARIF(t *testing.T) {
	validator := tool(t, "node_modules/@microsoft/sarif-multitool-linux")
	work := t.TempDir()
	data := filepath.Join(work, "data")
	if err := completeFolder(data, datasettest.Clean()); err != nil {
		t.Fatal(err)
	}
	donations := filepath.Join(data, "donations.csv")
	if err := os.WriteFile(donations, []byte(strings.Replace(read(t, donations), ",USD,", ",usd,", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(work, "report.sarif")
	output(t, work, "haltsheet check data --report sarif >report.sarif")
	foreign(t, tool(t, "venv/bin/check-jsonschema"), "--schemafile", filepath.Join(validator, "sarif-2.1.0.json"), report)
	told := filepath.Join(work, "told.sarif")
	foreign(t, filepath.Join(validator, "Sarif.Multitool"), "validate", report, "--output", told)
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID  string
				Message struct{ ID string }
			}
		}
	}
	if err := json.Unmarshal([]byte(read(t, told)), &log); err != nil {
		t.Fatal(err)
	}
	for _, result := range log.Runs[0].Results {
		if id := result.Message.ID; id != "Warning_ProvideToolnformationUri" && id != "Warning_UseNumericToolVersions" {
			t.Errorf("%s: %s", result.RuleID, id)
		}
	}
}
