// Package limits says in one place what reading files may take. What is beyond is refused before memory is taken for it, for a small
// file may claim to be a large one. Each limit is far above what a dataset of a million halts needs. docs/benchmarks.md has them as a
// table.
package limits

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Of a document that is read as a whole: CSV that is imported, a descriptor, an index, a history or sums of a release, a page; and the
// JSON document of everything.
const (
	Document     = 1 << 30 // bytes
	JSONDocument = 8 << 30 // bytes; that of a million halts has a third of it
)

// Of the lists of an export or a release: its descriptor, its index and its sums.
const (
	MostListed = 1 << 16 // files of a list, and columns of a file
)

// Listed is what a list in JSON has, which may be millions of which it says next to nothing.
type Listed[T any] []T

// UnmarshalJSON reads an array, and refuses one that is too long as soon as it has taken memory for as many as are read.
func (l *Listed[T]) UnmarshalJSON(array []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(array))
	switch start, err := decoder.Token(); {
	case err != nil || start == nil:
		return err
	case start != json.Delim('['):
		return fmt.Errorf("has %v where a list belongs", start)
	}
	for decoder.More() {
		if len(*l) == MostListed {
			return fmt.Errorf("lists more than the %d that are read", MostListed)
		}
		var listed T
		if err := decoder.Decode(&listed); err != nil {
			return err
		}
		*l = append(*l, listed)
	}
	return nil
}

// Of a workbook, XLSX or ODS.
const (
	WorkbookEntries   = 10_000   // of the archive
	WorkbookDirectory = 4 << 20  // bytes of the archive's directory
	WorkbookTotal     = 8 << 30  // bytes of all parts, unpacked; the content of an OpenDocument with a million halts has more than half of it
	WorkbookPart      = 64 << 20 // bytes of a part that is read as a whole: all but worksheets and shared texts
	WorkbookStrings   = 1 << 30  // bytes of the part with the shared texts; a million halts have half of it
	WorkbookTexts     = 16 << 20 // shared texts
	WorkbookRatio     = 200      // unpacked to packed, of one part or of all
	WorkbookRatioFrom = 64 << 20 // bytes unpacked from which the ratio counts
	WorkbookDepth     = 128      // of elements
	WorkbookElements  = 1 << 19  // of a part that is read as a whole
	WorkbookFormats   = 1 << 17  // of cells and of styles, of which Excel takes 65,490 each
	WorkbookToken     = 1 << 20  // bytes of one tag or text
	WorkbookRow       = 64 << 20 // bytes of the values and formulas of a row
)

// Of a Parquet file.
const (
	ParquetFooter    = 64 << 20  // bytes of the metadata at its end
	ParquetPage      = 64 << 20  // bytes of a page, packed or unpacked
	ParquetHeader    = 256 << 10 // bytes of the header of a page
	ParquetValues    = 16 << 20  // of a page
	ParquetScale     = 38        // digits of a number behind its point
	ParquetRatio     = 1000      // unpacked to packed, of all pages
	ParquetRatioFrom = 64 << 20  // bytes unpacked from which the ratio counts
	ParquetNesting   = 16        // of structs in one another, which is deeper than those of Parquet are
)

// Of the data in a page.
const (
	PageData    = 1 << 30  // bytes, unpacked
	PageValue   = 64 << 20 // bytes of a cell or another value
	PageColumns = 1_000    // of a table
)
