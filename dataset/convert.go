package dataset

import (
	"math/big"
	"slices"
)

type datedRate struct {
	day  Day
	rate Decimal
}

// conversion is a donation's amount in euros, and whether it counts.
type conversion struct {
	rateChoice
	eur      Decimal
	totalled bool
}

// rateChoice is the rate for a currency and a date.
type rateChoice struct {
	rate   Decimal
	date   string // a day or a month
	status string // exact, previous_day, month_average or none
}

// convert chooses the rate of each donation, converts its amount and decides whether it is in the total of its type.
func (d *Dataset) convert() []conversion {
	conversions := make([]conversion, len(d.Donations))
	for i := range d.Donations {
		x := &d.Donations[i]
		c := &conversions[i]
		c.status = "none"
		if x.Amount.IsZero() || x.Currency == "" {
			c.status = ""
			continue
		}
		if choice := d.lookup.rateOf(x.Currency, x.Announced); choice.rate.IsPositive() {
			if eur, ok := roundRat(new(big.Rat).Quo(x.Amount.rat(), choice.rate.rat()), 2); ok {
				c.rateChoice, c.eur = choice, eur
			}
		}
	}
	includedIn := d.references("donations", "included_in").rows
	for i := range d.Donations {
		conversions[i].totalled = !conversions[i].eur.IsZero() && !d.isHeldByAnother(i, includedIn, conversions)
	}
	return conversions
}

// isHeldByAnother reports whether a donation up the chain of included_in has the same type, an amount and a rate.
func (d *Dataset) isHeldByAnother(row int, includedIn []int32, conversions []conversion) bool {
	kind := d.Donations[row].Type
	up := int(includedIn[row])
	for range len(d.Donations) { // a cycle is a finding of its own
		if up < 0 || up == row {
			return false
		}
		if d.Donations[up].Type == kind && !conversions[up].eur.IsZero() {
			return true
		}
		up = int(includedIn[up])
	}
	return false
}

// maxStaleDays is how far back the last rate before a day may lie.
const maxStaleDays = 7

// rateOf returns the rate of a currency for a date: 1 for the euro, that day's or the last one up to seven days
// before it for a day, the mean of the month for a month.
func (l *lookup) rateOf(currency string, date Date) rateChoice {
	none := rateChoice{status: "none"}
	if date.IsZero() {
		return none
	}
	if currency == "EUR" {
		return rateChoice{rate: NewDecimal(1, 0), date: withoutQualifier(date), status: "exact"}
	}
	rates := l.rates[currency]
	switch date.Precision() {
	case PrecisionDay:
		after, _ := slices.BinarySearchFunc(rates, date.Start()+1, func(r datedRate, day Day) int { return int(r.day - day) })
		if after == 0 || date.Start()-rates[after-1].day > maxStaleDays {
			return none
		}
		choice := rateChoice{rate: rates[after-1].rate, date: rates[after-1].day.String(), status: "exact"}
		if rates[after-1].day != date.Start() {
			choice.status = "previous_day"
		}
		return choice
	case PrecisionMonth:
		if mean, ok := l.means[currencyMonth{currency, date.year, date.month}]; ok {
			return rateChoice{rate: mean, date: date.Month(), status: "month_average"}
		}
	case PrecisionYear, PrecisionNone: // no one rate stands for a year
	}
	return none
}

// currencyMonth is a month of one currency.
type currencyMonth struct {
	currency string
	year     int16
	month    uint8
}

// monthMeans returns the mean of the rates of each month, rounded half away from zero to 6 decimals. The rates of a
// currency are sorted by day.
func monthMeans(rates map[string][]datedRate) map[currencyMonth]Decimal {
	means := map[currencyMonth]Decimal{}
	for currency, rates := range rates {
		for len(rates) > 0 {
			year, month, _ := rates[0].day.Civil()
			sum, n := new(big.Rat), 0
			for ; n < len(rates); n++ {
				if y, m, _ := rates[n].day.Civil(); y != year || m != month {
					break
				}
				sum.Add(sum, rates[n].rate.rat())
			}
			if mean, ok := roundRat(sum.Quo(sum, big.NewRat(int64(n), 1)), 6); ok && mean.IsPositive() {
				means[currencyMonth{currency, int16(year), uint8(month)}] = mean.canonical()
			}
			rates = rates[n:]
		}
	}
	return means
}

func withoutQualifier(d Date) string {
	d.qualifier = 0
	return d.String()
}
