// Package export writes a checked dataset into the formats that people use, as one folder that is exchanged in one step.
//
// [NewBook] gathers the tables of a dataset, [Write] writes them in some of the [Formats]. Every format reads the same
// tables, so no two can disagree. The package knows nothing of the command line, of the clock or of the locale: the same
// dataset gives the same bytes.
//
// # The data's way
//
//	dataset ──→ book ──→ export ──→ folder    a dataset becomes a book, its formats become files, the folder is exchanged
//	                      │  └───→ workbook … a large format has a package of its own, which is handed the book
//	                      ↓
//	                    verify                every file read back by a reader of its own, and held to the book
//	                      ↓
//	                    audit                 the folder as a whole: its lists, its data, all formats
//	                      ↓
//	                   release                all formats, what changed since the release before, and what lists them
//
//	dataset ←── readback ←── spreadsheet      a workbook or a document that people edited becomes a dataset again
//
// Packages import one another one way: release knows audit, audit knows export; export knows what formats are made of, which
// is everything else below it and knows the dataset.
//
// # Formats
//
// A [Format] lists the [File]s that it makes of a book. Each owns both directions: how it is written, and how it is read back.
package export
