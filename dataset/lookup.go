package dataset

import (
	"runtime"
	"slices"
	"sync"
)

// lookup finds records by key, and holds what is derived from several records. It is made once, after loading.
type lookup struct {
	keys       []keyIndex     // of each table
	references [][]references // of each curated column of each table

	facts          []factTable // in the order of their tables
	halts          *factTable
	events         *factTable
	gifts          *factTable
	eventHalts     []int32
	outcomes       []outcome // of each halt
	giftRecipients *references

	rates       map[string]datedRates // by currency, sorted by day
	means       *sync.Map             // of the rates of a currencyMonth, each a Decimal
	conversions []conversion          // of each donation
	perCompany  []companyFacts

	computed map[*Schema]computed

	publisher     []int32 // of each source: equal numbers for equal names, and 0 for none
	longestSource int     // the most bytes of an address or a publisher
}

// references are the rows of another table that the cells of a column name.
type references struct {
	starts []int32 // of each record's rows, and behind the last; nil for a column of single keys, a row for each record
	rows   []int32 // each a row, or noRow, or for a blank cell of a single key blank
}

// blankRow stands for the row that a blank cell names.
const blankRow int32 = -2

// of returns the rows that a record names.
func (r *references) of(record int) []int32 {
	if r.starts == nil {
		return r.rows[record : record+1]
	}
	return r.rows[r.starts[record]:r.starts[record+1]]
}

// groupRows groups rows by what each belongs to, which a function tells as a number from 0 on, or a negative one for nothing. What it
// returns has of each group the rows in order.
func groupRows(rows, groups int, groupOf func(row int) int32) references {
	r := references{starts: make([]int32, groups+1)}
	for row := range rows {
		if group := groupOf(row); group >= 0 {
			r.starts[group+1]++
		}
	}
	for group := range groups {
		r.starts[group+1] += r.starts[group]
	}
	r.rows = make([]int32, r.starts[groups])
	next := slices.Clone(r.starts)
	for row := range rows {
		if group := groupOf(row); group >= 0 {
			r.rows[next[group]] = int32(row)
			next[group]++
		}
	}
	return r
}

// resolve finds the rows that a column names.
func (d *Dataset) resolve(schema *Schema, column int) references {
	records, keys := d.records(schema), d.keysOf(schema.Columns[column].Ref)
	if schema.Columns[column].Type == TypeList {
		return resolveLists(records, column, keys)
	}
	rows := make([]int32, records.count())
	inParts(records.count(), func(from, to int) {
		cursor := keyCursor{index: keys}
		for i := from; i < to; i++ {
			rows[i] = blankRow
			if key := records.text(i, column); key != "" {
				rows[i] = cursor.find(key)
				cursor.near = rows[i]
			}
		}
	})
	return references{rows: rows}
}

// resolveLists finds the rows that a column of lists names.
func resolveLists(records records, column int, keys *keyIndex) references {
	r := references{starts: make([]int32, records.count()+1)}
	size := partSize(records.count())
	parts := make([][]int32, records.count()/size+1)
	inParts(records.count(), func(from, to int) {
		cursor := keyCursor{index: keys}
		rows := make([]int32, 0, 2*(to-from))
		for i := from; i < to; i++ {
			first := len(rows)
			for key := range List(records.text(i, column)).All() {
				rows = append(rows, cursor.find(key))
			}
			if first < len(rows) {
				cursor.near = rows[first]
			}
			r.starts[i+1] = int32(len(rows)) // in the part
		}
		parts[from/size] = rows
	})
	for part, rows := range parts {
		for i := part * size; i < min((part+1)*size, records.count()); i++ {
			r.starts[i+1] += int32(len(r.rows))
		}
		r.rows = append(r.rows, rows...)
	}
	return r
}

// inParts calls do for parts of a range, side by side, and returns when all are done.
func inParts(n int, do func(from, to int)) {
	size := partSize(n)
	var running sync.WaitGroup
	for from := 0; from < n; from += size {
		running.Go(func() { do(from, min(from+size, n)) })
	}
	running.Wait()
}

