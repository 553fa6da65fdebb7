package dataset

import (
	"cmp"
	"slices"
)

// RatesChange is what published rates change in a dataset.
type RatesChange struct {
	Added     []Rate // sorted by day and currency
	Same      int    // that the dataset has already
	Different []RateDifference
}

// RateDifference is a rate that the dataset has otherwise than it was published.
type RateDifference struct {
	Place           Place
	Held, Published Rate
}

// AddRates returns a dataset without errors with those of published rates that it can use and does not have: of the whole months
// that its coverage of announcements lies in, which the means of months want, and of the currencies that its rates or donations
// name. A rate that it has otherwise stays as it is.
func (d *Dataset) AddRates(published []Rate) (with *Dataset, change RatesChange, err error) {
	type dayCurrency struct {
		day      Day
		currency string
	}
	held := map[dayCurrency]int{}
	for row := range d.Rates {
		held[dayCurrency{d.Rates[row].Date.Start(), d.Rates[row].Currency}] = row
	}
	wanted, from, to := d.wantedCurrencies(), d.coveredMonth(d.Metadata.Coverage.Start).Start(), d.coveredMonth(d.Metadata.Coverage.End).End()
	for _, r := range published {
		day := r.Date.Start()
		row, isHeld := held[dayCurrency{day, r.Currency}]
		switch {
		case !wanted[r.Currency] || day < from || day > to:
		case !isHeld:
			change.Added = append(change.Added, r)
		case d.Rates[row].UnitsPerEUR.compare(r.UnitsPerEUR) == 0:
			change.Same++
		default:
			change.Different = append(change.Different, RateDifference{d.place(cellOf("rates", row, "units_per_eur")), d.Rates[row], r})
		}
	}
	byKey := func(a, b Rate) int {
		return cmp.Or(cmp.Compare(a.Date.Start(), b.Date.Start()), cmp.Compare(a.Currency, b.Currency))
	}
	slices.SortFunc(change.Added, byKey)
	slices.SortFunc(change.Different, func(a, b RateDifference) int { return byKey(a.Held, b.Held) })
	with, err = d.withRates(change.Added)
	return with, change, err
}

// wantedCurrencies are the currencies that rates or donations name, but for the euro.
func (d *Dataset) wantedCurrencies() map[string]bool {
	wanted := map[string]bool{}
	for i := range d.Rates {
		wanted[d.Rates[i].Currency] = true
	}
	for m := range d.money() {
		wanted[m.currency] = true
	}
	delete(wanted, "EUR")
	delete(wanted, "")
	return wanted
}

// coveredMonth returns the month that a day of the coverage lies in.
func (d *Dataset) coveredMonth(day string) Date {
	month, _ := ParseDate(day[:min(len(day), len("2022-03"))]) // that it is a day has been checked
	return month
}

// withRates returns the dataset with more rates.
func (d *Dataset) withRates(added []Rate) (*Dataset, error) {
	metadata, err := d.TranscribeMetadata()
	if err != nil {
		return nil, err
	}
	from := &Transcript{Metadata: metadata, Tables: map[string]*TableTranscript{}}
	for i := range Schemas {
		from.Tables[Schemas[i].Name] = d.Transcribe(&Schemas[i])
	}
	rates := from.Tables["rates"]
	held, row, place := rates.Count, rates.Row, rates.Place
	rates.Count += len(added)
	rates.Row = func(i int) []string {
		if i < held {
			return row(i)
		}
		r := &added[i-held]
		return []string{r.Date.String(), r.Currency, r.UnitsPerEUR.String()}
	}
	rates.Place = func(row, field int) Place {
		if row >= held {
			return rates.Whole
		}
		return place(row, field)
	}
	return LoadTranscript(from)
}
