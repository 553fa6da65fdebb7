package datasettest

import (
	"fmt"
	"io/fs"
	"strconv"
	"testing/fstest"
)

// Generate returns a dataset folder of a number of halts that checks without errors, with a tenth as many events, a fifth as
// many donations, an eighth as many companies and a quarter as many sources: the same bytes for the same number. Its texts are as
// long as those of real facts.
func Generate(halts int) fs.FS {
	g := generator{halts: halts, donations: max(halts/5, 1), companies: max(halts/8, 1), recipients: max(halts/1000, 1), sources: max(halts/4, 1)}
	return whole(fstest.MapFS{
		"dataset.json":   {Data: []byte(generatedMetadata)},
		"companies.csv":  {Data: g.file("company_id,name,parent_id,country,sector,note", g.companies, g.company)},
		"halts.csv":      {Data: g.file("halt_id,company_id,action,activity,product,countries,status,announced,effective,description,source_ids,note", g.halts, g.halt)},
		"events.csv":     {Data: g.file("event_id,halt_id,event,actor,date,counterparty,description,source_ids,note", g.halts/10, g.event)},
		"donations.csv":  {Data: g.file("donation_id,company_id,joint_company_ids,announced,type,amount,amount_qualifier,currency,stated_amount,stated_currency,product,recipient_ids,included_in,description,source_ids,note", g.donations, g.donation)},
		"recipients.csv": {Data: g.file("recipient_id,name,type,country,note", g.recipients, g.recipient)},
		"sources.csv":    {Data: g.file("source_id,type,publisher,url,published,language,note", g.sources, g.source)},
		"rates.csv":      {Data: g.file("date,currency,units_per_eur", 28*2, g.rate)},
	})
}

const generatedMetadata = `{
  "name": "generated",
  "title": "A generated dataset",
  "description": "Made to measure by.",
  "version": "1.0.0",
  "released": "2022-12-31",
  "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/", "title": "CC0 1.0"}],
  "coverage": {"start": "2022-02-01", "end": "2022-12-31", "countries": ["RU", "BY"]},
  "base_currency": "EUR"
}
`

// generator makes the rows of a dataset by their number; the digits of a row's number choose its values.
type generator struct {
	halts, donations, companies, recipients, sources int
}

func (g *generator) file(header string, rows int, row func(b []byte, n int) []byte) []byte {
	b := append([]byte(header), '\n')
	for n := range rows {
		b = append(row(b, n), '\n')
	}
	return b
}

// key is a key of eight digits, so that keys sort as their numbers do.
func key(prefix string, n int) string { return fmt.Sprintf("%s-%08d", prefix, n) }

func pick(n int, values ...string) string { return values[n%len(values)] }

func datedAt(n int) string {
	switch n % 5 {
	case 0:
		return fmt.Sprintf("2022-%02d", 2+n%10)
	case 1:
		return fmt.Sprintf("2022-%02d-%02d~", 2+n%10, 1+n%28)
	default:
		return fmt.Sprintf("2022-%02d-%02d", 2+n%10, 1+n%28)
	}
}

func (g *generator) company(b []byte, n int) []byte {
	return fmt.Appendf(b, "%s,Company No %d of Example,,%s,%s,", key("company", n), n,
		pick(n, "US", "DE", "JP", "GB", "FR", "SE", "KR"), pick(n, "retail", "technology", "energy", "media", "financials"))
}

func (g *generator) halt(b []byte, n int) []byte {
	company := n * g.companies / g.halts
	source := n * g.sources / g.halts
	return fmt.Appendf(b, "%s,%s,%s,%s,%s,%s,completed,%s,%s,%s,%s,%s",
		key("halt", n), key("company", company), pick(n, "suspend", "exit", "scale_back", "divest"),
		pick(n/4, "shipments", "retail_sales", "services", "production", "investment"), pick(n, "", "", "Product line "+strconv.Itoa(n%97)),
		pick(n, "RU", "RU;BY", "BY"), datedAt(n), pick(n, "", "", datedAt(n)),
		`"Stopped all deliveries to the country, including those under way, as its statement of the day says."`,
		key("source", source)+";"+key("source", (source+n%7+1)%g.sources), pick(n, "", "", "Another page has the day before; the statement itself is followed here."))
}

func (g *generator) event(b []byte, n int) []byte {
	halt := 10 * n
	return fmt.Appendf(b, "%s,%s,%s,company,%s,%s,Sold the plant and its brands to a buyer of the country.,%s,",
		key("event", n), key("halt", halt), pick(n, "completed", "agreed", "resumed"), datedAt(halt), pick(n, "", "Buyer No "+strconv.Itoa(n%97)), key("source", halt*g.sources/g.halts))
}

func (g *generator) donation(b []byte, n int) []byte {
	company := n * g.companies / g.donations
	return fmt.Appendf(b, "%s,%s,,%s,%s,%d,%s,%s,,,,%s,,Gave to people who fled from the war.,%s,",
		key("donation", n), key("company", company), datedAt(n), pick(n, "cash", "pledge", "in_kind", "cash"),
		5000+n%100000, pick(n, "", "at_least", ""), pick(n, "EUR", "USD", "GBP"), key("recipient", n%g.recipients), key("source", n*g.sources/g.donations))
}

func (g *generator) recipient(b []byte, n int) []byte {
	return fmt.Appendf(b, "%s,Recipient No %d of Example,ngo,CH,", key("recipient", n), n)
}

func (g *generator) source(b []byte, n int) []byte {
	return fmt.Appendf(b, "%s,news_report,Publisher No %d,https://news.example/2022/03/a-report-on-what-companies-halted-%d,%s,%s,",
		key("source", n), n%500, n, datedAt(n), pick(n, "en", "de", "fr"))
}

func (g *generator) rate(b []byte, n int) []byte {
	return fmt.Appendf(b, "2022-03-%02d,%s,1.1%d1", 1+n/2, pick(n, "GBP", "USD"), n)
}
