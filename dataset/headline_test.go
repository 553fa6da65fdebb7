package dataset_test

import (
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

func TestEurosInWords(t *testing.T) {
	for sum, want := range map[string]string{
		"0":               "0 euros",
		"0.5":             "1 euro",
		"1.49":            "1 euro",
		"24.5":            "25 euros",
		"999.49":          "999 euros",
		"1800.83":         "1,800 euros",
		"778543.35":       "779,000 euros",
		"999499":          "999,000 euros",
		"999500":          "1 million euros",
		"1800828.38":      "1.8 million euros",
		"31100323.18":     "31.1 million euros",
		"424549731.71":    "425 million euros",
		"999500000":       "1 billion euros",
		"1234567890.12":   "1.23 billion euros",
		"1234567890123.4": "1,230 billion euros",
	} {
		n, err := dataset.ParseDecimal(sum)
		if err != nil {
			t.Fatal(err)
		}
		if got := dataset.EurosInWords(n); got != want {
			t.Errorf("EurosInWords(%s) = %q, want %q", sum, got, want)
		}
	}
}

// TestHeadlineAgrees holds the words of the headline to their numbers: one company, and two halts.
func TestHeadlineAgrees(t *testing.T) {
	one := load(t, datasettest.CleanWith(map[string][]byte{
		"companies.csv": []byte("company_id,name,parent_id,country,sector,note\nacme,Acme,,US,retail,\n"),
		"donations.csv": []byte(donationHeader + "acme-donation-1,acme,,2022-03-02,cash,1000000,at_least,EUR,,,,,,Gave.,acme-2022-03-08,\n"),
		"halts.csv":     nil,
	}))
	figures := dataset.FiguresOf(one.Summarize())
	if got, want := figures.Headline(), "1 company, 0 halts, 1 donation, 1 million euros of own cash (1 amount, 1 not exact, 0 left out)"; got != want {
		t.Errorf("the headline is %q, want %q", got, want)
	}
	if got := cell(figures, 0, "unit"); got != "company" {
		t.Errorf("1 counts the unit %q", got)
	}
}
