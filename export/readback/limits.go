package readback

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"haltsheet/export/limits"
)

// errBeyond is the error of a file that claims to hold more than is read.
var errBeyond = errors.New("claims too much")

func beyond(text string, args ...any) error {
	return fmt.Errorf("%w: %s", errBeyond, fmt.Sprintf(text, args...))
}

// checkFooter refuses a footer that is larger than the file or than the limit, before memory is taken for it.
func checkFooter(r io.ReaderAt, size int64) error {
	const tail = 8 // four bytes of length, and the magic
	var end [tail]byte
	if size < tail {
		return errors.New("is too short for a Parquet file")
	}
	if _, err := r.ReadAt(end[:], size-tail); err != nil {
		return err
	}
	footer := int64(binary.LittleEndian.Uint32(end[:4]))
	if footer > min(size-tail, limits.ParquetFooter) {
		return beyond("a footer of %d bytes, where the file has %d and at most %d are read", footer, size, limits.ParquetFooter)
	}
	metadata := make([]byte, footer)
	if _, err := r.ReadAt(metadata, size-tail-footer); err != nil {
		return err
	}
	if skim(metadata) == 0 {
		return beyond("a footer that is none, or has more in it than it is long")
	}
	return nil
}

// checkPages looks at the header of every page, before memory is taken for what it claims.
func checkPages(file *parquet.File) error {
	total := int64(0)
	pages := bufio.NewReaderSize(nil, limits.ParquetHeader) // for one column after the other, of which there may be very many
	for _, group := range file.Metadata().RowGroups {
		for i := range group.Columns {
			unpacked, err := checkColumn(file, &group.Columns[i].MetaData, pages)
			if err != nil {
				return err
			}
			if total += unpacked; total > limits.ParquetRatioFrom && total/limits.ParquetRatio > file.Size() {
				return beyond("pages of %d bytes, unpacked, in a file of %d", total, file.Size())
			}
		}
	}
	return nil
}

// checkColumn looks at the pages of a column chunk through a reader, and returns how many bytes they take unpacked.
func checkColumn(file *parquet.File, column *format.ColumnMetaData, r *bufio.Reader) (unpacked int64, err error) {
	switch column.Codec {
	case format.Uncompressed, format.Snappy, format.Zstd:
	default: // what export does not write; the reader of LZ4 takes memory without end for a page that is broken
		return 0, fmt.Errorf("has a column packed by %v, where Zstandard, Snappy and none are read", column.Codec)
	}
	start := column.DataPageOffset
	if column.DictionaryPageOffset > 0 && column.DictionaryPageOffset < start {
		start = column.DictionaryPageOffset
	}
	if start < 0 || column.TotalCompressedSize < 0 || start > file.Size()-column.TotalCompressedSize {
		return 0, beyond("a column behind its end")
	}
	r.Reset(io.NewSectionReader(file, start, column.TotalCompressedSize))
	for {
		window, err := r.Peek(limits.ParquetHeader)
		if len(window) == 0 {
			return unpacked, nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		length := skim(window)
		if length == 0 && len(window) == limits.ParquetHeader {
			return 0, beyond("a page without a header, or one with a header of more than the %d bytes that are read", len(window))
		}
		if length == 0 {
			return 0, beyond("a page without a header, or one with more in it than it is long")
		}
		var header format.PageHeader
		if err := thrift.Unmarshal(new(thrift.CompactProtocol), window[:length], &header); err != nil {
			return 0, err
		}
		if _, err := r.Discard(length); err != nil {
			return 0, err
		}
		values := max(header.DataPageHeader.V.NumValues, header.DataPageHeaderV2.V.NumValues, header.DictionaryPageHeader.V.NumValues)
		if header.CompressedPageSize < 0 || header.UncompressedPageSize < 0 || max(header.CompressedPageSize, header.UncompressedPageSize) > limits.ParquetPage || values > limits.ParquetValues {
			return 0, beyond("a page of %d bytes, unpacked %d, with %d values", header.CompressedPageSize, header.UncompressedPageSize, values)
		}
		unpacked += int64(header.UncompressedPageSize)
		if _, err := r.Discard(int(header.CompressedPageSize)); err != nil {
			return 0, beyond("a page behind the end of its column")
		}
	}
}
