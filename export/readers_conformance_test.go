//go:build conformance

package export_test

import (
	"fmt"
	"math"
	"math/big"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/workbook"
	"haltsheet/fixtures"
)

// readers are programs of others, with the formats that they read, in the order of the table in docs/formats.md.
var readers = []struct {
	name    string
	formats []string
	program func(t *testing.T) []string
}{
	{"pandas", []string{"csv", "jsonl", "parquet", "xlsx"}, inPython},
	{"pandas with calamine", []string{"xlsx", "ods"}, inPython},
	{"polars", []string{"csv", "jsonl", "parquet", "xlsx"}, inPython},
	{"pyarrow", []string{"csv", "jsonl", "parquet"}, inPython},
	{"duckdb", []string{"csv", "jsonl", "parquet"}, inPython},
	{"duckdb with excel", []string{"xlsx"}, inOlderPython},
	{"openpyxl", []string{"xlsx"}, inPython},
	{"python-calamine", []string{"xlsx", "ods"}, inPython},
	{"fastexcel", []string{"xlsx", "ods"}, inPython},
	{"pyspark", []string{"csv", "jsonl", "parquet"}, inPython},
	{"frictionless", []string{"csv"}, inPython},
	{"duckdb for node", []string{"parquet"}, inNode},
	{"hyparquet", []string{"parquet"}, inNode},
	{"exceljs", []string{"xlsx"}, inNode},
	{"sheetjs", []string{"xlsx"}, inNode},
	{"Apache POI", []string{"xlsx"}, inJava},
	{"Trino", []string{"parquet"}, inTrino},
}

func inPython(t *testing.T) []string {
	return []string{exporttest.Tool(t, "venv/bin/python"), script(t, "tables.py")}
}

func inOlderPython(t *testing.T) []string {
	return []string{exporttest.Tool(t, "venv-older/bin/python"), script(t, "tables.py")}
}

func inNode(t *testing.T) []string { return []string{"node", script(t, "tables.mjs")} }

func inJava(t *testing.T) []string {
	archives, err := filepath.Glob(exporttest.Tool(t, "java/*.jar"))
	must(t, err)
	archives = slices.DeleteFunc(archives, func(name string) bool { return strings.Contains(name, "odfvalidator") }) // it has all that it needs in it
	return []string{"java", "-Dlog4j2.statusLoggerLevel=OFF", "-cp", strings.Join(archives, ":"), script(t, "Tables.java")}
}

// inTrino needs a newer Java than Debian has; .ci/run says so where there is none.
func inTrino(t *testing.T) []string {
	found, err := filepath.Glob("/usr/lib/jvm/*25*/bin/java")
	must(t, err)
	if len(found) == 0 {
		t.Skip("Trino's reader needs Java 25")
	}
	return []string{found[0], "--add-modules", "jdk.incubator.vector", "-cp", filepath.Join(exporttest.Tool(t, "trino"), "*"), script(t, "Trino.java")}
}

// readTables are the tables of all files, or sheets, of one format, as a reader has them.
type readTables struct {
	Version string
	Tables  map[string]struct {
		Columns []any
		Rows    [][]any
	}

	// Apache POI computes the formulas: how many there are, and the cells where it comes to another value.
	Formulas    int
	Differences []string
}

// TestConformanceReaders holds what every reader reads of every format to the tables, cell for cell, and the table of readers in
// docs/formats.md to the readers.
func TestConformanceReaders(t *testing.T) {
	documented := exporttest.ReadFile(t, filepath.Join("..", "docs"), "formats.md")
	books := datasets(t)
	books["accessible"] = bookOf(fixtures.FS)
	books["accessible"].Profile = export.Accessible
	for name, book := range books {
		dir := filepath.Join(t.TempDir(), "out")
		write(t, dir, book, slices.Concat(format("csv"), format("json"), format("parquet"), format("xlsx"), format("ods")))
		for _, reader := range readers {
			var versions []string
			for _, files := range reader.formats {
				if book.Profile == export.Accessible && !isWorkbook(files) {
					continue // of the other formats there is one profile
				}
				t.Run(name+"/"+reader.name+"/"+files, func(t *testing.T) {
					var read readTables
					arguments := append(reader.program(t), reader.name, files, dir, strconv.Itoa(workbook.HeaderRow))
					output(t, &read, arguments[0], arguments[1:]...)
					t.Logf("%s %s: %d cells agree", reader.name, read.Version, holdTables(t, book, files, read))
					holdFormulas(t, read)
					versions = append(versions, read.Version)
				})
			}
			if len(versions) == 0 {
				continue // left out by -run
			}
			if row := fmt.Sprintf("| %s | %s | %s |", reader.name, versions[0], strings.Join(reader.formats, ", ")); !strings.Contains(documented, row) {
				t.Errorf("docs/formats.md lacks the row\n%s", row)
			}
		}
	}
}

