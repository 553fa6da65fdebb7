package dataset_test

import (
	"fmt"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestWhatCounts tells of each donation, written "id type amount currency included_in" with _ for nothing, whether it is counted in the
// headline total (C), only totalled by its type (T) or neither (-).
func TestWhatCounts(t *testing.T) {
	tests := []struct {
		name      string
		donations []string
		want      string
		acme      string // donated_eur of the company
	}{
		{"cash", []string{"a cash 100 EUR _"}, "C", "100.00"},
		{"every type", []string{"a cash 1 EUR _", "b in_kind 1 EUR _", "c matched 1 EUR _", "d mixed 1 EUR _", "e pledge 1 EUR _", "f raised 1 EUR _"}, "CTTTTT", "1.00"},
		{"no amount", []string{"a cash _ _ _"}, "-", ""},
		{"no rate", []string{"a cash 100 CHF _", "b pledge 100 CHF _"}, "--", ""},
		{"held by another of its type", []string{"a cash 100 EUR _", "b cash 40 EUR a", "c cash 60 EUR a"}, "C--", "100.00"},
		{"held by one of another type", []string{"a pledge 100 EUR _", "b cash 40 EUR a"}, "TC", "40.00"},
		{"held by one without an amount", []string{"a cash _ _ _", "b cash 40 EUR a"}, "-C", "40.00"},
		{"held by one without a rate", []string{"a cash 100 CHF _", "b cash 40 EUR a"}, "-C", "40.00"},
		{"held by an amount of no cents", []string{"a cash 0.004 EUR _", "b cash 40 EUR a"}, "C-", "0.00"},
		{"chain of one type", []string{"a cash 100 EUR _", "b cash 40 EUR a", "c cash 10 EUR b"}, "C--", "100.00"},
		{"chain through another type", []string{"a cash 100 EUR _", "b pledge 40 EUR a", "c cash 10 EUR b"}, "CT-", "100.00"},
		{"chain through one without an amount", []string{"a cash 100 EUR _", "b cash _ _ a", "c cash 10 EUR b"}, "C--", "100.00"},
		{"chain through one without a rate", []string{"a cash 100 EUR _", "b cash 40 CHF a", "c cash 10 EUR b"}, "C--", "100.00"},
		{"chain of pledges below cash", []string{"a cash 100 EUR _", "b pledge 40 EUR a", "c pledge 10 EUR b"}, "CT-", "100.00"},
		{"the holder stands below", []string{"a cash 40 EUR b", "b cash 100 EUR _"}, "-C", "100.00"},
		{"included in one that is not there", []string{"a cash 40 EUR z"}, "C", "40.00"},
		{"euro cents add up", []string{"a cash 0.1 EUR _", "b cash 0.2 EUR _", "c cash 0.7 EUR _"}, "CCC", "1.00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var rows strings.Builder
			for _, donation := range test.donations {
				x := strings.Fields(donation)
				for i := range x {
					x[i] = strings.TrimSuffix(x[i], "_")
				}
				fmt.Fprintf(&rows, "%s,acme,,2022-03-02,%s,%s,,%s,,,,,%s,y,acme-2022-03-08,\n", x[0], x[1], x[2], x[3], x[4])
			}
			d := load(t, datasettest.CleanWith(map[string][]byte{"donations.csv": []byte(donationHeader + rows.String())}))
			table := d.Table(dataset.SchemaOf("donations"))
			got := ""
			for row := range table.Rows {
				switch cell(table, row, "counted") + cell(table, row, "totalled") {
				case "truetrue":
					got += "C"
				case "falsetrue":
					got += "T"
				case "falsefalse":
					got += "-"
				default:
					got += "?"
				}
			}
			if got != test.want {
				t.Errorf("%s: got %s, want %s", strings.Join(test.donations, ", "), got, test.want)
			}
			if eur := cell(d.Table(dataset.SchemaOf("companies")), 0, "donated_eur"); eur != test.acme {
				t.Errorf("%s: donated_eur is %q, want %q", strings.Join(test.donations, ", "), eur, test.acme)
			}
		})
	}
}

// TestCyclesEnd wants an answer, though not a certain one, for donations that hold each other.
func TestCyclesEnd(t *testing.T) {
	rows := "a,acme,,2022,cash,1,,EUR,,,,,b,y,acme-2022-03-08,\nb,acme,,2022,pledge,1,,EUR,,,,,c,y,acme-2022-03-08,\nc,acme,,2022,pledge,1,,EUR,,,,,b,y,acme-2022-03-08,\n"
	d := load(t, datasettest.CleanWith(map[string][]byte{"donations.csv": []byte(donationHeader + rows)}))
	if got := cell(d.Table(dataset.SchemaOf("donations")), 0, "counted"); got != "true" {
		t.Errorf("counted is %s, want true: no cash holds it", got)
	}
}
