package dataset

import (
	"cmp"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
)

// recordRules look at whole records and at what holds between them.
var recordRules = []Rule{
	{
		ID: "unique-error", Title: "Repeated value", Severity: Error,
		Explanation: "No two companies and no two recipients have the same name.",
		Hint:        "merge the two rows, or tell the names apart",
		check:       checkUnique,
	},
	{
		ID: "primary-key", Title: "Repeated key", Severity: Error,
		Explanation: "No two rows of a table have the same key.",
		Hint:        "give one of the rows a new key",
		check:       checkPrimaryKey,
	},
	{
		ID: "foreign-key", Title: "Key of no row", Severity: Error,
		Explanation: "A cell that names a row of another table names one that is there.",
		Hint:        "mend the key, or add the row",
		check:       checkForeignKey,
	},
	{
		ID: "amount-without-currency", Title: "Amount without currency", Severity: Error,
		Explanation: "An amount is worth something only in a currency.",
		Hint:        "write the currency, such as USD",
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				for _, money := range d.Donations[i].money() {
					if !money.amount.IsZero() && money.currency == "" {
						report(cellOf("donations", i, money.currencyField), money.field+" has no currency", "")
					}
				}
			}
		},
	},
	{
		ID: "amount-not-positive", Title: "Amount not positive", Severity: Error,
		Explanation: "Amounts and rates are more than 0; an unknown amount is an empty cell.",
		Hint:        "write the amount, or leave the cell empty",
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				for _, money := range d.Donations[i].money() {
					if !money.amount.IsZero() && !money.amount.IsPositive() {
						report(cellOf("donations", i, money.field), money.field+" is 0", "")
					}
				}
			}
			for i := range d.Rates {
				if rate := d.Rates[i].UnitsPerEUR; !rate.IsZero() && !rate.IsPositive() {
					report(cellOf("rates", i, "units_per_eur"), "units_per_eur is 0", "write the published rate")
				}
			}
		},
	},
	{
		ID: "minor-units", Title: "More decimals than the currency has", Severity: Error,
		Explanation: "An amount has at most the decimals of its currency in ISO 4217: 2 for the euro, none for the yen.",
		Hint:        "round the amount as the source does",
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				for _, money := range d.Donations[i].money() {
					if digits, ok := MinorUnits(money.currency); ok && money.amount.Scale() > digits {
						report(cellOf("donations", i, money.field),
							fmt.Sprintf("%s %s has more than the %d decimals of %s", money.field, money.amount, digits, money.currency), "")
					}
				}
			}
		},
	},
	{
		ID: "total-too-large", Title: "Total too large", Severity: Error,
		Explanation: "The amounts of a currency, and all amounts in euros, add up to at most 15 significant digits, so that every total is exact everywhere.",
		Hint:        "check the largest amount for zeros too many",
		check:       checkTotals,
	},
	{
		ID: "included-in-cycle", Title: "Donation included in itself", Severity: Error,
		Explanation: "Following included_in from donation to donation never comes back.",
		Hint:        "empty one of the cells",
		check: func(d *Dataset, report reporter) {
			reportCycles(len(d.Donations), func(i int) int { return d.donation(d.Donations[i].IncludedIn) }, func(i int) {
				report(cellOf("donations", i, "included_in"), fmt.Sprintf("%q is included in itself", d.Donations[i].ID), "")
			})
		},
	},
	{
		ID: "parent-cycle", Title: "Company that is its own parent", Severity: Error,
		Explanation: "Following parent_id from company to company never comes back.",
		Hint:        "empty one of the cells",
		check: func(d *Dataset, report reporter) {
			reportCycles(len(d.Companies), func(i int) int { return d.company(d.Companies[i].ParentID) }, func(i int) {
				report(cellOf("companies", i, "parent_id"), fmt.Sprintf("%q is its own parent", d.Companies[i].ID), "")
			})
		},
	},
	{
		ID: "count-below-minimum", Title: "Too few rows", Severity: Error,
		Explanation: "minimum_rows in dataset.json guards each table against rows that are lost unseen.",
		Hint:        "restore the rows; if they were removed on purpose, lower minimum_rows",
	},
	{
		ID: "row-order", Title: "Row out of order", Severity: Warning,
		Explanation: "Rows are sorted bytewise by key, so that changes are small and places are found.",
		Hint:        "sort the rows by key",
		check:       checkRowOrder,
	},
	{
		ID: "currency-without-amount", Title: "Currency without amount", Severity: Warning,
		Explanation: "A currency says nothing without an amount.",
		Hint:        "write the amount, or empty the currency",
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				for _, money := range d.Donations[i].money() {
					if money.amount.IsZero() && money.currency != "" {
						report(cellOf("donations", i, money.currencyField), money.currencyField+" stands without "+money.field, "")
					}
				}
			}
		},
	},
	{
		ID: "ended-before-effective", Title: "Ended before it began", Severity: Warning,
		Explanation: "A halt ends after it took effect.",
		Hint:        "check both dates with the source",
		check: func(d *Dataset, report reporter) {
			for i := range d.Halts {
				began := d.Halts[i].Effective
				if began.IsZero() {
					began = d.Halts[i].Announced
				}
				if ended := d.Halts[i].Ended; !ended.IsZero() && !began.IsZero() && ended.End() < began.Start() {
					report(cellOf("halts", i, "ended"), fmt.Sprintf("the halt ended on %s, before it began on %s", ended, began), "")
				}
			}
		},
	},
	{
		ID: "date-outside-coverage", Title: "Outside the coverage", Severity: Warning,
		Explanation: "What is announced lies within the coverage that dataset.json states, at least in part.",
		Hint:        "check the date, widen the coverage, or leave the row out",
		check:       checkCoverage,
	},
	{
		ID: "stated-amount-far-from-rate", Title: "Stated amount far from the rate", Severity: Warning,
		Explanation: "A conversion that the source itself gives lies within 5 % of the reference rate.",
		Hint:        "check both amounts and currencies with the source",
		check:       checkStatedAmount,
	},
	{
		ID: "amount-outlier", Title: "Unusual amount", Severity: Warning,
		Explanation: "An amount of 100 million euros or more, or of less than 1,000, is often a slip of zeros.",
		Hint:        "check the amount with the source; if it is right, except it with a reason",
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				if eur := d.lookup.conversions[i].eur; !eur.IsZero() && (eur.Coefficient() >= 100e6*100 || eur.Coefficient() < 1000*100) {
					report(cellOf("donations", i, "amount"), fmt.Sprintf("the amount is worth %s euros", eur), "")
				}
			}
		},
	},
	{
		ID: "duplicate-fact", Title: "The same fact twice", Severity: Warning,
		Explanation: "Two halts of one company with the same action, activity, product and countries and overlapping dates are most likely one.",
		Hint:        "merge the rows and keep all sources, or except the pair with a reason",
		check:       checkDuplicateFacts,
	},
	{
		ID: "similar-names", Title: "Nearly the same name", Severity: Warning,
		Explanation: "Names that differ only in case, accents, punctuation, spaces or a legal form are most likely one name spelt twice.",
		Hint:        "spell it one way, or except the pair with a reason",
		check:       checkSimilarNames,
	},
	{
		ID: "source-unused", Title: "Unused source", Severity: Warning,
		Explanation: "Every source backs a fact.",
		Hint:        "name it in source_ids, or remove it",
		check: func(d *Dataset, report reporter) {
			used := make([]bool, len(d.Sources))
			for _, f := range d.facts() {
				for _, i := range f.sources {
					if i >= 0 {
						used[i] = true
					}
				}
			}
			reportUnused(used, func(i int) {
				report(cellOf("sources", i, "source_id"), fmt.Sprintf("source %q backs no fact", d.Sources[i].ID), "")
			})
		},
	},
	{
		ID: "recipient-unused", Title: "Unused recipient", Severity: Warning,
		Explanation: "Every recipient received something.",
		Hint:        "name it in recipient_ids, or remove it",
		check: func(d *Dataset, report reporter) {
			used := make([]bool, len(d.Recipients))
			for i := range d.Donations {
				for id := range d.Donations[i].RecipientIDs.All() {
					if j := d.recipient(id); j >= 0 {
						used[j] = true
					}
				}
			}
			reportUnused(used, func(i int) {
				report(cellOf("recipients", i, "recipient_id"), fmt.Sprintf("recipient %q received nothing", d.Recipients[i].ID), "")
			})
		},
	},
	{
		ID: "company-unused", Title: "Unused company", Severity: Warning,
		Explanation: "Every company has a halt or a donation, gave jointly with another, or is the parent of a company.",
		Hint:        "add its facts, or remove it",
		check:       checkCompanyUnused,
	},
	{
		ID: "source-after-claim-window", Title: "Source long after the fact", Severity: Warning,
		Explanation: "A source was published at most 365 days after what it states was announced.",
		Hint:        "check the dates of the source and of the fact",
		check:       checkClaimWindow,
	},
	{
		ID: "exception-unused", Title: "Unused exception", Severity: Warning,
		Explanation: "Every exception in dataset.json keeps a finding from being reported; one that no longer does hides nothing but the next mistake.",
		Hint:        "remove the exception",
	},
	{
		ID: "effective-before-announced", Title: "In effect before it was announced", Severity: Note,
		Explanation: "True of facts that were announced late, and now and then a slip.",
		Hint:        "check both dates with the source",
		check: func(d *Dataset, report reporter) {
			for i := range d.Halts {
				h := &d.Halts[i]
				if !h.Effective.IsZero() && !h.Announced.IsZero() && h.Effective.End() < h.Announced.Start() {
					report(cellOf("halts", i, "effective"), fmt.Sprintf("in effect on %s, announced on %s", h.Effective, h.Announced), "")
				}
			}
		},
	},
	{
		ID: "single-publisher", Title: "One publisher only", Severity: Note,
		Explanation: "A fact that two publishers state is surer.",
		Hint:        "add a source of another publisher where there is one",
		check: func(d *Dataset, report reporter) {
			for at, f := range d.facts() {
				if d.hasOnePublisher(f.sources) {
					report(at, "all sources have one publisher", "")
				}
			}
		},
	},
	{
		ID: "rate-missing", Title: "No rate", Severity: Note,
		Explanation: "An amount without a rate for its currency and date is in no total in euros.",
		Hint:        "add the rate to rates.csv, or write a more exact date",
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				if x := &d.Donations[i]; !x.Amount.IsZero() && isCurrency(x.Currency) && d.lookup.conversions[i].eur.IsZero() {
					report(cellOf("donations", i, "currency"), fmt.Sprintf("no rate for %s on %s", x.Currency, x.Announced), "")
				}
			}
		},
	},
}

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

