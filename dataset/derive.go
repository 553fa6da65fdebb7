package dataset

import (
	"iter"
	"math/big"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// lookup finds records by key, and holds what is derived from several records. It is made once, after loading.
type lookup struct {
	companies, donations, recipients, sources map[string]int

	rates       map[string][]datedRate // by currency, sorted by day
	means       map[currencyMonth]Decimal
	conversions []conversion // of each donation
	perCompany  []companyFacts

	sorted      []bool     // whether the keys of each table ascend strictly, bytewise
	haltCompany []int32    // the company of each halt, or -1
	giftCompany []int32    // the company of each donation, or -1
	haltSources references // the sources of each halt
	giftSources references // the sources of each donation

	longestSource int // the most bytes of an address or a publisher
}

// references are the rows of another table that each record of a table names in a list; -1 for a key of no row.
type references struct {
	starts []int32 // of each record's rows, and behind the last
	rows   []int32
}

// of returns the rows that a record names.
func (r *references) of(record int) []int32 { return r.rows[r.starts[record]:r.starts[record+1]] }

// resolve finds the rows that lists of keys name.
func resolve(records int, list func(record int) List, rows map[string]int) references {
	r := references{starts: make([]int32, records+1)}
	for i := range records {
		r.starts[i+1] = r.starts[i] + int32(list(i).Len())
	}
	r.rows = make([]int32, r.starts[records])
	inParts(records, func(from, to int) {
		for i := from; i < to; i++ {
			at := r.starts[i]
			for key := range list(i).All() {
				r.rows[at] = int32(rowIn(rows, key))
				at++
			}
		}
	})
	return r
}

// resolveKeys finds the rows that keys name.
func resolveKeys(records int, key func(record int) string, rows map[string]int) []int32 {
	found := make([]int32, records)
	inParts(records, func(from, to int) {
		for i := from; i < to; i++ {
			if i > from && key(i) == key(i-1) {
				found[i] = found[i-1]
				continue
			}
			found[i] = int32(rowIn(rows, key(i)))
		}
	})
	return found
}

// inParts calls do for parts of a range, side by side, and returns when all are done.
func inParts(n int, do func(from, to int)) {
	size := max((n+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), 4096)
	var running sync.WaitGroup
	for from := 0; from < n; from += size {
		running.Go(func() { do(from, min(from+size, n)) })
	}
	running.Wait()
}

type datedRate struct {
	day  Day
	rate Decimal
}

// companyFacts sum up what one company halted and gave.
type companyFacts struct {
	halts, donations int
	first            Date
	donated          Decimal
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

func newLookup(d *Dataset) lookup {
	l := lookup{rates: map[string][]datedRate{}, sorted: make([]bool, len(Schemas))}
	var running sync.WaitGroup
	running.Go(func() { l.companies = keyed(d.Companies, func(c *Company) string { return c.ID }) })
	running.Go(func() { l.donations = keyed(d.Donations, func(x *Donation) string { return x.ID }) })
	running.Go(func() { l.recipients = keyed(d.Recipients, func(r *Recipient) string { return r.ID }) })
	running.Go(func() { l.sources = keyed(d.Sources, func(s *Source) string { return s.ID }) })
	for i := range Schemas {
		running.Go(func() { l.sorted[i] = d.keysAscend(&Schemas[i]) })
	}
	running.Wait()
	l.haltCompany = resolveKeys(len(d.Halts), func(i int) string { return d.Halts[i].CompanyID }, l.companies)
	l.giftCompany = resolveKeys(len(d.Donations), func(i int) string { return d.Donations[i].CompanyID }, l.companies)
	l.haltSources = resolve(len(d.Halts), func(i int) List { return d.Halts[i].SourceIDs }, l.sources)
	l.giftSources = resolve(len(d.Donations), func(i int) List { return d.Donations[i].SourceIDs }, l.sources)
	for i := range d.Sources {
		l.longestSource = max(l.longestSource, len(d.Sources[i].URL), len(d.Sources[i].Publisher))
	}
	for i := range d.Rates {
		r := &d.Rates[i]
		if r.Date.Precision() == PrecisionDay && r.UnitsPerEUR.IsPositive() && isCurrency(r.Currency) {
			l.rates[r.Currency] = append(l.rates[r.Currency], datedRate{r.Date.Start(), r.UnitsPerEUR})
		}
	}
	for _, rates := range l.rates {
		slices.SortStableFunc(rates, func(a, b datedRate) int { return int(a.day - b.day) })
	}
	l.means = monthMeans(l.rates)
	d.lookup = l
	l.conversions = d.convert()
	d.lookup.conversions = l.conversions
	l.perCompany = d.sumUp()
	return l
}

func keyed[R any](records []R, key func(*R) string) map[string]int {
	rows := make(map[string]int, len(records))
	for i := range records {
		if _, repeated := rows[key(&records[i])]; !repeated {
			rows[key(&records[i])] = i
		}
	}
	return rows
}

func rowIn(rows map[string]int, id string) int {
	if row, ok := rows[id]; ok {
		return row
	}
	return -1
}

// company, donation, recipient and source return the row of a key, or -1.
func (d *Dataset) company(id string) int   { return rowIn(d.lookup.companies, id) }
func (d *Dataset) donation(id string) int  { return rowIn(d.lookup.donations, id) }
func (d *Dataset) recipient(id string) int { return rowIn(d.lookup.recipients, id) }
func (d *Dataset) source(id string) int    { return rowIn(d.lookup.sources, id) }

// rowLookup returns the lookup by key of a table that others refer to.
func (d *Dataset) rowLookup(table string) func(id string) int {
	return map[string]func(string) int{
		"companies": d.company, "donations": d.donation, "recipients": d.recipient, "sources": d.source,
	}[table]
}

// CodeList returns a list of codes by name as this dataset has it, or nil.
func (d *Dataset) CodeList(name string) *CodeList {
	for i := range d.codes {
		if d.codes[i].Name == name {
			return &d.codes[i]
		}
	}
	return nil
}

// CodeLists returns all lists of codes as this dataset has them, in order.
func (d *Dataset) CodeLists() []CodeList { return d.codes }

// codesOf returns the lists of codes with those that dataset.json replaces.
func codesOf(m *Metadata) []CodeList {
	lists := slices.Clone(codeLists)
	for i := range lists {
		if codes := m.Codes[lists[i].Name]; len(codes) > 0 && slices.Contains(replaceableCodes, lists[i].Name) {
			lists[i].Codes = codes
		}
	}
	return lists
}

// fact is what halts and donations have in common, with the rows of its company and its sources; -1 for none.
type fact struct {
	company   int32
	announced Date
	sources   []int32
}

func haltFact(d *Dataset, row int) fact {
	return fact{d.lookup.haltCompany[row], d.Halts[row].Announced, d.lookup.haltSources.of(row)}
}

func donationFact(d *Dataset, row int) fact {
	return fact{d.lookup.giftCompany[row], d.Donations[row].Announced, d.lookup.giftSources.of(row)}
}

// facts ranges over all halts and donations, each with the cell that names its sources.
func (d *Dataset) facts() iter.Seq2[cellAt, fact] {
	return func(yield func(cellAt, fact) bool) {
		at := cellOf("halts", 0, "source_ids")
		for at.row = range d.Halts {
			if !yield(at, haltFact(d, at.row)) {
				return
			}
		}
		at = cellOf("donations", 0, "source_ids")
		for at.row = range d.Donations {
			if !yield(at, donationFact(d, at.row)) {
				return
			}
		}
	}
}

// companyOf returns the company of a fact, and an empty one where there is none.
func (d *Dataset) companyOf(f fact) *Company {
	if f.company >= 0 {
		return &d.Companies[f.company]
	}
	return &Company{}
}

func (d *Dataset) publishers(sources []int32) (publishers List) {
	for _, i := range sources {
		if i >= 0 && d.Sources[i].Publisher != "" {
			publishers = publishers.with(d.Sources[i].Publisher)
		}
	}
	return publishers
}

// hasOnePublisher reports whether all sources have the same publisher.
func (d *Dataset) hasOnePublisher(sources []int32) bool {
	publisher := ""
	for _, i := range sources {
		if i < 0 || d.Sources[i].Publisher == "" {
			continue
		}
		if publisher != "" && d.Sources[i].Publisher != publisher {
			return false
		}
		publisher = d.Sources[i].Publisher
	}
	return publisher != ""
}

func (d *Dataset) sourceURLs(sources []int32) (urls List) {
	for _, i := range sources {
		if i >= 0 && d.Sources[i].URL != "" {
			urls = urls.with(d.Sources[i].URL)
		}
	}
	return urls
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
	for i := range d.Donations {
		conversions[i].totalled = !conversions[i].eur.IsZero() && !d.isHeldByAnother(i, conversions)
	}
	return conversions
}

// isHeldByAnother reports whether a donation up the chain of included_in has the same type, an amount and a rate.
func (d *Dataset) isHeldByAnother(row int, conversions []conversion) bool {
	kind := d.Donations[row].Type
	up := d.donation(d.Donations[row].IncludedIn)
	for range len(d.Donations) { // a cycle is a finding of its own
		if up < 0 || up == row {
			return false
		}
		if d.Donations[up].Type == kind && !conversions[up].eur.IsZero() {
			return true
		}
		up = d.donation(d.Donations[up].IncludedIn)
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

// sumUp gathers what each company halted and gave.
func (d *Dataset) sumUp() []companyFacts {
	sums := make([]companyFacts, len(d.Companies))
	for i := range d.Halts {
		if company := d.lookup.haltCompany[i]; company >= 0 {
			s := &sums[company]
			s.halts++
			if announced := d.Halts[i].Announced; !announced.IsZero() && (s.first.IsZero() || announced.isEarlier(s.first)) {
				s.first = announced
			}
		}
	}
	for i := range d.Donations {
		if company := d.lookup.giftCompany[i]; company >= 0 {
			sums[company].donations++
			if d.isCounted(i) {
				sums[company].donated = sums[company].donated.add(d.lookup.conversions[i].eur)
			}
		}
	}
	return sums
}

// isCounted reports whether a donation is in the headline total.
func (d *Dataset) isCounted(row int) bool {
	return d.Donations[row].Type == "cash" && d.lookup.conversions[row].totalled
}

// The derived columns of the schema.

func (d *Dataset) haltCount(row int) Value { return integerValue(d.lookup.perCompany[row].halts) }

func (d *Dataset) donationCount(row int) Value {
	return integerValue(d.lookup.perCompany[row].donations)
}

func (d *Dataset) firstAnnounced(row int) Value {
	return TextValue(d.lookup.perCompany[row].first.String())
}

func (d *Dataset) donatedEUR(row int) Value { return NumberValue(d.lookup.perCompany[row].donated) }

func (d *Dataset) recipientNames(row int) Value {
	var names []string
	for id := range d.Donations[row].RecipientIDs.All() {
		if i := d.recipient(id); i >= 0 {
			names = append(names, d.Recipients[i].Name)
		}
	}
	return TextValue(strings.Join(names, listSeparator))
}

func (d *Dataset) amountEUR(row int) Value { return NumberValue(d.lookup.conversions[row].eur) }

func (d *Dataset) fxRate(row int) Value { return NumberValue(d.lookup.conversions[row].rate) }

func (d *Dataset) fxDate(row int) Value { return TextValue(d.lookup.conversions[row].date) }

func (d *Dataset) fxStatus(row int) Value { return TextValue(d.lookup.conversions[row].status) }

func (d *Dataset) isCountedCell(row int) Value { return booleanValue(d.isCounted(row)) }

func (d *Dataset) isTotalledCell(row int) Value {
	return booleanValue(d.lookup.conversions[row].totalled)
}
