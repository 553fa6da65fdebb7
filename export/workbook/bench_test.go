package workbook_test

import (
	"errors"
	"flag"
	"io"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/book"
	"haltsheet/export/workbook"
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

// reportPeak begins to watch the heap, and returns what ends that and reports the most that it held beyond what it holds
// now, garbage included.
func reportPeak(b *testing.B) func() {
	const heap = "/memory/classes/heap/objects:bytes"
	held := func() uint64 {
		sample := []metrics.Sample{{Name: heap}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before, peak := held(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for ticks := time.Tick(2 * time.Millisecond); ; {
			select {
			case <-stop:
				return
			case <-ticks:
				peak = max(peak, held())
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
		b.ReportMetric(float64(max(peak, before)-before)/1e6, "peak-MB")
	}
}

// BenchmarkHalts writes a workbook of the halts: styles, widths, heights, table, drop-downs and shared strings.
func BenchmarkHalts(b *testing.B) {
	d, table := haltsTable(b)
	content := &book.Book{Metadata: d.Metadata, Curated: []*dataset.Table{table}, Codes: d.CodeLists()}
	defer reportPeak(b)()
	for b.Loop() {
		if err := workbook.Write(io.Discard, content); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, table.Rows)
}

// BenchmarkStreamWriter writes the same cells, with styles and a table, by excelize's StreamWriter.
func BenchmarkStreamWriter(b *testing.B) {
	_, table := haltsTable(b)
	defer reportPeak(b)()
	for b.Loop() {
		if err := stream(table); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, table.Rows)
}

// BenchmarkSetSheetRow writes a tenth of the rows by excelize's ordinary cells, as most programs that use it do.
func BenchmarkSetSheetRow(b *testing.B) {
	_, table := haltsTable(b)
	rows := table.Rows / 10
	defer reportPeak(b)()
	for b.Loop() {
		if err := setRows(table, rows); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b, rows)
}

// benchFile is a file of excelize with the formats of texts and of days.
type benchFile struct {
	*excelize.File
	text, day int
}

const benchSheet = "Sheet1"

func newBenchFile() (f benchFile, err error) {
	f.File = excelize.NewFile()
	format := "yyyy-mm-dd"
	if f.day, err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return f, err
	}
	f.text, err = f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return f, err
}

// finish makes a table of the rows and writes the file.
func (f benchFile) finish(rows, columns int, addTable func(*excelize.Table) error, flush func() error) error {
	last, err := excelize.CoordinatesToCellName(columns, rows+1)
	if err != nil {
		return err
	}
	if err := addTable(&excelize.Table{Range: "A1:" + last, Name: "Halts"}); err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	return f.Write(io.Discard)
}

// valueOf returns a known cell as excelize takes it.
func valueOf(v dataset.Value, c *dataset.Column) any {
	if c.Type == dataset.TypeDay {
		return time.Unix(int64(v.Day)*86400, 0).UTC()
	}
	return v.Text
}

func stream(table *dataset.Table) (err error) {
	f, err := newBenchFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err != nil {
		return err
	}
	w, err := f.NewStreamWriter(benchSheet)
	if err != nil {
		return err
	}
	cells := make([]any, len(table.Columns))
	for i := range table.Columns {
		cells[i] = table.Columns[i].Title
	}
	if err := w.SetRow("A1", cells); err != nil {
		return err
	}
	for row := range table.Rows {
		for i := range table.Columns {
			c, v := &table.Columns[i], table.Cell(row, i)
			switch {
			case !v.Known:
				cells[i] = nil
			case c.Type == dataset.TypeDay:
				cells[i] = excelize.Cell{StyleID: f.day, Value: valueOf(v, c)}
			default:
				cells[i] = excelize.Cell{StyleID: f.text, Value: valueOf(v, c)}
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
	return f.finish(table.Rows, len(table.Columns), w.AddTable, w.Flush)
}

func setRows(table *dataset.Table, rows int) (err error) {
	f, err := newBenchFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err != nil {
		return err
	}
	cells := make([]any, len(table.Columns))
	for i := range table.Columns {
		cells[i] = table.Columns[i].Title
	}
	for row := range rows + 1 {
		at, err := excelize.CoordinatesToCellName(1, row+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(benchSheet, at, &cells); err != nil {
			return err
		}
		for i := range table.Columns {
			cells[i] = nil
			if v := table.Cell(row, i); v.Known {
				cells[i] = valueOf(v, &table.Columns[i])
			}
		}
	}
	for i := range table.Columns {
		style := f.text
		if table.Columns[i].Type == dataset.TypeDay {
			style = f.day
		}
		first, errFirst := excelize.CoordinatesToCellName(i+1, 2)
		last, errLast := excelize.CoordinatesToCellName(i+1, rows+1)
		if err := errors.Join(errFirst, errLast, f.SetCellStyle(benchSheet, first, last, style)); err != nil {
			return err
		}
	}
	addTable := func(table *excelize.Table) error { return f.AddTable(benchSheet, table) }
	return f.finish(rows, len(table.Columns), addTable, func() error { return nil })
}
