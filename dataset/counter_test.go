package dataset_test

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"haltsheet/dataset"
)

// The counter counts what the summaries say once more, directly from the records, with fractions of math/big and the
// calendar of package time.
type counter struct {
	*dataset.Dataset
	company  map[string]dataset.Company
	donation map[string]int
	euros    []*big.Rat // of each donation; nil without an amount or a rate
	totalled []bool
	summed   []bool
}

func newCounter(d *dataset.Dataset) *counter {
	c := &counter{Dataset: d, company: map[string]dataset.Company{}, donation: map[string]int{}}
	for _, company := range d.Companies {
		c.company[company.ID] = company
	}
	rates := map[string]*big.Rat{} // by day and currency
	for _, rate := range d.Rates {
		rates[rate.Date.String()+rate.Currency] = fraction(rate.UnitsPerEUR.String())
	}
	for i, x := range d.Donations {
		c.donation[x.ID] = i
		c.euros = append(c.euros, euros(rates, x))
	}
	for i, x := range d.Donations {
		isHeld, isHeldInAny := false, false
		for up, there := c.donation[x.IncludedIn]; there; up, there = c.donation[d.Donations[up].IncludedIn] {
			isHeld = isHeld || d.Donations[up].Type == x.Type && c.euros[up] != nil
			isHeldInAny = isHeldInAny || d.Donations[up].Type == x.Type && d.Donations[up].Amount.IsPositive()
		}
		c.totalled = append(c.totalled, c.euros[i] != nil && !isHeld)
		c.summed = append(c.summed, x.Amount.IsPositive() && x.Currency != "" && !isHeldInAny)
	}
	return c
}

// tally counts things, and the companies they belong to, by label.
type tally map[string]map[string]int // label, company: how many

func (t tally) add(label, company string) {
	if t[label] == nil {
		t[label] = map[string]int{}
	}
	t[label][company]++
}

func (t tally) count(label string) (n int) {
	for _, m := range t[label] {
		n += m
	}
	return n
}

// rows gives label, count and companies, the highest count first; a label of several columns is separated by |.
func (t tally) rows() [][]string {
	labels := slices.SortedFunc(maps.Keys(t), func(a, b string) int { return cmp.Or(-cmp.Compare(t.count(a), t.count(b)), strings.Compare(a, b)) })
	var rows [][]string
	for _, label := range labels {
		rows = append(rows, append(strings.Split(label, "|"), strconv.Itoa(t.count(label)), strconv.Itoa(len(t[label]))))
	}
	return rows
}

// worded writes the words for a label behind it in each row.
func worded(rows [][]string, label int, words func(string) string) [][]string {
	for i, row := range rows {
		rows[i] = slices.Insert(row, label+1, words(row[label]))
	}
	return rows
}

// words gives the labels of a list of codes.
func (c *counter) words(list string) func(string) string {
	labels := map[string]string{}
	for _, code := range c.CodeList(list).Codes {
		labels[code.Code] = cmp.Or(code.Label, code.Words())
	}
	return func(code string) string { return labels[code] }
}

func countryName(code string) string {
	name, _ := dataset.CountryName(code)
	return name
}

func currencyName(code string) string {
	name, _ := dataset.CurrencyName(code)
	return name
}

// expected gives the rows of all summaries by name.
func (c *counter) expected() map[string][][]string {
	rows := map[string][][]string{"key_figures": c.keyFigures()}
	c.addHalts(rows)
	c.addTimelines(rows)
	c.addDonations(rows)
	c.addEvents(rows)
	return rows
}

// addHalts adds the summaries that count halts, and that of companies.
func (c *counter) addHalts(rows map[string][][]string) {
	byActionCountry, byActivity, bySector, bySectorCountry := tally{}, tally{}, tally{}, tally{}
	halts, donations, companies := tally{}, tally{}, tally{} // by the country of the company
	for _, h := range c.Halts {
		company := c.company[h.CompanyID]
		for country := range strings.SplitSeq(string(h.Countries), ";") {
			byActionCountry.add(h.Action+"|"+country, h.CompanyID)
		}
		byActivity.add(h.Activity, h.CompanyID)
		bySector.add(company.Sector, h.CompanyID)
		if company.Country != "" {
			bySectorCountry.add(company.Sector+"|"+company.Country, h.CompanyID)
		}
		halts.add(company.Country, "")
	}
	for _, x := range c.Donations {
		donations.add(c.company[x.CompanyID].Country, "")
	}
	for _, company := range c.Companies {
		companies.add(company.Country, company.ID)
	}
	delete(companies, "")

	rows["halts_by_action_country"] = worded(worded(byActionCountry.rows(), 1, countryName), 0, c.words("action"))
	rows["halts_by_activity"] = worded(byActivity.rows(), 0, c.words("activity"))
	rows["halts_by_sector"] = worded(bySector.rows(), 0, c.words("sector"))
	rows["halts_by_sector_country"] = worded(worded(bySectorCountry.rows(), 1, countryName), 0, c.words("sector"))
	for _, row := range companies.rows() {
		country := row[0]
		rows["companies_by_country"] = append(rows["companies_by_country"],
			[]string{country, countryName(country), row[1], strconv.Itoa(halts.count(country)), strconv.Itoa(donations.count(country))})
	}
}