// reportCycles calls report once for each cycle of next, with its least member; next is -1 at an end.
func reportCycles(n int, next func(i int) int, report func(i int)) {
	const unseen, onPath, done = 0, 1, 2
	state := make([]byte, n)
	for i := range n {
		path := i
		for ; path >= 0 && state[path] == unseen; path = next(path) {
			state[path] = onPath
		}
		if path >= 0 && state[path] == onPath {
			least := path
			for member := next(path); member != path; member = next(member) {
				least = min(least, member)
			}
			report(least)
		}
		for path = i; path >= 0 && state[path] == onPath; path = next(path) {
			state[path] = done
		}
	}
}

func reportUnused(used []bool, report func(i int)) {
	for i, isUsed := range used {
		if !isUsed {
			report(i)
		}
	}
}

func checkUnique(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		for c := range schema.Columns {
			if !schema.Columns[c].Unique {
				continue
			}
			first := make(map[string]int, schema.records.count(d))
			for i := range schema.records.count(d) {
				at := cellAt{schema, i, c}
				text := d.cellText(at)
				if text == "" {
					continue
				}
				if j, repeated := first[text]; repeated {
					other := cellAt{schema, j, c}
					report(at, fmt.Sprintf("%s %q is there already at %s", schema.Columns[c].Name, text, d.place(other)), "", other)
					continue
				}
				first[text] = i
			}
		}
	}
}

