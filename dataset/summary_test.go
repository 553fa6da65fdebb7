package dataset_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// rowsOf returns the cells of a table as CSV holds them.
func rowsOf(table *dataset.Table) (rows [][]string) {
	for row := range table.Rows {
		var cells []string
		for i := range table.Columns {
			cells = append(cells, string(table.AppendCell(nil, row, i)))
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
			t.Errorf("%s (-counted from the records, as counter_test.go does +summary):\n%s", table.Name, diff.Diff(want, got))
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
