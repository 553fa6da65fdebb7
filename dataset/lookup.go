package dataset

import (
	"runtime"
	"slices"
	"sync"
)

// lookup finds records by key, and holds what is derived from several records. It is made once, after loading.
type lookup struct {
	rows       map[string]map[string]int32 // by table: the row of each key
	references [][]references              // of each curated column of each table
	sorted     []bool                      // whether the keys of each table ascend strictly, bytewise

	haltCompany, giftCompany                 []int32
	haltSources, giftSources, giftRecipients *references

	rates       map[string][]datedRate // by currency, sorted by day
	means       map[currencyMonth]Decimal
	conversions []conversion // of each donation
	perCompany  []companyFacts

	publisher     []int32 // of each source: equal numbers for equal names, and 0 for none
	longestSource int     // the most bytes of an address or a publisher
}

// references are the rows of another table that the cells of a column name.
type references struct {
	starts []int32 // of each record's rows, and behind the last; nil for a column of single keys, a row for each record
	rows   []int32 // each a row, or noRow, or for a blank cell of a single key blank
}

const (
	noRow int32 = -1 // for a key of no row
	blank int32 = -2
)

// of returns the rows that a record names.
func (r *references) of(record int) []int32 {
	if r.starts == nil {
		return r.rows[record : record+1]
	}
	return r.rows[r.starts[record]:r.starts[record+1]]
}

// resolve finds the rows that a column names.
func (d *Dataset) resolve(schema *Schema, column int) references {
	records, rows := d.records(schema), d.lookup.rows[schema.Columns[column].Ref]
	if schema.Columns[column].Type != TypeList {
		return references{rows: resolveKeys(&records, column, rows)}
	}
	r := references{starts: make([]int32, records.count+1)}
	for i := range records.count {
		r.starts[i+1] = r.starts[i] + int32(List(records.text(i, column)).Len())
	}
	r.rows = make([]int32, r.starts[records.count])
	inParts(records.count, func(from, to int) {
		for i := from; i < to; i++ {
			at := r.starts[i]
			for key := range List(records.text(i, column)).All() {
				r.rows[at] = rowIn(rows, key)
				at++
			}
		}
	})
	return r
}

// resolveKeys finds the rows that the single keys of a column name.
func resolveKeys(records *records, column int, rows map[string]int32) []int32 {
	found := make([]int32, records.count)
	inParts(records.count, func(from, to int) {
		before := ""
		for i := from; i < to; i++ {
			switch key := records.text(i, column); key {
			case "":
				found[i] = blank
			case before: // so i is not the first
				found[i] = found[i-1]
			default:
				found[i] = rowIn(rows, key)
			}
			before = records.text(i, column)
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

// lookUp makes the lookup of a dataset.
func (d *Dataset) lookUp() {
	l := &d.lookup
	l.findKeys(d)
	l.findReferences(d)
	l.haltCompany, l.giftCompany = d.references("halts", "company_id").rows, d.references("donations", "company_id").rows
	l.haltSources, l.giftSources = d.references("halts", "source_ids"), d.references("donations", "source_ids")
	l.giftRecipients = d.references("donations", "recipient_ids")
	l.numberPublishers(d.Sources)
	l.rates = map[string][]datedRate{}
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
	l.conversions = d.convert()
	l.perCompany = d.sumUp()
}

// findKeys finds the row of each key of the tables that others refer to, and whether the keys ascend.
func (l *lookup) findKeys(d *Dataset) {
	l.rows, l.sorted = map[string]map[string]int32{}, make([]bool, len(Schemas))
	var running sync.WaitGroup
	var mu sync.Mutex // guards rows
	for i := range Schemas {
		schema := &Schemas[i]
		records := d.records(schema)
		running.Go(func() { l.sorted[i] = records.keysAscend(schema) })
		if !isReferredTo(schema.Name) {
			continue
		}
		running.Go(func() {
			rows := keyed(records)
			mu.Lock()
			l.rows[schema.Name] = rows
			mu.Unlock()
		})
	}
	running.Wait()
}

// isReferredTo reports whether a column of some table names the keys of a table.
func isReferredTo(table string) bool {
	return slices.ContainsFunc(Schemas, func(s Schema) bool {
		return slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Ref == table })
	})
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

// numberPublishers gives each publisher a number.
func (l *lookup) numberPublishers(sources []Source) {
	l.publisher = make([]int32, len(sources))
	numbers := map[string]int32{"": 0}
	for i := range sources {
		name := sources[i].Publisher
		number, known := numbers[name]
		if !known {
			number = int32(len(numbers))
			numbers[name] = number
		}
		l.publisher[i] = number
		l.longestSource = max(l.longestSource, len(sources[i].URL), len(name))
	}
}

// references returns what a column refers to.
func (d *Dataset) references(table, column string) *references {
	for i := range Schemas {
		if Schemas[i].Name == table {
			return &d.lookup.references[i][Schemas[i].column(column)]
		}
	}
	return nil
}

// keyed returns the row of each key; of a repeated one the first.
func keyed(records records) map[string]int32 {
	rows := make(map[string]int32, records.count)
	for i := records.count - 1; i >= 0; i-- {
		rows[records.text(i, 0)] = int32(i)
	}
	return rows
}

func rowIn(rows map[string]int32, key string) int32 {
	if row, ok := rows[key]; ok {
		return row
	}
	return noRow
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