func checkPrimaryKey(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		if d.lookup.sorted[s] {
			continue // strictly ascending keys differ
		}
		first := make(map[string]int, schema.records.count(d))
		for i := range schema.records.count(d) {
			key := d.key(schema, i)
			if j, repeated := first[key]; repeated {
				at, other := cellAt{schema, i, 0}, cellAt{schema, j, 0}
				report(at, fmt.Sprintf("key %q is there already at %s", key, d.place(other)), "", other)
				continue
			}
			first[key] = i
		}
	}
}

func checkRowOrder(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		if d.unordered || d.lookup.sorted[s] {
			continue
		}
		for i := 1; i < schema.records.count(d); i++ {
			if before, key := d.key(schema, i-1), d.key(schema, i); key < before {
				report(cellAt{schema, i, 0}, fmt.Sprintf("%q belongs before %q", key, before), "")
			}
		}
	}
}

// keysAscend reports whether the keys of a table ascend strictly, bytewise.
func (d *Dataset) keysAscend(schema *Schema) bool {
	if !schema.Columns[1].Key {
		before := ""
		for i := range schema.records.count(d) {
			key := *schema.records.field(d, i, 0).(*string)
			if i > 0 && key <= before {
				return false
			}
			before = key
		}
		return true
	}
	var before, key []byte
	for i := range schema.records.count(d) {
		key = d.appendSortKey(key[:0], schema, i)
		if i > 0 && slices.Compare(before, key) >= 0 {
			return false
		}
		before, key = key, before
	}
	return true
}

// appendSortKey appends what records are ordered by: the parts of the key, a zero byte behind each.
func (d *Dataset) appendSortKey(b []byte, schema *Schema, row int) []byte {
	for i := range schema.Columns {
		if schema.Columns[i].Key {
			b = schema.records.cell(d, row, i).Append(b, schema.Columns[i].Type)
			b = append(b, 0)
		}
	}
	return b
}

