//go:build conformance

package export_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/defuse"
	"haltsheet/export/exporttest"
)

// mistaken are texts that spreadsheets in English take for something else, or might.
var mistaken = []string{
	"7-11", "3/4", "1-2-3", "24-7", "1E5", "2e-3", "0012", "007", "TRUE", "false", "March 2022", "Mar-22", "May 5", "12 May 2022", "SEPT2", "MAR1", "Sept. 5",
	"5 PM", "12:30", "1:", "10%", "$5", "€5", "7€", "£7", "¥7", "1.50", "1,500", "(5)", "3 1/2", "5-", "-5", "+49 30 1234", "1234567890123456789", "#N/A", "1.5.2022", "2022.03",
	"2022/03", "2022-03-09T10:00", "20220309", "=1+1", "＝1+1", "@SUM(A1)", "'=1+1", "'quoted", "a;=1+1", `a; "=1+1"`, "E100", "Windows 10", "1st", "NA", "nan", "2022-W10",
}

// TestConformanceCSVExcel opens the CSV files for spreadsheets in LibreOffice, which recognizes all that it can, and in Gnumeric,
// and holds what they show to what the files say: every form of a date, and texts that look like something else. LibreOffice
// shows the apostrophe in front of a text, Gnumeric does not; a day is a day.
func TestConformanceCSVExcel(t *testing.T) {
	var halts bytes.Buffer
	w := csv.NewWriter(&halts)
	must(t, w.Write(strings.Split("halt_id,company_id,action,activity,product,countries,status,announced,effective,description,source_ids,note", ",")))
	add := func(announced, product string) {
		key := fmt.Sprintf("acme-%04d", bytes.Count(halts.Bytes(), []byte("\n")))
		must(t, w.Write([]string{key, "acme", "suspend", "shipments", product, "RU", "completed", announced, "", "Acme stopped.", "acme-release", ""}))
		w.Flush()
	}
	for _, date := range []string{"2022", "2022-03", "2022-03-09", "1901", "1901-01", "1901-01-01", "9999-12"} {
		for _, qualifier := range []string{"", "?", "~", "%"} {
			add(date+qualifier, "")
		}
	}
	for _, text := range mistaken {
		add("2022-03-09", text)
	}
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, bookOf(datasettest.CleanWith(map[string][]byte{"halts.csv": halts.Bytes(), "events.csv": nil})), format("csv-excel"))
	want := readCSV(t, dir, "csv-excel/halts.csv")

	for name, show := range map[string]func(t *testing.T, file, dir string){
		"libreoffice": func(t *testing.T, file, dir string) {
			const recognizing, asShown = "--infilter=CSV:44,34,76,1,,1033,false,true", "csv:Text - txt - csv (StarCalc):44,34,76,1"
			exporttest.Run(t, "soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", recognizing, "--convert-to", asShown, "--outdir", dir, file)
		},
		"gnumeric": func(t *testing.T, file, dir string) {
			exporttest.Run(t, "ssconvert", "--import-type=Gnumeric_stf:stf_csvtab", "--export-type=Gnumeric_stf:stf_csv", file, filepath.Join(dir, "halts.csv"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			shown := t.TempDir()
			show(t, filepath.Join(dir, "csv-excel", "halts.csv"), shown)
			got := readCSV(t, shown, "halts.csv")
			if len(got) != len(want) {
				t.Fatalf("%d rows, want %d", len(got), len(want))
			}
			for row := range want {
				for column := range want[row] {
					is, asked := got[row][column], want[row][column]
					if is == asked || name == "gnumeric" && (is == strings.TrimPrefix(asked, "'") || strings.ReplaceAll(is, "/", "-") == asked) || strings.EqualFold(is, asked) {
						continue
					}
					t.Errorf("row %d, %s: shows %q for %q, which is %q", row+1, want[0][column], is, asked, defuse.Original(asked))
				}
			}
		})
	}
}
