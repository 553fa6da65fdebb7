package intake_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/intake"
)

// TestForeignColumns reads a table with very many columns that are not ours, and holds the places of some to where they stand.
func TestForeignColumns(t *testing.T) {
	const columns = 20_000
	var table strings.Builder
	table.WriteString("company_id,name,parent_id,country,sector,note")
	for i := range columns {
		fmt.Fprintf(&table, ",é%d", i%10)
	}
	name := filepath.Join(t.TempDir(), "companies.csv")
	if err := os.WriteFile(name, []byte(table.String()+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	datasettest.Bounded(t, table.Len(), func() {
		reading, err := intake.Read(name, load(t, datasettest.Clean()))
		if err != nil {
			t.Fatal(err)
		}
		if n := reading.Remarks.Count(dataset.Warning); n != columns {
			t.Errorf("%d columns are told", n)
		}
		for i, remark := range reading.Remarks.First {
			if want := len("company_id,name,parent_id,country,sector,note,") + 1 + i*len(",x9"); remark.Place.Column != want || remark.Place.Line != 1 {
				t.Fatalf("column %d is said to stand at %v, want %d", i, remark.Place, want)
			}
		}
	})
}

// TestCellsOfNoColumn reads rows with more cells than a file may have columns: none of them is read, and the place of the row is told.
func TestCellsOfNoColumn(t *testing.T) {
	const header = "company_id,name,parent_id,country,sector,note"
	many := strings.Repeat(",", dataset.MaxColumns)
	for _, test := range []struct {
		text string
		line int
	}{
		{header + many + "\n", 1},
		{header + "\nacme,Acme,,US,retail,\n" + many + "\n", 3},
		{header + "\n\"ac\nme\"" + many + "\n", 2},
		{strings.ReplaceAll(header+many, ",", ";") + "\n", 1},
	} {
		name := filepath.Join(t.TempDir(), "companies.csv")
		if err := os.WriteFile(name, []byte(test.text), 0o666); err != nil {
			t.Fatal(err)
		}
		reading, err := intake.Read(name, load(t, datasettest.Clean()))
		if err != nil {
			t.Fatal(err)
		}
		findings := dataset.Check(reading.Dataset)
		if len(findings) == 0 || findings[0].Rule != "row-length" || findings[0].Line != test.line || !strings.Contains(findings[0].Message, "at most 131072 columns") {
			t.Errorf("%.60q: %s", test.text, findings)
		}
	}
}

// TestRemarks: of very many remarks the first by their place are kept, and all are counted.
func TestRemarks(t *testing.T) {
	const notes, warnings = 1700, 2300
	var table strings.Builder
	table.WriteString("company_id,name,parent_id,country,sector,note,seen\n")
	for i := range notes {
		fmt.Fprintf(&table, " c-%d,Company %[1]d,,US,retail,,x\n", i)
	}
	table.WriteString(strings.Repeat("\n,of it\n", warnings))
	name := filepath.Join(t.TempDir(), "companies.csv")
	if err := os.WriteFile(name, []byte(table.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	reading, err := intake.Read(name, load(t, datasettest.Clean()))
	if err != nil {
		t.Fatal(err)
	}
	said := &reading.Remarks
	if n := said.Count(dataset.Note); n != notes {
		t.Errorf("%d notes are counted, want %d", n, notes)
	}
	if n := said.Count(dataset.Warning); n != warnings+1 { // and one about the column
		t.Errorf("%d warnings are counted, want %d", n, warnings+1)
	}
	const most = 1000
	if len(said.First) != 2*most || !slices.IsSortedFunc(said.First, func(a, b intake.Remark) int { return cmp.Compare(a.Place.Line, b.Place.Line) }) {
		t.Errorf("%d remarks are kept, want %d in order", len(said.First), 2*most)
	}
	if first := said.First[0]; first.Place.Line != 1 || !strings.Contains(first.Message, "seen") {
		t.Errorf("the first remark is %v: %s", first.Place, first.Message)
	}
	beyond := map[dataset.Severity]int{}
	for kind, more := range said.Beyond() {
		beyond[kind.Severity] += more
	}
	if beyond[dataset.Note] != notes-most || beyond[dataset.Warning] != warnings+1-most {
		t.Errorf("beyond those that are kept are %v", beyond)
	}
}
