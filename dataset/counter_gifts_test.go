package dataset_test

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"haltsheet/dataset"
)

func fraction(text string) *big.Rat {
	r, _ := new(big.Rat).SetString(text)
	return r
}

// euros converts a donation, and returns nil where it cannot be.
func euros(rates map[string]*big.Rat, x dataset.Donation) *big.Rat {
	if x.Amount.IsZero() {
		return nil
	}
	on := strings.TrimRight(x.Announced.String(), "?~%")
	var rate *big.Rat
	switch {
	case x.Currency == "EUR":
		rate = big.NewRat(1, 1)
	case len(on) == len(time.DateOnly):
		day, _ := time.Parse(time.DateOnly, on)
		for back := 0; back <= 7 && rate == nil; back++ {
			rate = rates[day.AddDate(0, 0, -back).Format(time.DateOnly)+x.Currency]
		}
	case len(on) == len("2022-03"):
		sum, n := new(big.Rat), int64(0)
		for day := range 31 {
			if r := rates[on+"-"+string(rune('0'+(day+1)/10))+string(rune('0'+(day+1)%10))+x.Currency]; r != nil {
				sum.Add(sum, r)
				n++
			}
		}
		if n > 0 {
			rate = fraction(sum.Quo(sum, big.NewRat(n, 1)).FloatString(6)) // which rounds half away from zero
		}
	}
	if rate == nil {
		return nil
	}
	return fraction(new(big.Rat).Quo(fraction(x.Amount.String()), rate).FloatString(2))
}

// gifts are the donations of a group: how many, and what those that are in the sum add up to.
type gifts struct {
	donations, included, leftOut, notExact int
	euros                                  *big.Rat
}

func (c *counter) gifts(inGroup, inSum func(i int) bool) gifts {
	g := gifts{euros: new(big.Rat)}
	for i, x := range c.Donations {
		if !inGroup(i) {
			continue
		}
		g.donations++
		if !inSum(i) {
			g.leftOut++
			continue
		}
		g.included++
		if x.AmountQualifier != "" {
			g.notExact++
		}
		g.euros.Add(g.euros, c.euros[i])
	}
	return g
}

func (c *counter) isCounted(i int) bool { return c.Donations[i].Type == "cash" && c.totalled[i] }

// ownCash adds up the cash in a currency, whatever the rates: the sum, how many amounts in it are not exact, and how many
// are in no sum in euros.
func (c *counter) ownCash(currency string) (sum string, notExact, withoutRate int) {
	total := new(big.Rat)
	for i, x := range c.Donations {
		if x.Currency != currency || x.Type != "cash" || !c.summed[i] {
			continue
		}
		total.Add(total, fraction(x.Amount.String()))
		if x.AmountQualifier != "" {
			notExact++
		}
		if c.euros[i] == nil {
			withoutRate++
		}
	}
	sum = total.FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(sum, "0"), "."), notExact, withoutRate
}

// giftRows gives the rows of a summary of donations by label, largest sum first. A label comes with its name.
func (c *counter) giftRows(labels map[string]string, has func(i int, label string) bool, inSum func(i int) bool) [][]string {
	type entry struct {
		row []string
		gifts
	}
	var entries []entry
	for label, name := range labels {
		g := c.gifts(func(i int) bool { return has(i, label) }, inSum)
		if g.donations == 0 {
			continue
		}
		entries = append(entries, entry{[]string{label, name, strconv.Itoa(g.donations), g.euros.FloatString(2), strconv.Itoa(g.leftOut), strconv.Itoa(g.notExact)}, g})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(-a.euros.Cmp(b.euros), strings.Compare(a.row[0], b.row[0]))
	})
	var rows [][]string
	for _, e := range entries {
		rows = append(rows, e.row)
	}
	return rows
}

// addDonations adds the summaries of donations.
func (c *counter) addDonations(rows map[string][][]string) {
	currencies, types, donors, recipients := map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{} // their names
	for _, x := range c.Donations {
		currencies[x.Currency], types[x.Type], donors[x.CompanyID] = currencyName(x.Currency), c.words("donation_type")(x.Type), c.company[x.CompanyID].Name
	}
	delete(currencies, "")
	for _, r := range c.Recipients {
		recipients[r.ID] = r.Name
	}
	rows["donations_by_currency"] = c.giftRows(currencies, func(i int, label string) bool { return c.Donations[i].Currency == label }, c.isCounted)
	for i, row := range rows["donations_by_currency"] {
		sum, notExact, withoutRate := c.ownCash(row[0])
		row[len(row)-1] = strconv.Itoa(notExact)
		row = slices.Insert(row, 4, strconv.Itoa(withoutRate))
		rows["donations_by_currency"][i] = slices.Insert(row, 3, sum)
	}
	rows["donations_by_type"] = c.giftRows(types, func(i int, label string) bool { return c.Donations[i].Type == label }, func(i int) bool { return c.totalled[i] })
	rows["donations_by_recipient"] = c.giftRows(recipients, func(i int, label string) bool {
		return slices.Contains(strings.Split(string(c.Donations[i].RecipientIDs), ";"), label)
	}, c.isCounted)
	largest := c.giftRows(donors, func(i int, label string) bool { return c.Donations[i].CompanyID == label }, c.isCounted)
	rows["largest_donors"] = largest[:min(20, len(largest))]
}
