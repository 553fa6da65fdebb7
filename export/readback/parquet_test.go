package readback_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/readback"
)

// parquetFiles returns the Parquet files of the clean dataset.
func parquetFiles(t testing.TB) (files []string) {
	t.Helper()
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := export.Write(t.Context(), dir, export.NewBook(d), []*export.Format{export.FormatOf("parquet")}); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "parquet", "*.parquet"))
	if err != nil || len(names) == 0 {
		t.Fatalf("got %v, %v", names, err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(content))
	}
	return files
}

func readParquet(content string) error {
	file, err := readback.OpenParquet(strings.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	for i := range file.Columns {
		if _, err := file.Read(i, func(int, dataset.Value) {}); err != nil {
			return err
		}
	}
	return nil
}

// TestParquetFooter refuses a footer that claims more than the file has, before memory is taken for it.
func TestParquetFooter(t *testing.T) {
	file := parquetFiles(t)[0]
	for _, claim := range []uint32{uint32(len(file)), 1 << 31, 1<<32 - 1} {
		spoilt := []byte(file)
		binary.LittleEndian.PutUint32(spoilt[len(spoilt)-8:], claim)
		datasettest.Bounded(t, 0, func() {
			if err := readParquet(string(spoilt)); err == nil || !strings.Contains(err.Error(), "claims too much") {
				t.Errorf("a footer of %d bytes: got %v", claim, err)
			}
		})
	}
	if err := readParquet("PAR1"); err == nil {
		t.Error("a file of four bytes is read")
	}
}

// TestParquetCodecs refuses columns that are packed in ways that no export writes.
func TestParquetCodecs(t *testing.T) {
	type row struct{ Key string }
	for _, codec := range []compress.Codec{&parquet.Lz4Raw, &parquet.Gzip, &parquet.Brotli} {
		var file bytes.Buffer
		if err := parquet.Write(&file, []row{{"a"}}, parquet.Compression(codec)); err != nil {
			t.Fatal(err)
		}
		if err := readParquet(file.String()); err == nil || !strings.Contains(err.Error(), "has a column packed by "+codec.String()) {
			t.Errorf("%v: got %v", codec, err)
		}
	}
}

// FuzzParquet spoils the Parquet files of an export.
func FuzzParquet(f *testing.F) {
	for _, file := range parquetFiles(f) {
		for i := range 8 {
			f.Add([]byte(file), uint16(i*len(file)/8), byte(0xff))
		}
	}
	f.Fuzz(func(t *testing.T, file []byte, at uint16, what byte) {
		spoilt := bytes.Clone(file)
		if len(spoilt) > 0 {
			spoilt[int(at)%len(spoilt)] ^= what
		}
		datasettest.Bounded(t, len(spoilt), func() { _ = readParquet(string(spoilt)) })
	})
}
