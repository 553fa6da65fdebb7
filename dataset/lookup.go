package dataset

import (
	"runtime"
	"slices"
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
