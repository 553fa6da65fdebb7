package dataset

import (
	"math/big"
	"slices"
)

// datedRates are the rates of one currency, sorted by day.
type datedRates []datedRate

type datedRate struct {
	day  Day
	rate Decimal
}

// conversion is a donation's amount in euros, and whether it counts.
type conversion struct {
	rateChoice
	eur      Decimal
	totalled bool // in euros
	summed   bool // in its own currency
}

// rateChoice is the rate for a currency and a date.
type rateChoice struct {
	rate   Decimal
	on     Date   // the day or the month of the rate
	status string // exact, previous_day, month_average or none
}

// convert chooses the rate of each donation, converts its amount and decides whether it is in the total of its type.
func (d *Dataset) convert() []conversion {
	conversions := make([]conversion, len(d.Donations))
	inParts(len(d.Donations), func(from, to int) {
		for i := from; i < to; i++ {
			conversions[i] = d.lookup.convert(&d.Donations[i])
		}
	})
	includedIn := d.references("donations", "included_in").rows
	hasAmount := func(row int) bool { return !d.Donations[row].Amount.IsZero() && d.Donations[row].Currency != "" }
	hasEuros := func(row int) bool { return !conversions[row].eur.IsZero() }
	for i := range d.Donations {
		isHeld := slices.Contains(d.Metadata.Held, d.Donations[i].ID)
		conversions[i].totalled = !isHeld && hasEuros(i) && !d.isHeldByAnother(i, includedIn, hasEuros)
		conversions[i].summed = !isHeld && hasAmount(i) && !d.isHeldByAnother(i, includedIn, hasAmount)
	}
	return conversions
}

// convert chooses the rate of a donation and converts its amount.
func (l *lookup) convert(x *Donation) conversion {
	if x.Amount.IsZero() || x.Currency == "" {
		return conversion{}
	}
	if choice := l.rateOf(x.Currency, x.Announced); choice.rate.IsPositive() {
		if eur, ok := quotient(x.Amount, choice.rate, cents); ok {
			return conversion{rateChoice: choice, eur: eur}
		}
	}
	return conversion{rateChoice: rateChoice{status: "none"}}
}

// isHeldByAnother reports whether a donation up the chain of included_in has the same type and something to add up.
func (d *Dataset) isHeldByAnother(row int, includedIn []int32, adds func(row int) bool) bool {
	kind := d.Donations[row].Type
	up := int(includedIn[row])
	for range len(d.Donations) { // a cycle is a finding of its own
		if up < 0 || up == row {
			return false
		}
		if d.Donations[up].Type == kind && adds(up) {
			return true
		}
		up = int(includedIn[up])
	}
	return false
}

// How many digits after the point amounts in euros and means of rates have.
const (
	cents      = 2
	meanDigits = 6
)

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
		return rateChoice{rate: NewDecimal(1, 0), on: date.plain(), status: "exact"}
	}
	rates := l.rates[currency]
	switch date.Precision() {
	case PrecisionDay:
		after := rates.before(date.Start() + 1)
		if after == 0 || date.Start()-rates[after-1].day > maxStaleDays {
			return none
		}
		choice := rateChoice{rate: rates[after-1].rate, on: date.plain(), status: "exact"}
		if day := rates[after-1].day; day != date.Start() {
			choice.on, choice.status = dateOf(day), "previous_day"
		}
		return choice
	case PrecisionMonth:
		if mean := l.monthMean(currency, date); mean.IsPositive() {
			return rateChoice{rate: mean, on: date.plain(), status: "month_average"}
		}
	case PrecisionYear, PrecisionNone: // no one rate stands for a year
	}
	return none
}

// meanOf returns the mean of some rates of one month.
func meanOf(rates datedRates) (mean Decimal, ok bool) {
	if len(rates) == 0 {
		return Decimal{}, false
	}
	n := NewDecimal(int64(len(rates)), 0)
	if !slices.ContainsFunc(rates, func(r datedRate) bool { return r.rate.scale > meanDigits || r.rate.coefficient >= 1e11 }) {
		var sum Decimal // of at most 31 rates, as which it cannot be too large
		for _, r := range rates {
			sum = sum.add(r.rate)
		}
		return quotient(sum, n, meanDigits)
	}
	sum := new(big.Rat)
	for _, r := range rates {
		sum.Add(sum, r.rate.Rat())
	}
	return roundRat(sum.Quo(sum, n.Rat()), meanDigits)
}

// currencyMonth is a month of one currency.
type currencyMonth struct {
	currency string
	year     int16
	month    uint8
}

// monthMean returns the mean of the rates of a month, rounded half away from zero to 6 decimals, or nothing for a month without rates.
// It is computed once, when it is first asked for.
func (l *lookup) monthMean(currency string, date Date) Decimal {
	month := currencyMonth{currency, date.year, date.month}
	if known, is := l.means.Load(month); is {
		return known.(Decimal) //nolint:forcetypeassert // nothing else is put there
	}
	mean, ok := meanOf(l.rates[currency].between(date.Start(), date.End()))
	if mean = mean.canonical(); !ok || !mean.IsPositive() {
		mean = Decimal{}
	}
	l.means.Store(month, mean)
	return mean
}

// between returns the rates from one day to another, both included.
func (rates datedRates) between(first, last Day) datedRates {
	return rates[rates.before(first):rates.before(last+1)]
}

// before returns how many of the rates are of days before one.
func (rates datedRates) before(day Day) int {
	n, _ := slices.BinarySearchFunc(rates, day, func(r datedRate, day Day) int { return int(r.day - day) })
	return n
}
