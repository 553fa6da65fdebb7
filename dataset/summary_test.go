package dataset_test

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
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

// giftRows gives the rows of a summary of donations by label, largest sum first.
func (c *counter) giftRows(labels []string, row func(label string) []string, has func(i int, label string) bool, inSum func(i int) bool) [][]string {
	type entry struct {
		row []string
		gifts
	}
	var entries []entry
	for _, label := range labels {
		g := c.gifts(func(i int) bool { return has(i, label) }, inSum)
		if g.donations == 0 {
			continue
		}
		entries = append(entries, entry{append(row(label), strconv.Itoa(g.donations), g.euros.FloatString(2), strconv.Itoa(g.leftOut), strconv.Itoa(g.notExact)), g})
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
	byActionCountry, byActivity, bySector := tally{}, tally{}, tally{}
	countryHalts, countryDonations, countryCompanies := tally{}, tally{}, tally{}
	datedHalts, datedDonations, bySectorCountry, byMonthAction := tally{}, tally{}, tally{}, tally{}
	dated := func(announced dataset.Date) string { return strings.TrimRight(announced.String(), "?~%") }
	completed := 0
	halters, donors := map[string]bool{}, map[string]bool{}
	for _, h := range c.Halts {
		for country := range strings.SplitSeq(string(h.Countries), ";") {
			byActionCountry.add(h.Action+"|"+country, h.CompanyID)
		}
		byActivity.add(h.Activity, h.CompanyID)
		bySector.add(c.company[h.CompanyID].Sector, h.CompanyID)
		countryHalts.add(c.company[h.CompanyID].Country, "")
		datedHalts.add(dated(h.Announced), "")
		if month := dated(h.Announced); len(month) > 4 {
			byMonthAction.add(month[:7]+"|"+h.Action, "")
		}
		if country := c.company[h.CompanyID].Country; country != "" {
			bySectorCountry.add(c.company[h.CompanyID].Sector+"|"+country, h.CompanyID)
		}
		halters[h.CompanyID] = true
		if h.Status == "completed" {
			completed++
		}
	}
	currencies, types, donorIDs := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, x := range c.Donations {
		countryDonations.add(c.company[x.CompanyID].Country, "")
		datedDonations.add(dated(x.Announced), "")
		donors[x.CompanyID], currencies[x.Currency], types[x.Type], donorIDs[x.CompanyID] = true, true, true, true
	}
	for _, company := range c.Companies {
		countryCompanies.add(company.Country, company.ID)
	}
	delete(countryCompanies, "")
	delete(currencies, "")

	rows := map[string][][]string{
		"halts_by_action_country": worded(worded(byActionCountry.rows(), 1, countryName), 0, c.words("action")),
		"halts_by_activity":       worded(byActivity.rows(), 0, c.words("activity")),
		"halts_by_sector":         worded(bySector.rows(), 0, c.words("sector")),
		"halts_by_sector_country": worded(worded(bySectorCountry.rows(), 1, countryName), 0, c.words("sector")),
	}
	for _, row := range countryCompanies.rows() {
		rows["companies_by_country"] = append(rows["companies_by_country"],
			[]string{row[0], countryName(row[0]), row[1], strconv.Itoa(countryHalts.count(row[0])), strconv.Itoa(countryDonations.count(row[0]))})
	}
	total := 0
	for _, day := range c.covered(len(time.DateOnly), datedHalts, datedDonations) {
		total += datedHalts.count(day)
		rows["timeline_days"] = append(rows["timeline_days"],
			[]string{day, strconv.Itoa(datedHalts.count(day)), strconv.Itoa(total), strconv.Itoa(datedDonations.count(day))})
	}
	for name, unit := range map[string]int{"timeline_months": len("2022-03"), "timeline_years": len("2022")} {
		for _, label := range c.covered(unit, datedHalts, datedDonations) {
			row := []string{label}
			for _, t := range []tally{datedHalts, datedDonations} {
				all, to := 0, map[int]int{}
				for date := range t {
					if strings.HasPrefix(date, label) {
						all, to[len(date)] = all+t.count(date), to[len(date)]+t.count(date)
					}
				}
				row = append(row, strconv.Itoa(all), strconv.Itoa(to[len(time.DateOnly)]), strconv.Itoa(to[len("2022-03")]))
				if unit == len("2022") {
					row = append(row, strconv.Itoa(to[unit]))
				}
			}
			rows[name] = append(rows[name], row)
		}
	}
	for _, label := range slices.Sorted(maps.Keys(byMonthAction)) {
		month, action, _ := strings.Cut(label, "|")
		rows["halts_by_month_action"] = append(rows["halts_by_month_action"], []string{month, action, c.words("action")(action), strconv.Itoa(byMonthAction.count(label))})
	}

	alone := func(words func(string) string) func(label string) []string {
		return func(label string) []string { return []string{label, words(label)} }
	}
	rows["donations_by_currency"] = c.giftRows(slices.Collect(maps.Keys(currencies)), alone(currencyName),
		func(i int, label string) bool { return c.Donations[i].Currency == label }, c.isCounted)
	for i, row := range rows["donations_by_currency"] {
		sum, notExact, withoutRate := c.ownCash(row[0])
		row[len(row)-1] = strconv.Itoa(notExact)
		row = slices.Insert(row, 4, strconv.Itoa(withoutRate))
		rows["donations_by_currency"][i] = slices.Insert(row, 3, sum)
	}
	rows["donations_by_type"] = c.giftRows(slices.Collect(maps.Keys(types)), alone(c.words("donation_type")),
		func(i int, label string) bool { return c.Donations[i].Type == label }, func(i int) bool { return c.totalled[i] })
	recipientNames := map[string]string{}
	for _, r := range c.Recipients {
		recipientNames[r.ID] = r.Name
	}
	rows["donations_by_recipient"] = c.giftRows(slices.Collect(maps.Keys(recipientNames)), func(id string) []string { return []string{id, recipientNames[id]} },
		func(i int, label string) bool {
			return slices.Contains(strings.Split(string(c.Donations[i].RecipientIDs), ";"), label)
		}, c.isCounted)
	largest := c.giftRows(slices.Collect(maps.Keys(donorIDs)), func(id string) []string { return []string{id, c.company[id].Name} },
		func(i int, label string) bool { return c.Donations[i].CompanyID == label }, c.isCounted)
	rows["largest_donors"] = largest[:min(20, len(largest))]

	figure := func(name string, n int, unit string) {
		if n == 1 {
			unit = map[string]string{"companies": "company", "halts": "halt", "donations": "donation", "recipients": "recipient", "sources": "source"}[unit]
		}
		rows["key_figures"] = append(rows["key_figures"], []string{name, strconv.Itoa(n), unit, "", "", ""})
	}
	figure("Companies", len(c.Companies), "companies")
	figure("Companies that halted something", len(halters), "companies")
	figure("Companies that donated", len(donors), "companies")
	figure("Halts", len(c.Halts), "halts")
	figure("Halts told as carried out", completed, "halts")
	figure("Donations", len(c.Donations), "donations")
	figure("Recipients", len(c.Recipients), "recipients")
	figure("Sources", len(c.Sources), "sources")
	for _, f := range [][2]string{
		{"Own cash donated", "cash"}, {"Pledged", "pledge"}, {"Matched", "matched"}, {"In kind", "in_kind"}, {"Raised from others", "raised"}, {"Mixed", "mixed"},
	} {
		g := c.gifts(func(i int) bool { return c.Donations[i].Type == f[1] }, func(i int) bool { return c.totalled[i] })
		rows["key_figures"] = append(rows["key_figures"], []string{f[0], g.euros.FloatString(2), "EUR", strconv.Itoa(g.included), strconv.Itoa(g.leftOut), strconv.Itoa(g.notExact)})
	}
	c.addEvents(rows)
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

// rowsOf returns the cells of a table as CSV holds them.
func rowsOf(table *dataset.Table) (rows [][]string) {
	for row := range table.Rows {
		var cells []string
		for i, v := range table.AppendRow(nil, row) {
			cells = append(cells, string(v.Append(nil, table.Columns[i].Type)))
		}
		rows = append(rows, cells)
	}
	return rows
}

// holdSummaries checks that the summaries of a dataset without errors say what its records say.
func holdSummaries(t tester, d *dataset.Dataset) {
	t.Helper()
	tables := d.Summarize()
	holdTimelines(t, d, tables)
	holdSums(t, slices.Concat(d.Tables(), tables))
	want := newCounter(d).expected()
	for i, table := range tables {
		if table.Summary != &dataset.Summaries[i] || table.Name != dataset.Summaries[i].Name {
			t.Errorf("summary %d is %s, want %s", i, table.Name, dataset.Summaries[i].Name)
		}
		hasBlanks := slices.ContainsFunc(rowsOf(table), func(row []string) bool { return slices.Contains(row, "") })
		if saysNone := table.Blank == "There are no blank cells in this table."; hasBlanks == saysNone {
			t.Errorf("%s has blank cells: %t, and says %q", table.Name, hasBlanks, table.Blank)
		}
		if want, got := want[table.Name], rowsOf(table); !slices.EqualFunc(want, got, slices.Equal) {
			t.Errorf("%s (-counted from the records +summary):\n%s", table.Name, diff.Diff(want, got))
		}
		delete(want, table.Name)
	}
	for name := range want {
		t.Errorf("there is no summary %s", name)
	}
}

// holdTimelines wants every fact in the timeline by year, once, and the finer ones to hold what is dated that well.
func holdTimelines(t tester, d *dataset.Dataset, summaries []*dataset.Table) {
	t.Helper()
	sums := map[string]int{} // by table and column
	last := "0"
	for _, table := range summaries {
		if !strings.HasPrefix(table.Name, "timeline_") {
			continue
		}
		for row := range table.Rows {
			for i := 1; i < len(table.Columns); i++ {
				n, _ := strconv.Atoi(cell(table, row, table.Columns[i].Name))
				sums[table.Name+" "+table.Columns[i].Name] += n
			}
			if table.Column("halts_total") >= 0 {
				last = cell(table, row, "halts_total")
			}
		}
	}
	for column, all := range map[string]int{"halts": len(d.Halts), "donations": len(d.Donations)} {
		toDay, toMonth, toYear := sums["timeline_years "+column+"_dated_to_day"], sums["timeline_years "+column+"_dated_to_month"], sums["timeline_years "+column+"_dated_to_year"]
		if sums["timeline_years "+column] != all || toDay+toMonth+toYear != all {
			t.Errorf("the timeline by year has %d %s, %d of them to a day, %d to a month, %d to a year; there are %d", sums["timeline_years "+column], column, toDay, toMonth, toYear, all)
		}
		if sums["timeline_months "+column] != toDay+toMonth || sums["timeline_days "+column] != toDay {
			t.Errorf("the timelines have %d %s by month and %d by day; want %d and %d", sums["timeline_months "+column], column, sums["timeline_days "+column], toDay+toMonth, toDay)
		}
	}
	if want := strconv.Itoa(sums["timeline_days halts"]); last != want {
		t.Errorf("the halts so far end at %s, want %s", last, want)
	}
}

// holdSums wants the parts of a total to add up to it.
func holdSums(t tester, tables []*dataset.Table) {
	t.Helper()
	sums := map[string]*big.Rat{}
	for _, table := range tables {
		sum := new(big.Rat)
		for row := range table.Rows {
			for _, column := range []string{"donated_eur", "amount_eur"} {
				if table.Column(column) >= 0 && cell(table, row, column) != "" && (table.Column("counted") < 0 || cell(table, row, "counted") == "true") {
					sum.Add(sum, fraction(cell(table, row, column)))
				}
			}
			if table.Name == "key_figures" && cell(table, row, "figure") == "Own cash donated" {
				sum.Add(sum, fraction(cell(table, row, "value")))
			}
		}
		sums[table.Name] = sum
	}
	for _, name := range []string{"companies", "donations", "donations_by_currency"} {
		if sums[name].Cmp(sums["key_figures"]) != 0 {
			t.Errorf("%s add up to %s euros, the key figures have %s", name, sums[name].FloatString(2), sums["key_figures"].FloatString(2))
		}
	}
}

func TestSummariesOfCleanSet(t *testing.T) { holdSummaries(t, load(t, datasettest.Clean())) }

func TestLargestDonorsAreTwenty(t *testing.T) {
	companies, donations := "company_id,name,parent_id,country,sector,note\n", donationHeader
	for i := range 25 {
		id := "c" + strconv.Itoa(i)
		companies += id + ",Company " + id + ",,,retail,\n"
		donations += "d" + id + "," + id + ",,2022-03-02,cash," + strconv.Itoa(1000+i/2) + ",,EUR,,,,,,y,acme-2022-03-08,\n"
	}
	d := load(t, datasettest.CleanWith(map[string][]byte{"companies.csv": []byte(companies), "donations.csv": []byte(donations)}))
	for _, table := range d.Summarize() {
		if table.Name != "largest_donors" {
			continue
		}
		if table.Rows != 20 || cell(table, 0, "company_id") != "c24" || cell(table, 1, "company_id") != "c22" || cell(table, 2, "company_id") != "c23" {
			t.Errorf("got %d rows:\n%q", table.Rows, rowsOf(table))
		}
	}
}

// TestSummariesAreTold holds the declarations to the tables that they name: a workbook makes formulas of them.
func TestSummariesAreTold(t *testing.T) {
	d := load(t, datasettest.Clean())
	checkMeasure := func(of string, m *dataset.Measure, labels int) {
		table := d.Table(dataset.SchemaOf(m.Of))
		fields := slices.Clone(m.Match)
		for _, where := range m.Where {
			fields = append(fields, where.Field)
		}
		if m.Sum != "" {
			fields = append(fields, m.Sum)
		}
		for _, field := range fields {
			if table.Column(field) < 0 {
				t.Errorf("%s: %s has no column %q", of, m.Of, field)
			}
		}
		if len(m.Match) != labels {
			t.Errorf("%s matches %d labels, want %d", of, len(m.Match), labels)
		}
	}
	for i := range dataset.Summaries {
		s := &dataset.Summaries[i]
		if !snakeCase.MatchString(s.Name) || s.Title == "" || !strings.HasSuffix(s.Description, ".") {
			t.Errorf("summary %q is not told", s.Name)
		}
		checkTitle(t, s.Name, s.Name)
		for j := range s.Measures {
			checkMeasure(s.Name+"."+s.Measures[j].Column.Name, &s.Measures[j], len(s.Labels))
		}
		for _, f := range s.Figures {
			for _, m := range []*dataset.Measure{&f.Measure, f.Included, f.LeftOut, f.NotExact} {
				if m != nil {
					checkMeasure(s.Name+": "+f.Name, m, 0)
				}
			}
		}
	}
}
