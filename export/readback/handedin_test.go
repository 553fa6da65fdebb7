package readback_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/readback"
)

// made is the dataset that the workbooks of these tests were made from.
func made(t *testing.T) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// handedIn exports the clean dataset, lets a function edit the workbook, reads it as handed in, and returns what is told of it,
// a line each, and the dataset.
func handedIn(t *testing.T, edit func(f *excelize.File)) (told []string, d *dataset.Dataset) {
	t.Helper()
	before, dir := made(t), filepath.Join(t.TempDir(), "out")
	if _, err := export.Write(t.Context(), dir, export.NewBook(before), []*export.Format{export.FormatOf("xlsx")}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "clean.xlsx")
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	reading, err := readback.HandedIn(name, before)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reading.Remarks.First {
		told = append(told, strings.TrimSuffix(r.Place.Sheet+"!"+r.Place.Cell+": "+r.Message+"; "+r.Hint, "; "))
	}
	for _, f := range dataset.Check(reading.Dataset) {
		if f.Severity == dataset.Error {
			told = append(told, f.Sheet+"!"+f.Cell+": "+f.Message+"; "+f.Hint)
		}
	}
	return append(reading.How, told...), reading.Dataset
}

// cellOf returns the cell with the column of a title in the first record of a worksheet.
func cellOf(t *testing.T, f *excelize.File, sheet, title string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for number, row := range rows {
		if column := slices.Index(row, title); column >= 0 && len(row) > 2 {
			cell, err := excelize.CoordinatesToCellName(column+1, number+2)
			if err != nil {
				t.Fatal(err)
			}
			return cell
		}
	}
	t.Fatalf("%s has no column %q", sheet, title)
	return ""
}

// TestDatesAsTheyWereMeant types days into a cell of dates, in formats that show some of them.
func TestDatesAsTheyWereMeant(t *testing.T) {
	for _, test := range []struct {
		format string
		value  float64
		want   string // of the cell
		told   string
	}{
		{"mmm-yy", 44621, "2022-03", `read the day 2022-03-01, of which the month is shown, as "2022-03"`},
		{"[$-413]mmmm yyyy;@", 44621, "2022-03", `read the day 2022-03-01, of which the month is shown, as "2022-03"`},
		{"MMM JJJJ", 44621, "2022-03", `read the day 2022-03-01, of which the month is shown, as "2022-03"`},
		{"yyyy", 44562, "2022", `read the day 2022-01-01, of which the year is shown, as "2022"`},
		{"yyyy-mm-dd", 44629, "2022-03-09", `read "44629" as "2022-03-09"`},
		{"dd.mm.yyyy hh:mm", 44629.6041666667, "2022-03-09", `read the day 2022-03-09 with a time as "2022-03-09"`},
		{"yyyy-mm-dd", 2022, "", "announced is 1905-07-14, which is what a spreadsheet makes of the year 2022 in a cell of days; write 2022 in a cell of texts, if the year is meant"},
	} {
		t.Run(test.format, func(t *testing.T) {
			var cell string
			told, d := handedIn(t, func(f *excelize.File) {
				cell = cellOf(t, f, "Donations", "Announced")
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &test.format})
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellValue("Donations", cell, test.value); err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellStyle("Donations", cell, cell, style); err != nil {
					t.Fatal(err)
				}
			})
			if len(told) != 1 {
				t.Errorf("told %q, want one message", told)
			}
			if got := d.Donations[0].Announced.String(); got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
			if !slices.Contains(told, "Donations!"+cell+": "+test.told) {
				t.Errorf("told %q, want %q at %s", told, test.told, cell)
			}
		})
	}
}

