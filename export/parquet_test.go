package export_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

func TestParquetRoundTrip(t *testing.T) {
	check := func(t require, book *export.Book, dir string) {
		if _, err := export.Write(t.Context(), dir, book, format("parquet")); err != nil {
			t.Fatal(err)
		}
		for _, table := range book.Curated {
			diff(t, table.Name, parquetCells(table), readParquet(t, filepath.Join(dir, "parquet", table.Name+".parquet")))
		}
		for _, table := range book.Summaries {
			diff(t, table.Name, parquetCells(table), readParquet(t, filepath.Join(dir, "parquet", "summary_"+table.Name+".parquet")))
		}
		for stem, table := range linked(book) {
			diff(t, table.Name, parquetCells(table), readParquet(t, filepath.Join(dir, "parquet", stem+".parquet")))
		}
	}
	t.Run("clean", func(t *testing.T) { check(t, bookOf(datasettest.Clean()), filepath.Join(t.TempDir(), "out")) })
	t.Run("drawn", rapid.MakeCheck(func(rt *rapid.T) {
		check(rt, bookOf(datasettest.Draw(rt)), filepath.Join(t.TempDir(), "out"))
	}))
}

// parquetCells returns the header and the cells of a table as texts, with the digits that the type has.
func parquetCells(table *dataset.Table) [][]string {
	rows := make([][]string, 1+table.Rows)
	for i, column := range table.Columns {
		rows[0] = append(rows[0], column.Name)
		for row := range table.Rows {
			v := table.Cell(row, i)
			text := string(v.Append(nil, column.Type))
			if v.Known && column.Type == dataset.TypeDecimal {
				digits := 4
				if column.Currency == "" {
					digits = 6
				}
				whole, fraction, _ := strings.Cut(text, ".")
				text = whole + "." + (fraction + "000000")[:digits]
			}
			rows[1+row] = append(rows[1+row], text)
		}
	}
	return rows
}

// readParquet reads a file as the header and the cells as texts.
func readParquet(t require, path string) [][]string {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	fields := opened.Schema().Fields()
	cells := [][]string{nil}
	for _, field := range fields {
		cells[0] = append(cells[0], field.Name())
	}
	rows := parquet.NewReader(opened)
	for range opened.NumRows() {
		var values [1]parquet.Row
		if n, err := rows.ReadRows(values[:]); n != 1 {
			t.Fatal(err)
		}
		texts := make([]string, len(fields))
		for _, v := range values[0] {
			if v.RepetitionLevel() > 0 {
				texts[v.Column()] += ";"
			}
			texts[v.Column()] += parquetText(v, fields[v.Column()])
		}
		cells = append(cells, texts)
	}
	return cells
}

// parquetText returns a value as our CSV has it.
func parquetText(v parquet.Value, field parquet.Field) string {
	if v.IsNull() {
		return ""
	}
	if !field.Leaf() {
		return v.String()
	}
	switch name := field.Type().String(); {
	case name == "DATE":
		return dataset.Day(v.Int32()).String()
	case strings.HasPrefix(name, "DECIMAL(18,"):
		scale := 10_000
		if strings.HasSuffix(name, ",6)") {
			scale = 1_000_000
		}
		n := int(v.Int64())
		return fmt.Sprintf("%d.%s", n/scale, fmt.Sprint(scale + n%scale)[1:])
	default:
		return v.String()
	}
}

