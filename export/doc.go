// Package export writes a checked dataset into the formats that people use, as one folder that is exchanged in one step.
//
// [NewBook] gathers the tables of a dataset, [Write] writes them in some of the [Formats]. Every format reads the same
// tables, so no two can disagree. The package knows nothing of the command line, of the clock or of the locale: the same
// dataset gives the same bytes.
//
// # The data's way
//
//	dataset ─→ book ─→ export ─→ folder       a dataset becomes a book, its formats become files, the folder is exchanged
//	                     │ └─→ xlsx           a large format has a package of its own, which is handed the book
//	                     ↓
//	                  release                 all formats, what changed since the release before, and what lists them
//	                     ↓
//	                   verify                 the folder, read back by readers of their own and held to the book
//
//	dataset ←─ readback ←─ ooxml              a workbook or a document that people edited becomes a dataset again
//
// Packages import one another downwards only: verify and release know export; export knows the packages of formats, the
// folder and the book; those know the dataset.
package export