// addTimelines adds the summaries by day, month and year.
func (c *counter) addTimelines(rows map[string][][]string) {
	halts, donations, byMonthAction := tally{}, tally{}, tally{}
	dated := func(announced dataset.Date) string { return strings.TrimRight(announced.String(), "?~%") }
	for _, h := range c.Halts {
		date := dated(h.Announced)
		halts.add(date, "")
		if len(date) >= len("2022-03") {
			byMonthAction.add(date[:len("2022-03")]+"|"+h.Action, "")
		}
	}
	for _, x := range c.Donations {
		donations.add(dated(x.Announced), "")
	}
	total := 0
	for _, day := range c.covered(len(time.DateOnly), halts, donations) {
		total += halts.count(day)
		rows["timeline_days"] = append(rows["timeline_days"],
			[]string{day, strconv.Itoa(halts.count(day)), strconv.Itoa(total), strconv.Itoa(donations.count(day))})
	}
	for name, unit := range map[string]int{"timeline_months": len("2022-03"), "timeline_years": len("2022")} {
		for _, label := range c.covered(unit, halts, donations) {
			row := append([]string{label}, halts.within(label, unit)...)
			rows[name] = append(rows[name], append(row, donations.within(label, unit)...))
		}
	}
	for _, label := range slices.Sorted(maps.Keys(byMonthAction)) {
		month, action, _ := strings.Cut(label, "|")
		rows["halts_by_month_action"] = append(rows["halts_by_month_action"], []string{month, action, c.words("action")(action), strconv.Itoa(byMonthAction.count(label))})
	}
}

// within counts what is dated within a month or a year: all of it, then that dated to a day, to a month, and in a year to the
// year.
func (t tally) within(label string, unit int) []string {
	all, to := 0, map[int]int{}
	for date := range t {
		if strings.HasPrefix(date, label) {
			all, to[len(date)] = all+t.count(date), to[len(date)]+t.count(date)
		}
	}
	cells := []string{strconv.Itoa(all), strconv.Itoa(to[len(time.DateOnly)]), strconv.Itoa(to[len("2022-03")])}
	if unit == len("2022") {
		cells = append(cells, strconv.Itoa(to[unit]))
	}
	return cells
}

func (c *counter) keyFigures() (rows [][]string) {
	completed, halters, donors := 0, map[string]bool{}, map[string]bool{}
	for _, h := range c.Halts {
		halters[h.CompanyID] = true
		if h.Status == "completed" {
			completed++
		}
	}
	for _, x := range c.Donations {
		donors[x.CompanyID] = true
	}
	for _, f := range []struct {
		name      string
		n         int
		one, many string
	}{
		{"Companies", len(c.Companies), "company", "companies"},
		{"Companies that halted something", len(halters), "company", "companies"},
		{"Companies that donated", len(donors), "company", "companies"},
		{"Halts", len(c.Halts), "halt", "halts"},
		{"Halts told as carried out", completed, "halt", "halts"},
		{"Donations", len(c.Donations), "donation", "donations"},
		{"Recipients", len(c.Recipients), "recipient", "recipients"},
		{"Sources", len(c.Sources), "source", "sources"},
	} {
		unit := f.many
		if f.n == 1 {
			unit = f.one
		}
		rows = append(rows, []string{f.name, strconv.Itoa(f.n), unit, "", "", ""})
	}
	for _, f := range [][2]string{
		{"Own cash donated", "cash"}, {"Pledged", "pledge"}, {"Matched", "matched"}, {"In kind", "in_kind"}, {"Raised from others", "raised"}, {"Mixed", "mixed"},
	} {
		g := c.gifts(func(i int) bool { return c.Donations[i].Type == f[1] }, func(i int) bool { return c.totalled[i] })
		rows = append(rows, []string{f[0], g.euros.FloatString(2), "EUR", strconv.Itoa(g.included), strconv.Itoa(g.leftOut), strconv.Itoa(g.notExact)})
	}
	return rows
}

// covered returns the units of the coverage up to the last fact, and those of facts outside of it; a unit is as long as its
// text.
func (c *counter) covered(unit int, dated ...tally) (units []string) {
	for _, t := range dated {
		for date := range t {
			if len(date) >= unit {
				units = append(units, date[:unit])
			}
		}
	}
	if len(units) == 0 {
		return nil
	}
	last := slices.Max(units)
	start, _ := time.Parse(time.DateOnly, c.Metadata.Coverage.Start)
	for day := start; day.Format(time.DateOnly) <= c.Metadata.Coverage.End; day = day.AddDate(0, 0, 1) {
		if text := day.Format(time.DateOnly)[:unit]; text <= last {
			units = append(units, text)
		}
	}
	slices.Sort(units)
	return slices.Compact(units)
}
