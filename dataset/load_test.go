package dataset_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

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
			var got []string
			for _, f := range check(t, datasettest.CleanWith(map[string][]byte{test.file: []byte(text)})) {
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
		if _, err := dataset.Load(os.DirFS(filepath.Join(t.TempDir(), "nowhere"))); !errors.Is(err, dataset.ErrNoDataset) || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want ErrNoDataset", err)
		}
	})
	t.Run("file that cannot be read", func(t *testing.T) {
		for _, name := range []string{"halts.csv", dataset.MetadataFile} {
			folder := datasettest.CleanWith(map[string][]byte{name: nil})
			folder[name+"/x"] = &fstest.MapFile{}
			if _, err := dataset.Load(folder); err == nil || errors.Is(err, dataset.ErrNoDataset) {
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

// allRecords are the tables of a dataset, sorted by key as files in canonical form have them.
type allRecords struct {
	Metadata   dataset.Metadata
	Companies  []dataset.Company
	Halts      []dataset.Halt
	Events     []dataset.Event
	Donations  []dataset.Donation
	Recipients []dataset.Recipient
	Sources    []dataset.Source
	Rates      []dataset.Rate
}

func records(d *dataset.Dataset) allRecords {
	return allRecords{
		d.Metadata,
		sortedBy(d.Companies, func(x dataset.Company) string { return x.ID }),
		sortedBy(d.Halts, func(x dataset.Halt) string { return x.ID }),
		sortedBy(d.Events, func(x dataset.Event) string { return x.ID }),
		sortedBy(d.Donations, func(x dataset.Donation) string { return x.ID }),
		sortedBy(d.Recipients, func(x dataset.Recipient) string { return x.ID }),
		sortedBy(d.Sources, func(x dataset.Source) string { return x.ID }),
		sortedBy(d.Rates, func(x dataset.Rate) string { return x.Date.String() + x.Currency }),
	}
}

func sortedBy[R any](records []R, key func(R) string) []R {
	return slices.SortedFunc(slices.Values(records), func(a, b R) int { return strings.Compare(key(a), key(b)) })
}

func sameDate(a, b dataset.Date) bool       { return a == b }
func sameDecimal(a, b dataset.Decimal) bool { return a == b }

func written(t tester, d *dataset.Dataset) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	files := map[string]datasettest.File{}
	if err := dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) {
		files[name] = datasettest.File{Buffer: &bytes.Buffer{}}
		return files[name], nil
	}); err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		folder[name] = &fstest.MapFile{Data: file.Bytes()}
	}
	return folder
}

// holdToLaws checks what is true of every folder: findings lie inside their files, and what has no error is the same
// when it is written and read, and is written the same again.
func holdToLaws(t tester, folder fstest.MapFS) (*dataset.Dataset, dataset.Findings) {
	t.Helper()
	d := load(t, folder)
	findings := dataset.Check(d)
	for _, f := range findings {
		liesInside(t, folder, f)
	}
	holdExamination(t, d, findings)
	for _, table := range slices.Concat(d.Tables(), d.Summarize()) {
		rowsOf(table) // which must not panic, whatever the errors
	}
	if findings.Err() != nil {
		return d, findings
	}
	once := written(t, d)
	again := load(t, once)
	if err := dataset.Check(again).Err(); err != nil {
		t.Errorf("what is written has an error: %v", err)
	}
	if want, got := records(d), records(again); !reflect.DeepEqual(want, got) {
		diff := cmp.Diff(want, got, cmp.Comparer(sameDate), cmp.Comparer(sameDecimal), cmpopts.EquateEmpty())
		if diff != "" {
			t.Errorf("records (-read +written and read):\n%s", diff)
		}
	}
	for name, file := range written(t, again) {
		if !bytes.Equal(once[name].Data, file.Data) {
			t.Errorf("%s (-written once +twice):\n%s", name, cmp.Diff(string(once[name].Data), string(file.Data)))
		}
	}
	return d, findings
}

func liesInside(t tester, folder fstest.MapFS, f dataset.Finding) {
	t.Helper()
	if f.Message == "" || f.Hint == "" || dataset.RuleOf(f.Rule) == nil || f.Severity != dataset.RuleOf(f.Rule).Severity {
		t.Errorf("%s (hint %q) is not all there", f, f.Hint)
	}
	if strings.ContainsFunc(f.String()+f.Hint, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		t.Errorf("%q has a control character", f.String()+f.Hint)
	}
	for _, place := range append([]dataset.Place{f.Place}, f.Related...) {
		file := folder[place.File]
		if place.Line == 0 && (file == nil) == (f.Rule == "file-missing") {
			continue
		}
		if file == nil {
			t.Errorf("%s is in no file", f)
			continue
		}
		lines := strings.Split(strings.TrimPrefix(string(file.Data), "\ufeff"), "\n")
		if place.Line < 1 || place.Line > len(lines) || place.Column < 1 || place.Column > utf8.RuneCountInString(lines[place.Line-1])+1 {
			t.Errorf("%s: %s lies outside of its file", f, place)
		}
	}
}

func TestDrawnDatasetsHoldToLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d, findings := holdToLaws(r, datasettest.Draw(r))
		if err := findings.Err(); err != nil {
			r.Fatalf("a drawn dataset is not valid: %v", err)
		}
		holdSummaries(r, d)
	})
}

func TestCleanSetIsCanonical(t *testing.T) {
	folder := datasettest.CleanWith(nil)
	for name, file := range written(t, load(t, folder)) {
		if diff := cmp.Diff(string(folder[name].Data), string(file.Data)); diff != "" {
			t.Errorf("%s (-clean +written):\n%s", name, diff)
		}
	}
}

func FuzzLoad(f *testing.F) {
	names := []string{dataset.MetadataFile}
	for i := range dataset.Schemas {
		names = append(names, dataset.Schemas[i].File())
	}
	seed := func(folder fstest.MapFS) {
		for i, name := range names {
			if folder[name] != nil {
				f.Add(uint8(i), folder[name].Data)
			}
		}
	}
	seed(datasettest.CleanWith(nil))
	// Control characters that messages and hints would repeat.
	f.Add(uint8(4), []byte("recipient_id,name,type,country,note\nred-c\x00ross,A,ngo,,\nunhcr,B,ngo,,\n"))
	f.Add(uint8(6), []byte("date,currency,units_per_eur\n2022-03-02,U\x1bD,1\n"))
	f.Add(uint8(3), []byte(donationHeader+"x,acme,,2022-03-02,cash,99999999999999,,U\x1bD,1,U\x1bD,,,,&#7;,acme-2022-03-08,\n"))
	cases, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		archive, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if strings.HasSuffix(name, "text-too-long.txtar") {
			continue // slows the fuzzing down
		}
		seed(datasettest.Folder(expand(f, archive)))
	}
	f.Fuzz(func(t *testing.T, file uint8, content []byte) {
		holdToLaws(t, datasettest.CleanWith(map[string][]byte{names[int(file)%len(names)]: append([]byte{}, content...)}))
	})
}

// TestStretchesChangeNothing: a file that is read in many stretches gives the same records and findings as one that is read
// from its beginning to its end, whatever is wrong with it.
func TestStretchesChangeNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	inStretches := func(t *rapid.T, folder fs.FS, bytes int) (*dataset.Dataset, dataset.Findings) {
		dataset.SetLeastStretch(bytes)
		defer dataset.SetLeastStretch(1 << 20)
		d := load(t, folder)
		return d, dataset.Check(d)
	}
	rapid.Check(t, func(t *rapid.T) {
		folder := datasettest.Draw(t)
		if name := rapid.SampledFrom([]string{"", "halts.csv", "sources.csv"}).Draw(t, "faulty"); name != "" {
			content := folder[name].Data
			at := rapid.IntRange(0, len(content)).Draw(t, "at")
			fault := rapid.SampledFrom([]string{`"`, ",", "\n", "\r\n", `""`, "\n\n", "x"}).Draw(t, "fault")
			folder[name] = &fstest.MapFile{Data: slices.Concat(content[:at], []byte(fault), content[at:])}
		}
		whole, want := inStretches(t, folder, 1<<20)
		parts, got := inStretches(t, folder, rapid.IntRange(1, 300).Draw(t, "bytes"))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(dataset.Finding{})); diff != "" {
			t.Errorf("findings (-whole +stretches):\n%s", diff)
		}
		for i := range dataset.Schemas {
			a, b := whole.Table(&dataset.Schemas[i]), parts.Table(&dataset.Schemas[i])
			if a.Rows != b.Rows {
				t.Fatalf("%s: %d rows, in stretches %d", a.Name, a.Rows, b.Rows)
			}
			for row := range a.Rows {
				if x, y := a.AppendCSVRow(nil, a.Columns, row), b.AppendCSVRow(nil, b.Columns, row); !bytes.Equal(x, y) {
					t.Errorf("%s, row %d: %s, in stretches %s", a.Name, row, x, y)
				}
			}
		}
	})
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
