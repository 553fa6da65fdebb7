package dataset_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestExceptions excepts findings of two companies of nearly one name, which is a pair, and one unused recipient.
func TestExceptions(t *testing.T) {
	const companies = "company_id,name,parent_id,country,sector,note\nacme,Acme,,US,retail,\nacme-games,ACME,acme,JP,video-games,\nborealis,Borealis,,FI,energy,\n"
	const recipients = "recipient_id,name,type,country,note\nred-cross,Red Cross,ngo,CH,\nunhcr,UNHCR,un_agency,CH,\nz1,One,ngo,,\nz2,Two,ngo,,\n"
	similar, z1, z2 := "companies.csv:3:12 similar-names", "recipients.csv:4:1 recipient-unused", "recipients.csv:5:1 recipient-unused"
	unused := "dataset.json:1:%d exception-unused"
	tests := []struct {
		name, exception string
		want            []string
	}{
		{"one row", `{"rule": "recipient-unused", "table": "recipients", "key": "z1", "field": "recipient_id", "reason": "r"}`, []string{similar, z2}},
		{"all of a rule", `{"rule": "recipient-unused", "reason": "r"}`, []string{similar}},
		{"pair", `{"rule": "similar-names", "table": "companies", "key": "acme-games", "other_key": "acme", "reason": "r"}`, []string{z1, z2}},
		{"pair the other way", `{"rule": "similar-names", "key": "acme", "other_key": "acme-games", "reason": "r"}`, []string{z1, z2}},
		{"pair by one key", `{"rule": "similar-names", "key": "acme", "reason": "r"}`, []string{z1, z2}},
		{"other pair", `{"rule": "similar-names", "key": "acme", "other_key": "borealis", "reason": "r"}`, []string{unused, similar, z1, z2}},
		{"other table", `{"rule": "similar-names", "table": "recipients", "key": "acme", "reason": "r"}`, []string{unused, similar, z1, z2}},
		{"other field", `{"rule": "recipient-unused", "field": "name", "reason": "r"}`, []string{unused, similar, z1, z2}},
		{"other key", `{"rule": "recipient-unused", "key": "unhcr", "reason": "r"}`, []string{unused, similar, z1, z2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var metadata map[string]any
			if err := json.Unmarshal([]byte(cleanMetadata(t)), &metadata); err != nil {
				t.Fatal(err)
			}
			metadata["exceptions"] = []json.RawMessage{json.RawMessage(test.exception)}
			text, err := json.Marshal(metadata)
			if err != nil {
				t.Fatal(err)
			}
			column := strings.Index(string(text), `"exceptions":[`) + len(`"exceptions":[`) + 1
			want := slices.Clone(test.want)
			want[0] = strings.Replace(want[0], "%d", fmt.Sprint(column), 1)
			var got []string
			for _, f := range check(t, datasettest.CleanWith(map[string][]byte{
				dataset.MetadataFile: text, "companies.csv": []byte(companies), "recipients.csv": []byte(recipients),
			})) {
				got = append(got, f.Place.String()+" "+f.Rule)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestExceptionsHideNoError excepts what is an error, by rule, and by rule and key: the error stays, and the exception is one too.
func TestExceptionsHideNoError(t *testing.T) {
	halts := bytes.Replace(datasettest.CleanWith(nil)["halts.csv"].Data, []byte("acme-games-1,acme-games,"), []byte("acme-games-1,nobody,"), 1)
	for _, exception := range []string{
		`{"rule": "foreign-key", "reason": "r"}`,
		`{"rule": "foreign-key", "table": "halts", "key": "acme-games-1", "field": "company_id", "reason": "r"}`,
	} {
		metadata := strings.Replace(cleanMetadata(t), `"exceptions": []`, `"exceptions": [`+exception+`]`, 1)
		findings := check(t, datasettest.CleanWith(map[string][]byte{dataset.MetadataFile: []byte(metadata), "halts.csv": halts}))
		for _, want := range []string{"foreign-key", "metadata"} {
			if !slices.ContainsFunc(findings, func(f dataset.Finding) bool { return f.Rule == want }) {
				t.Errorf("%s: no finding of %s in %v", exception, want, findings)
			}
		}
	}
}

// TestSimilarNames: a name is told by more than its legal forms, unless it has nothing else; one without a letter is like no other.
func TestSimilarNames(t *testing.T) {
	tests := []struct {
		name, other string
		similar     bool
	}{
		{"Acme Holding AG", "Acme", true},
		{"Group", "Group AG", false},
		{"Group AG", "Group, AG", true},
		{"Group", "Holding", false},
		{"SA", "S.A.", true},
		{"The SE", "SE", true},
		{"+", "#", false},
	}
	for _, test := range tests {
		companies := fmt.Sprintf("company_id,name,parent_id,country,sector,note\nacme,%q,,US,retail,\nacme-games,%q,acme,JP,video-games,\nborealis,Borealis,,FI,energy,\n", test.name, test.other)
		findings := check(t, datasettest.CleanWith(map[string][]byte{"companies.csv": []byte(companies)}))
		if similar := slices.ContainsFunc(findings, func(f dataset.Finding) bool { return f.Rule == "similar-names" }); similar != test.similar {
			t.Errorf("%q and %q: similar is %t: %v", test.name, test.other, similar, findings)
		}
	}
}

// TestLongTables has more rows than are checked and bound at a time.
func TestLongTables(t *testing.T) {
	const rows = 5000
	var b strings.Builder
	b.WriteString("recipient_id,name,type,country,note\n")
	var want []string
	for i := range rows {
		country := "CH"
		if i%1500 == 1499 {
			country = "CHE"
			want = append(want, fmt.Sprintf("recipients.csv:%d:23", 2*i+2))
		}
		fmt.Fprintf(&b, "r%04d,Number %04d,ngo,%s,\"é\n.\"\n", i, i, country)
	}
	d := load(t, datasettest.CleanWith(map[string][]byte{"recipients.csv": []byte(b.String())}))
	if len(d.Recipients) != rows {
		t.Fatalf("got %d rows, want %d", len(d.Recipients), rows)
	}
	for i := range d.Recipients {
		if id := fmt.Sprintf("r%04d", i); d.Recipients[i].ID != id {
			t.Fatalf("row %d is %s, want %s", i, d.Recipients[i].ID, id)
		}
	}
	var got []string
	for _, f := range dataset.Check(d) {
		if f.Rule == "pattern" {
			got = append(got, f.Place.String())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// TestFindingsAreSorted wants the order of the tables, then of the places.
func TestFindingsAreSorted(t *testing.T) {
	findings := check(t, datasettest.CleanWith(map[string][]byte{
		"companies.csv": []byte("company_id,name,parent_id,country,sector,note\nz,Z,,XX,shop, x\na,A,,,,\n"),
		"rates.csv":     []byte("date,currency,units_per_eur\n2022-03-02,XXX,0\n"), dataset.MetadataFile: []byte("{}"),
	}))
	order := []string{dataset.MetadataFile}
	for i := range dataset.Schemas {
		order = append(order, dataset.Schemas[i].File())
	}
	for i := range findings[1:] {
		a, b := findings[i], findings[i+1]
		x, y := slices.Index(order, a.File), slices.Index(order, b.File)
		if x > y || x == y && (a.Line > b.Line || a.Line == b.Line && a.Column > b.Column) {
			t.Errorf("%s stands before %s", a, b)
		}
	}
	if n := findings.Count(dataset.Error) + findings.Count(dataset.Warning) + findings.Count(dataset.Note); n != len(findings) {
		t.Errorf("%d of %d findings are counted", n, len(findings))
	}
}

// TestFindingInJSON pins the keys that scripts read.
func TestFindingInJSON(t *testing.T) {
	findings := check(t, datasettest.CleanWith(map[string][]byte{"rates.csv": []byte("date,currency,units_per_eur\n2022-03-02,USD,1.1106\n2022-03-02,USD,1.12\n")}))
	i := slices.IndexFunc(findings, func(f dataset.Finding) bool { return f.Rule == "primary-key" })
	if i < 0 {
		t.Fatalf("want a finding on the key, got:\n%s", printed(findings))
	}
	got, err := json.MarshalIndent(findings[i], "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want := `{
 "rule": "primary-key",
 "severity": "error",
 "file": "rates.csv",
 "line": 3,
 "column": 1,
 "sheet": "",
 "cell": "",
 "table": "rates",
 "key": "2022-03-02/USD",
 "field": "date",
 "value": "2022-03-02",
 "message": "key \"2022-03-02/USD\" is there already at rates.csv:2:1",
 "hint": "give one of the rows a new key",
 "related": [
  {
   "file": "rates.csv",
   "line": 2,
   "column": 1,
   "sheet": "",
   "cell": ""
  }
 ]
}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
}

func TestPlace(t *testing.T) {
	for want, place := range map[string]dataset.Place{
		"rates.csv": {File: "rates.csv"}, "rates.csv:2:1": {File: "rates.csv", Line: 2, Column: 1}, "out.xlsx:Halts!E17": {File: "out.xlsx", Sheet: "Halts", Cell: "E17"},
	} {
		if got := place.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestWriteFilesEndsWithFirstError wants no file behind one that could not be written.
func TestWriteFilesEndsWithFirstError(t *testing.T) {
	d := load(t, datasettest.Clean())
	full := errors.New("the disk is full")
	for room := range 1 + len(dataset.Schemas) {
		written := 0
		err := dataset.WriteFiles(d, func(string) (io.WriteCloser, error) {
			if written == room {
				return nil, full
			}
			written++
			return datasettest.File{Buffer: &bytes.Buffer{}}, nil
		})
		if !errors.Is(err, full) || written != room {
			t.Errorf("with room for %d files: %d written, %v", room, written, err)
		}
	}
}
