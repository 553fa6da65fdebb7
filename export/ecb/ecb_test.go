package ecb_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/ecb"
)

// zipped returns the path of a zip of files, each filled up with blank lines to a size.
func zipped(t *testing.T, size int, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range files {
		member, err := w.Create(name)
		if err == nil {
			_, err = member.Write([]byte("Date,USD,\n2022-03-02,1.1106,\n" + strings.Repeat("\n", size)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "eurofxref-hist.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadZip(t *testing.T) {
	rates, err := ecb.Read(zipped(t, 0, "eurofxref-hist.csv"))
	if err != nil || len(rates) != 1 || rates[0].Currency != "USD" || rates[0].Date.String() != "2022-03-02" || rates[0].UnitsPerEUR.String() != "1.1106" {
		t.Errorf("got %v, %v", rates, err)
	}
	for problem, path := range map[string]string{
		"holds 2 CSV files":   zipped(t, 0, "a.csv", "b.csv"),
		"holds 0 CSV files":   zipped(t, 0, "a.txt"),
		"holds more than the": zipped(t, 41<<20, "eurofxref-hist.csv"), // which is 40 kB when packed
	} {
		if _, err := ecb.Read(path); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("got the error %v, want one that it %s", err, problem)
		}
	}
}

// TestHostileTables refuses what no table of the bank has, and says in few words what and where that is.
func TestHostileTables(t *testing.T) {
	const header = "Date,USD,JPY\n"
	for problem, content := range map[string]string{
		"bytes in line 1, where at most":                 "Date" + strings.Repeat(",A", 2_000_000) + "\n",
		"bytes in line 2, where at most":                 header + "2022-03-02" + strings.Repeat(",", 4_000_000),
		"has a quote in line 2 that is not closed there": header + "2022-03-02" + strings.Repeat(",\"\n\"", 1_000_000),
		"has the day 2022-03-02 twice, again in line 3":  header + strings.Repeat("2022-03-02,1,2\n", 500_000),
		"has the currency \"USD\" twice":                 "Date,USD,USD\n",
		"in line 2, where a day belongs":                 header + strings.Repeat("9", 60_000) + ",1,2\n",
		"in line 2, where a rate belongs":                header + "2022-03-02,1," + strings.Repeat("x", 60_000) + "\n",
		"is too large":                                   header + strings.Repeat("\n", 11<<20),
	} {
		path := filepath.Join(t.TempDir(), "eurofxref-hist.csv")
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		datasettest.Bounded(t, 0, func() {
			if _, err := ecb.Read(path); err == nil || !strings.Contains(err.Error(), problem) || len(err.Error()) > 1000 {
				t.Errorf("got the error %.1000v, want one that it %s", err, problem)
			}
		})
	}
}

// FuzzRead: whatever a file holds, it is read or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte("Date,USD,\n2022-03-02,1.1106,\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
		rates, err := ecb.Read(path)
		for _, r := range rates {
			if err != nil || r.Date.IsZero() || !r.UnitsPerEUR.IsPositive() {
				t.Fatalf("%v with the error %v", r, err)
			}
		}
	})
}
