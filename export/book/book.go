// Package book holds what an export is made of, whatever the format. It is what all formats are handed.
package book

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"sync"

	"haltsheet/dataset"
)

// Book is all that an export holds, whatever the format: metadata, curated tables with their derived columns, and
// summary tables.
type Book struct {
	Metadata  dataset.Metadata
	Curated   []*dataset.Table
	Summaries []*dataset.Table
	// Links are the lists of curated tables taken apart, and Codebook says what columns and codes mean: see dataset.Links
	// and dataset.Codebook.
	Links, Codebook []*dataset.Table
	Codes           []dataset.CodeList
	Digest          string // of the curated data, SHA-256 in hexadecimal
	Profile         Profile
	// PartitionBy is a column by which halts and donations are partitioned in Parquet; empty for none.
	PartitionBy string
	// ParquetCompression is the codec of Parquet, one of those that export names; empty for zstd.
	ParquetCompression string
	// Changes are what is different from the release before; nil for what is no release.
	Changes *Changes
	// Progress is called by several goroutines as rows are written, with how many more there are;
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

// Changes are what is different from the release before.
type Changes struct {
	Since    string // its version; empty for a first release
	Released string // when it was released, an ISO day
	Items    []Change
}

// Change is one of them, with the weight that it has in a version: major, minor or patch.
type Change struct{ Weight, Text string }

// New gathers what is exported of a dataset. The profile is Analyst.
func New(d *dataset.Dataset) *Book {
	book := &Book{Metadata: d.Metadata, Curated: d.Tables(), Codes: d.CodeLists(), Profile: Analyst}
	var running sync.WaitGroup
	running.Go(func() { book.Summaries = d.Summarize() })
	running.Go(func() { book.Digest = Digest(d) })
	running.Go(func() { book.Links = d.Links() })
	running.Wait()
	book.Codebook = d.Codebook(slices.Concat(book.Curated, book.Links, book.Summaries)...)
	return book
}

// Wrote tells of rows that were written.
func (b *Book) Wrote(rows int) {
	if b.Progress != nil && rows > 0 {
		b.Progress(rows)
	}
}

// Table returns a curated table by name, or nil.
func (b *Book) Table(name string) *dataset.Table {
	i := slices.IndexFunc(b.Curated, func(table *dataset.Table) bool { return table.Name == name })
	if i < 0 {
		return nil
	}
	return b.Curated[i]
}

// Refers reports whether every cell of a column that is not empty is the key of a record of a table that the book has. What
// holds a donation may be left out of a selection.
func (b *Book) Refers(table *dataset.Table, c *dataset.Column) bool {
	if c.Ref == "" || c.Type == dataset.TypeList {
		return false
	}
	return c.Ref != table.Name || len(b.Metadata.Selection) == 0 || table.Role(dataset.RoleSources) < 0
}

// CodeList returns a list of codes by name, or nil.
func (b *Book) CodeList(name string) *dataset.CodeList {
	i := slices.IndexFunc(b.Codes, func(list dataset.CodeList) bool { return list.Name == name })
	if i < 0 {
		return nil
	}
	return &b.Codes[i]
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
