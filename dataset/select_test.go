package dataset_test

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestSelect holds five kinds of selection to the records that fit, found another way, and to all that they refer to.
func TestSelect(t *testing.T) {
	whole := load(t, datasettest.Generate(400))
	sectors := map[string]string{}
	for _, c := range whole.Companies {
		sectors[c.ID] = c.Sector
	}
	recipient := whole.Recipients[0].ID
	tests := []struct {
		column, value string
		company       func(dataset.Company) bool
		halt          func(dataset.Halt) bool
		donation      func(dataset.Donation) bool
	}{
		{"sector", "energy", func(c dataset.Company) bool { return c.Sector == "energy" }, func(h dataset.Halt) bool { return sectors[h.CompanyID] == "energy" }, func(x dataset.Donation) bool { return sectors[x.CompanyID] == "energy" }},
		{"announced", "2022-03..2022-04", nil, func(h dataset.Halt) bool { return inSpring(h.Announced) }, func(x dataset.Donation) bool { return inSpring(x.Announced) }},
		{"action", "exit", nil, func(h dataset.Halt) bool { return h.Action == "exit" }, nil},
		{"currency", "US Dollar", nil, nil, func(x dataset.Donation) bool { return x.Currency == "USD" }},
		{"recipient", recipient, nil, nil, func(x dataset.Donation) bool {
			return slices.Contains(strings.Split(string(x.RecipientIDs), ";"), recipient)
		}},
	}
	for _, test := range tests {
		t.Run(test.column, func(t *testing.T) {
			part, err := dataset.Select(whole, []dataset.Choice{{Column: test.column, Values: []string{test.value}}})
			if err != nil {
				t.Fatal(err)
			}
			wanted := func(fits bool, id string) []string {
				if fits {
					return []string{id}
				}
				return nil
			}
			var want, got []string
			for _, h := range whole.Halts {
				want = append(want, wanted(test.halt != nil && test.halt(h), h.ID)...)
			}
			for _, x := range whole.Donations {
				want = append(want, wanted(test.donation != nil && test.donation(x), x.ID)...)
			}
			for _, h := range part.Halts {
				got = append(got, h.ID)
			}
			for _, x := range part.Donations {
				got = append(got, x.ID)
			}
			if len(want) == 0 || !slices.Equal(want, got) {
				t.Errorf("the facts differ (-want +got):\n%s", cmp.Diff(want, got))
			}
			for _, c := range whole.Companies {
				isThere := slices.ContainsFunc(part.Companies, func(p dataset.Company) bool { return p.ID == c.ID })
				if test.company != nil && test.company(c) && !isThere {
					t.Errorf("the company %s fits and is not there", c.ID)
				}
			}
			holdSelection(t, whole, part)
		})
	}
}

// membersOf returns what a record of a table has of what can be chosen by, read off its cells.
func membersOf(d *dataset.Dataset, table *dataset.Table, row int, column string) (members []string) {
	columns := map[string][]string{
		"country": {"country", "company_country"}, "company": {"company_id", "joint_company_ids"}, "recipient": {"recipient_ids"},
		"publisher": {"publishers"}, "language": {"source_ids"},
	}[column]
	if columns == nil {
		columns = []string{column}
	}
	for _, name := range columns {
		if table.Column(name) < 0 || column == "country" && name == "country" && table.Name != "companies" {
			continue
		}
		members = append(members, strings.FieldsFunc(cell(table, row, name), func(r rune) bool { return r == ';' })...)
	}
	if column == "language" {
		for i, id := range members {
			members[i] = d.Sources[slices.IndexFunc(d.Sources, func(s dataset.Source) bool { return s.ID == id })].Language
		}
	}
	return members
}

