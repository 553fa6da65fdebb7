package export

import (
	"haltsheet/dataset"
	"haltsheet/export/book"
)

// Book is all that an export holds, whatever the format.
type Book = book.Book

// Profile is how a workbook is laid out.
type Profile = book.Profile

// The profiles of a workbook.
const (
	Analyst    = book.Analyst
	Accessible = book.Accessible
)

// NewBook gathers what is exported of a dataset. The profile is Analyst.
func NewBook(d *dataset.Dataset) *Book { return book.New(d) }

// Digest returns the SHA-256 of the dataset folder in canonical form.
func Digest(d *dataset.Dataset) string { return book.Digest(d) }
