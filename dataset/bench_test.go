package dataset_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"testing"

	"github.com/gocarina/gocsv"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// halts is the size of the generated dataset: -halts 1000000 measures a million.
var halts = flag.Int("halts", 10_000, "how many halts the generated dataset of the benchmarks has")

// generated returns a generated dataset in a folder on disk.
func generated(b *testing.B) fs.FS {
	dir := b.TempDir()
	if err := os.CopyFS(dir, datasettest.Generate(*halts)); err != nil {
		b.Fatal(err)
	}
	return os.DirFS(dir)
}

// BenchmarkCheck loads and checks a generated dataset. Its rate is that of the CSV files.
func BenchmarkCheck(b *testing.B) {
	folder := generated(b)
	b.SetBytes(csvBytes(b, folder))
	b.ReportAllocs()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the commands have it once the heap has grown
	for b.Loop() {
		d, err := dataset.Load(folder)
		if err != nil {
			b.Fatal(err)
		}
		if err := dataset.Check(d).Err(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncodingCSV reads the same files into strings with encoding/csv, and does nothing with them.
func BenchmarkEncodingCSV(b *testing.B) {
	folder := generated(b)
	b.SetBytes(csvBytes(b, folder))
	b.ReportAllocs()
	for b.Loop() {
		for i := range dataset.Schemas {
			file, err := folder.Open(dataset.Schemas[i].File())
			if err != nil {
				b.Fatal(err)
			}
			for records := csv.NewReader(file); ; {
				if _, err := records.Read(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
			if err := file.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkGocsv reads the same files into the same records with gocsv, and checks nothing.
func BenchmarkGocsv(b *testing.B) {
	folder := generated(b)
	b.SetBytes(csvBytes(b, folder))
	b.ReportAllocs()
	for b.Loop() {
		for i, records := range []any{
			&[]dataset.Company{}, &[]dataset.Halt{}, &[]dataset.Donation{}, &[]dataset.Recipient{}, &[]dataset.Source{}, &[]dataset.Rate{},
		} {
			file, err := folder.Open(dataset.Schemas[i].File())
			if err != nil {
				b.Fatal(err)
			}
			if err := errors.Join(gocsv.Unmarshal(file, records), file.Close()); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// csvBytes returns the size of the CSV files of a folder.
func csvBytes(b *testing.B, folder fs.FS) (size int64) {
	for i := range dataset.Schemas {
		info, err := fs.Stat(folder, dataset.Schemas[i].File())
		if err != nil {
			b.Fatal(err)
		}
		size += info.Size()
	}
	return size
}
