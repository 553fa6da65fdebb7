package export_test

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"reflect"
	"testing"

	"github.com/gocarina/gocsv"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

// halts is the size of the generated dataset: -halts 1000000 measures a million.
var halts = flag.Int("halts", 10_000, "how many halts the generated dataset of the benchmarks has")

// haltsTable returns the halts of a generated dataset with their derived columns.
func haltsTable() *dataset.Table {
	return exporttest.Load(datasettest.Generate(*halts)).Table(dataset.SchemaOf("halts"))
}

// counter takes everything and counts it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// benchmarkNothing measures what writes a table to nowhere.
func benchmarkNothing(b *testing.B, table *dataset.Table, write func(w *counter) error) {
	b.ReportAllocs()
	for b.Loop() {
		var written counter
		if err := write(&written); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(written))
	}
	b.ReportMetric(float64(table.Rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkCSV writes the halts to nowhere, and computes their derived columns for it.
func BenchmarkCSV(b *testing.B) {
	table := haltsTable()
	benchmarkNothing(b, table, func(w *counter) error { return export.EncodeCSV(w, table) })
}

// BenchmarkEncodingCSV writes the same records to nowhere with encoding/csv.
func BenchmarkEncodingCSV(b *testing.B) {
	table := haltsTable()
	benchmarkNothing(b, table, func(w *counter) error {
		writer := csv.NewWriter(w)
		record := make([]string, len(table.Columns))
		for i := range table.Columns {
			record[i] = table.Columns[i].Name
		}
		for row := range table.Rows {
			if err := writer.Write(record); err != nil {
				return err
			}
			for i := range table.Columns {
				record[i] = plainText(table, row, i)
			}
		}
		if err := writer.Write(record); err != nil {
			return err
		}
		writer.Flush()
		return writer.Error()
	})
}

// BenchmarkGocsv writes the same records, structs that have a text for each column already, to nowhere with gocsv.
func BenchmarkGocsv(b *testing.B) {
	table := haltsTable()
	records := structsOf(table, "csv", func(*dataset.Column) reflect.Type { return reflect.TypeFor[string]() },
		func(field reflect.Value, row, column int) { field.SetString(plainText(table, row, column)) })
	benchmarkNothing(b, table, func(w *counter) error { return gocsv.Marshal(records, w) })
}

// BenchmarkJSON writes the halts as JSON Lines to nowhere, and computes their derived columns for it.
func BenchmarkJSON(b *testing.B) {
	table := haltsTable()
	benchmarkNothing(b, table, func(w *counter) error { return export.EncodeJSONLines(w, table) })
}

// BenchmarkEncodingJSON writes the same records, structs that have a text, a list or null for each column already, to
// nowhere with encoding/json.
func BenchmarkEncodingJSON(b *testing.B) {
	table := haltsTable()
	records := reflect.ValueOf(structsOf(table, "json", func(c *dataset.Column) reflect.Type {
		if c.Type == dataset.TypeList {
			return reflect.TypeFor[[]string]()
		}
		return reflect.TypeFor[*string]()
	}, func(field reflect.Value, row, column int) {
		switch text := plainText(table, row, column); {
		case table.Columns[column].Type == dataset.TypeList:
			members := []string{}
			for member := range dataset.List(text).All() {
				members = append(members, member)
			}
			field.Set(reflect.ValueOf(members))
		case text != "":
			field.Set(reflect.ValueOf(&text))
		}
	}))
	benchmarkNothing(b, table, func(w *counter) error {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		for row := range table.Rows {
			if err := encoder.Encode(records.Index(row).Addr().Interface()); err != nil {
				return err
			}
		}
		return nil
	})
}

func plainText(table *dataset.Table, row, column int) string {
	v := table.Cell(row, column)
	if v.Text != "" {
		return v.Text
	}
	return string(v.Append(nil, table.Columns[column].Type))
}

// structsOf returns a slice of structs that have a field for each column, with its name in a tag.
func structsOf(table *dataset.Table, tag string, typeOf func(c *dataset.Column) reflect.Type, set func(field reflect.Value, row, column int)) any {
	fields := make([]reflect.StructField, len(table.Columns))
	for i := range fields {
		c := &table.Columns[i]
		fields[i] = reflect.StructField{Name: "F_" + c.Name, Type: typeOf(c), Tag: reflect.StructTag(tag + `:"` + c.Name + `"`)}
	}
	structs := reflect.MakeSlice(reflect.SliceOf(reflect.StructOf(fields)), table.Rows, table.Rows)
	for row := range table.Rows {
		for i := range fields {
			set(structs.Index(row).Field(i), row, i)
		}
	}
	return structs.Interface()
}
