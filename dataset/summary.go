package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// Summary declares a summary table. The same declaration gives the values of every format and the live formulas of
// a workbook: labels make the rows, and each measure is computed from the rows of one table that match the labels.
type Summary struct {
	Name        string
	Title       string
	Description string
	Labels      []Label
	Measures    []Measure
	// Figures are the rows of a table whose rows do not come from labels.
	Figures []Figure
	// Limit keeps the first rows only; 0 keeps all.
	Limit int
	// ByLabel orders the rows by their labels; else the first measure that Leads comes first, largest first.
	ByLabel bool
	// Leads is the place of the measure that orders the rows, counted from 0.
	Leads int
}

// Label is a column of a summary that tells its rows apart. The labels are the values that the measures match.
type Label struct {
	Column Column
	// Days makes a label of each day of the coverage up to the last fact that is dated to a day, and of those of facts
	// outside it.
	Days bool
	// Months says that the label is an EDTF month or year, which measures match by start and precision.
	Months bool
	// NameIn and Name are the table and the column that merely name the label before.
	NameIn, Name string
}

// Measure is a number computed from the rows of a table.
type Measure struct {
	Column Column
	Of     string // the table
	// Sum is the column that is added up; without it, rows are counted.
	Sum string
	// Distinct counts the companies of which there is such a row instead of the rows.
	Distinct bool
	// Match names, for each label, the column of the table that must equal it, or have it as a member.
	Match []string
	// Where must hold besides.
	Where []Condition
	// Running adds up the same measure of all rows before.
	Running bool
}

// Condition is something that must hold of a row.
type Condition struct {
	Field string
	Is    string // the cell as CSV holds it; for Any and None it is not used
	Test  Test
}

// Test is how a cell is held against a condition.
type Test uint8

// The tests of a Condition.
const (
	Equals  Test = iota // the cell is the text
	Differs             // the cell is not the text
	Known               // the cell is not empty
)

// Figure is one row of the key figures.
type Figure struct {
	Name    string
	Unit    string
	Measure Measure
	// Headline says that the figure is in the headline.
	Headline bool
	// Included, LeftOut and NotExact count the amounts behind a total; nil for a plain count.
	Included, LeftOut, NotExact *Measure
}

// Columns that several summaries share.
var (
	donationsColumn = Column{Name: "donations", Title: "Donations", Description: "How many donations there are.", Type: TypeInteger, Example: "12"}
	haltsColumn     = Column{Name: "halts", Title: "Halts", Description: "How many halts there are.", Type: TypeInteger, Example: "12"}
	companiesColumn = Column{Name: "companies", Title: "Companies", Description: "How many companies there are.", Type: TypeInteger, Example: "12"}
	amountEURColumn = Column{Name: "amount_eur", Title: "Amount EUR", Description: "The sum in euros, each amount rounded to cents before adding.", Type: TypeDecimal, Example: "1800828.38", Currency: "EUR"}
	leftOutColumn   = Column{Name: "left_out", Title: "Left out", Description: "How many of the donations are not in the sum: of another type, without an amount or a rate, or held by another donation.", Type: TypeInteger, Example: "3"}
	notExactColumn  = Column{Name: "not_exact", Title: "Not exact", Description: "How many of the amounts in the sum are bounds or estimates.", Type: TypeInteger, Example: "3"}
)

var (
	isCounted   = Condition{Field: "counted", Is: "true"}
	isNotInSum  = Condition{Field: "counted", Is: "false"}
	isNotExact  = Condition{Field: "amount_qualifier", Test: Known}
	isTotalled  = Condition{Field: "totalled", Is: "true"}
	notTotalled = Condition{Field: "totalled", Is: "false"}
	datedToDay  = Condition{Field: "announced_precision", Is: "day"}
	notToDay    = Condition{Field: "announced_precision", Is: "day", Test: Differs}
)

// countedMeasures are the measures of the companies' own cash among the donations that match a column.
func countedMeasures(match string) []Measure {
	return []Measure{
		{Column: donationsColumn, Of: "donations", Match: []string{match}},
		{Column: amountEURColumn, Of: "donations", Sum: "amount_eur", Match: []string{match}, Where: []Condition{isCounted}},
		{Column: leftOutColumn, Of: "donations", Match: []string{match}, Where: []Condition{isNotInSum}},
		{Column: notExactColumn, Of: "donations", Match: []string{match}, Where: []Condition{isCounted, isNotExact}},
	}
}

