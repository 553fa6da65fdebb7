package readback_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/limits"
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

// claiming returns a Parquet file of two columns of a text each, whose pages claim another number of bytes unpacked than they hold.
func claiming(t *testing.T, claim uint64) string {
	t.Helper()
	type row struct{ A, B string }
	const size = 2 << 20 // which takes as many bytes to say as the claims
	text := strings.Repeat("a", 64)
	var b bytes.Buffer
	if err := parquet.Write(&b, slices.Repeat([]row{{text, text}}, size/len(text)), parquet.Compression(&parquet.Zstd), parquet.PageBufferSize(2*size)); err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	content := b.Bytes()
	for _, column := range file.Metadata().RowGroups[0].Columns {
		at := column.MetaData.DataPageOffset + 3 // behind the type of the page, in the compact protocol of Thrift
		held, n := binary.Varint(content[at:])
		if written := binary.PutVarint(content[at:], int64(claim)); held < size || n != written {
			t.Fatalf("there is no number of bytes, but %d", held)
		}
	}
	return string(content)
}

// TestParquetPages refuses pages that claim more than is read of one, or than a file of their size holds, before memory is taken for them.
func TestParquetPages(t *testing.T) {
	for claim, want := range map[uint64]string{
		limits.ParquetPage + 1: "a page of",
		limits.ParquetPage - 1: "unpacked, in a file of", // which two of them are too much for
	} {
		file := claiming(t, claim)
		datasettest.Bounded(t, len(file), func() {
			if err := readParquet(file); err == nil || !strings.Contains(err.Error(), "claims too much: ") || !strings.Contains(err.Error(), want) {
				t.Errorf("pages of %d bytes: got %v", claim, err)
			}
		})
	}
}

// TestLargeParquetPageHeader tells of a header beyond the limit, such as one with the least and the greatest of very long texts.
func TestLargeParquetPageHeader(t *testing.T) {
	type row struct{ Text string }
	for size, want := range map[int]string{
		limits.ParquetHeader / 8: "", // which its header has four times
		limits.ParquetHeader / 2: "claims too much: a page without a header, or one with a header of more than the 262144 bytes that are read",
	} {
		var file bytes.Buffer
		if err := parquet.Write(&file, []row{{strings.Repeat("a", size)}}, parquet.DataPageStatistics(true)); err != nil {
			t.Fatal(err)
		}
		if err := readParquet(file.String()); (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("a text of %d bytes: got %v, want %q", size, err, want)
		}
	}
}

// TestManyRowGroups reads a file with a row in each group, without taking memory for each anew.
func TestManyRowGroups(t *testing.T) {
	type row struct{ A, B, C string }
	var file bytes.Buffer
	if err := parquet.Write(&file, slices.Repeat([]row{{"a", "b", "c"}}, 2000), parquet.MaxRowsPerRowGroup(1)); err != nil {
		t.Fatal(err)
	}
	datasettest.Bounded(t, 0, func() {
		if err := readParquet(file.String()); err != nil {
			t.Error(err)
		}
	})
}

// empty is a file of zeros.
type empty struct{}

// ReadAt reads zeros, but for the end, which claims a footer of a gigabyte.
func (empty) ReadAt(p []byte, offset int64) (int, error) {
	clear(p)
	if offset == 1<<31-8 {
		binary.LittleEndian.PutUint32(p, 1<<30)
	}
	return len(p), nil
}

// TestLargeParquetFooter refuses a footer beyond the limit in a file that is large enough for it.
func TestLargeParquetFooter(t *testing.T) {
	datasettest.Bounded(t, 0, func() {
		if _, err := readback.OpenParquet(empty{}, 1<<31); err == nil || !strings.Contains(err.Error(), "a footer of 1073741824 bytes") {
			t.Errorf("got %v", err)
		}
	})
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
