package audit_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/audit"
	"haltsheet/export/exporttest"
	"haltsheet/export/verify"
)

// newRelease publishes the clean dataset in a folder of the test.
func newRelease(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if err := exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 0, exporttest.Unread); err != nil {
		t.Fatal(err)
	}
	return dir
}

// found returns what is off in a folder, but for the look of its workbook, of which Data says the same as Folder.
func found(t *testing.T, dir string) dataset.Findings {
	t.Helper()
	findings, err := audit.Folder(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	ofData := slices.DeleteFunc(dataset.All(findings), func(f dataset.Finding) bool { return verify.RuleOf(f.Rule) != nil })
	if findings, err = audit.Data(t.Context(), dir); err != nil || fmt.Sprint(dataset.All(findings)) != fmt.Sprint(ofData) {
		t.Errorf("without the look of the workbook %v is found, %v; want %v", dataset.All(findings), err, ofData)
	}
	return ofData
}

func TestFolderIsWell(t *testing.T) {
	if findings := found(t, newRelease(t)); len(findings) > 0 {
		t.Errorf("a release: %v", findings)
	}
	for _, test := range []struct {
		name      string
		formats   []string
		partition string
	}{
		{"all formats", []string{"xlsx", "csv", "json", "parquet", "csv-excel"}, ""},
		{"partitioned", []string{"csv", "parquet"}, "sector"},
		{"partitioned by the other table", []string{"csv", "parquet"}, "amount_qualifier"},
		{"csv only", []string{"csv"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var formats []*export.Format
			for _, name := range test.formats {
				formats = append(formats, export.FormatOf(name))
			}
			book := export.NewBook(exporttest.Load(datasettest.Clean()))
			book.PartitionBy = test.partition
			dir := filepath.Join(t.TempDir(), "out [1]") // as browsers name a second download, and patterns a letter
			if _, err := export.Write(t.Context(), dir, book, formats); err != nil {
				t.Fatal(err)
			}
			if findings := found(t, dir); len(findings) > 0 {
				t.Errorf("%v", findings)
			}
		})
	}
}

func TestTamperings(t *testing.T) { tamper(t, 30) }

// tamper changes something in a release a number of times, and fails the test when verify does not find it, or does not
// name the file.
func tamper(t *testing.T, times int) {
	dir := newRelease(t)
	files := filesIn(t, dir)
	random := rand.New(rand.NewPCG(7, 2022))
	for i := range times {
		file := files[random.IntN(len(files))]
		path := filepath.Join(dir, file)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tampering := tamperings[random.IntN(len(tamperings))]
		after := tampering.change(bytes.Clone(before), random)
		if bytes.Equal(before, after) {
			after = append(after, '\n')
		}
		if err := os.WriteFile(path, after, 0o666); err != nil {
			t.Fatal(err)
		}
		if findings := found(t, dir); !names(findings, file) {
			t.Errorf("%d: %s in %s: it is not named in %v", i, tampering.name, file, findings)
		}
		if err := os.WriteFile(path, before, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if findings := found(t, dir); len(findings) > 0 {
		t.Errorf("the release is not whole again: %v", findings)
	}
}

// names reports whether one of some findings is about a file.
func names(findings dataset.Findings, file string) bool {
	return slices.ContainsFunc(findings, func(f dataset.Finding) bool { return f.File == file })
}

// tamperings are the ways in which a file is changed.
var tamperings = []struct {
	name   string
	change func(content []byte, random *rand.Rand) []byte
}{
	{"another byte", func(content []byte, random *rand.Rand) []byte {
		if len(content) > 0 {
			content[random.IntN(len(content))] ^= byte(1 + random.IntN(255))
		}
		return content
	}},
	{"another bit", func(content []byte, random *rand.Rand) []byte {
		if len(content) > 0 {
			content[random.IntN(len(content))] ^= 1 << random.IntN(8)
		}
		return content
	}},
	{"one byte more", func(content []byte, random *rand.Rand) []byte {
		return slices.Insert(content, random.IntN(len(content)+1), byte(random.IntN(256)))
	}},
	{"one byte less", func(content []byte, random *rand.Rand) []byte {
		if len(content) == 0 {
			return content
		}
		at := random.IntN(len(content))
		return slices.Delete(content, at, at+1)
	}},
	{"one line less", func(content []byte, random *rand.Rand) []byte {
		lines := bytes.SplitAfter(content, []byte("\n"))
		at := random.IntN(len(lines))
		return bytes.Join(slices.Delete(lines, at, at+1), nil)
	}},
	{"one line twice", func(content []byte, random *rand.Rand) []byte {
		lines := bytes.SplitAfter(content, []byte("\n"))
		at := random.IntN(len(lines))
		return bytes.Join(slices.Insert(lines, at, lines[at]), nil)
	}},
}

func filesIn(t testing.TB, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(dir, path)
		files = append(files, filepath.ToSlash(inside))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestMissingAndForeignFiles(t *testing.T) {
	dir := newRelease(t)
	for i, file := range filesIn(t, dir) {
		if i%7 > 0 {
			continue // one of each kind is enough
		}
		path, aside := filepath.Join(dir, file), filepath.Join(filepath.Dir(dir), "aside")
		if err := os.Rename(path, aside); err != nil {
			t.Fatal(err)
		}
		if findings := found(t, dir); !names(findings, file) {
			t.Errorf("without %s: it is not named in %v", file, findings)
		}
		if err := os.Rename(aside, path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "csv", "notes.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if findings := found(t, dir); !names(findings, "csv/notes.txt") {
		t.Errorf("a foreign file: it is not named in %v", findings)
	}
}

// TestFormatsThatDiffer changes a record in one format and all checksums with it.
func TestFormatsThatDiffer(t *testing.T) {
	for _, test := range []struct {
		file, before, after string
		key, field          string
	}{
		{"json/halts.jsonl", `"Closed its shops, all 12 of them."`, `"Closed its shops, all 13 of them."`, "acme-retail-1", "description"},
		{"json/donations.jsonl", `"amount_eur":1800828.38`, `"amount_eur":1800828.39`, "acme-donation-1", "amount_eur"},
		{"json/clean.json", `"countries":["RU","BY"]`, `"countries":["RU"]`, "acme-retail-1", "countries"},
		{"json/clean.json", `"units_per_eur":128.63`, `"units_per_eur":128.64`, "2022-03-01/JPY", "units_per_eur"},
		{"csv/summary_key_figures.csv", "1800828.38", "1800829.38", "Own cash donated", "value"},
		{"csv/donations.csv", "1800828.38", "1800829.38", "acme-donation-1", "amount_eur"},
		{"csv/links/halt_countries.csv", "acme-retail-1,2,BY", "acme-retail-1,2,UA", "acme-retail-1/2", "country"},
		{"csv/codebook_codes.csv", "action,1,suspend,", "action,1,suspends,", "action/1", "code"},
		{"csv/codebook_columns.csv", "halts,1,halt_id,Halt ID,", "halts,1,halt_id,Halt,", "halts/1", "title"},
		{"csv-excel/halts.csv", "Bought less gas.", "Bought more gas.", "borealis-imports-1", "description"},
	} {
		t.Run(test.file+" "+test.field, func(t *testing.T) {
			dir := newRelease(t)
			exporttest.Restamp(t, dir, test.file, func(content []byte) []byte {
				if !bytes.Contains(content, []byte(test.before)) {
					t.Fatalf("%s does not have %s", test.file, test.before)
				}
				return bytes.Replace(content, []byte(test.before), []byte(test.after), 1)
			})
			findings := found(t, dir)
			if len(findings) != 1 {
				t.Fatalf("got %v", findings)
			}
			if f := findings[0]; f.File != test.file || f.Key != test.key || f.Field != test.field {
				t.Errorf("got %s, %s of %s: %s", f.File, f.Field, f.Key, f.Message)
			}
		})
	}
}

// TestLongCell tells of a very long cell no more than where it parts from the data.
func TestLongCell(t *testing.T) {
	dir := newRelease(t)
	exporttest.Restamp(t, dir, "json/halts.jsonl", func(content []byte) []byte {
		return bytes.Replace(content, []byte("Closed its shops, all 12 of them."), []byte("Closed its shops, all "+strings.Repeat("é", 1_000_000)), 1)
	})
	findings := found(t, dir)
	if len(findings) != 1 {
		t.Fatalf("got %d findings", len(findings))
	}
	want := `description of acme-retail-1 is "Closed its shops, all ` + strings.Repeat("é", 89) + `"…, where the data asks for "Closed its shops, all 12 of them."`
	if findings[0].Message != want {
		t.Errorf("got %.2000s\nwant %s", findings[0].Message, want)
	}
}

// TestChangedData changes the data itself in one format and all checksums with it: then the others differ from it.
func TestChangedData(t *testing.T) {
	dir := newRelease(t)
	exporttest.Restamp(t, dir, "csv/halts.csv", func(content []byte) []byte {
		return bytes.Replace(content, []byte("Bought less gas."), []byte("Bought more gas."), 1)
	})
	findings := found(t, dir)
	for _, file := range []string{"index.json", "json/halts.jsonl", "json/clean.json", "parquet/halts.parquet", "clean.xlsx"} {
		if !names(findings, file) {
			t.Errorf("%s is not named in %v", file, findings)
		}
	}
}

// TestByteOrderMark takes the mark off a file without which spreadsheets read it as another encoding.
func TestByteOrderMark(t *testing.T) {
	dir := newRelease(t)
	exporttest.Restamp(t, dir, "csv-excel/halts.csv", func(content []byte) []byte { return bytes.TrimPrefix(content, []byte("\ufeff")) })
	if findings := found(t, dir); len(findings) != 1 || findings[0].File != "csv-excel/halts.csv" || findings[0].Rule != verify.Unreadable {
		t.Errorf("got %v", findings)
	}
}