// partSize returns how much of a range one part is: a share for each processor, unless that is too little to be worth it.
func partSize(n int) int {
	const least = 4096
	return max((n+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), least)
}

// lookUp makes the lookup of a dataset.
func (d *Dataset) lookUp() {
	l := &d.lookup
	l.findKeys(d)
	l.findReferences(d)
	l.findFacts(d)
	l.eventHalts = d.references("events", "halt_id").rows
	l.outcomes = d.findOutcomes()
	l.giftRecipients = d.references("donations", "recipient_ids")
	l.computed = d.newComputed()
	l.findPublishers(d)
	l.rates = d.datedRates()
	l.means = &sync.Map{}
	l.conversions = d.convert()
	l.perCompany = d.sumUp()
}

// datedRates returns the rates that an amount can be converted by, of each currency and sorted by day.
func (d *Dataset) datedRates() map[string]datedRates {
	currencies := d.textsOf("rates", "currency")
	byCurrency := groupRows(len(d.Rates), len(currencies.texts), func(row int) int32 {
		if r := &d.Rates[row]; r.Date.Precision() != PrecisionDay || !r.UnitsPerEUR.IsPositive() {
			return noRow
		}
		return currencies.of[row]
	})
	rates := map[string]datedRates{}
	for i, currency := range currencies.texts {
		rows := byCurrency.of(i)
		if len(rows) == 0 || !isCurrency(currency) {
			continue
		}
		dated := make(datedRates, len(rows))
		for n, row := range rows {
			dated[n] = datedRate{d.Rates[row].Date.Start(), d.Rates[row].UnitsPerEUR}
		}
		slices.SortStableFunc(dated, func(a, b datedRate) int { return int(a.day - b.day) })
		rates[currency] = dated
	}
	return rates
}

// findKeys makes the indexes of all tables.
func (l *lookup) findKeys(d *Dataset) {
	l.keys = make([]keyIndex, len(Schemas))
	var running sync.WaitGroup
	for i := range Schemas {
		running.Go(func() { l.keys[i] = newKeyIndex(d.records(&Schemas[i]), &Schemas[i]) })
	}
	running.Wait()
}

// findReferences resolves all columns that refer to a table.
func (l *lookup) findReferences(d *Dataset) {
	l.references = make([][]references, len(Schemas))
	var running sync.WaitGroup
	for i := range Schemas {
		columns := Schemas[i].Curated()
		l.references[i] = make([]references, len(columns))
		for c := range columns {
			if columns[c].Ref != "" {
				running.Go(func() { l.references[i][c] = d.resolve(&Schemas[i], c) })
			}
		}
	}
	running.Wait()
}

// findPublishers numbers the publishers of sources, and finds how long what they are told by is.
func (l *lookup) findPublishers(d *Dataset) {
	publishers := d.textsOf("sources", "publisher")
	l.publisher, l.longestSource = publishers.of, 0
	for _, name := range publishers.texts {
		l.longestSource = max(l.longestSource, len(name))
	}
	for i := range d.Sources {
		l.longestSource = max(l.longestSource, len(d.Sources[i].URL))
	}
}

// references returns what a column refers to.
func (d *Dataset) references(table, column string) *references {
	i := schemaIndex(table)
	return &d.lookup.references[i][Schemas[i].column(column)]
}

// keysOf returns the index of a table.
func (d *Dataset) keysOf(table string) *keyIndex { return &d.lookup.keys[schemaIndex(table)] }

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
	lists := slices.Clone(codeLists())
	for i := range lists {
		if codes := m.Codes[lists[i].Name]; len(codes) > 0 && slices.Contains(replaceableCodes, lists[i].Name) {
			lists[i] = newCodeList(lists[i].Name, lists[i].Title, codes)
		}
	}
	return lists
}