// Summaries are the summary tables in the order of every listing.
var Summaries = []Summary{
	{
		Name:        "key_figures",
		Title:       "Key figures",
		Description: "What the dataset holds and what the donations add up to. Own cash is the headline total; pledges, matched sums, goods, raised and mixed money are totalled apart and never added to it.",
		Figures:     keyFigures(),
	},
	{
		Name:        "halts_by_action_country",
		Title:       "Halts by action and country",
		Description: "How many halts of each action there are in each country. A halt in two countries counts in both.",
		Labels: []Label{
			{Column: Column{Name: "action", Title: "Action", Description: "What companies did.", Example: "suspend", Codes: "action"}},
			{Column: Column{Name: "country", Title: "Country", Description: "Where, ISO 3166-1 alpha-2.", Example: "RU"}},
		},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"action", "countries"}},
			{Column: companiesColumn, Of: "halts", Match: []string{"action", "countries"}, Distinct: true},
		},
	},
	{
		Name:        "halts_by_activity",
		Title:       "Halts by activity",
		Description: "How many halts there are of each activity, and how many companies halted it.",
		Labels:      []Label{{Column: Column{Name: "activity", Title: "Activity", Description: "What was halted.", Example: "shipments", Codes: "activity"}}},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"activity"}},
			{Column: companiesColumn, Of: "halts", Match: []string{"activity"}, Distinct: true},
		},
	},
	{
		Name:        "halts_by_sector",
		Title:       "Halts by sector",
		Description: "How many halts there are in each sector, and how many companies of it halted something.",
		Labels:      []Label{{Column: Column{Name: "sector", Title: "Sector", Description: "What the companies mainly do.", Example: "technology", Codes: "sector"}}},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"sector"}},
			{Column: companiesColumn, Of: "companies", Match: []string{"sector"}, Where: []Condition{{Field: "halt_count", Is: "0", Test: Differs}}},
		},
	},
	{
		Name:        "companies_by_country",
		Title:       "Companies by country",
		Description: "How many companies have their headquarters in each country, with their halts and donations. Companies without a known country are left out.",
		Labels:      []Label{{Column: Column{Name: "country", Title: "Country", Description: "The country of the headquarters, ISO 3166-1 alpha-2.", Example: "US"}}},
		Measures: []Measure{
			{Column: companiesColumn, Of: "companies", Match: []string{"country"}},
			{Column: haltsColumn, Of: "halts", Match: []string{"company_country"}},
			{Column: donationsColumn, Of: "donations", Match: []string{"company_country"}},
		},
	},
	{
		Name:        "timeline_days",
		Title:       "Timeline by day",
		Description: "What was announced on each day of the coverage up to the last fact, and on the days of facts outside it. Facts dated only to a month or a year stand in the timeline by month.",
		Labels:      []Label{{Column: Column{Name: "date", Title: "Date", Description: "The day.", Type: TypeDay, Example: "2022-03-09"}, Days: true}},
		ByLabel:     true,
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"announced_start"}, Where: []Condition{datedToDay}},
			{Column: Column{Name: "halts_total", Title: "Halts so far", Description: "The halts announced up to and on that day.", Type: TypeInteger, Example: "120"}, Of: "halts", Match: []string{"announced_start"}, Where: []Condition{datedToDay}, Running: true},
			{Column: donationsColumn, Of: "donations", Match: []string{"announced_start"}, Where: []Condition{datedToDay}},
		},
	},
	{
		Name:        "timeline_months",
		Title:       "Timeline by month",
		Description: "What is dated only to a month, or to a year, and so is on no day of the timeline by day.",
		Labels:      []Label{{Column: Column{Name: "month", Title: "Month", Description: "The month, or the year.", Example: "2022-03"}, Months: true}},
		ByLabel:     true,
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"announced"}, Where: []Condition{notToDay}},
			{Column: donationsColumn, Of: "donations", Match: []string{"announced"}, Where: []Condition{notToDay}},
		},
	},
	{
		Name:        "donations_by_currency",
		Title:       "Donations by currency",
		Description: "The companies' own cash by the currency of the gift. Donations without an amount are not listed.",
		Labels:      []Label{{Column: Column{Name: "currency", Title: "Currency", Description: "The currency, ISO 4217.", Example: "USD"}}},
		Leads:       2,
		Measures: slices.Insert(countedMeasures("currency"), 1, Measure{
			Column: Column{Name: "amount", Title: "Amount", Description: "The sum in the currency.", Type: TypeDecimal, Example: "2000000", Currency: "currency"},
			Of:     "donations", Sum: "amount", Match: []string{"currency"}, Where: []Condition{isCounted},
		}),
	},
	{
		Name:        "donations_by_type",
		Title:       "Donations by type",
		Description: "What each type of donation adds up to. Only cash is in the headline total; the types are never added together.",
		Labels:      []Label{{Column: Column{Name: "type", Title: "Type", Description: "Whose money or goods, and how firm.", Example: "cash", Codes: "donation_type"}}},
		Measures: []Measure{
			{Column: donationsColumn, Of: "donations", Match: []string{"type"}},
			{Column: amountEURColumn, Of: "donations", Sum: "amount_eur", Match: []string{"type"}, Where: []Condition{isTotalled}},
			{Column: leftOutColumn, Of: "donations", Match: []string{"type"}, Where: []Condition{notTotalled}},
			{Column: notExactColumn, Of: "donations", Match: []string{"type"}, Where: []Condition{isTotalled, isNotExact}},
		},
		Leads: 1,
	},
	{
		Name:        "donations_by_recipient",
		Title:       "Donations by recipient",
		Description: "The companies' own cash by recipient. A gift to several recipients counts in full at each of them and once in the headline total, so these sums must not be added.",
		Labels: []Label{
			{Column: Column{Name: "recipient_id", Title: "Recipient ID", Description: "The key of the recipient.", Example: "unhcr", Ref: "recipients"}},
			{Column: Column{Name: "recipient", Title: "Recipient", Description: "The name of the recipient.", Example: "UNHCR"}, NameIn: "recipients", Name: "name"},
		},
		Measures: countedMeasures("recipient_ids"),
		Leads:    1,
	},
	{
		Name:        "largest_donors",
		Title:       "Largest donors",
		Description: "The 20 companies whose own cash adds up to most.",
		Labels: []Label{
			{Column: Column{Name: "company_id", Title: "Company ID", Description: "The key of the company.", Example: "sony", Ref: "companies"}},
			{Column: Column{Name: "company", Title: "Company", Description: "The name of the company.", Example: "Sony"}, NameIn: "companies", Name: "name"},
		},
		Measures: countedMeasures("company_id"),
		Leads:    1,
		Limit:    20,
	},
}

