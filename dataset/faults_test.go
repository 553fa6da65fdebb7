package dataset_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset/datasettest"
)

// TestOneCauseOneMessage changes a text of the clean dataset, and wants what is at fault by itself and nothing that follows from it.
func TestOneCauseOneMessage(t *testing.T) {
	one := func(place string) []string { return []string{place} }
	tests := []struct {
		name, file, old, new string
		want                 []string
	}{
		{"amount", "donations.csv", "cash,2000000,", `cash,"2,000,000",`, one("donations.csv:2:39 type-error")},
		{"stated amount", "donations.csv", ",1800000,", ",1.8m,", one("donations.csv:2:52 type-error")},
		{"amount too exact", "donations.csv", ",250000.5,", ",250000.5000000000001,", one("donations.csv:5:51 decimal-form")},
		{"column of amounts", "donations.csv", ",amount,", ",sum,", one("donations.csv:1:57 header")},
		{"day of a gift", "donations.csv", "acme,,2022-03-02,cash,500000", "acme,,2 March,cash,500000", one("donations.csv:3:23 type-error")},
		{"rate", "rates.csv", "2022-03-01,USD,1.1162", "2022-03-01,USD,1,1162", one("rates.csv:3:1 row-length")},
		{"event", "events.csv", ",agreed,", ",Agreed,", one("events.csv:2:36 enum")},
		{"key of a source", "sources.csv", "\ngazette-2022-12,", "\nGazette 2022-12,", one("sources.csv:3:1 pattern")},
		{"key of a company, another name", "companies.csv", "\nborealis,", "\nÄB,", one("companies.csv:4:1 pattern")},
		{"key of a company, empty", "companies.csv", "\nborealis,", "\n,", one("companies.csv:4:1 required")},
		{"key of a company, that of another", "companies.csv", "\nborealis,", "\nacme,", one("companies.csv:4:1 primary-key")},
		{"key of a source, that of another", "sources.csv", "\ngazette-2022-12,", "\nacme-2022-03-08,", one("sources.csv:3:1 primary-key")},
		{"key of a halt, that of another", "halts.csv", "\nborealis-imports-1,", "\nacme-retail-1,", one("halts.csv:6:1 primary-key")},
		{"currency and key of a rate", "rates.csv", "2022-03-02,JPY", "2022-03-02,usd", one("rates.csv:4:12 pattern")},
		{"keys of a table", "companies.csv", "company_id,", "company,", one("companies.csv:1:1 header")},
		{"name of a company in place of its key", "halts.csv", "borealis-imports-1,borealis,", "borealis-imports-1,Borealis,", one("halts.csv:6:20 pattern")},
		{"company of all its facts", "companies.csv", "\nborealis,Borealis,,FI,energy,", "\nborealis,Borealis,,FI;energy,", one("companies.csv:4:1 row-length")},
		{"row of a source too long", "sources.csv", "\ngazette-2022-12,", "\ngazette-2022-12,,", one("sources.csv:3:1 row-length")},
		{"row of a gift that another is part of", "donations.csv", "acme-donation-1,acme,,", "acme-donation-1,acme,", one("donations.csv:2:1 row-length")},
		{"row of a gift", "donations.csv", "borealis-donation-1,borealis,,", "borealis-donation-1,borealis,", one("donations.csv:5:1 row-length")},
		{"row of a halt with events", "halts.csv", "acme-retail-2,acme,", "acme-retail-2,acme,,", one("halts.csv:4:1 row-length")},
		{"quote in a company", "companies.csv", "\nacme,Acme,", "\nacme,Ac\"me,", one("companies.csv:2:8 csv-syntax")},
		{"quote that is never closed", "recipients.csv", "\nred-cross,Red", "\nred-cross,\"Red", one("recipients.csv:2:11 csv-syntax")},
		{"start of the coverage", "dataset.json", `"2022-02-24"`, `"24.2.2022"`, one("dataset.json:32:14 metadata")},

		{"a key that no row at fault explains", "companies.csv", "\nacme,Acme,,US,retail,\nacme-games,Acme Games,acme,JP,video-games,\nborealis,", "\nBorealis,", []string{
			"companies.csv count-below-minimum", "companies.csv:2:1 pattern", "halts.csv:2:14 foreign-key", "halts.csv:3:15 foreign-key", "halts.csv:4:15 foreign-key",
			"donations.csv:2:17 foreign-key", "donations.csv:3:17 foreign-key", "donations.csv:4:23 foreign-key", "donations.csv:4:34 foreign-key",
		}},
		{
			"another row", "donations.csv", "cash,2000000,,USD,1800000,EUR,,red-cross;unhcr,,Gave 2 million dollars.,acme-2022-03-08;herald-2022-03-09,\nacme-donation-2,acme,,2022-03-02,cash,500000,", "cash,2m,,USD,1800000,EUR,,red-cross;unhcr,,Gave 2 million dollars.,acme-2022-03-08;herald-2022-03-09,\nacme-donation-2,acme,,2022-03-02,cash,,",
			[]string{"donations.csv:2:39 type-error", "donations.csv:3:49 currency-without-amount"},
		},
		{
			"another cell of the row", "donations.csv", "acme,,2022-03-02,cash,2000000,,USD,1800000,EUR", "acme,,2022-03-02,cash,2m,,USD,,EUR",
			[]string{"donations.csv:2:39 type-error", "donations.csv:2:48 currency-without-amount"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := string(datasettest.CleanWith(nil)[test.file].Data)
			if !strings.Contains(content, test.old) {
				t.Fatalf("%s does not hold %q", test.file, test.old)
			}
			var got []string
			for _, f := range check(t, datasettest.CleanWith(map[string][]byte{test.file: []byte(strings.Replace(content, test.old, test.new, 1))})) {
				got = append(got, f.Place.String()+" "+f.Rule)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
