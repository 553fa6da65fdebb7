package dataset

import (
	"fmt"
	"slices"
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
		waits: func(f *faults, at cellAt) bool {
			return slices.ContainsFunc(at.schema.keyColumns(), func(column int) bool { return f.at(cellAt{at.schema, at.row, column}) })
		},
		check: checkPrimaryKey,
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
			for m := range d.money() {
				if !m.amount.IsZero() && m.currency == "" {
					report(m.currencyAt, m.field()+" has no currency", "")
				}
			}
		},
	},
	{
		ID: "amount-not-positive", Title: "Amount not positive", Severity: Error,
		Explanation: "Amounts and rates are more than 0; an unknown amount is an empty cell.",
		Hint:        "write the amount, or leave the cell empty",
		check:       checkNumbers,
	},
	{
		ID: "minor-units", Title: "More decimals than the currency has", Severity: Error,
		Explanation: "An amount has at most the decimals of its currency in ISO 4217: 2 for the euro, none for the yen.",
		Hint:        "round the amount as the source does",
		check: func(d *Dataset, report reporter) {
			for m := range d.money() {
				if digits, ok := MinorUnits(m.currency); ok && m.amount.Scale() > digits {
					report(m.at, fmt.Sprintf("%s %s has more than the %d decimals of %s", m.field(), m.amount, digits, m.currency), "")
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
			reportCycles(d.references("donations", "included_in").rows, func(i int) {
				report(cellOf("donations", i, "included_in"), fmt.Sprintf("%q is included in itself", d.Donations[i].ID), "")
			})
		},
	},
	{
		ID: "parent-cycle", Title: "Company that is its own parent", Severity: Error,
		Explanation: "Following parent_id from company to company never comes back.",
		Hint:        "empty one of the cells",
		check: func(d *Dataset, report reporter) {
			reportCycles(d.references("companies", "parent_id").rows, func(i int) {
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
		waits:       func(f *faults, at cellAt) bool { return f.key(at.schema, at.row) || f.key(at.schema, at.row-1) },
		check:       checkRowOrder,
	},
	{
		ID: "currency-without-amount", Title: "Currency without amount", Severity: Warning,
		Explanation: "A currency says nothing without an amount.",
		Hint:        "write the amount, or empty the currency",
		waits: func(f *faults, at cellAt) bool {
			return slices.ContainsFunc(at.schema.amountsIn(at.column), func(amount int) bool { return f.at(cellAt{at.schema, at.row, amount}) })
		},
		check: func(d *Dataset, report reporter) {
			for m := range d.money() {
				if m.amount.IsZero() && m.currency != "" {
					report(m.currencyAt, m.currencyField()+" stands without "+m.field(), "")
				}
			}
		},
	},
	{
		ID: "event-before-announced", Title: "Event before its halt", Severity: Warning,
		Explanation: "What became of a halt happened after it was announced.",
		Hint:        "check both dates with the source",
		check: func(d *Dataset, report reporter) {
			for i := range d.Events {
				date, announced := d.Events[i].Date, d.haltOf(i).Announced
				if !date.IsZero() && !announced.IsZero() && date.End() < announced.Start() {
					report(cellOf("events", i, "date"), fmt.Sprintf("it happened on %s, before the halt was announced on %s", date, announced), "")
				}
			}
		},
	},
	{
		ID: "event-order", Title: "Impossible order of events", Severity: Warning,
		Explanation: "The events of a halt can follow on each other: nothing is agreed or approved after it is completed, nothing is carried out that was given up and not agreed again, and only what was seized is released.",
		Hint:        "check the dates of both events, and whether one of them belongs to another halt",
		waits:       func(f *faults, _ cellAt) bool { return f.in("events", "halt_id", "event", "date") },
		check:       checkEventOrder,
	},
	{
		ID: "date-outside-coverage", Title: "Outside the coverage", Severity: Warning,
		Explanation: "What is announced lies within the coverage that dataset.json states, at least in part; what became of it may be as late as events_end.",
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
		ID: "duplicate-donation", Title: "The same gift twice", Severity: Warning,
		Explanation: "Two donations of one company, or of a company and one that it belongs to, with the same amount, currency, type and product, a common recipient and overlapping dates are most likely one.",
		Hint:        "merge the rows and keep all sources, or except the pair with a reason",
		check:       checkDuplicateDonations,
	},
	{
		ID: "joint-with-itself", Title: "Donor joint with itself", Severity: Warning,
		Explanation: "joint_company_ids names the other donors only; company_id has the one under which the gift counts.",
		Hint:        "leave the company out of joint_company_ids",
		check:       checkJointDonors,
	},
	{
		ID: "duplicate-source", Title: "The same page twice", Severity: Warning,
		Explanation: "Two sources whose addresses differ in no more than scheme, www, a slash at the end, a place in the page or tracking parameters are most likely one.",
		Hint:        "name one of the two in source_ids and remove the other, or except the pair with a reason",
		check:       checkDuplicateSources,
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
		waits:       func(f *faults, at cellAt) bool { return f.key(at.schema, at.row) || f.inReferences(at.schema.Name) },
		check: func(d *Dataset, report reporter) {
			d.reportUnused("sources", func(i int) {
				report(cellOf("sources", i, "source_id"), fmt.Sprintf("source %q backs no fact", d.Sources[i].ID), "")
			})
		},
	},
	{
		ID: "recipient-unused", Title: "Unused recipient", Severity: Warning,
		Explanation: "Every recipient received something.",
		Hint:        "name it in recipient_ids, or remove it",
		waits:       func(f *faults, at cellAt) bool { return f.key(at.schema, at.row) || f.inReferences(at.schema.Name) },
		check: func(d *Dataset, report reporter) {
			d.reportUnused("recipients", func(i int) {
				report(cellOf("recipients", i, "recipient_id"), fmt.Sprintf("recipient %q received nothing", d.Recipients[i].ID), "")
			})
		},
	},
	{
		ID: "currency-withdrawn", Title: "Currency not in use", Severity: Warning,
		Explanation: "The currencies of a donation were in use when it was announced, as ISO 4217 has them: no kuna after 2022, no lev after 2025.",
		Hint:        "check the currency and the date with the source",
		check: func(d *Dataset, report reporter) {
			for m := range d.money() {
				announced := d.dateOf(m.at)
				if c, known := findCurrency(m.currency); known && !announced.IsZero() && c.isOutOfUse(announced) {
					report(m.currencyAt, fmt.Sprintf("%s (%s) was %s; the donation is of %s", c.Code, c.Name, c.use(), announced), "")
				}
			}
		},
	},
	{
		ID: "company-unused", Title: "Unused company", Severity: Warning,
		Explanation: "Every company has a halt or a donation, gave jointly with another, or is the parent of a company.",
		Hint:        "add its facts, or remove it",
		waits:       func(f *faults, at cellAt) bool { return f.key(at.schema, at.row) || f.inReferences(at.schema.Name) },
		check: func(d *Dataset, report reporter) {
			d.reportUnused("companies", func(i int) {
				report(cellOf("companies", i, "company_id"), fmt.Sprintf("company %q has neither halts nor donations nor subsidiaries", d.Companies[i].ID), "")
			})
		},
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
		ID: "completed-without-event", Title: "Completed without event", Severity: Note,
		Explanation: "An exit or a sale that is completed has an event that tells when and how.",
		Hint:        "add the event where a page tells it",
		waits:       func(f *faults, _ cellAt) bool { return f.in("events", "halt_id", "event") },
		check: func(d *Dataset, report reporter) {
			completed := make([]bool, len(d.Halts))
			for i, halt := range d.lookup.eventHalts {
				if halt >= 0 && d.Events[i].Event == "completed" {
					completed[halt] = true
				}
			}
			for i := range d.Halts {
				if h := &d.Halts[i]; h.Status == "completed" && (h.Action == "exit" || h.Action == "divest") && !completed[i] {
					report(cellOf("halts", i, "status"), "no event tells of the completion", "")
				}
			}
		},
	},
	{
		ID: "single-publisher", Title: "One publisher only", Severity: Note,
		Explanation: "A fact that two publishers state is surer.",
		Hint:        "add a source of another publisher where there is one",
		waits: func(f *faults, at cellAt) bool {
			return f.in("sources", "source_id", "publisher") || f.columns[cellAt{at.schema, noRecord, at.column}]
		},
		check: func(d *Dataset, report reporter) {
			for t, row := range d.facts() {
				if d.publishersOf(t.sources.of(row)) == 1 {
					report(cellAt{t.schema, row, t.sourceColumn}, "all sources have one publisher", "")
				}
			}
		},
	},
	{
		ID: "rate-missing", Title: "No rate", Severity: Note,
		Explanation: "An amount without a rate for its currency and date is in no total in euros.",
		Hint:        "add the rate to rates.csv, or write a more exact date",
		waits: func(f *faults, at cellAt) bool {
			return f.in("rates", "date", "currency", "units_per_eur") || f.at(cellAt{at.schema, at.row, at.schema.Role(RoleDate)})
		},
		check: func(d *Dataset, report reporter) {
			for i := range d.Donations {
				if x := &d.Donations[i]; !x.Amount.IsZero() && isCurrency(x.Currency) && d.lookup.conversions[i].eur.IsZero() {
					report(cellOf("donations", i, "currency"), fmt.Sprintf("no rate for %s on %s", x.Currency, x.Announced), "")
				}
			}
		},
	},
}
