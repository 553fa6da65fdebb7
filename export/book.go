package export

import (
	"crypto/sha256"
	"encoding/hex"

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
	return &Book{
		Metadata:  d.Metadata,
		Curated:   d.Tables(),
		Summaries: d.Summarize(),
		Codes:     d.CodeLists(),
		Digest:    Digest(d),
		Profile:   Analyst,
	}
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
	if err := dataset.WriteFiles(d, func(_ string, content []byte) error {
		_, err := hash.Write(content)
		return err
	}); err != nil {
		return "" // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil))
}
