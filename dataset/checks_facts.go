package dataset

import (
	"cmp"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
)

// money is an amount in a currency: a number of a record, and the cell that names its currency.
type money struct {
	at, currencyAt cellAt
	amount         Decimal
	currency       string
}

// field and currencyField return the names of the columns.
func (m *money) field() string { return m.at.schema.Columns[m.at.column].Name }

func (m *money) currencyField() string { return m.currencyAt.schema.Columns[m.currencyAt.column].Name }

// money ranges over all amounts in a currency that a record states, known or not.
func (d *Dataset) money() iter.Seq[money] {
	return func(yield func(money) bool) {
		for _, table := range d.tables {
			columns := table.schema.Curated()
			for column := range columns {
				in := columnIndex(columns, columns[column].Currency)
				if columns[column].Type != TypeDecimal || in < 0 {
					continue
				}
				for row := range table.records.count() {
					if !yield(money{
						cellAt{table.schema, row, column},
						cellAt{table.schema, row, in},
						table.records.decimal(row, column), table.records.text(row, in),
					}) {
						return
					}
				}
			}
		}
	}
}

// checkNumbers reports the numbers that are 0.
func checkNumbers(d *Dataset, report reporter) {
	for _, table := range d.tables {
		columns := table.schema.Curated()
		for column := range columns {
			if columns[column].Type != TypeDecimal {
				continue
			}
			hint := ""
			if columns[column].Required {
				hint = "write the published number"
			}
			for row := range table.records.count() {
				if number := table.records.decimal(row, column); !number.IsZero() && !number.IsPositive() {
					report(cellAt{table.schema, row, column}, columns[column].Name+" is 0", hint)
				}
			}
		}
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
	last, errLast := parseDay(cmp.Or(d.Metadata.Coverage.EventsEnd, d.Metadata.Coverage.End))
	if errStart != nil || errEnd != nil || errLast != nil {
		return // a finding of its own
	}
	for i := range d.lookup.facts {
		t := &d.lookup.facts[i]
		end := end
		if t.isAftermath() {
			end = last
		}
		for row, date := range t.dates {
			if !date.IsZero() && (date.End() < start || date.Start() > end) {
				at := cellAt{t.schema, row, t.dateColumn}
				report(at, fmt.Sprintf("%s %s lies outside the coverage, %s to %s", t.schema.Columns[at.column].Name, date, start, end), "")
			}
		}
	}
}

// checkEventOrder holds each event to the one before it, where it is sure that it came before.
func checkEventOrder(d *Dataset, report reporter) {
	byHalt := d.stepsByHalt()
	for halt := range d.Halts {
		steps, seized := byHalt.of(halt), false
		for n, row := range steps {
			e, at := &d.Events[row], cellOf("events", int(row), "event")
			seized = seized || e.Event == "seized"
			if e.Event == "released" && !seized {
				report(at, "released without being seized", "")
			}
			if n == 0 {
				continue
			}
			before := &d.Events[steps[n-1]]
			if before.Date.End() < e.Date.Start() && slices.Contains(impossibleSteps[before.Event], e.Event) {
				report(at, fmt.Sprintf("%s on %s, after %s on %s", e.Event, e.Date, before.Event, before.Date), "", cellOf("events", int(steps[n-1]), "event"))
			}
		}
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
		expected := new(big.Rat).Quo(new(big.Rat).Mul(x.Amount.Rat(), stated.Rat()), own.Rat())
		off := new(big.Rat).Sub(x.StatedAmount.Rat(), expected)
		if off.Abs(off).Cmp(expected.Mul(expected, big.NewRat(5, 100))) > 0 {
			report(cellOf("donations", i, "stated_amount"),
				fmt.Sprintf("%s %s is more than 5 %% off what %s %s was worth", x.StatedAmount, x.StatedCurrency, x.Amount, x.Currency), "")
		}
	}
}

// checkDuplicateFacts sorts the halts of each company so that the same facts stand together, by date, and holds each to the
// one before it that reaches furthest.
func checkDuplicateFacts(d *Dataset, report reporter) {
	byCompany := groupRows(len(d.Halts), len(d.Companies), func(row int) int32 {
		if d.Halts[row].Announced.IsZero() {
			return noRow
		}
		return d.lookup.halts.companies[row]
	})
	for company := range d.Companies {
		order := byCompany.of(company)
		slices.SortFunc(order, func(i, j int32) int {
			a, b := &d.Halts[i], &d.Halts[j]
			if different := a.compareFact(b); different != 0 {
				return different
			}
			return cmp.Or(cmp.Compare(a.Announced.Start(), b.Announced.Start()), cmp.Compare(i, j))
		})
		furthest := 0
		for n := 1; n < len(order); n++ {
			a, b := &d.Halts[order[furthest]], &d.Halts[order[n]]
			same := a.compareFact(b) == 0
			if same && a.Announced.overlaps(b.Announced) {
				first, second := int(min(order[furthest], order[n])), int(max(order[furthest], order[n]))
				report(cellOf("halts", second, "halt_id"), fmt.Sprintf("%q may be the same fact as %q", d.Halts[second].ID, d.Halts[first].ID), "", cellOf("halts", first, "halt_id"))
			}
			if !same || b.Announced.End() > a.Announced.End() {
				furthest = n
			}
		}
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

func checkClaimWindow(d *Dataset, report reporter) {
	const window = 365
	for t, row := range d.facts() {
		date := t.date(row)
		if date.IsZero() {
			continue
		}
		for _, i := range t.sources.of(row) {
			if i < 0 || d.Sources[i].Published.IsZero() {
				continue
			}
			if days := d.Sources[i].Published.Start() - date.End(); days > window {
				report(cellAt{t.schema, row, t.sourceColumn}, fmt.Sprintf("source %q was published %d days after %s", d.Sources[i].ID, days, date), "", cellOf("sources", int(i), "published"))
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
	for t, row := range d.facts() {
		at, sources := cellAt{t.schema, row, t.sourceColumn}, t.sources.of(row)
		if len(sources)*(d.lookup.longestSource+1) > maxText && t.schema.column("source_urls") >= 0 {
			hold(at, "publishers", "split the sources over two rows", d.appendPublishers(nil, sources))
			hold(at, "source_urls", "split the sources over two rows", d.appendURLs(nil, sources))
		}
	}
	var names []byte
	for i := range d.Donations {
		if names = recipientNames(names[:0], d, i); len(names) > maxText {
			hold(cellOf("donations", i, "recipient_ids"), "recipients", "split the donation", names)
		}
	}
}
