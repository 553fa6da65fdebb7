package datasettest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing/fstest"
	"unicode"

	"pgregory.net/rapid"

	"haltsheet/dataset"
)

// awkward are texts that programs take for something else: numbers, dates, formulas, separators, ends of lines.
var awkward = []string{
	"007", "+49 30 1234", "1e5", "1E5", "1-2", "3/4", "10:30", "2022-03-09", "TRUE", "false", "NULL", "NA", "nan", "-inf",
	"=1+1", "@SUM(A1)", "+1", "-1", "'quoted", `"quoted"`, `a "b" c`, "a,b", "_x000D_", "<b>x</b>",
	"Müller & Söhne", "Cafe\u0301", "ﬁ", "🙂 👩‍👩‍👧", "שלום, world", "مرحبا", "\u202eabc", "株式会社", "İstanbul", "#REF!", "{}", `\n`, "%3B",
	" edge", "edge ", "two  spaces", "no\u00a0break", "\ufeffmark", "＝1+1", "﹣1", "Аpple", "so\u00adft", "[note 1]", "[x]", "*", "-", "ALL IN CAPITALS", "http://a.example/",
	strings.Repeat("long words ", 25), strings.Repeat("unbroken", 40), strings.Repeat("🙂", 130), strings.Repeat("株式会社", 70), strings.Repeat("& < > \" ' ", 60),
}

// longest is a text of as many UTF-16 code units as a cell can hold.
var longest = strings.Repeat("long 🙂 ", 32767/8) + "to here"

// line draws a text without line feeds; in a name it must not have a semicolon either.
var line = rapid.OneOf(
	rapid.SampledFrom(awkward),
	rapid.Map(rapid.StringN(1, 12, -1), func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || strings.ContainsRune("\u2028\u2029\ufffe\uffff;", r) {
				return 'x'
			}
			return r
		}, text)
	}),
)

// prose draws a text of a column that may have line feeds.
var prose = rapid.OneOf(
	line,
	rapid.Map(rapid.SliceOfN(line, 2, 3), func(lines []string) string { return strings.Join(lines, "\n") }),
	rapid.SampledFrom([]string{"\n", "\n\n", "a;b", ";", "&lt;b&gt;", "&amp;", "a\n=b", "x\n\"y\"", "\u00a0", longest}),
)

// The dates lie within two months, so that rates, facts and coverage meet, or miss each other now and then.
var (
	day       = rapid.Custom(func(t *rapid.T) string { return month.Draw(t, "month") + "-" + digits(t, "day", 1, 28) })
	month     = rapid.Custom(func(t *rapid.T) string { return "2022-" + digits(t, "month", 2, 3) })
	date      = rapid.OneOf(day, day, month, rapid.SampledFrom([]string{"2022", "2022-12-31", "2023", "2021-12-24"}))
	qualified = rapid.Custom(func(t *rapid.T) string {
		return date.Draw(t, "date") + rapid.SampledFrom([]string{"", "", "", "?", "~", "%"}).Draw(t, "qualifier")
	})
)

func digits(t *rapid.T, label string, least, most int) string {
	return fmt.Sprintf("%02d", rapid.IntRange(least, most).Draw(t, label))
}

// minorUnits are the currencies that are drawn, and how many decimals each has.
var minorUnits = map[string]int{"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3, "UYW": 4}

var currency = rapid.SampledFrom([]string{"EUR", "USD", "JPY", "KWD", "UYW"})

// decimal draws a positive number in canonical form with at most a number of decimals.
func decimal(t *rapid.T, label string, decimals int) string {
	whole := rapid.Int64Range(1, 1e8).Draw(t, label)
	fraction := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), 0, decimals, -1).Draw(t, label+" decimals")
	return strings.TrimSuffix(strconv.FormatInt(whole, 10)+"."+strings.TrimRight(fraction, "0"), ".")
}

