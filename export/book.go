package export

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"haltsheet/dataset"
)

// Book is all that an export holds, whatever the format: metadata, curated tables with their derived columns, and
// summary tables.
type Book struct {
	Metadata  dataset.Metadata
	Curated   []*dataset.Table
	Summaries []*dataset.Table
	Codes     []dataset.CodeList
	Digest    string // of the curated data, SHA-256 in hexadecimal
	Profile   Profile
	// PartitionBy is one of PartitionColumns, by which halts and donations are partitioned in Parquet; empty for none.
	PartitionBy string
	// Progress is called by several goroutines as rows are written, with how many more there are of the RowsIn formats;
	// nil for nobody who wants to know.
	Progress func(rows int)
}

// Profile is how a workbook is laid out.
type Profile string

// The profiles of a workbook.
const (
	Analyst    Profile = "analyst"    // with filters, a frozen header, fills and charts
	Accessible Profile = "accessible" // as the guidance on accessible spreadsheets has it
)

// NewBook gathers what is exported of a dataset. The profile is Analyst.
func NewBook(d *dataset.Dataset) *Book {
	book := &Book{Metadata: d.Metadata, Curated: d.Tables(), Codes: d.CodeLists(), Profile: Analyst}
	var running sync.WaitGroup
	running.Go(func() { book.Summaries = d.Summarize() })
	running.Go(func() { book.Digest = Digest(d) })
	running.Wait()
	return book
}

// RowsIn returns how many rows it takes to write the book in some formats: some formats hold each of them twice.
func (b *Book) RowsIn(formats []*Format) (rows int) {
	for _, format := range inOrder(formats) {
		for _, table := range b.Curated {
			rows += table.Rows * format.passes
		}
		for _, table := range b.Summaries {
			rows += table.Rows
		}
	}
	return rows
}

// Digest returns the SHA-256 of the dataset folder in canonical form: dataset.json and the tables in order.
func Digest(d *dataset.Dataset) string {
	hash := sha256.New()
	if err := dataset.WriteFiles(d, func(string) (io.WriteCloser, error) { return unclosed{hash}, nil }); err != nil {
		return "" // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// unclosed is a writer that goes on when it is closed.
type unclosed struct{ io.Writer }

// Close does nothing.
func (unclosed) Close() error { return nil }
