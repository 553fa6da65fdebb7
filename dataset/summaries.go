package dataset

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

// Label is a column of a summary that tells its rows apart, and the words for it. The labels are the values that the
// measures match.
type Label struct {
	Column Column
	// Unit is what a date is taken for; a label that is no date is as it is written.
	Unit Unit
	// Every makes a row of each unit of the coverage up to the last fact too. It wants to be the only label.
	Every bool
	// Words are a column beside the label for people; nil where the label is plain to them.
	Words *Words
}

// Unit is a stretch of the calendar that a date is taken for.
type Unit uint8

// The units of a Label. A date that is less precise than its unit belongs to no label.
const (
	AsWritten Unit = iota // the date without its qualifier; not to be compared with a more precise one
	ByDay                 // 2022-03-09
	ByMonth               // 2022-03
	ByQuarter             // 2022-Q1
	ByYear                // 2022
)

// Measure is a number computed from the rows of a table.
type Measure struct {
	Column Column
	Of     string // the table
	// Sum is the column that is added up; without it, rows are counted.
	Sum string
	// Distinct counts the companies of which there is such a row instead of the rows.
	Distinct bool
	// Match names, for each label, the column of the table that must equal it, have it as a member, or lie in its unit.
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
	One     string // what the number counts, of one
	Unit    string // and of any other number
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
	leftOutColumn   = Column{Name: "left_out", Title: "Left out", Description: "How many of the donations are not in the sum in euros: of another type, without an amount or a rate, or held by another donation.", Type: TypeInteger, Example: "3"}
	notExactColumn  = Column{Name: "not_exact", Title: "Not exact", Description: "How many of the amounts in the sum in euros are bounds or estimates.", Type: TypeInteger, Example: "3"}
)

var (
	isCounted   = Condition{Field: "counted", Is: "true"}
	isNotInSum  = Condition{Field: "counted", Is: "false"}
	isNotExact  = Condition{Field: "amount_qualifier", Test: Known}
	isTotalled  = Condition{Field: "totalled", Is: "true"}
	notTotalled = Condition{Field: "totalled", Is: "false"}
	isCompleted = Condition{Field: "event", Is: "completed"}
	isSummed    = Condition{Field: "summed", Is: "true"}
	isCash      = Condition{Field: "type", Is: "cash"}
	hasHalted   = Condition{Field: "halt_count", Is: "0", Test: Differs}
)

// Labels that several summaries share.
var (
	actionLabel = Label{
		Column: Column{Name: "action", Title: "Action", Description: "What companies did.", Example: "suspend", Codes: "action", Words: "action_label"},
		Words:  codeWords("action", "action_label", "What was done", "Suspends"),
	}
	sectorLabel = Label{
		Column: Column{Name: "sector", Title: "Sector", Description: "What the companies mainly do.", Example: "technology", Codes: "sector", Words: "sector_label"},
		Words:  codeWords("sector", "sector_label", "Sector name", "Technology"),
	}
	headquartersLabel = Label{
		Column: Column{Name: "country", Title: "Country", Description: "The country of the headquarters, ISO 3166-1 alpha-2.", Example: "US", Words: "country_name"},
		Words:  countryWords,
	}
	monthColumn = Column{Name: "month", Title: "Month", Description: "The month.", Example: "2022-03"}
)

