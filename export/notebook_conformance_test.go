//go:build conformance

package export_test

import (
	"strings"
	"testing"
)

// TestConformanceNotebook executes the notebook of a release: no output is stored, there are three charts, and the headline that it computes
// is that of the summary, or its last cell fails.
func TestConformanceNotebook(t *testing.T) {
	var ran struct {
		Stored, Charts int
		Said           string
	}
	dir := releaseOf(t, "halted-activities")
	foreign(t, dir, "notebook.py", &ran, dir)
	if ran.Stored != 0 || ran.Charts != 3 || !strings.Contains(ran.Said, "euros of own cash, as the summary says") {
		t.Errorf("got %+v", ran)
	}
}