// isWorkbook reports whether a format is one of workbooks.
func isWorkbook(files string) bool { return files == "xlsx" || files == "ods" }

// holdTables compares what was read with the tables of the book, and returns how many cells agree.
func holdTables(t *testing.T, book *export.Book, files string, read readTables) (cells int) {
	t.Helper()
	tables := append([]*dataset.Table(nil), book.Curated...)
	if files != "jsonl" {
		tables = append(tables, book.Summaries...)
	}
	for _, table := range tables {
		name := table.Name
		if isWorkbook(files) {
			name = workbook.SheetName(table)
		}
		got, ok := read.Tables[name]
		if !ok {
			name = "summary_" + name
			got = read.Tables[name]
		}
		rows := filled(got.Rows)
		if len(rows) != table.Rows {
			t.Errorf("%s: %d rows, want %d", name, len(rows), table.Rows)
			continue
		}
		for i := range table.Columns {
			c := &table.Columns[i]
			at := indexOf(got.Columns, c.Name, c.Title)
			if at < 0 {
				t.Errorf("%s: there is no column %s", name, c.Name)
				continue
			}
			for row := range table.Rows {
				if v := table.Cell(row, i); !agrees(c.Type, v, rows[row][at], !isWorkbook(files)) {
					t.Fatalf("%s, row %d, %s: got %#v, want %q", name, row+1, c.Name, rows[row][at], v.Append(nil, c.Type))
				}
				cells++
			}
		}
	}
	return cells
}

// filled returns rows without those at the end that hold nothing: a table in a workbook has one row at least.
func filled(rows [][]any) [][]any {
	for len(rows) > 0 && !slices.ContainsFunc(rows[len(rows)-1], func(cell any) bool { return cell != nil }) {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// indexOf returns where a column stands that is known by its name or by its title, or -1.
func indexOf(columns []any, names ...string) int {
	for _, name := range names {
		for i, column := range columns {
			if column == name {
				return i
			}
		}
	}
	return -1
}

// agrees reports whether a cell was read as it is. A number that came as a text is exact; floats may differ in their last digits.
func agrees(kind dataset.Type, v dataset.Value, got any, exact bool) bool {
	text := readText(got)
	want := ""
	if v.Known {
		want = string(v.Append(nil, kind))
	}
	if text == want {
		return true
	}
	if kind == dataset.TypeDate || kind == dataset.TypeDay {
		return !exact && day(text) == want
	}
	if kind != dataset.TypeDecimal && kind != dataset.TypeInteger {
		return false
	}
	a, isNumber := new(big.Rat).SetString(want)
	b, too := new(big.Rat).SetString(text)
	if !isNumber || !too {
		return false
	}
	if _, isText := got.(string); isText && exact {
		return a.Cmp(b) == 0
	}
	x, _ := a.Float64()
	y, _ := b.Float64()
	return math.Abs(x-y) <= 1e-9*max(1, math.Abs(x))
}

// day returns the day of a number in a worksheet, counted from the end of 1899. DuckDB reads a column as texts whose first cell is empty, and
// its days are numbers then (docs/formats.md says so).
func day(number string) string {
	days, err := strconv.Atoi(number)
	if err != nil {
		return ""
	}
	return time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// readText returns a cell that was read as CSV has it.
func readText(got any) string {
	switch v := got.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		members := make([]string, len(v))
		for i, member := range v {
			members[i] = readText(member)
		}
		return strings.Join(members, ";")
	default:
		return fmt.Sprint(v)
	}
}

// holdFormulas holds a reader that computes formulas to the values in the file. POI takes one cell for a whole column where SEARCH or
// FREQUENCY stand inside of a sum, so that it cannot tell about these (docs/formats.md says so).
func holdFormulas(t *testing.T, read readTables) {
	t.Helper()
	others := 0
	for _, difference := range read.Differences {
		if strings.Contains(difference, "SEARCH(") || strings.Contains(difference, "FREQUENCY(") {
			others++
			continue
		}
		t.Error(difference)
	}
	if read.Formulas > 0 {
		t.Logf("%d formulas come to the values in the file, %d were left out", read.Formulas-others, others)
	}
}
