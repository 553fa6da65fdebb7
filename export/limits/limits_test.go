package limits_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestLimitsAreDocumented wants each limit in the table of the documents, as it stands in the source.
func TestLimitsAreDocumented(t *testing.T) {
	source, err := os.ReadFile("limits.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/benchmarks.md")
	if err != nil {
		t.Fatal(err)
	}
	limits := regexp.MustCompile(`(?m)^\t(\w+) += ([\d_]+(?: << \d+)?) +// (.*)$`).FindAllStringSubmatch(string(source), -1)
	if len(limits) < 20 {
		t.Fatalf("%d limits were found", len(limits))
	}
	for _, limit := range limits {
		if row := "| `" + limit[1] + "` | " + limit[2] + " | " + limit[3] + " |\n"; !strings.Contains(string(page), row) {
			t.Errorf("the table lacks the row\n%s", row)
		}
	}
}
