package dataset

import (
	"iter"
	"sync"
)

// country is a row of countries.csv: one of the 249 officially assigned alpha-2 codes of ISO 3166-1, with its short
// English name where readers know the country by it, and the common one otherwise.
type country struct {
	Code string `csv:"code"`
	Name string `csv:"name"`
}

// countries returns the countries in the order of their codes.
var countries = sync.OnceValue(func() []country { return readList[country]("countries.csv") })

// countryAt returns the place of each country by its code.
var countryAt = sync.OnceValue(func() map[string]int {
	return placesOf(countries(), func(c *country) string { return c.Code })
})

// placesOf returns the place of each record by its code.
func placesOf[Record any](records []Record, code func(*Record) string) map[string]int {
	places := make(map[string]int, len(records))
	for i := range records {
		places[code(&records[i])] = i
	}
	return places
}

// CountryName returns the short English name of a country or territory, such as
// "South Korea" for "KR". It reports false for anything but a code that ISO 3166-1
// alpha-2 officially assigns, in capitals: "UK", reserved, "SU", withdrawn, and
// "gb" are none.
func CountryName(code string) (name string, ok bool) {
	i, ok := countryAt()[code]
	if !ok {
		return "", false
	}
	return countries()[i].Name, true
}

// Countries yields the code and name of every country that [CountryName] knows,
// in the order of the codes.
func Countries() iter.Seq2[string, string] {
	return func(yield func(code, name string) bool) {
		for _, c := range countries() {
			if !yield(c.Code, c.Name) {
				return
			}
		}
	}
}
