package readback_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/readback"
)

// findings reads a JSON document of a rate and returns what is wrong with its tables, and the error of a text that is no document.
func findings(t *testing.T, rate string) (found []string, err error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "rates.json")
	document := `{"dataset": {"name": "rates"}, "companies": [], "recipients": [], "sources": [],` + "\n" + ` "rates": [` + rate + "]}"
	if err := os.WriteFile(name, []byte(document), 0o666); err != nil {
		t.Fatal(err)
	}
	reading, err := readback.File(name)
	if err != nil {
		return nil, err
	}
	for _, f := range dataset.Check(reading.Dataset) {
		if f.Table != "" && f.Severity == dataset.Error {
			found = append(found, f.String())
		}
	}
	return found, nil
}

// TestNumbers keeps a number as it is, or tells that it has more digits than a dataset keeps.
func TestNumbers(t *testing.T) {
	for number, want := range map[string]string{
		"1.1": "", "1.10": "", "110e-2": "", "0.012345": "", "1.50000000000000000000": "", "123456789012": "", "12345678901200000e-5": "",
		"0.000000000012345": "0.000000000012345 has more than 6 digits", "12345678901234500000e-5": "123456789012345 has more than 12 digits",
		"1.1234567890123456": "15", "1234567890123456": "15", "0.12345678901234567890": "15", "9007199254740993": "15", "1e400": "units_per_eur", "-1": "units_per_eur",
	} {
		found, err := findings(t, `{"date": "2022-03-01", "currency": "USD", "units_per_eur": `+number+`}`)
		if err != nil {
			t.Fatal(err)
		}
		if isFound := len(found) > 0; isFound != (want != "") || isFound && (!strings.HasPrefix(found[0], "rates.json:2:") || !strings.Contains(found[0], want)) {
			t.Errorf("%s: got %q, want %q", number, found, want)
		}
	}
}

// TestBrokenDocuments are refused with a word on where they break.
func TestBrokenDocuments(t *testing.T) {
	for rate, want := range map[string]string{
		`{"date": "\ud83d"}`: "in line 2, column 22", `{"date": "\ud83dx"}`: "in line 2, column 22", `{"date": "\ude42"}`: "in line 2, column 22",
		`{"date": tru}`: "in line 2, column", `{"date"`: "in line 2, column", `[`: "in line 2, column", `1`: "in line 2, column", `{"date": ["a",`: "in line 2, column",
	} {
		if found, err := findings(t, rate); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q, %v, want an error %s", rate, found, err, want)
		}
	}
	if found, err := findings(t, `{"date": "2022-03-01", "currency": "\ud83d\ude42", "units_per_eur": 1}`); err != nil || len(found) == 0 || !strings.Contains(found[0], "🙂") {
		t.Errorf("a pair: got %q, %v", found, err)
	}
}

// TestLargeJSON refuses a document that claims to be larger than any, before memory is taken for it.
func TestLargeJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.json")
	if err := errors.Join(os.WriteFile(path, nil, 0o666), os.Truncate(path, 1<<40)); err != nil { // without a byte of it on disk
		t.Fatal(err)
	}
	datasettest.Bounded(t, 0, func() {
		if _, err := readback.File(path); err == nil || !strings.Contains(err.Error(), "is too large: 1099511627776 bytes") {
			t.Errorf("got %v", err)
		}
	})
}
