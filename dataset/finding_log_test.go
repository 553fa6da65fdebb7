package dataset_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestFindingLog keeps findings with short, long and repeated texts, and wants each of them back as it was added.
func TestFindingLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.SampledFrom([]string{"", "halts.csv", "the row is blank", strings.Repeat("long ", 300)}),
			rapid.String(),
		)
		place := rapid.Custom(func(t *rapid.T) dataset.Place {
			return dataset.Place{
				File: text.Draw(t, "file"), Sheet: text.Draw(t, "sheet"), Cell: text.Draw(t, "cell"),
				Line: rapid.IntRange(0, 1<<40).Draw(t, "line"), Column: rapid.IntRange(0, 300).Draw(t, "column"),
			}
		})
		want := rapid.SliceOf(rapid.Custom(func(t *rapid.T) dataset.Finding {
			return dataset.Finding{
				Rule: "X" + text.Draw(t, "rule"), Severity: dataset.Severity(rapid.IntRange(0, 2).Draw(t, "severity")), Place: place.Draw(t, "place"),
				Table: text.Draw(t, "table"), Key: text.Draw(t, "key"), Field: text.Draw(t, "field"), Value: text.Draw(t, "value"),
				Message: text.Draw(t, "message"), Hint: text.Draw(t, "hint"), Related: rapid.SliceOfN(place, 0, 3).Draw(t, "related"),
			}
		})).Draw(t, "findings")
		var first, all dataset.FindingLog
		for _, f := range want {
			first.Add(f)
		}
		all.AddAll(&first)
		same := cmp.Options{cmpopts.IgnoreUnexported(dataset.Finding{}), cmpopts.EquateEmpty()}
		if diff := cmp.Diff(dataset.Findings(want), dataset.All(&all), same); diff != "" {
			t.Fatalf("-added +kept:\n%s", diff)
		}
		for i := range want {
			if got := all.Kind(i); got != dataset.Findings(want).Kind(i) {
				t.Errorf("finding %d is counted as %+v", i, got)
			}
		}
	})
}

// TestFaultsOfTheFormAreAllTold wants each of thousands of rows that are none to be a finding of its own, with its place.
func TestFaultsOfTheFormAreAllTold(t *testing.T) {
	const n = 3000
	clean := datasettest.CleanWith(nil)["companies.csv"].Data
	first := bytes.Count(clean, []byte("\n")) + 1
	d := load(t, datasettest.CleanWith(map[string][]byte{"companies.csv": slices.Concat(clean, bytes.Repeat([]byte("\nx\na\"b\n"), n))}))
	findings := dataset.Check(d)
	counts := map[string]int{}
	for i, f := range findings {
		if counts[f.Rule]++; f.Line != first+i {
			t.Fatalf("finding %d is %s", i, f)
		}
	}
	if want := map[string]int{"row-length": 2 * n, "csv-syntax": n}; !cmp.Equal(counts, want) {
		t.Errorf("got %v, want %v", counts, want)
	}
}
