//go:build conformance

package page_test

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/fixtures"
)

// inChromium runs one of the scripts in testdata, on the node modules that .ci/run installs, and returns what it prints.
func inChromium(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	if os.Getenv("HALTSHEET_TOOLS") == "" {
		t.Fatal("HALTSHEET_TOOLS does not name the folder of the node modules; .ci/run sets it")
	}
	command := exec.CommandContext(t.Context(), "node", append([]string{filepath.Join("testdata", "chromium", script)}, args...)...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return output
}

// exported writes a dataset in some formats and returns the folder.
func exported(t *testing.T, data fs.FS, formats ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	var chosen []*export.Format
	for _, name := range formats {
		chosen = append(chosen, export.FormatOf(name))
	}
	if _, err := export.Write(t.Context(), dir, bookOf(t, data), chosen); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestConformancePage uses the page of the built-in dataset as people do.
func TestConformancePage(t *testing.T) {
	dir := exported(t, fixtures.FS, "xlsx", "csv", "json", "page")
	inChromium(t, "use.mjs", dir)
	inChromium(t, "keyboard.mjs", dir)
}

// TestConformancePageHTML holds the page to the checker of the W3C.
func TestConformancePageHTML(t *testing.T) {
	checker := exporttest.Tool(t, "node_modules/vnu-jar/build/dist/vnu.jar")
	for name, data := range map[string]fs.FS{"built in": fixtures.FS, "clean": datasettest.Clean()} {
		t.Run(name, func(t *testing.T) {
			page := filepath.Join(exported(t, data, "page"), "index.html")
			if told, err := exec.CommandContext(t.Context(), "java", "-jar", checker, "--errors-only", page).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, told)
			}
		})
	}
}

// TestConformancePageAccessible holds the page to axe-core.
func TestConformancePageAccessible(t *testing.T) {
	inChromium(t, "axe.mjs", exported(t, fixtures.FS, "xlsx", "csv", "page"), "", "#/halts?sector=energy", "#/donations", "#/companies", "#/companies/ikea")
}

// TestConformancePageHostile looks at a page whose texts try to be more than texts.
func TestConformancePageHostile(t *testing.T) {
	dir := exported(t, hostile(t), "csv", "page")
	inChromium(t, "hostile.mjs", dir)
	inChromium(t, "axe.mjs", dir, "#/halts", "#/companies/acme")
}

// TestConformancePageFigures reads the figures and the records out of the page in Chromium, and holds them to the CSV files.
func TestConformancePageFigures(t *testing.T) {
	for name, data := range map[string]fs.FS{"built in": fixtures.FS, "clean": datasettest.Clean(), "hostile": hostile(t)} {
		t.Run(name, func(t *testing.T) {
			dir := exported(t, data, "csv", "page")
			var said struct {
				Summaries map[string]struct {
					Columns []string
					Rows    [][]string
				}
				Tables map[string]struct {
					Columns []string
					Cells   [][]string
				}
			}
			if err := json.Unmarshal(inChromium(t, "figures.mjs", dir), &said); err != nil {
				t.Fatal(err)
			}
			b := bookOf(t, data)
			for _, table := range b.Curated {
				want := readCSV(t, filepath.Join(dir, "csv", table.Name+".csv"))
				got := [][]string{said.Tables[table.Name].Columns}
				for row := range table.Rows {
					var cells []string
					for _, column := range said.Tables[table.Name].Cells {
						cells = append(cells, column[row])
					}
					got = append(got, cells)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: -file +page\n%s", table.Name, diff)
				}
			}
			for _, table := range b.Summaries {
				want := readCSV(t, filepath.Join(dir, "csv", "summary_"+table.Name+".csv"))
				got := said.Summaries[table.Name]
				shown := shownColumns(table)
				for row := range table.Rows {
					var cells []string
					for _, column := range shown {
						cells = append(cells, want[row+1][column])
					}
					if row >= len(got.Rows) || !slices.Equal(cells, got.Rows[row]) {
						t.Errorf("%s: row %d is %q in the file, and another in the page", table.Name, row+1, cells)
						break
					}
				}
			}
		})
	}
}

// shownColumns are the columns of a summary that the page shows: words in place of codes and keys.
func shownColumns(table *dataset.Table) (columns []int) {
	for i := range table.Columns {
		if table.Column(table.Columns[i].Words) < 0 {
			columns = append(columns, i)
		}
	}
	return columns
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestConformancePageOpens opens pages of the built-in dataset and of 20,000 companies, and tells how long they take.
func TestConformancePageOpens(t *testing.T) {
	t.Logf("built in: %s", inChromium(t, "measure.mjs", exported(t, fixtures.FS, "page")))
	t.Logf("20,000 companies: %s", inChromium(t, "measure.mjs", exported(t, datasettest.Generate(160_000), "page")))
}