// TestNothingInSilence makes edits that no dataset has room for: each is told with its cell, and changes nothing.
func TestNothingInSilence(t *testing.T) {
	set := func(t *testing.T, f *excelize.File, sheet, cell string, value any) {
		t.Helper()
		if err := f.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name string
		edit func(t *testing.T, f *excelize.File)
		want string // what is told; CELL stands for the cell
	}{
		{"nothing", func(*testing.T, *excelize.File) {}, ""},
		{"a derived cell", func(t *testing.T, f *excelize.File) {
			set(t, f, "Halts", cellOf(t, f, "Halts", "Company"), "Another Name")
		}, `Halts!A7: "Another Name" is left out, since company is derived: the records make it "Acme Games"; edit name at clean.xlsx:Companies!A8 instead`},
		{"a comment", func(t *testing.T, f *excelize.File) {
			if err := f.AddComment("Companies", excelize.Comment{Cell: "A7", Author: "Reviewer", Text: "please check"}); err != nil {
				t.Fatal(err)
			}
		}, `Companies!A7: a comment of Reviewer is left out: "please check"`},
		{"a line through a record", func(t *testing.T, f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Recipients", "A7", "G7", style); err != nil {
				t.Fatal(err)
			}
		}, "Recipients!A7: the record is struck through, which changes nothing; delete its row, and import with --delete, to remove it"},
		{"a line through a cell", func(t *testing.T, f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Recipients", "A7", "A7", style); err != nil {
				t.Fatal(err)
			}
		}, `Recipients!A7: "Red Cross" is struck through, which changes nothing; empty the cell, or write what belongs there`},
		{"a remark above the table", func(t *testing.T, f *excelize.File) { set(t, f, "Rates", "E2", "mind these") }, `Rates!E2: "mind these" stands above the table, and is left out`},
		{"a remark below the table", func(t *testing.T, f *excelize.File) {
			set(t, f, "Donations", "A14", "Total")
			set(t, f, "Donations", "D14", 102750000.5)
		}, `Donations!A14: the row "Total", "102750000.5" stands below the table Donations, and is left out; a record has its key and what is required`},
		{"a record below a blank row", func(t *testing.T, f *excelize.File) {
			if err := f.InsertRows("Recipients", 8, 1); err != nil {
				t.Fatal(err)
			}
		}, ""},
		{"another name for a worksheet", func(t *testing.T, f *excelize.File) {
			if err := f.SetSheetName("Recipients", "Ontvangers"); err != nil {
				t.Fatal(err)
			}
		}, ""},
		{"a column of a reviewer", func(t *testing.T, f *excelize.File) {
			set(t, f, "Rates", "D6", "Reviewed by")
			set(t, f, "Rates", "D7", "A. Reviewer")
		}, `Rates!D6: Rates has no column "Reviewed by", and it is left out`},
		{
			"a remark beside the table", func(t *testing.T, f *excelize.File) { set(t, f, "Rates", "F9", "seen") },
			`Rates!F9: "seen" stands outside of the table, and is left out`,
		},
		{"a worksheet of somebody", func(t *testing.T, f *excelize.File) {
			if _, err := f.NewSheet("My list"); err != nil {
				t.Fatal(err)
			}
		}, "My list!A1: the worksheet holds no table of a dataset, and is left out"},
		{"a worksheet that is gone", func(t *testing.T, f *excelize.File) {
			if err := f.DeleteSheet("Rates"); err != nil {
				t.Fatal(err)
			}
		}, "rates is not in it, and stays as it is"},
		{"spaces that nobody sees", func(t *testing.T, f *excelize.File) {
			set(t, f, "Companies", "A7", "\u00a0Acme \u200b")
		}, `Companies!A7: read "\u00a0Acme \u200b" as "Acme"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			told, d := handedIn(t, func(f *excelize.File) { test.edit(t, f) })
			if got := strings.Join(told, "\n"); got != test.want {
				t.Errorf("told:\n%s\nwant:\n%s", got, test.want)
			}
			if diff := dataset.Compare(made(t), d); !diff.IsEmpty() {
				t.Errorf("something changed: %+v", diff)
			}
		})
	}
}

// TestLostDigits types a number of 17 digits into a note: it becomes no exponent, and what the spreadsheet lost is told.
func TestLostDigits(t *testing.T) {
	told, d := handedIn(t, func(f *excelize.File) {
		if err := f.SetCellValue("Companies", cellOf(t, f, "Companies", "Note"), 12345678901234567.0); err != nil {
			t.Fatal(err)
		}
	})
	if got := d.Companies[0].Note; got != "12345678901234500" {
		t.Errorf("read %q", got)
	}
	if len(told) != 1 || !strings.Contains(told[0], "spreadsheets keep 15 digits") {
		t.Errorf("told %q", told)
	}
}

// TestHandedInDocuments edits the JSON document of the clean dataset, and tells what no dataset has room for.
func TestHandedInDocuments(t *testing.T) {
	before, dir := made(t), filepath.Join(t.TempDir(), "out")
	if _, err := export.Write(t.Context(), dir, export.NewBook(before), []*export.Format{export.FormatOf("json")}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "json", "clean.json")
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ what, old, new, want string }{
		{"nothing", "", "", ""},
		{"a derived text", `"company":"Acme Games"`, `"company":"Acme Toys"`, `"Acme Toys" is left out, since company is derived: the records make it "Acme Games"; edit name at clean.json:`},
		{"a derived number", `"halt_count":2`, `"halt_count":3`, `"3" is left out, since halt_count is derived: the records make it "2"; edit the records`},
		{"a derived number of euros", `"amount_eur":1800828.38`, `"amount_eur":1800000.00`, `"1800000" is left out, since amount_eur is derived: the records make it "1800828.38"`},
		{"a derived truth", `"counted":true`, `"counted":false`, `"false" is left out, since counted is derived: the records make it "true"`},
		{"a derived list", `"publishers":["Acme","Daily Herald"]`, `"publishers":["Acme","The Heralds"]`, `"Acme;The Heralds" is left out, since publishers is derived`},
		{"a derived day of an event", `"date_start":"2022-12-20"`, `"date_start":"2022-12-21"`, `"2022-12-21" is left out, since date_start is derived: the records make it "2022-12-20"; edit date at clean.json:`},
		{"a foreign key", `"company_id":"acme",`, `"company_id":"acme","reviewed_by":"Eve",`, `Companies has no key "reviewed_by", and it is left out, here and wherever it is`},
		{"a foreign member", `"companies": [`, `"remarks": ["Done."], "companies": [`, `the document of a dataset has no member "remarks", and it is left out`},
		{"spaces around a name", `"name":"Acme Games"`, "\"name\":\"Acme Games\u00a0\"", `read "Acme Games\u00a0" as "Acme Games"`},
		{"spaces around a title", `"title": "A clean dataset"`, "\"title\": \"\\t A clean dataset \\u200b\"", `read "\t A clean dataset \u200b" as "A clean dataset"`},
		{"spaces around a keyword", `"test"`, `" test"`, `read " test" as "test"`},
		{"no recipients", `"recipients": [`, `"receivers": [`, `the document of a dataset has no member "receivers", and it is left out`},
	} {
		t.Run(test.what, func(t *testing.T) {
			if !strings.Contains(string(content), test.old) {
				t.Fatalf("the document does not hold %q", test.old)
			}
			if err := os.WriteFile(name, []byte(strings.Replace(string(content), test.old, test.new, 1)), 0o666); err != nil {
				t.Fatal(err)
			}
			reading, err := readback.HandedIn(name, before)
			if err != nil {
				t.Fatal(err)
			}
			told := ""
			for _, r := range reading.Remarks.First {
				if r.Place.Line == 0 {
					t.Errorf("%q has no place", r.Message)
				}
				told += r.Message + "; " + r.Hint
			}
			if !strings.HasPrefix(told, test.want) || (told == "") != (test.want == "") {
				t.Errorf("got %q, want %q", told, test.want)
			}
			if diff := dataset.Compare(before, reading.Dataset); !diff.IsEmpty() {
				t.Errorf("the dataset is another one: %+v", diff.Tables)
			}
		})
	}
}

// TestWordsOfCodes types words into the columns that say codes in words: what was typed changes the code, unless that was typed
// too, and what no code says is told.
func TestWordsOfCodes(t *testing.T) {
	for _, test := range []struct {
		name  string
		typed [][2]string // titles and texts
		want  [2]string   // the action and the countries
		told  string
	}{
		{"nothing", nil, [2]string{"postpone", "RU"}, ""},
		{"a label", [][2]string{{"What was done", "Suspends"}}, [2]string{"suspend", "RU"}, `read "Suspends" as "suspend"`},
		{"names", [][2]string{{"Where", "Belarus, russia"}}, [2]string{"postpone", "BY;RU"}, `read "Belarus, russia" as "BY;RU"`},
		{"a code", [][2]string{{"Action", "suspend"}}, [2]string{"suspend", "RU"}, ""},
		{"both alike", [][2]string{{"Action", "suspend"}, {"What was done", "Suspends"}}, [2]string{"suspend", "RU"}, ""},
		{"both, and not alike", [][2]string{{"Action", "suspend"}, {"What was done", "Scales back"}}, [2]string{"suspend", "RU"}, `"Scales back" is left out, since action_label is derived: the records make it "Suspends"; edit action at`},
		{"no code", [][2]string{{"What was done", "Ponders"}}, [2]string{"postpone", "RU"}, `"Ponders" is left out, since action_label is derived`},
		{"of another table", [][2]string{{"Sector name", "Energy"}}, [2]string{"postpone", "RU"}, `edit sector at`},
	} {
		t.Run(test.name, func(t *testing.T) {
			told, d := handedIn(t, func(f *excelize.File) {
				for _, to := range test.typed {
					if err := f.SetCellStr("Halts", cellOf(t, f, "Halts", to[0]), to[1]); err != nil {
						t.Fatal(err)
					}
				}
			})
			h := &d.Halts[0]
			if got := [2]string{h.Action, strings.Join(slices.Collect(h.Countries.All()), ";")}; got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
			if all := strings.Join(told, "\n"); test.told == "" && all != "" || !strings.Contains(all, test.told) {
				t.Errorf("told %q, want %q", all, test.told)
			}
		})
	}
}
