package dataset_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// cleanMetadata is the dataset.json of the clean dataset.
func cleanMetadata(t testing.TB) string {
	t.Helper()
	text, err := fs.ReadFile(datasettest.Clean(), dataset.MetadataFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestMetadataPositions puts a fault into the clean dataset.json, with ∑ where its finding must point.
func TestMetadataPositions(t *testing.T) {
	tests := []struct {
		name, old, new string
		message        string
	}{
		{"string for a number", `"title": "A clean dataset"`, `"title": ∑1`, `"title" is a JSON number, where a string belongs`},
		{"object for an array", `"exceptions": []`, `"exceptions": ∑{}`, `"exceptions" is a JSON object, where an array belongs`},
		{"array for an object", `"minimum_rows": {`, `"minimum_rows": ∑[], "codes": {`, `"minimum_rows" is a JSON array, where an object belongs`},
		{"string for a whole number", `"rates": 1`, `"rates": ∑"1"`, `"minimum_rows/rates" is a JSON string, where a whole number belongs`},
		{"fraction for a whole number", `"rates": 1`, `"rates": ∑1.5`, `"minimum_rows/rates" is a JSON number 1.5, where a whole number belongs`},
		{"number in a list", `"BY"`, `∑7`, `"coverage/countries/1" is a JSON number, where a string belongs`},
		{"string for an object in a list", `"licenses": [`, `"licenses": [∑"MIT",`, `"licenses/0" is a JSON string, where an object belongs`},
		{"number deep in a list", `"The editors",`, `∑8,`, `"contributors/0/title" is a JSON number, where a string belongs`},
		{"boolean behind wide characters", `"rounding_policy": "Cents, half away from zero."`, `"š🙂": "é", "rounding_policy": ∑true`, `"rounding_policy" is a JSON bool, where a string belongs`},
		{"unknown key", `"homepage": "`, `"home_page": ∑"`, `there is no key "home_page" in dataset.json`},
		{"unknown nested key", `"end": "2022-12-31"`, `"end": "2022-12-31", "until": ∑{"year": 2022}`, `there is no key "coverage/until" in dataset.json`},
		{"key in other case", `"homepage": "`, `"Homepage": ∑"`, `there is no key "Homepage" in dataset.json`},
		{"nested key in other case", `"start": "`, `"start": "2022-02-24", "START": ∑"`, `there is no key "coverage/START" in dataset.json`},
		{"unknown key in a list", `"roles": [`, `"role": ∑[`, `there is no key "contributors/0/role" in dataset.json`},
		{"key that looks like a path", `"homepage": "`, `"coverage/start": ∑"`, `there is no key "coverage~1start" in dataset.json`},
		{"repeated key", `"homepage": "`, `"version":  ∑"`, `the key "version" is there twice`},
		{"repeated nested key", `"end": "2022-12-31"`, `"end": "2022-12-31", "start": ∑"2022-12-31"`, `the key "coverage/start" is there twice`},
		{"missing comma", `"homepage"`, `"x": 1 ∑"homepage"`, ""},
		{"missing colon", `"homepage": "`, `"homepage" ∑"`, ""},
		{"missing value", `"homepage": "https://example.org/",`, `"homepage": ∑,`, ""},
		{"comma too many", "\n      \"BY\"\n    ]", "\n\"BY\", ∑]", ""},
		{"unquoted word", `"A clean dataset",`, `∑clean,`, "dataset.json is not JSON: invalid character 'c' looking for beginning of value"},
		{"text behind the end", "\n}\n", "\n}\n∑{}\n", "dataset.json is not JSON: invalid character '{' after top-level value"},
		{"empty title", `"A clean dataset",`, `∑"",`, `"title" is missing`},
		{"version", `"1.0.0"`, `∑"v1"`, `version "v1" is not a semantic version`},
		{"day that is none", `"2022-04-01"`, `∑"2022-02-30"`, `released "2022-02-30" is not a calendar day YYYY-MM-DD`},
		{"control character", `"editors@example.org"`, `∑"a\tb"`, `"contact" holds the control character U+0009`},
		{"text too long", `"test"`, `"a", ∑"` + strings.Repeat("🙂", 16384) + `"`, `"keywords/1" has 32768 UTF-16 code units, more than the 32767 of a worksheet cell`},
		{"missing key", "{\n  \"name\": \"clean\",", "∑{", `name "" is not a key that can name files`},
		{"missing nested key", "{\n    \"start\": \"2022-02-24\",", "∑{", `coverage/start "" is not a calendar day YYYY-MM-DD`},
		{"object for a string", `"A clean dataset",`, `∑{"en": "A clean dataset"},`, `"title" is a JSON object, where a string belongs`},
		{"code that is there twice", `"exceptions": []`, `"codes": {"activity": [{"code": "a", "definition": "A."}, ∑{"code": "a", "definition": "B."}]}, "exceptions": []`, `code "a" is there twice`},
		{"label that is there twice", `"exceptions": []`, `"codes": {"activity": [{"code": "a", "label": "Sales", "definition": "A."}, ∑{"code": "sales", "definition": "B."}]}, "exceptions": []`, `label "Sales" of code "sales" is that of another code`},
		{"codes that are none", `"exceptions": []`, `"codes": {"activity": ∑[]}, "exceptions": []`, `codes "activity" has no codes`},
		{"name of a device", `"name": "clean"`, `"name": ∑"lpt9"`, `name "lpt9" is that of a device of Windows, where no file can have it, whatever its extension`},
		{"homepage that runs", `"https://example.org/"`, `∑"javascript:alert(1)"`, `homepage "javascript:alert(1)" is not an absolute http or https address`},
		{"homepage with data", `"https://example.org/"`, `∑"data:text/html,x"`, `homepage "data:text/html,x" is not an absolute http or https address`},
		{"path of a licence that runs", `"https://creativecommons.org/licenses/by/4.0/"`, `∑"vbscript:x"`, `licenses/0/path "vbscript:x" is not an absolute http or https address`},
		{"path of a contributor on a disk", `"title": "The editors"`, `"title": "The editors", "path": ∑"file:///etc/passwd"`, `contributors/0/path "file:///etc/passwd" is not an absolute http or https address`},
		{"long code", `"exceptions": []`, `"codes": {"activity": [∑{"code": "` + strings.Repeat("a", 65) + `", "definition": "A."}]}, "exceptions": []`, `code "` + strings.Repeat("a", 65) + `" is longer than 64 characters`},
		{"half of a pair", `"editors@example.org"`, `∑"a\\\ud83d\ude00 \ud83d"`, `"contact" holds \ud83d, half of a surrogate pair, which is no character`},
		{"other half of a pair", `"editors@example.org"`, `∑"\uDE00\ud83d"`, `"contact" holds \uDE00, half of a surrogate pair, which is no character`},
		{"lost character", `"editors@example.org"`, `∑"caf�"`, `"contact" has lost its character 4: it is U+FFFD`},
		{"invisible character", `"test"`, `"ok", ∑"te\u200bst"`, `"keywords/1" is not as it looks: its character 3 is a zero-width space (U+200B), which nobody sees`},
		{"colour by name", `"exceptions": []`, `"exceptions": [], "hue": ∑"navy"`, `hue "navy" is not a colour`},
		{"colour that is too light", `"exceptions": []`, `"exceptions": [], "accent": ∑"#ffa500"`, `accent #ffa500 has a contrast of 2.0 to 1 with white, less than the 4.5 of WCAG`},
		{"unknown country", `"BY"`, `∑"XX"`, `"XX" is not a country code of ISO 3166-1 alpha-2`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			clean := cleanMetadata(t)
			if strings.Count(clean, test.old) != 1 {
				t.Fatalf("%q is not in the clean dataset.json once", test.old)
			}
			marked := strings.Replace(clean, test.old, test.new, 1)
			before, after, _ := strings.Cut(marked, "∑")
			_, findings := dataset.ReadMetadata(before + after)
			wanted := place(dataset.MetadataFile, marked)
			for _, f := range findings {
				if f.Place == wanted && (test.message == "" || f.Message == test.message) {
					return
				}
			}
			t.Errorf("want %s: %s, got:\n%s", wanted, test.message, printed(findings))
		})
	}
}

// TestMetadataOneFaultOneFinding wants no second finding on what is said already.
func TestMetadataOneFaultOneFinding(t *testing.T) {
	for old, faulty := range map[string]string{
		`"title": "A clean dataset"`: `"title": 1`, `"start": "2022-02-24"`: `"start": 2022`, `"rates": 1`: `"rates": "1"`, `"homepage"`: `"Homepage"`,
	} {
		_, findings := dataset.ReadMetadata(strings.Replace(cleanMetadata(t), old, faulty, 1))
		if len(findings) != 1 {
			t.Errorf("%s: want one finding, got:\n%s", faulty, printed(findings))
		}
	}
}

func TestMetadataThatIsNoObject(t *testing.T) {
	for _, text := range []string{"", " ", "[]", "1", `"x"`, "nul", "{", `{"a"`, `{"a":`, "{]", "\x00", strings.Repeat("[", 20000)} {
		if _, findings := dataset.ReadMetadata(text); len(findings) != 1 || findings[0].Rule != "metadata" || findings[0].Line < 1 {
			t.Errorf("%.20q: want one finding, got:\n%s", text, printed(findings))
		}
	}
}

func TestMarshalMetadataIsCanonical(t *testing.T) {
	clean := cleanMetadata(t)
	m, _ := dataset.ReadMetadata(clean)
	got, err := dataset.MarshalMetadata(m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(clean, string(got)); diff != "" {
		t.Errorf("dataset.json in canonical form (-want +got):\n%s", diff)
	}
}

// TestMarshalMetadataLeavesNoNulls writes metadata of which nothing is known.
func TestMarshalMetadataLeavesNoNulls(t *testing.T) {
	b, err := dataset.MarshalMetadata(dataset.Metadata{Contributors: []dataset.Contributor{{}}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "null") {
		t.Errorf("want empty lists and objects, got:\n%s", b)
	}
}

func TestMetadataRoundTrip(t *testing.T) {
	text := rapid.OneOf(rapid.StringOf(rapid.RuneFrom(nil, unicode.L, unicode.P, unicode.S, unicode.Zs)), rapid.SampledFrom([]string{"", "<b>&amp;</b>", "a/b", `"`, "🙂", "a\nb"}))
	texts := rapid.SliceOfN(text, 0, 3)
	days := rapid.SampledFrom([]string{"2022-02-24", "2022-12-31"})
	address := rapid.SampledFrom([]string{"", "https://example.org/?a=\"<&>\"#b", "http://example.org:8080"})
	rapid.Check(t, func(t *rapid.T) {
		known := rapid.StringMatching(`\pL[\pL &<>"\\]*`)
		want := dataset.Metadata{
			Name: "drawn", Title: known.Draw(t, "title"), Description: known.Draw(t, "description"), Version: "1.0.0-rc.1", Released: days.Draw(t, "released"),
			Homepage: address.Draw(t, "homepage"), Citation: text.Draw(t, "citation"), RatesNote: text.Draw(t, "note"),
			Licenses:     []dataset.License{{Name: text.Draw(t, "license"), Path: address.Draw(t, "path")}},
			Contributors: []dataset.Contributor{{Title: text.Draw(t, "contributor")}},
			Keywords:     append([]string{}, texts.Draw(t, "keywords")...),
			Coverage:     dataset.Coverage{Start: "2022-02-24", End: days.Draw(t, "end"), Countries: []string{"RU"}},
			BaseCurrency: "EUR", MinimumRows: map[string]int{"rates": rapid.IntRange(0, 9).Draw(t, "minimum")},
			Exceptions: []dataset.Exception{{Rule: "row-order", Table: "rates", Key: text.Draw(t, "key"), Reason: known.Draw(t, "reason")}},
			Codes:      map[string][]dataset.Code{"sector": {{Code: "a_b", Label: text.Draw(t, "label"), Definition: known.Draw(t, "definition")}}},
		}
		b, err := dataset.MarshalMetadata(want)
		if err != nil || !json.Valid(b) {
			t.Fatalf("%v: %s", err, b)
		}
		got, findings := dataset.ReadMetadata(string(b))
		if slices.ContainsFunc(findings, func(f dataset.Finding) bool { return f.Rule == "metadata" }) { // which are no warnings
			t.Fatalf("want no errors, got:\n%s", printed(findings))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("metadata (-want +got):\n%s", diff)
		}
	})
}

// TestLoadMetadataReadsNoTable: what dataset.json says is there without the tables, which need not be read for it.
func TestLoadMetadataReadsNoTable(t *testing.T) {
	whole := load(t, datasettest.Clean())
	got, err := dataset.LoadMetadata(fstest.MapFS{dataset.MetadataFile: &fstest.MapFile{Data: []byte(cleanMetadata(t))}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole.Metadata, got); diff != "" {
		t.Errorf("-whole +alone\n%s", diff)
	}
}
