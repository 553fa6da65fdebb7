package dataset_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// place returns where the mark ∑ stands in a text: its line, and its column in characters without other marks before it.
func place(file, marked string) dataset.Place {
	before, _, _ := strings.Cut(marked, "∑")
	lines := strings.Split(before, "\n")
	return dataset.Place{File: file, Line: len(lines), Column: utf8.RuneCountInString(lines[len(lines)-1]) + 1}
}

func printed(findings dataset.Findings) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

const lineMark = "∑"

// TestPositions gives the clean dataset one file with ∑ at each place where a finding on that file must point.
func TestPositions(t *testing.T) {
	const header = "recipient_id,name,type,country,note\n"
	tests := []struct {
		name, file, text string
		rules            []string // in the order of the marks
	}{
		{"first and last cell", "recipients.csv", header + "∑R,A,ngo,,\nunhcr,B,ngo,,\nz,C,ngo,,∑ x\n", []string{"pattern", "text-space"}},
		{"no line end", "rates.csv", "date,currency,units_per_eur\n2022-03-02,USD,∑x", []string{"type-error"}},
		{"quoted cell", "recipients.csv", header + "\"unhcr\",∑\"A; B\",\"ngo\",∑\"XX\",\"\"\n", []string{"pattern", "pattern"}},
		{"behind quotes and wide characters", "recipients.csv", header + "a,\"Ä, \"\"🙂\"\"\",ngo,∑XX,\nunhcr,株式会社,∑club,,\n", []string{"pattern", "enum"}},
		{"behind a cell of several lines", "recipients.csv", header + "a,A,ngo,,\"one\ntwo\n\nfour\"\nunhcr,B,ngo,∑XX,∑\"é\n\"\nz,C,∑club,,\n", []string{"pattern", "text-space", "enum"}},
		{"behind lines within the row", "donations.csv", "donation_id,company_id,joint_company_ids,announced,type,amount,amount_qualifier,currency,stated_amount,stated_currency,product,recipient_ids,included_in,description,source_ids,note\n" +
			"a,acme,,2022,cash,,,,,,,red-cross;unhcr,,\"First line,\nsecond: \"\"é\"\"\",∑herald,\"a\nnote\"\nb,acme,,∑22,cash,,,,,,,,,x,acme-2022-03-08;herald-2022-03-09,\n", []string{"foreign-key", "type-error"}},
		{"CRLF", "recipients.csv", strings.ReplaceAll(header+"a,A,ngo,∑XX,\"one\ntwo\"\nunhcr,B,ngo,,∑\"x \"\n", "\n", "\r\n"), []string{"pattern", "text-space"}},
		{"byte order mark", "recipients.csv", "\ufeff∑" + header + "unhcr,B,∑club,,\n", []string{"", "enum"}},
		{"unknown column", "recipients.csv", "recipient_id,name,type,country,∑remark,note\nunhcr,A,ngo,,,∑x \n", []string{"header", "text-space"}},
		{"unknown columns of no name", "recipients.csv", "∑,recipient_id,name,type,country,note,∑\"\"\n,unhcr,A,ngo,,,\n", []string{"header", "header"}},
		{"missing column", "recipients.csv", "∑recipient_id,name,type,note\nunhcr,A,∑club,\n", []string{"header", "enum"}},
		{"missing required column", "recipients.csv", "∑recipient_id,type,country,note\nunhcr,ngo,,\nz,ngo,∑XX,\n", []string{"header", "pattern"}},
		{"misordered columns", "recipients.csv", "recipient_id,name,note,∑type,country\nunhcr,A,∑ x,ngo,∑XX\n", []string{"header", "text-space", "pattern"}},
		{"several missing columns", "recipients.csv", "∑recipient_id,name\nunhcr,A\n", []string{"header"}},
		{"all columns in another order", "recipients.csv", "note,∑country,type,name,recipient_id\nx,CH,∑club,A,unhcr\n", []string{"header", "enum"}},
		{"titles", "recipients.csv", "∑Recipient ID,Name,Type,Country,Note\nunhcr,A,ngo,,\n", []string{"header"}},
		{"capitals", "recipients.csv", "∑RECIPIENT_ID,NAME,TYPE,COUNTRY,NOTE\nunhcr,A,ngo,,\n", []string{"header"}},
		{"one title, moved", "recipients.csv", "recipient_id,∑Type,name,country,note\nunhcr,ngo,A,,\n", []string{"header"}},
		{"repeated column", "recipients.csv", "recipient_id,name,∑\"name\",type,country,note\nunhcr,A,B,club,,\n", []string{"header"}},
		{"empty file", "recipients.csv", "∑", []string{"header"}},
		{"nothing but a byte order mark", "recipients.csv", "\ufeff∑", []string{"header"}},
		{"broken header", "recipients.csv", "recipient_id,na∑\"me,type\nunhcr,A,club,,\n", []string{"csv-syntax"}},
		{"blank lines", "recipients.csv", header + "∑\nunhcr,A,ngo,,\n∑\r\n", []string{"row-length", "row-length"}},
		{"short and long rows", "recipients.csv", header + "∑a,A,ngo\nunhcr,B,∑club,,\n∑c,\"C\nD\",ngo,,,\n", []string{"row-length", "enum", "row-length"}},
		{"rows behind broken ones are read", "recipients.csv", header + "a,A,\"ngo\"∑ ,,\nb,B∑\",ngo,,\nunhcr,C,∑club,,\nd,∑\"D,ngo,,\n", []string{"csv-syntax", "csv-syntax", "enum", "csv-syntax"}},
		{"not UTF-8", "recipients.csv", header + "unhcr,B,ngo,,\nz,Ä∑\xe9,ngo,,\n", []string{"encoding"}},
		{"not UTF-8 in the metadata", "dataset.json", "{\n \"é\": \"∑\xff\"}", []string{"encoding"}},
		{"derived column of another table", "recipients.csv", "∑halt_count," + header, []string{"header"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			rest := strings.TrimPrefix(test.text, "\ufeff")
			for i := range strings.Count(test.text, lineMark) {
				if test.rules[i] != "" {
					want = append(want, place(test.file, rest).String()+" "+test.rules[i])
				}
				rest = strings.Replace(rest, lineMark, "", 1)
			}
			text := strings.ReplaceAll(test.text, lineMark, "")
			folder := datasettest.CleanWith(nil)
			folder[test.file] = &fstest.MapFile{Data: []byte(text)} // as it is, with the columns that it lacks
			var got []string
			for _, f := range check(t, folder) {
				if f.File == test.file && !strings.HasSuffix(f.Rule, "-unused") {
					got = append(got, f.Place.String()+" "+f.Rule)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings of %q (-want +got):\n%s", text, diff)
			}
		})
	}
}

// TestBrokenTableIsOneFinding wants no foreign-key findings for a table that could not be read.
func TestBrokenTableIsOneFinding(t *testing.T) {
	for name, content := range map[string][]byte{"missing": nil, "empty": {}, "not UTF-8": {0xff}, "broken header": []byte(`"`)} {
		for _, f := range check(t, datasettest.CleanWith(map[string][]byte{"sources.csv": content})) {
			if f.Severity == dataset.Error && f.File != "sources.csv" {
				t.Errorf("sources.csv %s: %s", name, f)
			}
		}
	}
}

// TestDerivedColumnsAreIgnored loads what an export writes: derived columns behind the curated ones, whatever is in them.
func TestDerivedColumnsAreIgnored(t *testing.T) {
	want := load(t, datasettest.Clean())
	files := map[string][]byte{}
	for _, table := range want.Tables() {
		b := dataset.AppendCSVHeader(nil, table.Columns)
		for row := range table.Rows {
			b = table.AppendCSVRow(b, table.Columns, row)
		}
		files[table.Name+".csv"] = b
	}
	files["donations.csv"] = []byte(strings.ReplaceAll(string(files["donations.csv"]), "1800828.38,1.1106,", "no number,=1+1,"))
	got := load(t, datasettest.CleanWith(files))
	if findings := dataset.Check(got); len(findings) > 0 {
		t.Errorf("want no findings, got:\n%s", printed(findings))
	}
	if diff := cmp.Diff(records(want), records(got), cmp.Comparer(sameDate), cmp.Comparer(sameDecimal)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

func TestLoadFailures(t *testing.T) {
	t.Run("no folder", func(t *testing.T) {
		if _, err := dataset.Load(os.DirFS(filepath.Join(t.TempDir(), "nowhere"))); !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "there is no dataset folder") {
			t.Errorf("got %v, want that there is no dataset folder", err)
		}
	})
	t.Run("file that cannot be read", func(t *testing.T) {
		for _, name := range []string{"halts.csv", dataset.MetadataFile} {
			folder := datasettest.CleanWith(map[string][]byte{name: nil})
			folder[name+"/x"] = &fstest.MapFile{}
			if _, err := dataset.Load(folder); err == nil || errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is a folder: got %v, want an error of reading", name, err)
			}
		}
	})
	t.Run("empty folder", func(t *testing.T) {
		findings := check(t, fstest.MapFS{})
		if len(findings) != 1+len(dataset.Schemas) || slices.ContainsFunc(findings, func(f dataset.Finding) bool { return f.Rule != "file-missing" }) {
			t.Errorf("want every file missing, got:\n%s", printed(findings))
		}
	})
}

func TestFindingsErr(t *testing.T) {
	clean := check(t, datasettest.Clean())
	if err := clean.Err(); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	one := check(t, datasettest.CleanWith(map[string][]byte{"rates.csv": nil}))
	if err := one.Err(); err == nil || err.Error() != "rates.csv: error: the file is missing [file-missing]" {
		t.Errorf("got %v", err)
	}
	all := check(t, fstest.MapFS{})
	if err := all.Err(); err == nil || err.Error() != "dataset.json: error: the file is missing [file-missing] (and 7 more errors)" {
		t.Errorf("got %v", err)
	}
}

// TestOtherForms holds the loader to one finding that names the cause, where a spreadsheet saved a table in another form.
func TestOtherForms(t *testing.T) {
	utf16 := func(text, mark string) string {
		var b strings.Builder
		b.WriteString(mark)
		for i := range len(text) {
			b.WriteByte(text[i])
			b.WriteByte(0)
		}
		return b.String()
	}
	for want, save := range map[string]func(text string) string{
		"cells are separated by semicolons":                    func(text string) string { return strings.ReplaceAll(text, ",", ";") },
		"cells are separated by tabs":                          func(text string) string { return strings.ReplaceAll(text, ",", "\t") },
		"cells are separated by vertical bars":                 func(text string) string { return strings.ReplaceAll(text, ",", "|") },
		"lines end in CR alone":                                func(text string) string { return strings.ReplaceAll(text, "\n", "\r") },
		"the file is UTF-16":                                   func(text string) string { return utf16(text, "\xff\xfe") },
		"the first line names the separator, and is no header": func(text string) string { return "sep=,\n" + text },
	} {
		files := datasettest.CleanWith(nil)
		files["rates.csv"].Data = []byte(save(string(files["rates.csv"].Data)))
		d, err := dataset.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range dataset.Check(d) {
			if f.File == "rates.csv" && f.Severity == dataset.Error {
				got = append(got, f.Message)
			}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