// figureColumns are the columns of the key figures.
var figureColumns = []Column{
	{Name: "figure", Title: "Figure", Description: "What is counted or added up.", Example: "Companies"},
	{Name: "value", Title: "Value", Description: "The number.", Type: TypeDecimal, Example: "12", Currency: "unit"},
	{Name: "unit", Title: "Unit", Description: "What the number counts.", Example: "companies"},
	{Name: "included", Title: "Included", Description: "How many amounts a total holds.", Type: TypeInteger, Example: "9"},
	{Name: "left_out", Title: "Left out", Description: "How many donations of the type a total leaves out: without an amount or a rate, or held by another donation.", Type: TypeInteger, Example: "3"},
	{Name: "not_exact", Title: "Not exact", Description: "How many of the amounts that a total holds are bounds or estimates.", Type: TypeInteger, Example: "3"},
}

func keyFigures() []Figure {
	count := func(name, unit, table string, where ...Condition) Figure {
		return Figure{Name: name, Unit: unit, Measure: Measure{Of: table, Where: where}}
	}
	total := func(name, kind string) Figure {
		ofType := Condition{Field: "type", Is: kind}
		return Figure{
			Name: name, Unit: "EUR",
			Measure:  Measure{Of: "donations", Sum: "amount_eur", Where: []Condition{ofType, isTotalled}},
			Included: &Measure{Of: "donations", Where: []Condition{ofType, isTotalled}},
			LeftOut:  &Measure{Of: "donations", Where: []Condition{ofType, notTotalled}},
			NotExact: &Measure{Of: "donations", Where: []Condition{ofType, isTotalled, isNotExact}},
		}
	}
	inHeadline := func(f Figure) Figure {
		f.Headline = true
		return f
	}
	return []Figure{
		inHeadline(count("Companies", "companies", "companies")),
		count("Companies that halted something", "companies", "companies", Condition{Field: "halt_count", Is: "0", Test: Differs}),
		count("Companies that donated", "companies", "companies", Condition{Field: "donation_count", Is: "0", Test: Differs}),
		inHeadline(count("Halts", "halts", "halts")),
		count("Halts told as carried out", "halts", "halts", Condition{Field: "status", Is: "completed"}),
		inHeadline(count("Donations", "donations", "donations")),
		count("Recipients", "recipients", "recipients"),
		count("Sources", "sources", "sources"),
		inHeadline(total("Own cash donated", "cash")),
		total("Pledged", "pledge"),
		total("Matched", "matched"),
		total("In kind", "in_kind"),
		total("Raised from others", "raised"),
		total("Mixed", "mixed"),
	}
}