// timeline are the halts and the donations of a unit of the calendar: all of them, and by how precisely they are dated.
func timeline(precisions ...string) (measures []Measure) {
	for _, all := range []Measure{
		{Column: haltsColumn, Of: "halts", Match: []string{"announced"}},
		{Column: donationsColumn, Of: "donations", Match: []string{"announced"}},
	} {
		measures = append(measures, all)
		for _, precision := range precisions {
			m := all
			m.Column.Name += "_dated_to_" + precision
			m.Column.Title += " to a " + precision
			m.Column.Description = "How many of the " + all.Of + " are dated to a " + precision + "."
			m.Where = []Condition{{Field: "announced_precision", Is: precision}}
			measures = append(measures, m)
		}
	}
	return measures
}

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
			actionLabel,
			{Column: Column{Name: "country", Title: "Country", Description: "Where, ISO 3166-1 alpha-2.", Example: "RU", Words: "country_name"}, Words: countryWords},
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
		Labels: []Label{{
			Column: Column{Name: "activity", Title: "Activity", Description: "What was halted.", Example: "shipments", Codes: "activity", Words: "activity_label"},
			Words:  codeWords("activity", "activity_label", "What was halted", "Shipments"),
		}},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"activity"}},
			{Column: companiesColumn, Of: "halts", Match: []string{"activity"}, Distinct: true},
		},
	},
	{
		Name:        "halts_by_sector",
		Title:       "Halts by sector",
		Description: "How many halts there are in each sector, and how many companies of it halted something.",
		Labels:      []Label{sectorLabel},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"sector"}},
			{Column: companiesColumn, Of: "companies", Match: []string{"sector"}, Where: []Condition{hasHalted}},
		},
	},
	{
		Name:        "halts_by_sector_country",
		Title:       "Halts by sector and country of headquarters",
		Description: "How many halts the companies of each sector and country of headquarters have. Companies without a known country are left out.",
		Labels:      []Label{sectorLabel, headquartersLabel},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"sector", "company_country"}},
			{Column: companiesColumn, Of: "companies", Match: []string{"sector", "country"}, Where: []Condition{hasHalted}},
		},
	},
	{
		Name:        "outcomes_by_action",
		Title:       "Outcomes by action",
		Description: "What became of the halts of each action, as far as an event tells it: the last one of each halt.",
		Labels: []Label{
			actionLabel,
			{Column: Column{Name: "outcome", Title: "Outcome", Description: "What became of it.", Example: "completed", Codes: "event", Words: "outcome_label"}, Words: codeWords("event", "outcome_label", "What became of it", "Completed")},
		},
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"action", "outcome"}},
			{Column: companiesColumn, Of: "halts", Match: []string{"action", "outcome"}, Distinct: true},
		},
	},
	{
		Name:        "exits_by_quarter",
		Title:       "Exits completed by quarter",
		Description: "How many exits and how many sales were completed in each quarter. Those of which only the year is known are left out.",
		Labels:      []Label{{Column: Column{Name: "quarter", Title: "Quarter", Description: "The quarter.", Example: "2023-Q2"}, Unit: ByQuarter}},
		ByLabel:     true,
		Measures: []Measure{
			{Column: Column{Name: "exits", Title: "Exits", Description: "Events that completed an exit.", Type: TypeInteger, Example: "12"}, Of: "events", Match: []string{"date"}, Where: []Condition{isCompleted, {Field: "action", Is: "exit"}}},
			{Column: Column{Name: "sales", Title: "Sales", Description: "Events that completed a sale or a handover.", Type: TypeInteger, Example: "12"}, Of: "events", Match: []string{"date"}, Where: []Condition{isCompleted, {Field: "action", Is: "divest"}}},
		},
	},
	{
		Name:        "companies_by_country",
		Title:       "Companies by country",
		Description: "How many companies have their headquarters in each country, with their halts and donations. Companies without a known country are left out.",
		Labels:      []Label{headquartersLabel},
		Measures: []Measure{
			{Column: companiesColumn, Of: "companies", Match: []string{"country"}},
			{Column: haltsColumn, Of: "halts", Match: []string{"company_country"}},
			{Column: donationsColumn, Of: "donations", Match: []string{"company_country"}},
		},
	},
	{
		Name:        "timeline_days",
		Title:       "Timeline by day",
		Description: "What was announced on each day. Facts dated only to a month or a year stand in the timelines by month and by year.",
		Labels:      []Label{{Column: Column{Name: "date", Title: "Date", Description: "The day.", Type: TypeDay, Example: "2022-03-09"}, Unit: ByDay, Every: true}},
		ByLabel:     true,
		Measures: []Measure{
			{Column: haltsColumn, Of: "halts", Match: []string{"announced"}},
			{Column: Column{Name: "halts_total", Title: "Halts so far", Description: "The halts announced up to and on that day.", Type: TypeInteger, Example: "120"}, Of: "halts", Match: []string{"announced"}, Running: true},
			{Column: donationsColumn, Of: "donations", Match: []string{"announced"}},
		},
	},
	{
		Name:        "timeline_months",
		Title:       "Timeline by month",
		Description: "All that is dated to a day of the month or to the month itself. What is dated only to a year stands in the timeline by year.",
		Labels:      []Label{{Column: monthColumn, Unit: ByMonth, Every: true}},
		ByLabel:     true,
		Measures:    timeline("day", "month"),
	},
	{
		Name:        "timeline_years",
		Title:       "Timeline by year",
		Description: "All that is dated to a day or a month of the year or to the year itself.",
		Labels:      []Label{{Column: Column{Name: "year", Title: "Year", Description: "The year.", Type: TypeInteger, Example: "2022", Ordinal: true}, Unit: ByYear, Every: true}},
		ByLabel:     true,
		Measures:    timeline("day", "month", "year"),
	},
	{
		Name:        "halts_by_month_action",
		Title:       "Halts by month and action",
		Description: "How many halts of each action were announced in each month, be they dated to a day of it or to the month itself.",
		Labels:      []Label{{Column: monthColumn, Unit: ByMonth}, actionLabel},
		ByLabel:     true,
		Measures:    []Measure{{Column: haltsColumn, Of: "halts", Match: []string{"announced", "action"}}},
	},
	{
		Name:        "donations_by_currency",
		Title:       "Donations by currency",
		Description: "The companies' own cash by the currency of the gift, in that currency and in euros. An amount without a rate is left out of the euros only. Donations without an amount are not listed.",
		Labels: []Label{{
			Column: Column{Name: "currency", Title: "Currency", Description: "The currency, ISO 4217.", Example: "USD", Words: "currency_name"},
			Words:  currencyWords,
		}},
		Leads: 2,
		Measures: []Measure{
			{Column: donationsColumn, Of: "donations", Match: []string{"currency"}},
			{
				Column: Column{Name: "amount", Title: "Amount", Description: "The sum in the currency, which needs no rate.", Type: TypeDecimal, Example: "2000000", Currency: "currency"},
				Of:     "donations", Sum: "amount", Match: []string{"currency"}, Where: []Condition{isCash, isSummed},
			},
			{Column: amountEURColumn, Of: "donations", Sum: "amount_eur", Match: []string{"currency"}, Where: []Condition{isCounted}},
			{
				Column: Column{Name: "without_rate", Title: "Without a rate", Description: "How many of the amounts in the sum in the currency are not in the sum in euros, since there is no rate for their date.", Type: TypeInteger, Example: "1"},
				Of:     "donations", Match: []string{"currency"}, Where: []Condition{isCash, isSummed, isNotInSum},
			},
			{Column: leftOutColumn, Of: "donations", Match: []string{"currency"}, Where: []Condition{isNotInSum}},
			{
				Column: Column{Name: "not_exact", Title: "Not exact", Description: "How many of the amounts in the sum in the currency are bounds or estimates.", Type: TypeInteger, Example: "3"},
				Of:     "donations", Match: []string{"currency"}, Where: []Condition{isCash, isSummed, isNotExact},
			},
		},
	},
	{
		Name:        "donations_by_type",
		Title:       "Donations by type",
		Description: "What each type of donation adds up to. Only cash is in the headline total; the types are never added together.",
		Labels: []Label{{
			Column: Column{Name: "type", Title: "Type", Description: "Whose money or goods, and how firm.", Example: "cash", Codes: "donation_type", Words: "type_label"},
			Words:  codeWords("donation_type", "type_label", "Type of donation", "Own cash"),
		}},
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
		Labels: []Label{{
			Column: Column{Name: "recipient_id", Title: "Recipient ID", Description: "The key of the recipient.", Example: "unhcr", Ref: "recipients", Words: "recipient"},
			Words:  nameWords("recipients", Column{Name: "recipient", Title: "Recipient", Description: "The name of the recipient.", Example: "UNHCR"}),
		}},
		Measures: countedMeasures("recipient_ids"),
		Leads:    1,
	},
	{
		Name:        "largest_donors",
		Title:       "Largest donors",
		Description: "The 20 companies whose own cash adds up to most.",
		Labels: []Label{{
			Column: Column{Name: "company_id", Title: "Company ID", Description: "The key of the company.", Example: "sony", Ref: "companies", Words: "company"},
			Words:  nameWords("companies", Column{Name: "company", Title: "Company", Description: "The name of the company.", Example: "Sony"}),
		}},
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
	count := func(name, one, unit, table string, where ...Condition) Figure {
		return Figure{Name: name, One: one, Unit: unit, Measure: Measure{Of: table, Where: where}}
	}
	total := func(name, kind string) Figure {
		ofType := Condition{Field: "type", Is: kind}
		return Figure{
			Name: name, One: "EUR", Unit: "EUR",
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
		inHeadline(count("Companies", "company", "companies", "companies")),
		count("Companies that halted something", "company", "companies", "companies", hasHalted),
		count("Companies that donated", "company", "companies", "companies", Condition{Field: "donation_count", Is: "0", Test: Differs}),
		inHeadline(count("Halts", "halt", "halts", "halts")),
		count("Halts told as carried out", "halt", "halts", "halts", Condition{Field: "status", Is: "completed"}),
		inHeadline(count("Donations", "donation", "donations", "donations")),
		count("Recipients", "recipient", "recipients", "recipients"),
		count("Sources", "source", "sources", "sources"),
		inHeadline(total("Own cash donated", "cash")),
		total("Pledged", "pledge"),
		total("Matched", "matched"),
		total("In kind", "in_kind"),
		total("Raised from others", "raised"),
		total("Mixed", "mixed"),
	}
}
