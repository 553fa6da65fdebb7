package dataset_test

import (
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestHints types texts into cells of the clean dataset, and holds the hint to the value that was meant: one message for one
// cell.
func TestHints(t *testing.T) {
	const anyCode = "write one of "
	for _, test := range []struct{ file, field, text, want string }{
		{"donations.csv", "amount", "1500000,50", "write 1500000.5"},
		{"donations.csv", "amount", "1,000", "write 1000"},
		{"donations.csv", "amount", "1,500", "write 1500 or 1.5, whichever is meant"},
		{"donations.csv", "amount", "1.500.000,50", "write 1500000.5"},
		{"donations.csv", "amount", "1'500'000", "write 1500000"},
		{"donations.csv", "amount", "1.5E6", "write 1500000"},
		{"donations.csv", "amount", "€1.5m", "write 1500000"},
		{"donations.csv", "amount", "a lot", "write plain digits such as 2000000"},
		{"donations.csv", "amount", "12345678901234567", "round it as its source does"},
		{"halts.csv", "announced", "March 2022", "write 2022-03"},
		{"halts.csv", "announced", "2022-3", "write 2022-03"},
		{"halts.csv", "announced", "9/3/2022", "write 2022-03-09 or 2022-09-03, whichever is meant"},
		{"halts.csv", "announced", "13/3/2022", "write 2022-03-13"},
		{"halts.csv", "announced", "09.03.2022", "write 2022-03-09"},
		{"halts.csv", "announced", "9 March 2022", "write 2022-03-09"},
		{"halts.csv", "announced", "2022-03-XX", "write 2022-03"},
		{"halts.csv", "announced", "~2022", "write 2022~"},
		{"halts.csv", "announced", "2022-03-09?~", "write 2022-03-09%"},
		{"halts.csv", "announced", "2022-03-09T10:00", "write 2022-03-09"},
		{"halts.csv", "announced", "2022-03-01/2022-03-31", "write one year, month or day, such as 2022-03, and the interval in the note"},
		{"halts.csv", "announced", "2022-03-01/2022-05", "write one year, month or day, such as 2022, and the interval in the note"},
		{"halts.csv", "announced", "2022-03/..", "write one year, month or day, such as 2022-03, and the interval in the note"},
		{"halts.csv", "announced", "../2022-03", "write one year, month or day, such as 2022-03, and the interval in the note"},
		{"halts.csv", "announced", "soon", "write a year, a month or a day such as 2022-03-09, with ~ behind it where it is approximate"},
		{"rates.csv", "date", "9 March 2022", "write 2022-03-09"},
		{"rates.csv", "date", "March 2022", "write a day such as 2022-03-09, without ?, ~ or %"},
		{"companies.csv", "country", "Netherlands", "write NL"},
		{"companies.csv", "country", "the netherlands", "write NL"},
		{"companies.csv", "country", "nld", "write NL"},
		{"companies.csv", "country", "Cote d'Ivoire", "write CI"},
		{"companies.csv", "country", "Atlantis", "write two capital letters, such as GB for the United Kingdom"},
		{"companies.csv", "sector", "Retail", "write retail"},
		{"companies.csv", "sector", "VIDEO GAMES", "write video-games"},
		{"companies.csv", "sector", "games", anyCode},
		{"halts.csv", "action", "Scales back", "write scale_back"},
		{"halts.csv", "action", "SCALE BACK", "write scale_back"},
		{"halts.csv", "status", "Completed", "write completed"},
		{"halts.csv", "countries", "RU, BY", "write RU;BY"},
		{"halts.csv", "countries", "Russia and Belarus", "write RU;BY"},
		{"halts.csv", "countries", "RU; BY", "write RU;BY"},
		{"halts.csv", "countries", "ru/by", "write RU;BY"},
		{"halts.csv", "countries", "RU;;BY;RU", "write RU;BY"},
		{"halts.csv", "countries", "RU, Atlantis", "write two capital letters, such as GB for the United Kingdom"},
		{"halts.csv", "company_id", "Acme Games Inc.", "write acme-games"},
		{"halts.csv", "company_id", "ACME", "write acme"},
		{"halts.csv", "company_id", "Nobody", "write the key of a record in companies.csv"},
		{"halts.csv", "source_ids", "acme-2022-03-08, herald-2022-03-09", "write acme-2022-03-08;herald-2022-03-09"},
		{"donations.csv", "recipient_ids", "Red Cross", "write red-cross"},
		{"donations.csv", "recipient_ids", "UNHCR & Red Cross", "write unhcr;red-cross"},
		{"donations.csv", "currency", "usd", "write USD"},
		{"donations.csv", "currency", "€", "write EUR"},
		{"donations.csv", "currency", "$", "write three capital letters, such as USD"},
		{"sources.csv", "language", "English", "write en"},
		{"sources.csv", "language", "en_gb", "write en-GB"},
		{"sources.csv", "url", "www.example.org/a b", "write https://www.example.org/a%20b"},
		{"sources.csv", "url", "https:/example.org/a", "write https://example.org/a"},
		{"sources.csv", "url", "http//example.org", "write http://example.org"},
		{"sources.csv", "url", "htps://www.example.org", "write https://www.example.org"},
		{"sources.csv", "url", "//example.org/a", "write https://example.org/a"},
		{"sources.csv", "url", "HTTPS://example.org/a;b", "write https://example.org/a%3Bb"},
		{"sources.csv", "url", "ftp://example.org/", "write the address from https:// on, spaces as %20"},
		{"companies.csv", "company_id", "", "write acme"},
		{"companies.csv", "company_id", "éa", "write ea"},
		{"companies.csv", "company_id", "Борей-1", "write a key such as sony-interactive-entertainment"},
		{"companies.csv", "company_id", "Acme 日本", "write a key such as sony-interactive-entertainment"},
		{"companies.csv", "company_id", "ΑΒΓ", "write a key such as sony-interactive-entertainment"},
		{"halts.csv", "company_id", "Борей", "write the key of a record in companies.csv"},
		{"companies.csv", "company_id", "Müller & Söhne ß", "write muller-sohne-ss"},
		{"halts.csv", "halt_id", "", "write acme-games-content-release-1"},
	} {
		files := datasettest.CleanWith(nil)
		files[test.file].Data = retyped(string(files[test.file].Data), test.field, test.text)
		d, err := dataset.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range dataset.Check(d) {
			if f.File == test.file && f.Field == test.field && f.Line == 2 && f.Severity == dataset.Error {
				got = append(got, f.Hint)
			}
		}
		if len(got) != 1 || got[0] != test.want && (test.want != anyCode || !strings.HasPrefix(got[0], anyCode)) {
			t.Errorf("%s %q: the hints are %q, want %q", test.field, test.text, got, test.want)
		}
	}
}

// TestMessagesAreTrue types texts into cells of the clean dataset, and holds the one message to what is true of them.
func TestMessagesAreTrue(t *testing.T) {
	const noUnit = "is a code of ISO 4217 without a minor unit, and no amount here can be in it"
	for _, test := range []struct{ file, field, text, want string }{
		{"donations.csv", "currency", "XDR", `currency "XDR" (SDR (Special Drawing Right)) ` + noUnit},
		{"donations.csv", "currency", "XAU", `currency "XAU" (Gold) ` + noUnit},
		{"donations.csv", "currency", "XAG", `currency "XAG" (Silver) ` + noUnit},
		{"donations.csv", "currency", "XPT", `currency "XPT" (Platinum) ` + noUnit},
		{"donations.csv", "currency", "XUA", `currency "XUA" (ADB Unit of Account) ` + noUnit},
		{"donations.csv", "currency", "XXX", `currency "XXX" (no currency) ` + noUnit},
		{"donations.csv", "stated_currency", "xau", `stated_currency "xau" (Gold) ` + noUnit},
		{"donations.csv", "currency", "BTC", `currency "BTC" is not a currency code of ISO 4217`},
		{"sources.csv", "url", "HTTPS://example.org/a", ""},
		{"sources.csv", "url", "Http://EXAMPLE.org", ""},
		{"sources.csv", "url", "HTTPSS://example.org/a", `url "HTTPSS://example.org/a" is not an absolute http or https address`},
		{"donations.csv", "amount", "1234567890123456", `amount "1234567890123456" has more than 15 digits`},
		{"donations.csv", "amount", "1000000000000000", `amount "1000000000000000" has more than 15 digits`},
		{"donations.csv", "amount", "123456789012345.6", `amount "123456789012345.6" has more than 15 digits`},
		{"donations.csv", "amount", "0.1234567890123456", `amount "0.1234567890123456" has more than 15 digits`},
		{"donations.csv", "amount", "2000000.00", `amount "2000000.00" is not in canonical form`},
	} {
		files := datasettest.CleanWith(nil)
		files[test.file].Data = retyped(string(files[test.file].Data), test.field, test.text)
		got := ""
		for _, f := range check(t, files) {
			if f.Severity == dataset.Error {
				got += f.Message
			}
		}
		if got != test.want {
			t.Errorf("%s %q: %q, want %q", test.field, test.text, got, test.want)
		}
	}
}

// TestLookAlike tells texts apart that differ in how they spell what people see, and no others.
func TestLookAlike(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Café", "Cafe\u0301", true},
		{"Й", "И\u0306", true},
		{"한", "\u1112\u1161\u11ab", true},
		{"ﬁn", "fin", true},
		{"Café", "Café", false},
		{"Café", "Cafe", false},
		{"", "Café", false},
	} {
		if got := dataset.LookAlike(test.a, test.b); got != test.want {
			t.Errorf("LookAlike(%+q, %+q) = %t", test.a, test.b, got)
		}
	}
}

// retyped returns a CSV text with another text in a column of its first row.
func retyped(text, field, value string) []byte {
	lines := strings.SplitN(text, "\n", 3)
	names := strings.Split(lines[0], ",")
	cells := strings.Split(lines[1], ",")
	for i, name := range names {
		if name == field {
			cells[i] = `"` + value + `"`
		}
	}
	lines[1] = strings.Join(cells, ",")
	return []byte(strings.Join(lines, "\n"))
}
