package workbook

import "testing"

func TestReference(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org":                   "https://example.org",
		"https://[2001:db8::1]:80/a[1]":         "https://[2001:db8::1]:80/a%5B1%5D",
		"https://example.org/0/{6B2D}.uif":      "https://example.org/0/%7B6B2D%7D.uif",
		"https://example.org/a%20b?c=50%&d=%zz": "https://example.org/a%20b?c=50%25&d=%25zz",
		"https://example.org/#a#b":              "https://example.org/#a%23b",
		"https://example.org/a|b^c`d\\e":        "https://example.org/a%7Cb%5Ec%60d%5Ce",
		"https://example.org/Цена?q=é":          "https://example.org/Цена?q=é",
	} {
		if got := webTarget(address).url; got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
