package xlsx_test

import (
	"errors"
	"flag"
	"io"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/xlsx"
)

// halts is the size of the generated dataset: -halts 1000000 measures a million.
var halts = flag.Int("halts", 10_000, "how many halts the generated dataset of the benchmarks has")

// haltsTable returns the halts of a generated dataset with their derived columns.
func haltsTable(b *testing.B) (*dataset.Dataset, *dataset.Table) {
	d, err := dataset.Load(datasettest.Generate(*halts))
	if err != nil {
		b.Fatal(err)
	}
	return d, d.Table(dataset.SchemaOf("halts"))
}

func reportRows(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportAllocs()
}

// BenchmarkHalts writes a workbook of the halts: styles, widths, heights, table, drop-downs and shared strings.
func BenchmarkHalts(b *testing.B) {
	d, table := haltsTable(b)
	content := &xlsx.Content{Metadata: d.Metadata, Curated: []*dataset.Table{table}, Codes: d.CodeLists()}
	for b.Loop() {
		if err := xlsx.Write(io.Discard, content); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, table.Rows)
}

// BenchmarkStreamWriter writes the same cells, with styles and a table, by excelize's StreamWriter.
func BenchmarkStreamWriter(b *testing.B) {
	_, table := haltsTable(b)
	for b.Loop() {
		if err := stream(table); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, table.Rows)
}

func stream(table *dataset.Table) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	format := "yyyy-mm-dd"
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	header := make([]any, len(table.Columns))
	for i := range table.Columns {
		header[i] = table.Columns[i].Title
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	cells := make([]any, len(table.Columns))
	for row := range table.Rows {
		for i := range table.Columns {
			switch v := table.Cell(row, i); {
			case !v.Known:
				cells[i] = nil
			case table.Columns[i].Type == dataset.TypeDay:
				cells[i] = excelize.Cell{StyleID: day, Value: time.Unix(int64(v.Day)*86400, 0).UTC()}
			default:
				cells[i] = excelize.Cell{StyleID: text, Value: v.Text}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, row+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, cells); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(table.Columns), table.Rows+1)
	if err != nil {
		return err
	}
	if err := w.AddTable(&excelize.Table{Range: "A1:" + last, Name: "Halts"}); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Write(io.Discard)
}
