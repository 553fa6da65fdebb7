package dataset

import (
	"iter"
	"sync"
)

// currency is a row of currencies.csv: one of the currencies and funds to which ISO 4217 Table A.1 (amendment 180) gives a
// minor unit, under its name, or one withdrawn from it after 2021, which records of 2022 may use.
type currency struct {
	Code       string `csv:"code"`
	Name       string `csv:"name"`
	MinorUnits int    `csv:"minor_units"`
	// From and Until are the first and the last day of its use; From is empty where it is not known, as for units of
	// account, or lies before all dates, and Until for what is in use.
	From  Date `csv:"valid_from"`
	Until Date `csv:"valid_until"`
}

// isOutOfUse reports whether a currency was not in use on any day that a date may mean.
func (c *currency) isOutOfUse(on Date) bool {
	return !c.From.IsZero() && on.End() < c.From.Start() || !c.Until.IsZero() && on.Start() > c.Until.End()
}

// use says when a currency was in use.
func (c *currency) use() string {
	words := "in use"
	if !c.From.IsZero() {
		words += " from " + c.From.String()
	}
	if !c.Until.IsZero() {
		words += " until " + c.Until.String()
	}
	return words
}

// currencies returns the currencies in the order of their codes.
var currencies = sync.OnceValue(func() []currency { return readList[currency]("currencies.csv") })

// currencyAt returns the place of each currency by its code.
var currencyAt = sync.OnceValue(func() map[string]int {
	return placesOf(currencies(), func(c *currency) string { return c.Code })
})

// unitsOfAccount returns the name of each code that ISO 4217 Table A.1 (amendment 180) lists without a minor unit: metals, units of
// account, and codes that stand for no currency. No amount in them can be held to its decimals.
var unitsOfAccount = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, unit := range readList[struct {
		Code string `csv:"code"`
		Name string `csv:"name"`
	}]("units_of_account.csv") {
		names[unit.Code] = unit.Name
	}
	return names
})

// MinorUnits returns how many decimal places an amount in a currency may have:
// 2 for "EUR", 0 for "JPY", 3 for "BHD". It reports false for anything but an
// alphabetic ISO 4217 code, in capitals, that has a minor unit and was in use
// in 2022 or later; the code of a metal, or XXX, has none.
func MinorUnits(code string) (digits int, ok bool) {
	c, ok := findCurrency(code)
	return c.MinorUnits, ok
}

// currencyName returns the name that ISO 4217 gives to a currency, such as "Yen"
// for "JPY". It knows the codes that [MinorUnits] knows. Two currencies may bear
// one name, as the old and the new Leone do.
func currencyName(code string) (name string, ok bool) {
	c, ok := findCurrency(code)
	return c.Name, ok
}

// Currencies yields the code and name of every currency that [MinorUnits] knows,
// in the order of the codes.
func Currencies() iter.Seq2[string, string] {
	return func(yield func(code, name string) bool) {
		for _, c := range currencies() {
			if !yield(c.Code, c.Name) {
				return
			}
		}
	}
}

func findCurrency(code string) (currency, bool) {
	i, ok := currencyAt()[code]
	if !ok {
		return currency{}, false
	}
	return currencies()[i], true
}
