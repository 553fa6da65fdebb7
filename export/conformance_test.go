//go:build conformance

package export_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/release"
	"haltsheet/fixtures"
)

// foreign runs one of the readers in testdata, on the node modules, in the Python environment or with the R that .ci/run
// installs, and decodes what it prints.
func foreign(t *testing.T, dir, reader string, result any, args ...string) {
	t.Helper()
	program := "node"
	switch filepath.Ext(reader) {
	case ".py":
		program = exporttest.Tool(t, "venv/bin/python")
	case ".R":
		program = "Rscript"
	}
	script, err := filepath.Abs(filepath.Join("testdata", "readers", reader))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, append([]string{script}, args...)...)
	command.Dir, command.Stderr = dir, os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v", reader, err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	decoder.UseNumber()
	if err := decoder.Decode(result); err != nil {
		t.Fatal(err)
	}
}

// parquetRead is what a foreign reader read of one file.
type parquetRead struct {
	Columns json.RawMessage
	Rows    []map[string]any
}

// datasets are what the foreign readers are given.
func datasets(t *testing.T) map[string]*export.Book {
	t.Helper()
	return map[string]*export.Book{"clean": bookOf(datasettest.Clean()), "built in": bookOf(fixtures.FS)}
}

func TestConformanceDuckDBTypes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	book := bookOf(datasettest.Clean())
	write(t, dir, book, format("parquet"))
	for _, table := range book.Curated {
		path := "parquet/" + table.Name + ".parquet"
		var read map[string]parquetRead
		foreign(t, dir, "duckdb.mjs", &read, path)
		var got map[string]string
		if err := json.Unmarshal(read[path].Columns, &got); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for i := range table.Columns {
			want[table.Columns[i].Name] = duckDBType(&table.Columns[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", table.Name, diff)
		}
	}
}

func duckDBType(c *dataset.Column) string {
	switch {
	case c.IsDay():
		return "DATE"
	case c.Type == dataset.TypeDecimal && c.Currency == "":
		return "DECIMAL(18,6)"
	case c.Type == dataset.TypeDecimal:
		return "DECIMAL(18,4)"
	case c.Type == dataset.TypeInteger:
		return "BIGINT"
	case c.Type == dataset.TypeBoolean:
		return "BOOLEAN"
	case c.Type == dataset.TypeList:
		return "VARCHAR[]"
	default:
		return "VARCHAR"
	}
}

// TestConformancePartitions holds a partitioned table to being one for the engines that people use, with the types of the schema and every row
// in its partition, of which a question about one partition reads no other file.
func TestConformancePartitions(t *testing.T) {
	for _, of := range []struct{ table, column, value, folder string }{
		{"halts", "sector", "energy", "energy"},
		{"halts", "outcome", "", "__HIVE_DEFAULT_PARTITION__"}, // most have none
		{"donations", "amount_qualifier", "at_least", "at_least"},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		book := bookOf(fixtures.FS)
		book.PartitionBy = of.column
		write(t, dir, book, format("parquet"))
		table := book.Table(of.table)
		partitions := map[string]int{}
		for row := range table.Rows {
			partitions[table.Cell(row, table.Column(of.column)).Text]++
		}
		for _, reader := range []struct {
			name   string
			typeOf func(*dataset.Column) string
		}{{"pyspark", sparkType}, {"duckdb", duckDBType}, {"pyarrow", arrowType}} {
			t.Run(of.table+"/"+of.column+"/"+reader.name, func(t *testing.T) {
				var read struct {
					Types      map[string]string
					Partitions [][2]any
					Files      int
					Read       []string
				}
				output(t, &read, exporttest.Tool(t, "venv/bin/python"), script(t, "partitions.py"), reader.name, filepath.Join(dir, "parquet", of.table), of.column, of.value)
				got := map[string]int{}
				for _, partition := range read.Partitions {
					got[readText(partition[0])] = int(partition[1].(float64))
				}
				diff(t, "partitions", partitions, got)
				if read.Files != len(partitions) {
					t.Errorf("%d files for %d partitions", read.Files, len(partitions))
				}
				diff(t, "folders of one partition", []string{of.column + "=" + of.folder}, read.Read)
				types := map[string]string{}
				for i := range table.Columns {
					types[table.Columns[i].Name] = reader.typeOf(&table.Columns[i])
				}
				diff(t, "types", types, read.Types)
			})
		}
	}
}

func sparkType(c *dataset.Column) string {
	switch {
	case c.IsDay():
		return "date"
	case c.Type == dataset.TypeDecimal:
		return strings.ToLower(duckDBType(c))
	case c.Type == dataset.TypeInteger:
		return "bigint"
	case c.Type == dataset.TypeBoolean:
		return "boolean"
	case c.Type == dataset.TypeList:
		return "array<string>"
	default:
		return "string"
	}
}

func arrowType(c *dataset.Column) string {
	switch {
	case c.IsDay():
		return "date32[day]"
	case c.Type == dataset.TypeDecimal:
		return strings.NewReplacer("DECIMAL", "decimal128", ",", ", ").Replace(duckDBType(c))
	case c.Type == dataset.TypeInteger:
		return "int64"
	case c.Type == dataset.TypeBoolean:
		return "bool"
	case c.Type == dataset.TypeList:
		return "list<element: string not null>"
	default:
		return "string"
	}
}

func TestConformanceRelease(t *testing.T) {
	for _, name := range []string{"clean", "halted-activities"} {
		t.Run(name, func(t *testing.T) {
			dir := releaseOf(t, name)
			var problems []string
			exporttest.Run(t, exporttest.Tool(t, "venv-older/bin/cffconvert"), "--validate", "--infile", filepath.Join(dir, "CITATION.cff"))
			foreign(t, dir, "release.mjs", &problems, dir, name)
			for _, problem := range problems {
				t.Error(problem)
			}
		})
	}
}

// releaseOf publishes one of the datasets.
func releaseOf(t *testing.T, name string) string {
	t.Helper()
	fsys := datasettest.Clean()
	if name != "clean" {
		fsys = fixtures.FS
	}
	d, err := dataset.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	r, err := release.New(d, dataset.Check(d), nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := release.Write(t.Context(), dir, r, exporttest.ReadsBack); err != nil {
		t.Fatal(err)
	}
	return dir
}
