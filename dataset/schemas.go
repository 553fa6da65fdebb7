package dataset

const emptyMeans = "Blank cells mean not known or not applicable."

// Schemas are the curated tables in the order of every listing.
var Schemas = []Schema{
	Declare(func(d *Dataset) *[]Company { return &d.Companies }, Schema{
		Name:        "companies",
		Title:       "Companies",
		Description: "Every company with a halted activity or a donation, and their parents where these are listed too.",
		Blank:       emptyMeans,
		Words: []Column{
			{Name: "country_name", Title: "Country name", Description: "The country of the headquarters in words.", Example: "Japan", Says: "country"},
			{Name: "sector_label", Title: "Sector name", Description: "What the company mainly does, in words.", Example: "Video games", Says: "sector"},
		},
		Shown: []string{"name", "country_name", "sector_label", "halt_count", "donation_count", "first_announced", "donated_eur", "donated_not_exact", "note"},
		Columns: []Column{
			{Name: "company_id", Title: "Company ID", Description: "The key of the company; never reused.", Example: "sony-interactive-entertainment", Key: true, Required: true, Form: formSlug, Field: func(c *Company) *string { return &c.ID }},
			{Name: "name", Title: "Name", Description: "The usual name of the company.", Example: "Sony Interactive Entertainment", Required: true, Unique: true, Form: formMember, Role: RoleAbout, Field: func(c *Company) *string { return &c.Name }},
			{Name: "parent_id", Title: "Parent ID", Description: "The company that it belongs to, where that one is listed.", Example: "sony", Ref: "companies", Form: formSlug, Field: func(c *Company) *string { return &c.ParentID }},
			{Name: "country", Title: "Country", Description: "The country of the headquarters, ISO 3166-1 alpha-2.", Example: "JP", Form: formCountry, Field: func(c *Company) *string { return &c.Country }},
			{Name: "sector", Title: "Sector", Description: "What the company mainly does.", Example: "video-games", Required: true, Codes: "sector", Field: func(c *Company) *string { return &c.Sector }},
			noteColumn(func(c *Company) *string { return &c.Note }),
			{Name: "halt_count", Title: "Halts", Description: "How many halts it has.", Type: TypeInteger, Example: "3", Derive: (*Dataset).haltCount},
			{Name: "donation_count", Title: "Donations", Description: "How many donations are recorded under it.", Type: TypeInteger, Example: "1", Derive: (*Dataset).donationCount},
			{Name: "first_announced", Title: "First announced", Description: "When the first of its halts was announced, in EDTF as written there.", Type: TypeDate, Example: "2022-03-09", Compose: firstAnnounced},
			{Name: "donated_eur", Title: "Donated EUR", Description: "The sum in euros of its own counted donations.", Type: TypeDecimal, Example: "1800828.38", Currency: "EUR", Derive: (*Dataset).donatedEUR},
			{Name: "donated_not_exact", Title: "Donated not exact", Description: "How many of the amounts in that sum are bounds or estimates.", Type: TypeInteger, Example: "0", Derive: (*Dataset).donatedNotExact},
		},
	}),
	Declare(func(d *Dataset) *[]Halt { return &d.Halts }, Schema{
		Name:        "halts",
		Title:       "Halts",
		Description: "One row for each activity that a company halted in or with a country, or said that it would halt.",
		Blank:       emptyMeans,
		Words: []Column{
			actionInWords,
			{Name: "activity_label", Title: "What was halted", Description: "What the company did until then, in words.", Example: "Streaming", Says: "activity"},
			{Name: "country_names", Title: "Where", Description: "The countries that the halt concerns, in words.", Example: "Russia; Belarus", Says: "countries"},
			{Name: "status_label", Title: "How far", Description: "How far the halt is known to have gone, in words.", Example: "Carried out", Says: "status"},
			{Name: "outcome_label", Title: "What became of it", Description: "The last of its events, in words.", Example: "Completed", Says: "outcome"},
			countryInWords, sectorInWords,
		},
		Shown:  []string{"company", "action_label", "activity_label", "country_names", "announced", "description", "product", "status_label", "outcome_label", "outcome_date", "note", "publishers", "company_country_name", "sector_label"},
		Former: []string{"ended", "ended_start", "ended_end"},
		Columns: append(append([]Column{
			{Name: "halt_id", Title: "Halt ID", Description: "The key of the halt; never reused.", Example: "amazon-streaming-1", Key: true, Required: true, Form: formSlug, Field: func(h *Halt) *string { return &h.ID }},
			{Name: "company_id", Title: "Company ID", Description: "The company that halts.", Example: "amazon", Required: true, Ref: "companies", Form: formSlug, Role: RoleOwner, Field: func(h *Halt) *string { return &h.CompanyID }},
			{Name: "action", Title: "Action", Description: "What the company does to the activity.", Example: "suspend", Required: true, Codes: "action", Field: func(h *Halt) *string { return &h.Action }},
			{Name: "activity", Title: "Activity", Description: "What it did until then.", Example: "streaming", Required: true, Codes: "activity", Field: func(h *Halt) *string { return &h.Activity }},
			{Name: "product", Title: "Product", Description: "The product, brand or plant that the halt is limited to.", Example: "Prime Video", Field: func(h *Halt) *string { return &h.Product }},
			{Name: "countries", Title: "Countries", Description: "The countries that the halt concerns, ISO 3166-1 alpha-2.", Type: TypeList, Member: "country", Example: "RU;BY", Required: true, Form: formCountry, Field: func(h *Halt) *List { return &h.Countries }},
			{Name: "status", Title: "Status", Description: "How far the halt is known to have gone.", Example: "completed", Required: true, Codes: "halt_status", Field: func(h *Halt) *string { return &h.Status }},
			{Name: "announced", Title: "Announced", Description: "When the company made it public, in EDTF: 2022-03 is March 2022 with no day known, ~ is approximate, ? uncertain.", Type: TypeDate, Example: "2022-03-09", Required: true, Role: RoleDate, Field: func(h *Halt) *Date { return &h.Announced }},
			{Name: "effective", Title: "Effective", Description: "When it took effect, in EDTF.", Type: TypeDate, Example: "2022-03-09", Field: func(h *Halt) *Date { return &h.Effective }},
			{Name: "description", Title: "Description", Description: "One sentence of our own on what was halted.", Example: "Suspended access to Prime Video for customers in both countries.", Required: true, LineBreaks: true, Role: RoleAbout, Field: func(h *Halt) *string { return &h.Description }},
			sourcesColumn(func(h *Halt) *List { return &h.SourceIDs }),
			noteColumn(func(h *Halt) *string { return &h.Note }),
		}, factColumns("announced", "Announced", haltFacts)...),
			startColumn("effective", "Effective", func(d *Dataset, row int) Date { return d.Halts[row].Effective }),
			endColumn("effective", "Effective", func(d *Dataset, row int) Date { return d.Halts[row].Effective }),
			Column{Name: "outcome", Title: "Outcome", Description: "What became of it: the last of its events.", Example: "completed", Codes: "event", Derive: func(d *Dataset, row int) Value {
				return TextValue(d.lookup.outcomes[row].event)
			}},
			Column{Name: "outcome_date", Title: "Outcome date", Description: "When that was, in EDTF as written there.", Type: TypeDate, Example: "2024-05-17", Compose: func(b []byte, d *Dataset, row int) []byte {
				return outcomeDate(d, row).Append(b)
			}},
			startColumn("outcome", "Outcome", outcomeDate),
			endColumn("outcome", "Outcome", outcomeDate),
		),
	}),
	Declare(func(d *Dataset) *[]Event { return &d.Events }, Schema{
		Name:        "events",
		Title:       "Events",
		Later:       true,
		Description: "One row for each step in what became of a halt after it was announced, by the company or by others.",
		Blank:       emptyMeans,
		Words: []Column{
			{Name: "event_label", Title: "What happened", Description: "What happened, in words.", Example: "Completed", Says: "event"},
			{Name: "actor_label", Title: "By whom", Description: "Who made it happen, in words.", Example: "The company", Says: "actor"},
			actionInWords, countryInWords, sectorInWords,
		},
		Shown: []string{"company", "action_label", "event_label", "actor_label", "date", "description", "counterparty", "note", "publishers", "company_country_name", "sector_label"},
		Columns: append(append([]Column{
			{Name: "event_id", Title: "Event ID", Description: "The key of the event; never reused.", Example: "danone-dairy-completed", Key: true, Required: true, Form: formSlug, Field: func(e *Event) *string { return &e.ID }},
			{Name: "halt_id", Title: "Halt ID", Description: "The halt that it is a step of.", Example: "danone-dairy", Required: true, Ref: "halts", Form: formSlug, Role: RoleOwner, Field: func(e *Event) *string { return &e.HaltID }},
			{Name: "event", Title: "Event", Description: "What happened.", Example: "completed", Required: true, Codes: "event", Field: func(e *Event) *string { return &e.Event }},
			{Name: "actor", Title: "Actor", Description: "Who made it happen.", Example: "company", Required: true, Codes: "actor", Field: func(e *Event) *string { return &e.Actor }},
			{Name: "date", Title: "Date", Description: "When it happened, in EDTF; the day that it was told where no other is known.", Type: TypeDate, Example: "2024-05-17", Required: true, Role: RoleDate, Field: func(e *Event) *Date { return &e.Date }},
			{Name: "counterparty", Title: "Counterparty", Description: "Who bought, took over or decided, where that is known.", Example: "Vamin R", Field: func(e *Event) *string { return &e.Counterparty }},
			{Name: "description", Title: "Description", Description: "One sentence of our own on what happened.", Example: "Sold its dairy business in Russia.", Required: true, LineBreaks: true, Role: RoleAbout, Field: func(e *Event) *string { return &e.Description }},
			sourcesColumn(func(e *Event) *List { return &e.SourceIDs }),
			noteColumn(func(e *Event) *string { return &e.Note }),
		}, factColumns("date", "Date", eventFacts)...),
			Column{Name: "action", Title: "Action", Description: "The action of the halt.", Example: "exit", Codes: "action", From: "halt_id.action", Derive: func(d *Dataset, row int) Value {
				return TextValue(d.haltOf(row).Action)
			}},
		),
	}),
	Declare(func(d *Dataset) *[]Donation { return &d.Donations }, Schema{
		Name:        "donations",
		Title:       "Donations",
		Description: "One row for each gift, pledge or collection for people hit by the war.",
		Blank:       emptyMeans + " A blank amount qualifier means that the amount is exact.",
		Words: []Column{
			{Name: "type_label", Title: "Type of donation", Description: "Whose money or goods, and how firm, in words.", Example: "Own cash", Says: "type"},
			{Name: "amount_qualifier_label", Title: "How exact", Description: "Whether the amount is a bound or an estimate, in words; blank for an exact amount.", Example: "At least", Says: "amount_qualifier"},
			countryInWords, sectorInWords,
		},
		Shown: []string{"company", "type_label", "amount_qualifier_label", "amount", "currency", "amount_eur", "announced", "description", "recipients", "product", "note", "publishers", "company_country_name", "sector_label"},
		Columns: append(append([]Column{
			{Name: "donation_id", Title: "Donation ID", Description: "The key of the donation; never reused.", Example: "sony-donation-1", Key: true, Required: true, Form: formSlug, Field: func(d *Donation) *string { return &d.ID }},
			{Name: "company_id", Title: "Company ID", Description: "The company that gives; of joint donors the one that the gift is recorded under.", Example: "sony", Required: true, Ref: "companies", Form: formSlug, Role: RoleOwner, Field: func(d *Donation) *string { return &d.CompanyID }},
			{Name: "joint_company_ids", Title: "Joint company IDs", Description: "Companies that gave the same sum together with it; the sum counts once, under the company of the row.", Type: TypeList, Member: "joint_company_id", Example: "xbox", Ref: "companies", Form: formSlug, Field: func(d *Donation) *List { return &d.JointCompanyIDs }},
			{Name: "announced", Title: "Announced", Description: "When the donation was made public, in EDTF.", Type: TypeDate, Example: "2022-03-02", Required: true, Role: RoleDate, Field: func(d *Donation) *Date { return &d.Announced }},
			{Name: "type", Title: "Type", Description: "Whose money or goods, and how firm.", Example: "cash", Required: true, Codes: "donation_type", Field: func(d *Donation) *string { return &d.Type }},
			{Name: "amount", Title: "Amount", Description: "The amount in major units of the currency.", Type: TypeDecimal, Example: "2000000", Currency: "currency", Field: func(d *Donation) *Decimal { return &d.Amount }},
			{Name: "amount_qualifier", Title: "Amount qualifier", Description: "Whether the amount is a bound or an estimate; blank for an exact amount.", Example: "at_least", Codes: "amount_qualifier", Field: func(d *Donation) *string { return &d.AmountQualifier }},
			{Name: "currency", Title: "Currency", Description: "The currency of the amount, ISO 4217.", Example: "USD", Form: formCurrency, Field: func(d *Donation) *string { return &d.Currency }},
			{Name: "stated_amount", Title: "Stated amount", Description: "The same amount in another currency, as the source itself converts it.", Type: TypeDecimal, Example: "1800000", Currency: "stated_currency", Field: func(d *Donation) *Decimal { return &d.StatedAmount }},
			{Name: "stated_currency", Title: "Stated currency", Description: "The currency of the stated amount, ISO 4217.", Example: "EUR", Form: formCurrency, Field: func(d *Donation) *string { return &d.StatedCurrency }},
			{Name: "product", Title: "Product", Description: "The fund or campaign.", Example: "This War of Mine", Field: func(d *Donation) *string { return &d.Product }},
			{Name: "recipient_ids", Title: "Recipient IDs", Description: "The organisations that it goes to.", Type: TypeList, Member: "recipient_id", Example: "unhcr;save-the-children", Ref: "recipients", Form: formSlug, Field: func(d *Donation) *List { return &d.RecipientIDs }},
			{Name: "included_in", Title: "Included in", Description: "A donation whose sum holds this one, so that no total counts both.", Example: "sony-donation-3", Ref: "donations", Form: formSlug, Field: func(d *Donation) *string { return &d.IncludedIn }},
			{Name: "description", Title: "Description", Description: "One sentence of our own on the donation.", Example: "Gave 2 million dollars for humanitarian aid.", Required: true, LineBreaks: true, Role: RoleAbout, Field: func(d *Donation) *string { return &d.Description }},
			sourcesColumn(func(d *Donation) *List { return &d.SourceIDs }),
			noteColumn(func(d *Donation) *string { return &d.Note }),
		}, factColumns("announced", "Announced", donationFacts)...),
			Column{Name: "recipients", Title: "Recipients", Description: "The names of the recipients, in the order of their keys.", Type: TypeList, Example: "UNHCR;Save the Children", Beside: "recipient_ids", From: "recipient_ids.name", Compose: recipientNames},
			Column{Name: "amount_eur", Title: "Amount EUR", Description: "The amount in euros: amount divided by rate, rounded half away from zero to cents.", Type: TypeDecimal, Example: "1800828.38", Currency: "EUR", From: "amount", Derive: (*Dataset).amountEUR},
			Column{Name: "fx_rate", Title: "FX rate", Description: "Units of the currency for one euro, as the European Central Bank published it.", Type: TypeDecimal, Example: "1.1106", From: "announced", Derive: (*Dataset).fxRate},
			Column{Name: "fx_date", Title: "FX date", Description: "The day or the month of the rate; for euros the date of the donation.", Example: "2022-03-02", From: "announced", Compose: fxDate},
			Column{Name: "fx_date_precision", Title: "FX date precision", Description: "What the FX date is: a day, a month, whose rates are averaged, or for euros a year.", Example: "day", From: "announced", Derive: (*Dataset).fxDatePrecision},
			Column{Name: "fx_status", Title: "FX status", Description: "How the rate fits: exact, previous_day (at most 7 days back), month_average or none.", Example: "exact", From: "announced", Derive: (*Dataset).fxStatus},
			Column{Name: "counted", Title: "Counted", Description: "Whether the amount is in the headline total: the companies' own cash, with an amount and a rate, not held by another counted donation.", Type: TypeBoolean, Example: "true", From: "type", Derive: (*Dataset).isCountedCell},
			Column{Name: "totalled", Title: "Totalled", Description: "Whether the amount is in the total of its type; for cash the same as counted.", Type: TypeBoolean, Example: "true", From: "type", Derive: (*Dataset).isTotalledCell},
			Column{Name: "summed", Title: "Summed", Description: "Whether the amount is in the sum of its type in its own currency, which needs no rate: not held by another donation of the type with an amount.", Type: TypeBoolean, Example: "true", From: "type", Derive: (*Dataset).isSummedCell},
		),
	}),
	Declare(func(d *Dataset) *[]Recipient { return &d.Recipients }, Schema{
		Name:        "recipients",
		Title:       "Recipients",
		Description: "The organisations that donations went to.",
		Blank:       emptyMeans,
		Words: []Column{
			{Name: "type_label", Title: "Kind of organisation", Description: "What kind of organisation it is, in words.", Example: "United Nations agency", Says: "type"},
			{Name: "country_name", Title: "Country name", Description: "The country of its headquarters in words.", Example: "Switzerland", Says: "country"},
		},
		Shown: []string{"name", "type_label", "country_name", "note"},
		Columns: []Column{
			{Name: "recipient_id", Title: "Recipient ID", Description: "The key of the recipient; never reused.", Example: "unhcr", Key: true, Required: true, Form: formSlug, Field: func(r *Recipient) *string { return &r.ID }},
			{Name: "name", Title: "Name", Description: "The usual name of the organisation.", Example: "UNHCR", Required: true, Unique: true, Form: formMember, Role: RoleAbout, Field: func(r *Recipient) *string { return &r.Name }},
			{Name: "type", Title: "Type", Description: "What kind of organisation it is.", Example: "un_agency", Required: true, Codes: "recipient_type", Field: func(r *Recipient) *string { return &r.Type }},
			{Name: "country", Title: "Country", Description: "The country of its headquarters, ISO 3166-1 alpha-2.", Example: "CH", Form: formCountry, Field: func(r *Recipient) *string { return &r.Country }},
			noteColumn(func(r *Recipient) *string { return &r.Note }),
		},
	}),
	Declare(func(d *Dataset) *[]Source { return &d.Sources }, Schema{
		Name:        "sources",
		Title:       "Sources",
		Description: "The pages that the facts were read on.",
		Blank:       emptyMeans,
		Words: []Column{
			{Name: "type_label", Title: "Kind of page", Description: "What kind of page it is, in words.", Example: "Press release", Says: "type"},
		},
		Shown: []string{"publisher", "type_label", "published", "language", "note"},
		Columns: []Column{
			{Name: "source_id", Title: "Source ID", Description: "The key of the source; never reused.", Example: "sony-2022-03-31", Key: true, Required: true, Form: formSlug, Field: func(s *Source) *string { return &s.ID }},
			{Name: "type", Title: "Type", Description: "What kind of page it is.", Example: "press_release", Required: true, Codes: "source_type", Field: func(s *Source) *string { return &s.Type }},
			{Name: "publisher", Title: "Publisher", Description: "Who published it, spelt one way; the agency where an outlet only carries its report.", Example: "Sony", Required: true, Form: formMember, Role: RoleAbout, Field: func(s *Source) *string { return &s.Publisher }},
			{Name: "url", Title: "URL", Description: "The address of the page.", Example: "https://www.sony.com/", Form: formURL, Role: RoleLink, Field: func(s *Source) *string { return &s.URL }},
			{Name: "published", Title: "Published", Description: "When it was published, in EDTF.", Type: TypeDate, Example: "2022-03-31", Field: func(s *Source) *Date { return &s.Published }},
			{Name: "language", Title: "Language", Description: "The language of the page, BCP 47.", Example: "en", Required: true, Form: formLanguage, Field: func(s *Source) *string { return &s.Language }},
			noteColumn(func(s *Source) *string { return &s.Note }),
			startColumn("published", "Published", func(d *Dataset, row int) Date { return d.Sources[row].Published }),
			endColumn("published", "Published", func(d *Dataset, row int) Date { return d.Sources[row].Published }),
		},
	}),
	Declare(func(d *Dataset) *[]Rate { return &d.Rates }, Schema{
		Name:        "rates",
		Title:       "Rates",
		Description: "Euro foreign exchange reference rates, in units of the currency for one euro.",
		Blank:       "There are no blank cells in this table.",
		Columns: []Column{
			{Name: "date", Title: "Date", Description: "The day of the rate.", Type: TypeDay, Example: "2022-03-02", Key: true, Required: true, Form: formDay, Field: func(r *Rate) *PlainDay { return &r.Date }},
			{Name: "currency", Title: "Currency", Description: "The currency, ISO 4217.", Example: "USD", Key: true, Required: true, Form: formCurrency, Field: func(r *Rate) *string { return &r.Currency }},
			{Name: "units_per_eur", Title: "Units per EUR", Description: "How many units of the currency one euro bought.", Type: TypeDecimal, Example: "1.1106", Required: true, Role: RoleAbout, Field: func(r *Rate) *Decimal { return &r.UnitsPerEUR }},
		},
	}),
}

