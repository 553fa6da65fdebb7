package page

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"haltsheet/dataset"
	"haltsheet/export/book"
)

// The lists that name codes which no code list of a dataset holds.
const (
	countries  = "country"
	currencies = "currency"
)

// namedBy returns the list that names the cells of a column, or nothing.
func namedBy(c *dataset.Column) string {
	switch {
	case c.Codes != "":
		return c.Codes
	case c.Name == "countries" || strings.HasSuffix(c.Name, "country"):
		return countries
	case strings.HasSuffix(c.Name, "currency"):
		return currencies
	default:
		return ""
	}
}

// namesOf returns what people read for codes, by list.
func namesOf(b *book.Book) map[string]map[string]string {
	names := map[string]map[string]string{countries: {}, currencies: {}}
	for _, list := range b.Codes {
		names[list.Name] = map[string]string{}
		for _, code := range list.Codes {
			names[list.Name][code.Code] = code.Words()
		}
	}
	maps.Insert(names[countries], dataset.Countries())
	maps.Insert(names[currencies], dataset.Currencies())
	return names
}

// inWords returns an EDTF date as people write it, as precise as it is: March 2022, about 9 March 2022.
func inWords(edtf string) string {
	plain := strings.TrimRight(edtf, "?~%")
	qualifier := edtf[len(plain):]
	text := plain
	if len(plain) > len("2022-") {
		month := 0
		_, _ = fmt.Sscanf(plain[5:7], "%d", &month) // a date is checked
		text = fmt.Sprintf("%s %s", time.Month(month), plain[:4])
	}
	if len(plain) > len("2022-03-") {
		text = strings.TrimPrefix(plain[8:], "0") + " " + text
	}
	if strings.ContainsAny(qualifier, "~%") {
		text = "about " + text
	}
	if strings.ContainsAny(qualifier, "?%") {
		text += " (uncertain)"
	}
	return text
}

// inBytes returns a size with a unit that people can picture.
func inBytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 999_500:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	default:
		tenths := (n + 50_000) / 100_000
		return fmt.Sprintf("%d.%d MB", tenths/10, tenths%10)
	}
}

// sentences takes a text apart after each full stop that a space and a capital letter follow.
func sentences(text string) (parts []string) {
	start := 0
	for i := 0; i+2 < len(text); i++ {
		if text[i] == '.' && text[i+1] == ' ' && text[i+2] >= 'A' && text[i+2] <= 'Z' {
			parts = append(parts, text[start:i+1])
			start = i + 2
		}
	}
	return append(parts, text[start:])
}
