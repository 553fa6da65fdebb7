package sql_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/sql"
	"haltsheet/export/verify"
)

var ctx = context.Background()

// script writes the script of a dataset, and returns the folder of the export, the path of the script in it and the book.
func script(t *testing.T, temp string, files map[string][]byte) (dir, path string, book *export.Book) {
	t.Helper()
	d, err := dataset.Load(datasettest.CleanWith(files))
	if err != nil {
		t.Fatal(err)
	}
	book = export.NewBook(d)
	dir = filepath.Join(temp, "out")
	if _, err := export.Write(ctx, dir, book, []*export.Format{export.FormatOf("sql")}); err != nil {
		t.Fatal(err)
	}
	return dir, "sql/" + sql.File(book), book
}

// TestReadBack is a law: a script is read back as the book that it was made of, whatever the texts are.
func TestReadBack(t *testing.T) {
	drawn, temp := rapid.Custom(datasettest.Draw), t.TempDir()
	for seed := range 25 {
		files := map[string][]byte{}
		for name, file := range drawn.Example(seed) {
			files[name] = file.Data
		}
		dir, path, book := script(t, temp, files)
		if findings := verify.Hold(ctx, dir, path, "", book, sql.Reader); len(findings) > 0 {
			t.Errorf("seed %d: %v", seed, findings)
		}
	}
}

// TestSpoilt: whatever is changed in a script is found, at its place.
func TestSpoilt(t *testing.T) {
	dir, path, book := script(t, t.TempDir(), nil)
	name := filepath.Join(dir, filepath.FromSlash(path))
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, spoilt := range []struct{ name, before, after, message string }{
		{"another text", "'Borealis', ", "'Boreal', ", `name of borealis is "Boreal"`},
		{"another number", ", 100000000, ", ", 100000001, ", `amount of acme-games-donation-1 is "100000001"`},
		{"a number as a text", ", 100000000, ", ", '100000000', ", `amount is "100000000", which is no DECIMAL(19, 4) in SQL`},
		{"an empty text", "'Borealis', NULL", "'Borealis', ''", "parent_id is an empty text, where NULL stands for nothing"},
		{"another member", "('acme-games-1', 1, 'RU')", "('acme-games-1', 1, 'BY')", `country of acme-games-1/1 is "BY"`},
		{"another type", `"company_id" TEXT NOT NULL`, `"company_id" CHAR NOT NULL`, "is not what the data asks for"},
		{"another view", `WHERE "counted"`, `WHERE TRUE`, "is not what the data asks for"},
		{"no end", "\nCOMMIT;\n", "\n", "is not what the data asks for"},
		{"more behind the end", "\nCOMMIT;\n", "\nCOMMIT;\nSELECT 1;\n", "goes on behind its end"},
		{"another table", `INSERT INTO "halts"`, `INSERT INTO "holds"`, "begins no INSERT that the data asks for here"},
	} {
		t.Run(spoilt.name, func(t *testing.T) {
			changed := bytes.Replace(whole, []byte(spoilt.before), []byte(spoilt.after), 1)
			if bytes.Equal(changed, whole) {
				t.Fatalf("the script does not have %s", spoilt.before)
			}
			if err := os.WriteFile(name, changed, 0o666); err != nil {
				t.Fatal(err)
			}
			findings := verify.Hold(ctx, dir, path, "", book, sql.Reader)
			if len(findings) == 0 || !strings.Contains(findings[0].Message, spoilt.message) {
				t.Errorf("got %v, want %q", findings, spoilt.message)
			}
		})
	}
}

// TestParentsComeFirst: DuckDB takes a row only where what it refers to was there before the statement.
func TestParentsComeFirst(t *testing.T) {
	dir, path, _ := script(t, t.TempDir(), map[string][]byte{"companies.csv": []byte(
		"company_id,name,parent_id,country,sector,note\nacme,Acme,zeta,US,retail,\nborealis,Borealis,mid,FI,energy,\ncosmos,Cosmos Games,,PL,video-games,\nmid,Mid,acme,US,retail,\nzeta,Zeta,,PL,retail,\n")})
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for insert := range strings.SplitSeq(string(text), `INSERT INTO "companies"`) {
		_, rows, _ := strings.Cut(insert, "VALUES\n")
		rows, _, _ = strings.Cut(rows, ";\n")
		var keys []string
		for row := range strings.SplitSeq(rows, "\n") {
			_, key, _ := strings.Cut(row, "('")
			key, _, _ = strings.Cut(key, "'")
			keys = append(keys, key)
		}
		got = append(got, strings.Join(keys, " "))
	}
	if want := "cosmos zeta|acme|mid|borealis"; strings.Join(got[1:], "|") != want {
		t.Errorf("got %q, want %q", got[1:], want)
	}
}
