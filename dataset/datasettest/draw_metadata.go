package datasettest

import (
	"encoding/json"
	"strings"

	"pgregory.net/rapid"
)

// address draws a web address; those that a workbook cannot link to are among them.
var address = rapid.SampledFrom([]string{
	"https://example.org/?a=1&b=%3B", "http://example.org/%20", "https://example.org/a'b(c)#d", "https://münchen.example/ü?q=🙂",
	"https://example.org/" + strings.Repeat("a", 2059), "https://example.org/" + strings.Repeat("b", 2060), "https://example.org/" + strings.Repeat("ü", 700),
})

// passage draws a text of dataset.json: anything that a person may paste into it.
var passage = rapid.OneOf(
	prose,
	rapid.SampledFrom([]string{
		strings.Repeat("A sentence of some words. ", 200), strings.Repeat("A line of an address\n", 40), strings.Repeat("word ", 700),
		strings.Repeat("unbroken", 400), longest[:32000], "&P &N &D", "[Red]", "'", "''", "_x0041_", "]]>", "<!--", "%s %d", "$(x)", "{{.}}",
	}),
)

// metadata draws a dataset.json.
func metadata(t *rapid.T) []byte {
	text := func() string { return maybe(t, passage) }
	begun := func(beginning string) string { // with a text that is not blank
		if text := text(); len(text) < len(longest) {
			return beginning + text
		}
		return longest
	}
	m := map[string]any{
		"name": "drawn", "version": code(t, "0.1.0-rc.1 1.0.0 10.20.30+7"), "released": "2022-04-01",
		"title": begun("A drawn dataset "), "description": begun("Nothing in it is true. "),
		"homepage": maybe(t, address), "contact": text(), "next_update": text(), "citation": text(),
		"revision_policy": text(), "rounding_policy": text(), "rates_note": text(),
		"licenses":     []any{map[string]string{"name": "CC0-1.0", "path": maybe(t, address), "title": maybe(t, line)}},
		"contributors": []any{map[string]any{"title": line.Draw(t, "contributor"), "path": maybe(t, address), "roles": []string{"author"}}},
		"keywords":     rapid.SliceOfN(line, 0, 3).Draw(t, "keywords"),
		"coverage":     map[string]any{"start": "2022-02-24", "end": "2022-12-31", "countries": []string{"RU"}}, "base_currency": "EUR",
		"exceptions": []any{map[string]string{"rule": "similar-names", "key": maybe(t, line), "reason": begun("R")}},
	}
	if rapid.Bool().Draw(t, "own colours") {
		m["hue"], m["accent"] = "#5a2d82", maybe(t, rapid.Just("#a61e4d"))
	}
	if rapid.Bool().Draw(t, "own sectors") {
		m["codes"] = map[string]any{"sector": []any{
			map[string]string{"code": "retail", "label": "Retail " + maybe(t, line), "definition": begun("D")},
			map[string]string{"code": "energy", "definition": "Energy."},
			map[string]string{"code": "media", "label": "m", "definition": "Media."},
		}}
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return b
}
