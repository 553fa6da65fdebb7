package release_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"haltsheet/dataset"
	"haltsheet/export/exporttest"
	"haltsheet/export/release"
)

// TestMayShrink holds the gate to the rows that are gone: just as many as may be are let through, and new rows make up for none. A row with
// another key is not gone.
func TestMayShrink(t *testing.T) {
	const first, second = "borealis-donation-1,borealis,,2022-03-03?,in_kind,250000.5,,EUR,,,,,,Blankets.,gazette-2022-12;herald-2022-03-09,\n",
		"borealis-donation-2,borealis,,2022,cash,,,,,,,unhcr,,A sum that nobody names.,gazette-2022-12;herald-2022-03-09,\n"
	added := strings.NewReplacer("donation-1", "donation-8", "Blankets", "Tents", "250000.5", "5000").Replace(first)
	previous := filepath.Join(t.TempDir(), "previous")
	must(t, exporttest.Publish(t.Context(), previous, "", edition(0), 20, exporttest.Unread))
	before, err := release.Open(t.Context(), previous)
	must(t, err)
	for _, test := range []struct {
		what          string
		before, after string
		mayShrink     int
		refused       bool
	}{
		{"one of five", second, "", 20, false},
		{"one of five", second, "", 19, true},
		{"two of five", first + second, "", 40, false},
		{"two of five", first + second, "", 39, true},
		{"one of five, and another is new", first, added, 20, false},
		{"one of five, and another is new", first, added, 19, true},
		{"one has another key", "borealis-donation-2,", "borealis-donation-7,", 0, false},
		{"none", "borealis-donation-2,", "borealis-donation-2,", 0, false},
		{"two of five", first + second, "", 100, false},
	} {
		files := edition(0)
		replace(files, "dataset.json", `"version": "1.0.0"`, `"version": "1.9.0"`)
		replace(files, "donations.csv", test.before, test.after)
		err := gate(t, files, before, test.mayShrink)
		if refusal, ok := errors.AsType[*release.Refusal](err); ok != test.refused || ok && !strings.Contains(refusal.Problem, "of 5 rows") {
			t.Errorf("%s with %d %%: got %v", test.what, test.mayShrink, err)
		}
	}
}

// gate holds a dataset to the gate, behind a release.
func gate(t *testing.T, files fstest.MapFS, before *release.Previous, mayShrink int) error {
	t.Helper()
	d, err := dataset.Load(files)
	must(t, err)
	r, err := release.New(d, dataset.Findings{}, before)
	must(t, err)
	return r.Gate(mayShrink)
}

// TestVersionsThatClaimTooLittle holds the gate to semantic versions: a candidate comes before its release, and what stands behind
// a plus is no part of the order.
func TestVersionsThatClaimTooLittle(t *testing.T) {
	for _, test := range []struct {
		before, now string
		refused     bool
	}{
		{"1.0.0", "1.0.0", true},
		{"1.0.0", "1.0.1", true}, // a row is new, which asks for 1.1.0
		{"1.0.0", "1.1.0", false},
		{"1.0.0", "1.1.0-rc.1", true},
		{"1.0.0", "1.1.0-0", true},
		{"1.0.0", "1.1.1-rc.1", false},
		{"1.0.0", "2.0.0-rc.1", false},
		{"1.0.0", "1.1.0+7", false},
		{"1.0.0", "1.0.0+8.1", true},
		{"1.0.0", "1.1.0-rc.1+7", true},
		{"1.9.0", "1.10.0", false},
		{"1.9.0", "1.9.9", true},
		{"1.10.0+build-3", "1.11.0", false},
		{"1.10.0+build-3", "1.10.1+build-4", true},
		{"2.0.0-rc.1", "2.1.0", false},
	} {
		previous := filepath.Join(t.TempDir(), "previous")
		must(t, exporttest.Publish(t.Context(), previous, "", versioned(0, test.before), 20, exporttest.Unread))
		before, err := release.Open(t.Context(), previous)
		must(t, err)
		err = gate(t, versioned(1, test.now), before, 5)
		if refusal, ok := errors.AsType[*release.Refusal](err); ok != test.refused || ok && !strings.Contains(refusal.Problem, "claims less") {
			t.Errorf("%s behind %s: got %v", test.now, test.before, err)
		}
	}
}

// versioned is an edition with another version.
func versioned(minor int, version string) fstest.MapFS {
	files := edition(minor)
	replace(files, "dataset.json", fmt.Sprintf(`"version": "1.%d.0"`, minor), fmt.Sprintf(`"version": %q`, version))
	return files
}
