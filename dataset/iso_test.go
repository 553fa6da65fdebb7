package dataset_test

import (
	"iter"
	"regexp"
	"testing"
	"time"

	"golang.org/x/text/currency"

	"haltsheet/dataset"
)

func TestCodeTables(t *testing.T) {
	tests := []struct {
		table string
		codes iter.Seq2[string, string]
		form  *regexp.Regexp
		count int
		name  func(string) (string, bool)
	}{
		{"countries", dataset.Countries(), regexp.MustCompile(`^[A-Z]{2}$`), 249, dataset.CountryName},
		{"currencies", dataset.Currencies(), regexp.MustCompile(`^[A-Z]{3}$`), 170, dataset.CurrencyName},
	}
	name := regexp.MustCompile(`^\pL[\pL .,'’()&-]*[\pL)]$`)
	for _, test := range tests {
		t.Run(test.table, func(t *testing.T) {
			count, last := 0, ""
			for code, want := range test.codes {
				if code <= last {
					t.Errorf("%s stands after %s: want each code once, in order", code, last)
				}
				if !test.form.MatchString(code) {
					t.Errorf("code %q does not match %s", code, test.form)
				}
				if !name.MatchString(want) {
					t.Errorf("%s: name %q does not match %s", code, want, name)
				}
				if got, ok := test.name(code); got != want || !ok {
					t.Errorf("name of %s = %q, %t; want %q, true", code, got, ok, want)
				}
				count, last = count+1, code
			}
			if count != test.count {
				t.Errorf("%d codes, want %d", count, test.count)
			}
		})
	}
}

func TestCodeTablesStop(t *testing.T) {
	for code := range dataset.Countries() {
		if code != "AD" {
			t.Errorf("first country = %s, want AD", code)
		}
		break
	}
	for code := range dataset.Currencies() {
		if code != "AED" {
			t.Errorf("first currency = %s, want AED", code)
		}
		break
	}
}

func TestCountryName(t *testing.T) {
	tests := []struct {
		code, want string
	}{
		{"BY", "Belarus"},
		{"CI", "Côte d'Ivoire"},
		{"CZ", "Czechia"},
		{"GB", "United Kingdom"},
		{"KR", "South Korea"},
		{"RU", "Russia"},
		{"TR", "Türkiye"},
		{"TW", "Taiwan"},
		{"UA", "Ukraine"},
		{"US", "United States"},
		{"VN", "Vietnam"},
		{"AN", ""}, // withdrawn
		{"SU", ""}, // withdrawn
		{"UK", ""}, // reserved
		{"EU", ""}, // reserved
		{"XK", ""}, // assigned by users
		{"gb", ""},
		{"GBR", ""},
		{"826", ""},
		{" GB", ""},
		{"", ""},
	}
	for _, test := range tests {
		got, ok := dataset.CountryName(test.code)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("CountryName(%q) = %q, %t; want %q", test.code, got, ok, test.want)
		}
	}
}

func TestMinorUnits(t *testing.T) {
	tests := []struct {
		code string
		want int
	}{
		{"AFN", 2},
		{"BHD", 3},
		{"CLF", 4},
		{"CLP", 0},
		{"EUR", 2},
		{"HRK", 2},
		{"IQD", 3},
		{"ISK", 0},
		{"JPY", 0},
		{"KRW", 0},
		{"MGA", 2},
		{"RUB", 2},
		{"SLE", 2},
		{"SLL", 2},
		{"UYW", 4},
		{"VED", 2},
		{"XAF", 0},
		{"XCG", 2},
		{"ZWG", 2},
	}
	for _, test := range tests {
		got, ok := dataset.MinorUnits(test.code)
		if got != test.want || !ok {
			t.Errorf("MinorUnits(%q) = %d, %t; want %d, true", test.code, got, ok, test.want)
		}
	}
	for _, code := range []string{"", "eur", "EU", "EURO", "978", "BYR", "CUC", "XAU", "XDR", "XTS", "XXX"} {
		if got, ok := dataset.MinorUnits(code); got != 0 || ok {
			t.Errorf("MinorUnits(%q) = %d, %t; want 0, false", code, got, ok)
		}
		if got, ok := dataset.CurrencyName(code); got != "" || ok {
			t.Errorf("CurrencyName(%q) = %q, %t; want none", code, got, ok)
		}
	}
}

func TestCurrencyUse(t *testing.T) {
	tests := []struct{ code, from, until string }{
		{"BGN", "1999-07-05", "2025-12-31"},
		{"CLF", "", ""}, // a unit of account
		{"EUR", "1999-01-01", ""},
		{"HRK", "1994-05-30", "2022-12-31"},
		{"SLE", "2022-04-01", ""},
		{"XCG", "2025-03-31", ""},
	}
	for _, test := range tests {
		from, until, ok := dataset.CurrencyUse(test.code)
		if from.String() != test.from || until.String() != test.until || !ok {
			t.Errorf("CurrencyUse(%q) = %s, %s, %t; want %s, %s, true", test.code, from, until, ok, test.from, test.until)
		}
	}
	if from, until, ok := dataset.CurrencyUse("BYR"); !from.IsZero() || !until.IsZero() || ok {
		t.Errorf("CurrencyUse(%q) = %s, %s, %t; want none", "BYR", from, until, ok)
	}
}

// TestCurrencyUseAgrees holds the first days of use against the Unicode CLDR, which knows the currencies up to 2018.
func TestCurrencyUseAgrees(t *testing.T) {
	first := map[string]time.Time{}
	for c := currency.Query(currency.Historical, currency.NonTender); c.Next(); {
		code := c.Unit().String()
		if from, known := c.From(); known && (first[code].IsZero() || from.Before(first[code])) {
			first[code] = from
		}
	}
	compared := 0
	for code := range dataset.Currencies() {
		from, until, _ := dataset.CurrencyUse(code)
		if want := first[code]; want.Year() > 1900 {
			compared++
			if got := from.String(); got != want.Format(time.DateOnly) {
				t.Errorf("%s is in use from %s, CLDR has %s", code, got, want.Format(time.DateOnly))
			}
		}
		if !until.IsZero() && until.Start() < from.Start() {
			t.Errorf("%s is in use until %s, which lies before %s", code, until, from)
		}
	}
	if compared < 120 {
		t.Errorf("%d currencies compared, want at least 120", compared)
	}
}
