package defuse_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"haltsheet/export/defuse"
)

func TestText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a month", "2022-03", "'2022-03"},
		{"a year that is a percentage", "2022%", "'2022%"},
		{"a year that would lose its zero", "0099", "'0099"},
		{"a year", "2022", "2022"},
		{"an approximate year", "2022~", "2022~"},
		{"an uncertain month", "2022-03?", "2022-03?"},
		{"a day", "2022-03-09", "2022-03-09"},
		{"a day that is both", "2022-03-09%", "'2022-03-09%"},
		{"a number of sixteen digits", "1234567890123456", "'1234567890123456"},
		{"a power of ten", "1E5", "'1E5"},
		{"a key that is a day", "7-11", "'7-11"},
		{"a fraction", "3 1/2", "'3 1/2"},
		{"a time", "5 PM", "'5 PM"},
		{"a gene", "MAR1", "'MAR1"},
		{"a month in words", "May 2022", "'May 2022"},
		{"a month alone", "May", "May"},
		{"money", "€5", "'€5"},
		{"a truth", "True", "'True"},
		{"an error", "#N/A", "'#N/A"},
		{"a brand", "E100", "E100"},
		{"a version", "Windows 10", "Windows 10"},
		{"a formula", "=1+1", "'=1+1"},
		{"a formula behind a space", " =1+1", "' =1+1"},
		{"a formula behind a semicolon", "a;=1+1", "a;'=1+1"},
		{"a formula behind a semicolon and a quote", `a; "=1+1"`, `a;' "=1+1"`},
		{"a formula in a line of its own", "a\n=b", "a\n'=b"},
		{"a list of handles", "a;@b;c", "a;'@b;c"},
		{"a tab", "\ta", "'\ta"},
		{"an apostrophe", "'quoted", "'quoted"},
		{"a text that looks defused", "'=1+1", "''=1+1"},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := defuse.Text(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := defuse.Original(test.want); got != test.text {
				t.Errorf("and back %q, want %q", got, test.text)
			}
		})
	}
}

// TestNoTextIsLost holds every text to the way back.
func TestNoTextIsLost(t *testing.T) {
	pieces := []string{"'", "''", "=", "-", "＝", ";", "\n", "\t", "\r", `"`, " ", "2022", "-03", "%", "a", "E5", "May", "TRUE", "é"}
	drawn := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.SampledFrom(pieces)), func(p []string) string { return strings.Join(p, "") }))
	rapid.Check(t, func(t *rapid.T) {
		text := drawn.Draw(t, "text")
		if got := defuse.Original(defuse.Text(text)); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	})
}

// TestEverySignIsDefused tries all characters of Unicode.
func TestEverySignIsDefused(t *testing.T) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if strings.ContainsAny(norm.NFKC.String(string(r)), "=+-@") && defuse.Text(string(r)+"a") != "'"+string(r)+"a" {
			t.Errorf("%q (%U) is not defused", r, r)
		}
	}
}