// TestSelectLaws holds selections by every kind of column, of whatever a dataset may hold, to the facts that fit, which are read off
// their cells, and to the laws of selections.
func TestSelectLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := load(t, datasettest.Draw(t))
		columns := slices.DeleteFunc(dataset.SelectionColumns(), func(name string) bool { return name == "announced" })
		column := rapid.SampledFrom(columns).Draw(t, "column")
		var values []string
		eachFact := func(d *dataset.Dataset, visit func(id string, members []string)) {
			for _, name := range []string{"companies", "halts", "donations"} {
				table := d.Table(dataset.SchemaOf(name))
				for row := range table.Rows {
					visit(name+"/"+table.Cell(row, 0).Text, membersOf(d, table, row, column))
				}
			}
		}
		eachFact(whole, func(_ string, members []string) { values = append(values, members...) })
		if len(values) == 0 {
			return
		}
		value := rapid.SampledFrom(values).Draw(t, "value")
		part, err := dataset.Select(whole, []dataset.Choice{{Column: column, Values: []string{value}}})
		if err != nil {
			t.Fatalf("%s=%s: %v", column, value, err)
		}
		var want, got []string
		eachFact(whole, func(id string, members []string) {
			if slices.Contains(members, value) {
				want = append(want, id)
			}
		})
		eachFact(part, func(id string, members []string) {
			if slices.Contains(members, value) || !strings.HasPrefix(id, "companies/") { // companies that facts refer to are there too
				got = append(got, id)
			}
		})
		if part.Table(dataset.SchemaOf("sources")).Rows+len(got) == len(whole.Sources)+len(whole.Companies)+len(whole.Halts)+len(whole.Donations) {
			return // all of it, with what nothing refers to
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s=%s: the facts differ (-want +got):\n%s", column, value, cmp.Diff(want, got))
		}
		holdSelection(t, whole, part)
	})
}

// TestSelectionOfFullTexts holds a selection to say that it is one where title and description fill their cells already.
func TestSelectionOfFullTexts(t *testing.T) {
	whole := load(t, datasettest.Clean())
	choices := []dataset.Choice{{Column: "country", Values: []string{"JP"}}}
	short, err := dataset.Select(whole, choices)
	if err != nil {
		t.Fatal(err)
	}
	says := strings.TrimPrefix(short.Metadata.Title, whole.Metadata.Title)
	for _, text := range []string{strings.Repeat("a", 32767), strings.Repeat("long 🙂 ", 32767/8)} {
		whole.Metadata.Title, whole.Metadata.Description = text, text
		part, err := dataset.Select(whole, choices)
		if err != nil {
			t.Fatal(err)
		}
		if title := part.Metadata.Title; !strings.HasSuffix(title, "…"+says) {
			t.Errorf("the title ends with %q, not with %q", title[len(title)-60:], says)
		}
		holdSelection(t, whole, part)
	}
}

// inSpring reports whether a date lies within March and April 2022.
func inSpring(d dataset.Date) bool {
	text := d.String()
	return strings.HasPrefix(text, "2022-03") || strings.HasPrefix(text, "2022-04")
}

// holdSelection holds a selection to be without errors and without what nothing refers to, to count what the whole counts, and
// to change nothing when it comes back.
func holdSelection(t rapid.TB, whole, part *dataset.Dataset) {
	t.Helper()
	if err := dataset.Check(part).Err(); err != nil {
		t.Error(err)
	}
	if !part.IsSelection() || !strings.Contains(part.Metadata.Title, "selection") || !strings.Contains(dataset.FiguresOf(part.Summarize()).Headline(), "only ") {
		t.Errorf("the selection does not say so: %.100q", part.Metadata.Title)
	}
	used := map[string]bool{}
	for _, h := range part.Halts {
		used[h.CompanyID] = true
		for source := range h.SourceIDs.All() {
			used[source] = true
		}
	}
	counted := map[string]string{}
	for table, row := whole.Table(dataset.SchemaOf("donations")), 0; row < table.Rows; row++ {
		counted[whole.Donations[row].ID] = cell(table, row, "counted")
	}
	table := part.Table(dataset.SchemaOf("donations"))
	for row, x := range part.Donations {
		used[x.CompanyID] = true
		for source := range x.SourceIDs.All() {
			used[source] = true
		}
		if x.IncludedIn != "" && cell(table, row, "counted") == "true" && counted[x.ID] != "true" {
			t.Errorf("%s counts in the selection and not in the whole", x.ID)
		}
	}
	for _, e := range part.Events {
		for source := range e.SourceIDs.All() {
			used[source] = true
		}
	}
	for _, s := range part.Sources {
		if !used[s.ID] {
			t.Errorf("nothing refers to the source %s", s.ID)
		}
	}
	if !dataset.HasTaken(whole, part) {
		t.Errorf("there is something to take from a selection that nobody edited")
	}
	merged, conflicts, err := dataset.Merge(part, whole, part)
	if err != nil || len(conflicts) > 0 || !dataset.Compare(whole, merged).IsEmpty() {
		t.Errorf("the selection changes the whole: %v, %v", conflicts, err)
	}
}

