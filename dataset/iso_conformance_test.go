//go:build conformance

package dataset_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset"
)

// An outsider is a code that only one of two tables has, with the reason.
// A code that both have, or neither, is no outsider any more and fails the test.
type outsiders map[string]string

// TestConformanceCountries holds the countries against Debian's iso-codes: the
// same codes, and no word in a name that its names for the country lack.
func TestConformanceCountries(t *testing.T) {
	var file struct {
		Countries []struct {
			Code         string `json:"alpha_2"`
			Name         string `json:"name"`
			CommonName   string `json:"common_name"`
			OfficialName string `json:"official_name"`
		} `json:"3166-1"`
	}
	readISOCodes(t, "iso_3166-1.json", &file)
	theirs := map[string]string{}
	for _, c := range file.Countries {
		theirs[c.Code] = strings.Join([]string{c.Name, c.CommonName, c.OfficialName}, "; ")
	}
	ours := maps.Collect(dataset.Countries())
	compareCodes(t, ours, theirs, nil)
	for code, name := range ours {
		for word := range strings.FieldsSeq(name) {
			if !strings.Contains(theirs[code], word) {
				t.Errorf("%s is %q here, %q there", code, name, theirs[code])
			}
		}
	}
}

// TestConformanceCurrencies holds the currency codes against Debian's iso-codes.
func TestConformanceCurrencies(t *testing.T) {
	var file struct {
		Currencies []struct {
			Code string `json:"alpha_3"`
			Name string `json:"name"`
		} `json:"4217"`
	}
	readISOCodes(t, "iso_4217.json", &file)
	theirs := map[string]string{}
	for _, c := range file.Currencies {
		theirs[c.Code] = c.Name
	}
	reasons := withoutMinorUnit()
	reasons["CUC"] = "withdrawn 2021-06, before any record"
	reasons["XAD"] = "assigned 2025-05-12, by amendment 179"
	reasons["XCG"] = "assigned 2025-03-31, by amendment 176"
	reasons["ZWG"] = "assigned 2024-06-25, by amendment 177"
	ours := maps.Collect(dataset.Currencies())
	compareCodes(t, ours, theirs, reasons)
	compareNames(t, ours, theirs)
}

// TestConformanceMinorUnits holds the minor units, and the codes and names once
// more, against the npm package currency-codes, made from ISO's own list.
func TestConformanceMinorUnits(t *testing.T) {
	var list []struct {
		Code   string `json:"code"`
		Name   string `json:"currency"`
		Digits int    `json:"digits"`
	}
	readNode(t, `require("currency-codes/data")`, &list)
	theirs := map[string]string{}
	for _, c := range list {
		theirs[c.Code] = strings.TrimSpace(c.Name)
		if digits, ok := dataset.MinorUnits(c.Code); ok && digits != c.Digits {
			t.Errorf("MinorUnits(%q) = %d, want %d", c.Code, digits, c.Digits)
		}
	}
	reasons := withoutMinorUnit()
	reasons["CUC"] = "withdrawn 2021-06, before any record"
	reasons["HRK"] = "withdrawn 2023-01-01, used in 2022"
	reasons["SLL"] = "withdrawn 2023-12-31, used in 2022"
	reasons["XAD"] = "assigned 2025-05-12, by amendment 179"
	reasons["XCG"] = "assigned 2025-03-31, by amendment 176"
	reasons["ZWL"] = "withdrawn 2024-09-01, used in 2022"
	ours := maps.Collect(dataset.Currencies())
	compareCodes(t, ours, theirs, reasons)
	compareNames(t, ours, theirs)
}

// withoutMinorUnit holds the codes that ISO 4217 lists with minor unit "N.A.".
func withoutMinorUnit() outsiders {
	reasons := outsiders{}
	for code := range strings.FieldsSeq("XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX") {
		reasons[code] = "no minor unit, so no amounts"
	}
	return reasons
}

func compareCodes(t *testing.T, ours, theirs map[string]string, reasons outsiders) {
	t.Helper()
	all := maps.Clone(ours)
	maps.Copy(all, theirs)
	for _, code := range slices.Sorted(maps.Keys(all)) {
		_, here := ours[code]
		_, there := theirs[code]
		if reason := reasons[code]; here != there && reason == "" {
			t.Errorf("%s (%s): here %t, there %t", code, all[code], here, there)
		}
	}
	for code, reason := range reasons {
		_, here := ours[code]
		_, there := theirs[code]
		if here == there {
			t.Errorf("%s (%s) needs no reason any more: here %t, there %t", code, reason, here, there)
		}
	}
}

func compareNames(t *testing.T, ours, theirs map[string]string) {
	t.Helper()
	for code, name := range ours {
		if want, ok := theirs[code]; ok && name != want {
			t.Errorf("%s is %q here, %q there", code, name, want)
		}
	}
}

// readISOCodes reads a file of Debian's package iso-codes.
func readISOCodes(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("/usr/share/iso-codes/json", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// readNode reads the value of a JavaScript expression that may require the
// modules which .ci/run installs into $HALTSHEET_TOOLS.
func readNode(t *testing.T, expression string, into any) {
	t.Helper()
	tools := os.Getenv("HALTSHEET_TOOLS")
	if tools == "" {
		t.Fatal("HALTSHEET_TOOLS does not name the folder of the node modules; .ci/run sets it")
	}
	cmd := exec.CommandContext(t.Context(), "node", "--print", "JSON.stringify("+expression+")")
	cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(tools, "node_modules"))
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("node: %v", err)
	}
}
