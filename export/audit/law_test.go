package audit_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/audit"
	"haltsheet/export/readback"
)

// lawDraws is how many datasets are drawn: the same ones each time, since each is written in all formats.
const lawDraws = 24

// TestLaws holds drawn datasets, whose texts are long, odd and hostile, to what the commands promise one another: what check lets
// through exports in every format and profile, what exports verifies without a finding, and what verifies is imported without a
// change.
func TestLaws(t *testing.T) {
	drawn := rapid.Custom(datasettest.Draw)
	profiles := []export.Profile{export.Analyst, export.Accessible}
	hold := func(rt *testing.T, seed int) {
		d, err := dataset.Load(drawn.Example(seed))
		if err != nil {
			rt.Fatal(err)
		}
		if err := dataset.Check(d).Err(); err != nil {
			rt.Fatal(err)
		}
		book := export.NewBook(d)
		book.Profile = profiles[seed%len(profiles)]
		dir := filepath.Join(rt.TempDir(), "out")
		if _, err := export.Write(rt.Context(), dir, book, allFormats()); err != nil {
			rt.Fatalf("export: %v", err)
		}
		found, err := audit.Folder(rt.Context(), dir, "")
		if err != nil {
			rt.Fatal(err)
		}
		for _, f := range dataset.All(found) {
			rt.Errorf("verify: %s", f)
		}
		for _, file := range []string{"drawn.xlsx", "json/drawn.json"} {
			reading, err := readback.HandedIn(filepath.Join(dir, filepath.FromSlash(file)), d)
			if err != nil {
				rt.Fatalf("import: %v", err)
			}
			if err := dataset.Check(reading.Dataset).Err(); err != nil {
				rt.Errorf("import: %s: %v", file, err)
			}
			if diff := dataset.Compare(d, reading.Dataset); !diff.IsEmpty() {
				rt.Errorf("import: %s is different: %+v %v", file, diff.Tables, diff.Metadata)
			}
			for _, remark := range reading.Remarks.First {
				rt.Errorf("import: %s: %v", file, remark)
			}
		}
	}
	for seed := range lawDraws {
		t.Run(strconv.Itoa(seed), func(t *testing.T) { hold(t, seed) })
	}
}
