// Package export writes a checked dataset into the formats that people use, as one folder that is exchanged in one step.
//
// [NewBook] gathers the tables of a dataset, [Write] writes them in some of the [Formats]. Every format reads the same
// tables, so no two can disagree. The package knows nothing of the command line, of the clock or of the locale: the same
// dataset gives the same bytes.
package export