// TestSelectCountsNothingTwice leaves out what holds a donation: the donation still counts in no total.
func TestSelectCountsNothingTwice(t *testing.T) {
	const rows = "whole,acme,,2022-03-02,cash,1000,,EUR,,,,red-cross,,All of it.,acme-2022-03-08,\npart,acme,,2022-03-03,cash,400,,EUR,,,,unhcr,whole,A part.,acme-2022-03-08,\n"
	whole := load(t, datasettest.CleanWith(map[string][]byte{"donations.csv": []byte(donationHeader + strings.Join([]string{strings.Split(rows, "\n")[1], strings.Split(rows, "\n")[0], ""}, "\n"))}))
	part, err := dataset.Select(whole, []dataset.Choice{{Column: "recipient", Values: []string{"UNHCR"}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(part.Donations) != 1 || part.Donations[0].ID != "part" || !slices.Equal(part.Metadata.Held, []string{"part"}) {
		t.Fatalf("got the donations %v, held %v", part.Donations, part.Metadata.Held)
	}
	table := part.Table(dataset.SchemaOf("donations"))
	for _, column := range []string{"counted", "totalled", "summed"} {
		if got := cell(table, 0, column); got != "false" {
			t.Errorf("%s is %s", column, got)
		}
	}
	if err := dataset.Check(part).Err(); err != nil {
		t.Error(err)
	}
}

func TestSelectRefuses(t *testing.T) {
	whole := load(t, datasettest.Clean())
	for _, test := range []struct {
		choices []dataset.Choice
		want    string
		known   string
	}{
		{[]dataset.Choice{{Column: "color", Values: []string{"red"}}}, `nothing can be chosen by "color"`, "sector"},
		{[]dataset.Choice{{Column: "sector", Values: []string{"enrgy"}}}, `nothing has the sector "enrgy"`, "video-games"},
		{[]dataset.Choice{{Column: "announced", Values: []string{"March"}}}, `date "March" is not`, ""},
		{[]dataset.Choice{{Column: "announced", Values: []string{".."}}}, `".." is neither a date`, ""},
		{[]dataset.Choice{{Column: "announced", Values: []string{"1999"}}}, "nothing fits", ""},
	} {
		_, err := dataset.Select(whole, test.choices)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: error %v, want %q", test.choices, err, test.want)
		}
		if wrong, ok := errors.AsType[*dataset.ChoiceError](err); test.known != "" && (!ok || !slices.Contains(wrong.Known, test.known)) {
			t.Errorf("%v: the error does not offer %s", test.choices, test.known)
		}
	}
}

// TestSelectEverything: a selection that everything fits is the whole, but for what names it, and no total is another.
func TestSelectEverything(t *testing.T) {
	for name, fsys := range map[string]fs.FS{"clean": datasettest.Clean(), "generated": datasettest.Generate(200)} {
		whole := load(t, fsys)
		var sectors []string
		for i := range whole.Companies {
			sectors = append(sectors, whole.Companies[i].Sector)
		}
		part, err := dataset.Select(whole, []dataset.Choice{{Column: "sector", Values: sectors}})
		if err != nil {
			t.Fatal(err)
		}
		for i, table := range part.Tables() {
			if want := whole.Tables()[i]; !bytes.Equal(csvOf(table), csvOf(want)) {
				t.Errorf("%s: %s has %d records of %d, or others", name, table.Name, table.Rows, want.Rows)
			}
		}
		for i, table := range part.Summarize() {
			if !bytes.Equal(csvOf(table), csvOf(whole.Summarize()[i])) {
				t.Errorf("%s: the summary %s is another", name, table.Name)
			}
		}
		for _, change := range dataset.Compare(whole, part).Metadata {
			if !slices.Contains([]string{"title", "description", "selection"}, strings.Split(change.Field, "/")[0]) {
				t.Errorf("%s: %s is another", name, change.Field)
			}
		}
	}
}

// csvOf returns a table as CSV.
func csvOf(table *dataset.Table) []byte {
	csv := dataset.AppendCSVHeader(nil, table.Columns)
	for row := range table.Rows {
		csv = table.AppendCSVRow(csv, table.Columns, row)
	}
	return csv
}

// factsOf selects by choices, and returns the keys of the halts and donations that are there.
func factsOf(t *testing.T, whole *dataset.Dataset, choices ...dataset.Choice) (keys []string) {
	t.Helper()
	part, err := dataset.Select(whole, choices)
	if errors.Is(err, dataset.ErrNothingFits) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range part.Halts {
		keys = append(keys, part.Halts[i].ID)
	}
	for i := range part.Donations {
		keys = append(keys, part.Donations[i].ID)
	}
	return keys
}

// TestSelectByTwo holds a selection by two columns to the facts that both of them choose.
func TestSelectByTwo(t *testing.T) {
	whole := load(t, datasettest.Generate(400))
	choices := []dataset.Choice{
		{Column: "sector", Values: []string{"energy"}},
		{Column: "announced", Values: []string{"2022-03..2022-06"}},
		{Column: "country", Values: []string{"JP", "US"}},
		{Column: "action", Values: []string{"exit"}},
	}
	for i, one := range choices {
		for _, other := range choices[:i] {
			both := factsOf(t, whole, other)
			want := slices.DeleteFunc(factsOf(t, whole, one), func(key string) bool { return !slices.Contains(both, key) })
			if got := factsOf(t, whole, one, other); !slices.Equal(got, want) {
				t.Errorf("%s and %s (-want +got):\n%s", one, other, cmp.Diff(want, got))
			}
		}
	}
}

// TestSelectByWords chooses by words, in whatever case they are written.
func TestSelectByWords(t *testing.T) {
	whole := load(t, datasettest.Generate(400))
	want := factsOf(t, whole, dataset.Choice{Column: "currency", Values: []string{"USD"}})
	if got := factsOf(t, whole, dataset.Choice{Column: "currency", Values: []string{"us DOLLAR"}}); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestSelectKeepsAllAbove keeps the parents of parents, and the rates by which what a source says of an amount is held to it.
func TestSelectKeepsAllAbove(t *testing.T) {
	whole := load(t, datasettest.CleanWith(map[string][]byte{
		"companies.csv": []byte("company_id,name,parent_id,country,sector,note\naaa,Above All,,US,retail,\nacme,Acme,aaa,US,retail,\nacme-games,Acme Games,acme,JP,video-games,\nborealis,Borealis,,FI,energy,\n"),
		"donations.csv": []byte(donationHeader + "acme-games-donation-1,acme-games,,2022-03-02,cash,100000,,EUR,500000,USD,,red-cross,,Gave.,acme-2022-03-08,\n"),
	}))
	part, err := dataset.Select(whole, []dataset.Choice{{Column: "country", Values: []string{"JP"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := dataset.Check(part).Err(); err != nil || !slices.ContainsFunc(part.Companies, func(c dataset.Company) bool { return c.ID == "aaa" }) {
		t.Errorf("got the companies %v, %v", part.Companies, err)
	}
	if !slices.ContainsFunc(part.Rates, func(r dataset.Rate) bool { return r.Currency == "USD" }) {
		t.Errorf("got the rates %v", part.Rates)
	}
}

// TestSelectByDates holds selections by dates, from the first day that one may mean to the last, to the days of the facts as ISO 8601
// writes them.
func TestSelectByDates(t *testing.T) {
	whole := load(t, datasettest.Generate(400))
	for _, from := range []string{"", "2022-02", "2022-03-09", "2022-05-13"} {
		for _, to := range []string{"", "2022-07-13", "2022-06", "2022"} {
			if from+to == "" {
				continue
			}
			var want []string // a ~ comes behind all that follows a month or a year
			for _, name := range []string{"halts", "donations"} {
				table := whole.Table(dataset.SchemaOf(name))
				for row := range table.Rows {
					if cell(table, row, "announced_start") >= from && (to == "" || cell(table, row, "announced_end") <= to+"~") {
						want = append(want, cell(table, row, table.Columns[0].Name))
					}
				}
			}
			if got := factsOf(t, whole, dataset.Choice{Column: "announced", Values: []string{from + ".." + to}}); !slices.Equal(got, want) {
				t.Errorf("%s..%s (-want +got):\n%s", from, to, cmp.Diff(want, got))
			}
		}
	}
}