// Summarize computes the summary tables of a dataset in order.
func (d *Dataset) Summarize() []*Table {
	tables := make([]*Table, len(Summaries))
	for i := range Summaries {
		tables[i] = d.summarize(&Summaries[i])
	}
	return tables
}

// summarize computes one summary table.
func (d *Dataset) summarize(s *Summary) *Table {
	rows := d.figureRows(s.Figures)
	columns := figureColumns
	if s.Figures == nil {
		rows = d.labelledRows(s)
		columns = s.columns()
	}
	t := NewTable(s.Name, s.Title, s.Description, columns, len(rows), func(row, column int) Value { return rows[row][column] })
	t.Summary = s
	for _, row := range rows {
		if slices.ContainsFunc(row, func(v Value) bool { return !v.Known }) {
			t.Blank = "Blank cells mean that the figure is not a total."
		}
	}
	return t
}

// Headline returns the key figures that matter most in one sentence without its full stop; of any other table nothing.
func (t *Table) Headline() string {
	if t.Summary == nil {
		return ""
	}
	var parts []string
	for row := range t.Summary.Figures {
		figure, cell := &t.Summary.Figures[row], func(name string) string { return t.Cell(row, t.Column(name)).Number.Grouped() }
		switch {
		case !figure.Headline:
		case figure.Included == nil:
			parts = append(parts, cell("value")+" "+figure.Unit)
		default:
			amounts := cell("included") + " amounts"
			if amounts == "1 amounts" {
				amounts = "1 amount"
			}
			parts = append(parts, fmt.Sprintf("%s %s of own cash (%s, %s not exact, %s left out)",
				cell("value"), figure.Unit, amounts, cell("not_exact"), cell("left_out")))
		}
	}
	return strings.Join(parts, ", ")
}

// columns returns the columns of labels and measures.
func (s *Summary) columns() []Column {
	columns := make([]Column, 0, len(s.Labels)+len(s.Measures))
	for i := range s.Labels {
		columns = append(columns, s.Labels[i].Column)
	}
	for i := range s.Measures {
		columns = append(columns, s.Measures[i].Column)
	}
	return columns
}

func (d *Dataset) figureRows(figures []Figure) [][]Value {
	rows := make([][]Value, len(figures))
	for i := range figures {
		f := &figures[i]
		rows[i] = []Value{TextValue(f.Name), d.measure(&f.Measure).of(nil), TextValue(f.Unit), {}, {}, {}}
		for j, m := range []*Measure{f.Included, f.LeftOut, f.NotExact} {
			if m != nil {
				rows[i][3+j] = d.measure(m).of(nil)
			}
		}
	}
	return rows
}