// Columns of words that several tables share.
var (
	actionInWords  = Column{Name: "action_label", Title: "What was done", Description: "What the company does to the activity, in words.", Example: "Suspends", Says: "action"}
	countryInWords = Column{Name: "company_country_name", Title: "Headquarters", Description: "The country of the company's headquarters in words.", Example: "Japan", Says: "company_country"}
	sectorInWords  = Column{Name: "sector_label", Title: "Sector name", Description: "The sector of the company in words.", Example: "Technology", Says: "sector"}
)

// noteColumn and sourcesColumn are columns that several tables share.
func noteColumn[R any](field func(*R) *string) Column {
	return Column{Name: "note", Title: "Note", Description: "Doubts, disagreements between sources, and whatever a reader should know.", Example: "Another page has 10 March.", LineBreaks: true, Field: field}
}

func sourcesColumn[R any](field func(*R) *List) Column {
	return Column{Name: "source_ids", Title: "Source IDs", Description: "The pages that state it, the best first.", Type: TypeList, Member: "source_id", Example: "reuters-2022-03-09;sony-2022-03-31", Required: true, Ref: "sources", Form: formSlug, Role: RoleSources, Field: field}
}

// factColumns are the derived columns that all facts of a table have, by the name of the column of their date.
func factColumns(date, title string, facts func(l *lookup) *factTable) []Column {
	companyOf := func(d *Dataset, row int) *Company { return d.companyOf(facts(&d.lookup), row) }
	dateOf := func(d *Dataset, row int) Date { return facts(&d.lookup).date(row) }
	sourcesOf := func(d *Dataset, row int) []int32 { return facts(&d.lookup).sources.of(row) }
	return []Column{
		{Name: "company", Title: "Company", Description: "The name of the company.", Example: "Sony", From: "company_id.name", Derive: func(d *Dataset, row int) Value {
			return TextValue(companyOf(d, row).Name)
		}},
		{Name: "company_country", Title: "Company country", Description: "The country of the company's headquarters, ISO 3166-1 alpha-2.", Example: "JP", From: "company_id.country", Derive: func(d *Dataset, row int) Value {
			return TextValue(companyOf(d, row).Country)
		}},
		{Name: "sector", Title: "Sector", Description: "The sector of the company.", Example: "technology", Codes: "sector", From: "company_id.sector", Derive: func(d *Dataset, row int) Value {
			return TextValue(companyOf(d, row).Sector)
		}},
		startColumn(date, title, dateOf),
		endColumn(date, title, dateOf),
		{Name: date + "_precision", Title: title + " precision", Description: "How much of the date is known: year, month or day.", Example: "day", From: date, Derive: func(d *Dataset, row int) Value {
			return TextValue(dateOf(d, row).Precision().String())
		}},
		{Name: date + "_qualifier", Title: title + " qualifier", Description: "Whether the date is uncertain, approximate or both.", Example: "approximate", From: date, Derive: func(d *Dataset, row int) Value {
			return TextValue(dateOf(d, row).Qualifier())
		}},
		{Name: "publishers", Title: "Publishers", Description: "The publishers of the sources, one for each of them and in their order.", Type: TypeList, Example: "Reuters;Sony", Beside: "source_ids", From: "source_ids.publisher", Compose: func(b []byte, d *Dataset, row int) []byte {
			return d.appendPublishers(b, sourcesOf(d, row))
		}},
		{Name: "source_urls", Title: "Source URLs", Description: "The addresses of the sources, one for each of them and in their order; empty where a source has none.", Type: TypeList, Example: "https://www.reuters.com/;https://www.sony.com/", Beside: "source_ids", Gaps: true, From: "source_ids.url", Compose: func(b []byte, d *Dataset, row int) []byte {
			return d.appendURLs(b, sourcesOf(d, row))
		}},
		{Name: "publisher_count", Title: "Publisher count", Description: "How many publishers state it, each counted once.", Type: TypeInteger, Example: "2", From: "source_ids.publisher", Derive: func(d *Dataset, row int) Value {
			return integerValue(d.publishersOf(sourcesOf(d, row)))
		}},
	}
}

func startColumn(of, title string, date func(d *Dataset, row int) Date) Column {
	return Column{Name: of + "_start", Title: title + " start", Description: "The first day that " + dateNamed(of) + " may mean.", Type: TypeDay, Example: "2022-03-01", From: of, Derive: func(d *Dataset, row int) Value {
		if date := date(d, row); !date.IsZero() {
			return dayValue(date.Start())
		}
		return Value{}
	}}
}

func endColumn(of, title string, date func(d *Dataset, row int) Date) Column {
	return Column{Name: of + "_end", Title: title + " end", Description: "The last day that " + dateNamed(of) + " may mean.", Type: TypeDay, Example: "2022-03-31", From: of, Derive: func(d *Dataset, row int) Value {
		if date := date(d, row); !date.IsZero() {
			return dayValue(date.End())
		}
		return Value{}
	}}
}

// dateNamed is what descriptions call the date of a column.
func dateNamed(column string) string {
	if column == "date" {
		return "the date"
	}
	return "the " + column + " date"
}
