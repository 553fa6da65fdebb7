package dataset_test

import (
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

const donationHeader = "donation_id,company_id,joint_company_ids,announced,type,amount,amount_qualifier,currency,stated_amount,stated_currency," +
	"product,recipient_ids,included_in,description,source_ids,note\n"

// cell returns one cell as CSV holds it.
func cell(table *dataset.Table, row int, column string) string {
	c := table.Column(column)
	return string(table.Cell(row, c).Append(nil, table.Columns[c].Type))
}

// TestConversion converts one donation each with the same rates.
func TestConversion(t *testing.T) {
	const rates = "date,currency,units_per_eur\n" +
		"2022-02-28,USD,1.1199\n" +
		"2022-03-01,USD,1.1162\n" +
		"2022-03-02,JPY,128.26\n" +
		"2022-03-02,USD,1.1106\n" +
		"2022-03-04,USD,1.0929\n" +
		"2022-04-01,GBP,0.8427\n" +
		"2022-04-04,GBP,0.84\n" +
		"2022-05-02,GBP,1\n" +
		"2022-05-03,GBP,1\n" +
		"2022-05-04,GBP,1.000001\n"
	tests := []struct {
		name                       string
		amount, currency, date     string
		eur, rate, rateDate, state string
	}{
		{"Sony's 2 million dollars", "2000000", "USD", "2022-03-02", "1800828.38", "1.1106", "2022-03-02", "exact"},
		{"qualified day", "2000000", "USD", "2022-03-02~", "1800828.38", "1.1106", "2022-03-02", "exact"},
		{"euro on a day without rates", "12.5", "EUR", "2022-07-03", "12.50", "1", "2022-07-03", "exact"},
		{"euro in a month", "100", "EUR", "2022-03?", "100.00", "1", "2022-03", "exact"},
		{"euro in a year", "100", "EUR", "2022", "100.00", "1", "2022", "exact"},
		{"day before", "100", "USD", "2022-03-03", "90.04", "1.1106", "2022-03-02", "previous_day"},
		{"seven days before", "100", "USD", "2022-03-11", "91.50", "1.0929", "2022-03-04", "previous_day"},
		{"eight days before", "100", "USD", "2022-03-12", "", "", "", "none"},
		{"before the first rate", "100", "USD", "2022-02-27", "", "", "", "none"},
		{"previous day in another month", "100", "JPY", "2022-03-05", "0.78", "128.26", "2022-03-02", "previous_day"},
		{"month", "100", "USD", "2022-03", "90.37", "1.106567", "2022-03", "month_average"}, // (1.1162 + 1.1106 + 1.0929) / 3 = 1.1065666…
		{"qualified month", "100", "USD", "2022-03%", "90.37", "1.106567", "2022-03", "month_average"},
		{"month of one rate", "100", "USD", "2022-02", "89.29", "1.1199", "2022-02", "month_average"},
		{"month with zeros to cut", "100", "GBP", "2022-04", "118.86", "0.84135", "2022-04", "month_average"},
		{"mean before rounding", "1000000000", "GBP", "2022-05", "1000000000.00", "1", "2022-05", "month_average"}, // 1.0000003 to 6 decimals
		{"month without rates", "100", "JPY", "2022-04", "", "", "", "none"},
		{"year", "100", "USD", "2022", "", "", "", "none"},
		{"currency without rates", "100", "CHF", "2022-03-02", "", "", "", "none"},
		{"no amount", "", "", "2022-03-02", "", "", "", ""},
		{"half a cent", "0.005", "EUR", "2022-03-02", "0.01", "1", "2022-03-02", "exact"}, // an error of minor units, but rounded well
		{"less than half a cent", "0.64", "JPY", "2022-03-02", "0.00", "128.26", "2022-03-02", "exact"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			donation := "x,acme,," + test.date + ",cash," + test.amount + ",," + test.currency + ",,,,,,y,acme-2022-03-08,\n"
			d := load(t, datasettest.CleanWith(map[string][]byte{"donations.csv": []byte(donationHeader + donation), "rates.csv": []byte(rates)}))
			table := d.Table(dataset.SchemaOf("donations"))
			got := [4]string{cell(table, 0, "amount_eur"), cell(table, 0, "fx_rate"), cell(table, 0, "fx_date"), cell(table, 0, "fx_status")}
			want := [4]string{test.eur, test.rate, test.rateDate, test.state}
			if date, err := dataset.ParseDate(test.rateDate); err != nil || cell(table, 0, "fx_date_precision") != date.Precision().String() {
				t.Errorf("%s: the precision of %s is %q: %v", test.name, test.rateDate, cell(table, 0, "fx_date_precision"), err)
			}
			if got != want {
				t.Errorf("%s %s on %s: got %q, want %q", test.amount, test.currency, test.date, got, want)
			}
		})
	}
}

// TestRatesNeedNotBeSorted finds the rates of a file in no order.
func TestRatesNeedNotBeSorted(t *testing.T) {
	rates := "date,currency,units_per_eur\n2022-03-04,USD,1.0929\n2022-03-01,USD,1.1162\n2022-03-02,USD,1.1106\n"
	d := load(t, datasettest.CleanWith(map[string][]byte{"rates.csv": []byte(rates)}))
	if got := cell(d.Table(dataset.SchemaOf("donations")), 0, "amount_eur"); got != "1800828.38" {
		t.Errorf("amount_eur is %q, want 1800828.38", got)
	}
}

// TestMeansOfAnyMonth: the mean of a month is there for a currency that no donation is in, such as one that a source states, and stays the
// same when it is asked for again.
func TestMeansOfAnyMonth(t *testing.T) {
	rates := "date,currency,units_per_eur\n2022-02-28,USD,1.1199\n2022-03-01,USD,1.1162\n2022-03-02,USD,1.1106\n2022-03-31,USD,1.0929\n2022-04-01,USD,2\n"
	d := load(t, datasettest.CleanWith(map[string][]byte{"donations.csv": []byte(donationHeader), "rates.csv": []byte(rates)}))
	march, err := dataset.ParseDate("2022-03")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if rate, date, status := d.RateOf("USD", march); rate.String() != "1.106567" || date != "2022-03" || status != "month_average" {
			t.Errorf("the rate of March is %s of %s, %s", rate, date, status)
		}
		if rate, _, status := d.RateOf("GBP", march); !rate.IsZero() || status != "none" {
			t.Errorf("a currency without rates has %s, %s", rate, status)
		}
	}
}