func (d *Dataset) labelledRows(s *Summary) [][]Value {
	tallies := make([]tally, len(s.Measures))
	for i := range s.Measures {
		tallies[i] = d.measure(&s.Measures[i])
	}
	var rows [][]Value
	for _, labels := range d.labels(s, tallies) {
		row := make([]Value, 0, len(s.Labels)+len(s.Measures))
		var key []string
		for i := range s.Labels {
			switch label := &s.Labels[i]; {
			case label.Days:
				day, _ := parseDay(labels[i])
				row, key = append(row, dayValue(day)), append(key, labels[i])
			case label.Name != "":
				row = append(row, d.nameOf(label, key[0]))
			default:
				row, key = append(row, TextValue(labels[i])), append(key, labels[i])
			}
		}
		for i := range s.Measures {
			v := tallies[i].of(key)
			if s.Measures[i].Running && len(rows) > 0 {
				v.Number = v.Number.add(rows[len(rows)-1][len(row)].Number)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	if !s.ByLabel {
		lead := len(s.Labels) + s.Leads
		slices.SortStableFunc(rows, func(a, b []Value) int { return b[lead].Number.compare(a[lead].Number) })
	}
	if s.Limit > 0 && len(rows) > s.Limit {
		rows = rows[:s.Limit]
	}
	return rows
}

// nameOf returns the name that stands beside a label.
func (d *Dataset) nameOf(label *Label, key string) Value {
	at := cellOf(label.NameIn, 0, label.Name)
	if at.row = d.rowLookup(label.NameIn)(key); at.row < 0 {
		return Value{}
	}
	return TextValue(d.cellText(at))
}

// labels returns the labels of each row in order of the labels; those that merely name another are empty.
func (d *Dataset) labels(s *Summary, tallies []tally) [][]string {
	if s.Labels[0].Days {
		return d.coveredDays(tallies)
	}
	seen := map[string]bool{}
	for _, t := range tallies {
		for key := range t.numbers {
			seen[key] = true
		}
	}
	var rows [][]string
	for _, key := range sortedKeys(seen) {
		row := strings.Split(key, labelSeparator)
		for len(row) < len(s.Labels) {
			row = append(row, "")
		}
		if !slices.Contains(strings.Split(key, labelSeparator), "") {
			rows = append(rows, row)
		}
	}
	return rows
}

// coveredDays returns every day of the coverage up to the last fact that is dated to a day, and the days of the
// facts outside it.
func (d *Dataset) coveredDays(tallies []tally) (rows [][]string) {
	days := map[string]bool{}
	last := ""
	for _, t := range tallies {
		for day := range t.numbers {
			days[day], last = true, max(last, day)
		}
	}
	start, errStart := parseDay(d.Metadata.Coverage.Start)
	end, errEnd := parseDay(min(last, d.Metadata.Coverage.End))
	if errStart == nil && errEnd == nil {
		for day := start; day <= end; day++ {
			days[day.String()] = true
		}
	}
	for _, day := range sortedKeys(days) {
		rows = append(rows, []string{day})
	}
	return rows
}

// labelSeparator joins the labels of a row; it is in no label.
const labelSeparator = "\x00"

// tally is a measure computed for all labels at once.
type tally struct {
	numbers map[string]Decimal
	nothing Decimal // what no rows add up to
}

// of returns the measure of a row with these labels.
func (t tally) of(labels []string) Value {
	n, ok := t.numbers[strings.Join(labels, labelSeparator)]
	if !ok {
		n = t.nothing
	}
	return NumberValue(n)
}

// measure computes a measure in one pass over its table.
func (d *Dataset) measure(m *Measure) tally {
	t := tally{numbers: map[string]Decimal{}, nothing: NewDecimal(0, 0)}
	table := d.Table(SchemaOf(m.Of))
	match := make([]int, len(m.Match))
	for i, field := range m.Match {
		match[i] = table.Column(field)
	}
	sum, company := table.Column(m.Sum), table.Column("company_id")
	counted := map[[2]string]bool{}
	for row := range table.Rows {
		if !table.holds(m.Where, row) {
			continue
		}
		table.eachLabel(match, row, "", func(label string) {
			addend := NewDecimal(1, 0)
			if m.Sum != "" {
				addend = table.Cell(row, sum).Number
			}
			if m.Distinct {
				id := [2]string{label, table.Cell(row, company).Text}
				if counted[id] {
					return
				}
				counted[id] = true
			}
			t.numbers[label] = t.numbers[label].add(addend)
		})
	}
	switch {
	case sum < 0:
	case table.Columns[sum].Currency == "EUR":
		t.nothing = NewDecimal(0, 2)
	default:
		for label := range t.numbers {
			t.numbers[label] = t.numbers[label].canonical()
		}
	}
	return t
}

// holds reports whether a row meets all conditions.
func (t *Table) holds(where []Condition, row int) bool {
	for i := range where {
		c := t.Column(where[i].Field)
		v := t.Cell(row, c)
		switch where[i].Test {
		case Known:
			if !v.Known {
				return false
			}
		default:
			is := string(v.Append(nil, t.Columns[c].Type)) == where[i].Is
			if is != (where[i].Test == Equals) {
				return false
			}
		}
	}
	return true
}

// eachLabel calls yield with every label that a row belongs to: its cells of some columns joined, once for each
// member of a list.
func (t *Table) eachLabel(columns []int, row int, label string, yield func(label string)) {
	if len(columns) == 0 {
		yield(label)
		return
	}
	separator := ""
	if label != "" {
		separator = labelSeparator
	}
	column := columns[0]
	text := string(t.Cell(row, column).Append(nil, t.Columns[column].Type))
	if t.Columns[column].Type == TypeDate {
		text = strings.TrimRight(text, "?~%")
	}
	if t.Columns[column].Type != TypeList {
		t.eachLabel(columns[1:], row, label+separator+text, yield)
		return
	}
	for member := range List(text).All() {
		t.eachLabel(columns[1:], row, label+separator+member, yield)
	}
}
