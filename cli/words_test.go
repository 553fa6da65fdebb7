package cli_test

import (
	"testing"

	"haltsheet/cli"
)

func TestNearestWord(t *testing.T) {
	words := []string{"check", "export", "summary", "describe", "xlsx", "csv", "json"}
	for word, want := range map[string]string{
		"chekc":  "check",
		"xslx":   "xlsx",
		"XLSX":   "xlsx",
		"desc":   "describe",
		"smmary": "summary",
		"c":      "",
		"":       "",
		"pdf":    "",
	} {
		if got := cli.NearestWord(word, words); got != want {
			t.Errorf("nearest to %q: got %q, want %q", word, got, want)
		}
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"Müller & Söhne":   "Müller & Söhne",
		"日本":               "日本",
		"a\x1b[31mb":       `a\x1b[31mb`,
		"two\nlines":       `two\nlines`,
		"\u202eevil":       `\u202eevil`,
		"no\u00a0break":    `no\u00a0break`,
		"'quoted' \"too\"": `'quoted' "too"`,
	} {
		if got := cli.Printable(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestShortened(t *testing.T) {
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"short", 5, "short"},
		{"much too long", 8, "much to…"},
		{"much too long", 6, "much…"},
		{"日本放送協会", 7, "日本放…"},
		{"e\u0301e\u0301", 2, "e\u0301e\u0301"},
	} {
		if got := cli.Shortened(test.text, test.most); got != test.want {
			t.Errorf("%q to %d: got %q, want %q", test.text, test.most, got, test.want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for number, want := range map[string]string{
		"": "", "0": "0", "999": "999", "1000": "1,000", "123456.7891": "123,456.7891", "1234567": "1,234,567",
	} {
		if got := cli.Grouped(number); got != want {
			t.Errorf("%s: got %s, want %s", number, got, want)
		}
	}
}

func TestInBytes(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1 kB", 999_499: "999 kB", 999_500: "1.0 MB", 12_345_678: "12.3 MB",
	} {
		if got := cli.InBytes(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestBar(t *testing.T) {
	for _, test := range []struct {
		share float64
		want  string
	}{
		{1, "████"}, {0.5, "██"}, {0.28125, "█▏"}, {0.001, "▏"}, {0, ""},
	} {
		if got := cli.Bar(test.share, 4); got != test.want {
			t.Errorf("%v of 4: got %q, want %q", test.share, got, test.want)
		}
	}
}