// Draw makes a dataset folder that is valid, though Check may have warnings and notes of it: texts are awkward, rows
// in no order, some tables empty, and files may have a byte order mark and CRLF line ends.
func Draw(t *rapid.T) fstest.MapFS {
	companies := keys(t, "company", 0, 6)
	recipients := keys(t, "recipient", 0, 4)
	sources := keys(t, "source", 1, 4)
	donations := keys(t, "donation", 0, 8)
	folder := fstest.MapFS{"dataset.json": {Data: metadata(t)}}
	add := func(name, header string, rows [][]string) {
		schema := dataset.SchemaOf(strings.TrimSuffix(name, ".csv"))
		folder[name] = &fstest.MapFile{Data: file(t, complete(schema, append([][]string{strings.Split(header, ",")}, rows...)))}
	}

	add("companies.csv", "company_id,name,parent_id,country,sector,note",
		table(t, companies, func(i int, id string) []string {
			return []string{id, name(t, i), earlier(t, companies[:i]), country(t), code(t, "retail energy media"), maybe(t, prose)}
		}))
	add("recipients.csv", "recipient_id,name,type,country,note",
		table(t, recipients, func(i int, id string) []string {
			return []string{id, name(t, i), code(t, "ngo un_agency government"), country(t), maybe(t, prose)}
		}))
	add("sources.csv", "source_id,type,publisher,url,published,language,note",
		table(t, sources, func(_ int, id string) []string {
			return []string{
				id, code(t, "filing news_report"), line.Draw(t, "publisher"), address.Draw(t, "url"),
				maybe(t, qualified), code(t, "en pt-BR zh-Hant"), maybe(t, prose),
			}
		}))
	if len(companies) == 0 {
		donations = nil
	}
	halts := keys(t, "halt", 0, 8*min(len(companies), 1))
	add("halts.csv", "halt_id,company_id,action,activity,product,countries,status,announced,effective,description,source_ids,note",
		table(t, halts, func(_ int, id string) []string {
			return []string{
				id, code(t, companies...), code(t, "suspend exit"), code(t, "imports exports other"), maybe(t, line), list(t, 1, "RU", "BY", "UA"),
				code(t, "planned completed"), qualified.Draw(t, "announced"), maybe(t, qualified), prose.Draw(t, "description"),
				list(t, 1, sources...), maybe(t, prose),
			}
		}))
	events := keys(t, "event", 0, 6*min(len(halts), 1))
	add("events.csv", "event_id,halt_id,event,actor,date,counterparty,description,source_ids,note",
		table(t, events, func(_ int, id string) []string {
			return []string{
				id, code(t, halts...), code(t, "agreed completed resumed"), code(t, "company state court"), qualified.Draw(t, "date"), maybe(t, line),
				prose.Draw(t, "description"), list(t, 1, sources...), maybe(t, prose),
			}
		}))
	add("donations.csv", "donation_id,company_id,joint_company_ids,announced,type,amount,amount_qualifier,currency,stated_amount,stated_currency,"+
		"product,recipient_ids,included_in,description,source_ids,note",
		table(t, donations, func(i int, id string) []string {
			amount, amountIn := money(t)
			stated, statedIn := money(t)
			return []string{
				id, code(t, companies...), list(t, 0, companies...), qualified.Draw(t, "announced"), code(t, "cash cash cash pledge raised mixed"),
				amount, code(t, " at_least about"), amountIn, stated, statedIn, maybe(t, line), list(t, 0, recipients...), earlier(t, donations[:i]),
				prose.Draw(t, "description"), list(t, 1, sources...), maybe(t, prose),
			}
		}))
	add("rates.csv", "date,currency,units_per_eur", rates(t))
	return whole(folder)
}

// keys draws distinct slugs.
func keys(t *rapid.T, kind string, least, most int) []string {
	suffix := rapid.StringMatching(`[a-z0-9]{1,3}(-[0-9]{1,2})?`)
	keys := rapid.SliceOfNDistinct(suffix, least, most, rapid.ID).Draw(t, kind+" keys")
	for i := range keys {
		keys[i] = kind + "-" + keys[i]
	}
	return keys
}

// name draws the name of row i; the row number in it keeps names apart.
func name(t *rapid.T, i int) string { return line.Draw(t, "name") + strconv.Itoa(i) }

func country(t *rapid.T) string { return code(t, " DE JP NA") }

// code draws one of the words of a text, or one of several; a text that begins with a space has the empty word too.
func code(t *rapid.T, words ...string) string {
	if len(words) == 1 {
		words = strings.Split(words[0], " ")
	}
	return rapid.SampledFrom(words).Draw(t, "code")
}

// earlier draws one of some keys or none, so that following it never comes back.
func earlier(t *rapid.T, keys []string) string {
	return rapid.SampledFrom(append([]string{""}, keys...)).Draw(t, "earlier")
}

// maybe draws a text, or nothing half of the time.
func maybe(t *rapid.T, text *rapid.Generator[string]) string {
	if rapid.Bool().Draw(t, "known") {
		return text.Draw(t, "text")
	}
	return ""
}

// list draws at least a number of distinct members.
func list(t *rapid.T, least int, members ...string) string {
	if len(members) == 0 {
		return ""
	}
	shuffled := rapid.Permutation(members).Draw(t, "members")
	return strings.Join(shuffled[:rapid.IntRange(least, len(shuffled)).Draw(t, "length")], ";")
}

// money draws an amount and its currency, or neither.
func money(t *rapid.T) (amount, in string) {
	if !rapid.Bool().Draw(t, "amount known") {
		return "", ""
	}
	in = currency.Draw(t, "currency")
	return decimal(t, "amount", minorUnits[in]), in
}

func rates(t *rapid.T) [][]string {
	days := rapid.SliceOfNDistinct(day, 0, 6, rapid.ID).Draw(t, "rate days")
	var rows [][]string
	for _, day := range days {
		for _, in := range rapid.SliceOfNDistinct(currency, 1, 3, rapid.ID).Draw(t, "rate currencies") {
			rows = append(rows, []string{day, in, decimal(t, "rate", 6)})
		}
	}
	return rows
}

func table(t *rapid.T, keys []string, row func(i int, id string) []string) [][]string {
	rows := make([][]string, len(keys))
	for i, id := range keys {
		rows[i] = row(i, id)
	}
	if len(rows) == 0 {
		return nil
	}
	return rapid.Permutation(rows).Draw(t, "row order")
}

// file writes a CSV file in one of the ways that a dataset folder may have it.
func file(t *rapid.T, records [][]string) []byte {
	var b bytes.Buffer
	if rapid.Bool().Draw(t, "byte order mark") {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.UseCRLF = rapid.Bool().Draw(t, "CRLF")
	_ = w.WriteAll(records) // bytes.Buffer takes everything
	return b.Bytes()
}
