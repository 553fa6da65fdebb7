package dataset

import (
	"cmp"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
)

// money is one of the two amounts of a donation.
type money struct {
	field, currencyField string
	amount               Decimal
	currency             string
}

func (x *Donation) money() [2]money {
	return [2]money{
		{"amount", "currency", x.Amount, x.Currency},
		{"stated_amount", "stated_currency", x.StatedAmount, x.StatedCurrency},
	}
}

func checkTotals(d *Dataset, report reporter) {
	type total struct {
		sum, largest float64 // near enough for a bound
		row          int     // of the largest amount
	}
	totals := map[string]*total{}
	add := func(currency string, amount float64, row int) {
		if totals[currency] == nil {
			totals[currency] = &total{row: row}
		}
		t := totals[currency]
		if t.sum += amount; amount > t.largest {
			t.largest, t.row = amount, row
		}
	}
	for i := range d.Donations {
		if x := &d.Donations[i]; !x.Amount.IsZero() && isCurrency(x.Currency) {
			add(x.Currency, x.Amount.float(), i)
			if rate := d.lookup.rateOf(x.Currency, x.Announced).rate; rate.IsPositive() {
				add("euros in all", x.Amount.float()/rate.float(), i)
			}
		}
	}
	for _, currency := range sortedKeys(totals) {
		if t := totals[currency]; t.sum >= maxTotal {
			report(cellOf("donations", t.row, "amount"),
				fmt.Sprintf("the amounts in %s add up to more than %d digits hold; this is the largest", currency, MaxDigits), "")
		}
	}
}

// maxTotal is how many whole units a total may have, so that decimals fit too.
const maxTotal = 1e11

func checkCoverage(d *Dataset, report reporter) {
	start, errStart := parseDay(d.Metadata.Coverage.Start)
	end, errEnd := parseDay(d.Metadata.Coverage.End)
	if errStart != nil || errEnd != nil {
		return // a finding of its own
	}
	check := func(table string, row int, announced Date) {
		if !announced.IsZero() && (announced.End() < start || announced.Start() > end) {
			report(cellOf(table, row, "announced"), fmt.Sprintf("announced %s lies outside the coverage, %s to %s", announced, start, end), "")
		}
	}
	for i := range d.Halts {
		check("halts", i, d.Halts[i].Announced)
	}
	for i := range d.Donations {
		check("donations", i, d.Donations[i].Announced)
	}
}

func checkStatedAmount(d *Dataset, report reporter) {
	for i := range d.Donations {
		x := &d.Donations[i]
		if !x.Amount.IsPositive() || !x.StatedAmount.IsPositive() {
			continue
		}
		own, stated := d.lookup.rateOf(x.Currency, x.Announced).rate, d.lookup.rateOf(x.StatedCurrency, x.Announced).rate
		if !own.IsPositive() || !stated.IsPositive() {
			continue
		}
		expected := new(big.Rat).Quo(new(big.Rat).Mul(x.Amount.rat(), stated.rat()), own.rat())
		off := new(big.Rat).Sub(x.StatedAmount.rat(), expected)
		if off.Abs(off).Cmp(expected.Mul(expected, big.NewRat(5, 100))) > 0 {
			report(cellOf("donations", i, "stated_amount"),
				fmt.Sprintf("%s %s is more than 5 %% off what %s %s was worth", x.StatedAmount, x.StatedCurrency, x.Amount, x.Currency), "")
		}
	}
}

func checkDuplicateFacts(d *Dataset, report reporter) {
	for order := range d.haltsByCompany() {
		slices.SortFunc(order, func(i, j int32) int {
			a, b := &d.Halts[i], &d.Halts[j]
			if same := a.compareFact(b); same != 0 {
				return same
			}
			return cmp.Or(cmp.Compare(a.Announced.Start(), b.Announced.Start()), cmp.Compare(i, j))
		})
		reportOverlaps(d, order, report)
	}
}

// compareFact orders the halts of a company by all that makes them the same fact, dates left out.
func (h *Halt) compareFact(other *Halt) int {
	if order := strings.Compare(h.Action, other.Action); order != 0 {
		return order
	}
	if order := strings.Compare(h.Activity, other.Activity); order != 0 {
		return order
	}
	if order := strings.Compare(h.Product, other.Product); order != 0 {
		return order
	}
	return strings.Compare(string(h.Countries), string(other.Countries))
}

// haltsByCompany ranges over the dated halts of each company of the dataset in turn.
func (d *Dataset) haltsByCompany() iter.Seq[[]int32] {
	return func(yield func([]int32) bool) {
		starts := make([]int32, len(d.Companies)+1)
		isDated := func(i int) bool { return d.lookup.haltCompany[i] >= 0 && !d.Halts[i].Announced.IsZero() }
		for i := range d.Halts {
			if isDated(i) {
				starts[d.lookup.haltCompany[i]+1]++
			}
		}
		for i := range d.Companies {
			starts[i+1] += starts[i]
		}
		order, next := make([]int32, starts[len(d.Companies)]), slices.Clone(starts)
		for i := range d.Halts {
			if isDated(i) {
				company := d.lookup.haltCompany[i]
				order[next[company]] = int32(i)
				next[company]++
			}
		}
		for i := range d.Companies {
			if halts := order[starts[i]:starts[i+1]]; len(halts) > 1 && !yield(halts) {
				return
			}
		}
	}
}

// reportOverlaps reports the halts that are the same as one before and overlap it.
func reportOverlaps(d *Dataset, order []int32, report reporter) {
	widest := 0 // of the group, the one that reaches furthest
	for n := 1; n < len(order); n++ {
		a, b := &d.Halts[order[widest]], &d.Halts[order[n]]
		same := a.compareFact(b) == 0
		if same && a.Announced.overlaps(b.Announced) {
			first, second := int(min(order[widest], order[n])), int(max(order[widest], order[n]))
			report(cellOf("halts", second, "halt_id"), fmt.Sprintf("%q may be the same fact as %q", d.Halts[second].ID, d.Halts[first].ID), "", cellOf("halts", first, "halt_id"))
		}
		if !same || b.Announced.End() > a.Announced.End() {
			widest = n
		}
	}
}

func checkClaimWindow(d *Dataset, report reporter) {
	const window = 365
	for at, f := range d.facts() {
		if f.announced.IsZero() {
			continue
		}
		for _, i := range f.sources {
			if i < 0 || d.Sources[i].Published.IsZero() {
				continue
			}
			if days := d.Sources[i].Published.Start() - f.announced.End(); days > window {
				report(at, fmt.Sprintf("source %q was published %d days after %s", d.Sources[i].ID, days, f.announced), "", cellOf("sources", int(i), "published"))
			}
		}
	}
}

func checkDerivedLength(d *Dataset, report reporter) {
	hold := func(at cellAt, what, hint string, text []byte) {
		if n := utf16Length(string(text)); n > maxText {
			report(at, fmt.Sprintf("the derived %s have %d UTF-16 code units, more than the %d of a worksheet cell", what, n, maxText), hint)
		}
	}
	for at, f := range d.facts() {
		if len(f.sources)*(d.lookup.longestSource+1) > maxText {
			hold(at, "publishers", "split the sources over two rows", d.appendPublishers(nil, f.sources))
			hold(at, "source_urls", "split the sources over two rows", d.appendURLs(nil, f.sources))
		}
	}
	var names []byte
	for i := range d.Donations {
		if names = recipientNames(names[:0], d, i); len(names) > maxText {
			hold(cellOf("donations", i, "recipient_ids"), "recipients", "split the donation", names)
		}
	}
}