func TestParquetTypes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, bookOf(datasettest.Clean()), format("parquet"))
	file, err := os.Open(filepath.Join(dir, "parquet", "donations.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]string{}
	for _, field := range opened.Schema().Fields() {
		types[field.Name()] = field.Type().String()
	}
	for name, want := range map[string]string{
		"donation_id": "STRING", "announced": "STRING", "announced_start": "DATE", "amount": "DECIMAL(18,4)", "fx_rate": "DECIMAL(18,6)",
		"counted": "BOOLEAN", "recipient_ids": "LIST",
	} {
		if types[name] != want {
			t.Errorf("%s is of type %s, not %s", name, types[name], want)
		}
	}
}

// TestParquetCompressions: a book asks for a way of compressing by name, and without one has zstd.
func TestParquetCompressions(t *testing.T) {
	for name, want := range map[string]string{"": "ZSTD", "zstd": "ZSTD", "snappy": "SNAPPY", "none": "UNCOMPRESSED"} {
		dir := filepath.Join(t.TempDir(), "out")
		book := bookOf(datasettest.Clean())
		book.ParquetCompression = name
		write(t, dir, book, format("parquet"))
		content := exporttest.ReadFile(t, dir, "parquet/rates.parquet")
		file, err := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
		must(t, err)
		for _, column := range file.Metadata().RowGroups[0].Columns {
			if got := column.MetaData.Codec.String(); got != want {
				t.Errorf("%q: %v is compressed by %s, want %s", name, column.MetaData.PathInSchema, got, want)
			}
		}
	}
}

// TestParquetSaysWhatItIs: a file names the program in the form that readers take apart, with the version of the change log, and the
// dataset with its table.
func TestParquetSaysWhatItIs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	book := bookOf(datasettest.Clean())
	write(t, dir, book, format("parquet"))
	content := exporttest.ReadFile(t, dir, "parquet/rates.parquet")
	file, err := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
	must(t, err)
	version := regexp.MustCompile(`(?m)^## (\S+)`).FindStringSubmatch(exporttest.ReadFile(t, "..", "CHANGELOG.md"))[1]
	if want := "haltsheet version " + version + " (build release)"; file.Metadata().CreatedBy != want {
		t.Errorf("it is created by %q, want %q", file.Metadata().CreatedBy, want)
	}
	if digest, _ := file.Lookup("digest"); digest != book.Digest {
		t.Errorf("its digest is %q, want %q", digest, book.Digest)
	}
	if sorting := file.Metadata().RowGroups[0].SortingColumns; len(sorting) != 2 {
		t.Errorf("it is sorted by %v", sorting)
	}
}

// TestDecimalsFitParquet: what Parquet cannot hold is a finding of the dataset, so that no export ends there.
func TestDecimalsFitParquet(t *testing.T) {
	for rate, problem := range map[string]string{
		"1.1234567":       "has more than 6 digits behind the point",
		"123456789012345": "has more than 12 digits before the point",
	} {
		d := exporttest.Load(datasettest.CleanWith(map[string][]byte{"rates.csv": []byte("date,currency,units_per_eur\n2022-03-02,USD," + rate + "\n")}))
		if !slices.ContainsFunc(dataset.Check(d), func(f dataset.Finding) bool { return f.Rule == "decimal-range" && strings.Contains(f.Message, problem) }) {
			t.Errorf("%s: not found", rate)
		}
	}
}

func TestPartitions(t *testing.T) {
	for partition, want := range map[string][]string{
		"sector": {
			"donations/sector=energy", "donations/sector=retail", "donations/sector=video-games",
			"events/sector=energy", "events/sector=retail",
			"halts/sector=energy", "halts/sector=retail", "halts/sector=video-games",
		},
		"amount_qualifier": {
			"donations/amount_qualifier=__HIVE_DEFAULT_PARTITION__", "donations/amount_qualifier=about", "donations/amount_qualifier=at_least",
		},
		"announced_year": {"donations/announced_year=2022", "halts/announced_year=2022"},
	} {
		t.Run(partition, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			book := bookOf(datasettest.Clean())
			book.PartitionBy = partition
			write(t, dir, book, format("parquet"))
			parts, err := filepath.Glob(filepath.Join(dir, "parquet", "*", "*", "part-0.parquet"))
			if err != nil {
				t.Fatal(err)
			}
			rows := map[string]int{}
			var folders []string
			for _, part := range parts {
				inside, err := filepath.Rel(filepath.Join(dir, "parquet"), filepath.Dir(part))
				if err != nil {
					t.Fatal(err)
				}
				folders = append(folders, filepath.ToSlash(inside))
				cells := readParquet(t, part)
				if slices.Contains(cells[0], partition) {
					t.Errorf("%s has the column %s", part, partition)
				}
				rows[filepath.Dir(inside)] += len(cells) - 1
			}
			if diff := cmp.Diff(want, folders); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			for table, want := range map[string]int{"halts": 4, "events": 3, "donations": 5} {
				if rows[table] != want && rows[table] > 0 {
					t.Errorf("%s have %d rows in all, not %d", table, rows[table], want)
				}
			}
		})
	}
}