func checkForeignKey(d *Dataset, report reporter) {
	for s := range Schemas {
		schema := &Schemas[s]
		for c := range schema.Columns {
			column := &schema.Columns[c]
			if column.Ref == "" || d.origins[column.Ref] == nil {
				continue // a table that is not there is a finding of its own
			}
			rowOf := d.rowLookup(column.Ref)
			for i := range schema.records.count(d) {
				text := schema.records.cell(d, i, c).Text
				for id := range List(text).All() {
					if id != "" && rowOf(id) < 0 {
						report(cellAt{schema, i, c}, fmt.Sprintf("%s %q is not in %s.csv", column.Name, id, column.Ref), d.keyHint(column.Ref, id))
					}
				}
			}
		}
	}
}

// keyHint names a key that begins alike, for a slip of the pen.
func (d *Dataset) keyHint(table, id string) string {
	schema := SchemaOf(table)
	best, length := "", 2
	for i := range schema.records.count(d) {
		key := d.key(schema, i)
		same := 0
		for same < min(len(key), len(id)) && key[same] == id[same] {
			same++
		}
		if fault, _ := slugProblem(key); fault == "" && same > length && same*2 > len(id) {
			best, length = key, same
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("perhaps %s is meant; else add the row to %s.csv", best, table)
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
		own, stated := d.lookup.rateOf(x.Currency, x.Announced).rate, d.lookup.rateOf(x.StatedCurrency, x.Announced).rate
		if !x.Amount.IsPositive() || !x.StatedAmount.IsPositive() || !own.IsPositive() || !stated.IsPositive() {
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
	same := func(a, b *Halt) int {
		return cmp.Or(
			strings.Compare(a.CompanyID, b.CompanyID), strings.Compare(a.Action, b.Action), strings.Compare(a.Activity, b.Activity),
			strings.Compare(a.Product, b.Product), strings.Compare(string(a.Countries), string(b.Countries)),
		)
	}
	for order := range d.haltsByCompany() {
		slices.SortFunc(order, func(i, j int32) int {
			a, b := &d.Halts[i], &d.Halts[j]
			return cmp.Or(same(a, b), cmp.Compare(a.Announced.Start(), b.Announced.Start()), cmp.Compare(i, j))
		})
		reportOverlaps(d, order, same, report)
	}
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
func reportOverlaps(d *Dataset, order []int32, same func(a, b *Halt) int, report reporter) {
	widest := 0 // of the group, the one that reaches furthest
	for n := 1; n < len(order); n++ {
		a, b := &d.Halts[order[widest]], &d.Halts[order[n]]
		if same(a, b) == 0 && a.Announced.overlaps(b.Announced) {
			first, second := int(min(order[widest], order[n])), int(max(order[widest], order[n]))
			report(cellOf("halts", second, "halt_id"), fmt.Sprintf("%q may be the same fact as %q", d.Halts[second].ID, d.Halts[first].ID), "", cellOf("halts", first, "halt_id"))
		}
		if same(a, b) != 0 || b.Announced.End() > a.Announced.End() {
			widest = n
		}
	}
}

func checkCompanyUnused(d *Dataset, report reporter) {
	used := make([]bool, len(d.Companies))
	use := func(company int) {
		if company >= 0 {
			used[company] = true
		}
	}
	for i := range d.Companies {
		use(d.company(d.Companies[i].ParentID))
	}
	for _, f := range d.facts() {
		use(int(f.company))
	}
	for i := range d.Donations {
		for id := range d.Donations[i].JointCompanyIDs.All() {
			use(d.company(id))
		}
	}
	reportUnused(used, func(i int) {
		report(cellOf("companies", i, "company_id"), fmt.Sprintf("company %q has neither halts nor donations nor subsidiaries", d.Companies[i].ID), "")
	})
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
	tooLong := func(at cellAt, sources []int32) {
		for name, text := range map[string]List{"publishers": d.publishers(sources), "source_urls": d.sourceURLs(sources)} {
			if n := utf16Length(string(text)); n > maxText {
				report(at, fmt.Sprintf("the derived %s have %d UTF-16 code units, more than the %d of a worksheet cell", name, n, maxText), "split the sources over two rows")
			}
		}
	}
	for at, f := range d.facts() {
		if len(f.sources)*(d.lookup.longestSource+1) > maxText {
			tooLong(at, f.sources)
		}
	}
	for i := range d.Donations {
		recipients := d.Donations[i].RecipientIDs
		if n := utf16Length(d.recipientNames(i).Text); n > maxText {
			report(cellOf("donations", i, "recipient_ids"), fmt.Sprintf("the derived recipients of %d ids have %d UTF-16 code units", recipients.Len(), n), "split the donation")
		}
	}
}
