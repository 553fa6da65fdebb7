// Package dataset is the domain: a folder of CSV files and dataset.json that records which companies halted which
// activities, when, and what they donated, every fact with its sources.
//
// # The way of the data
//
// [Load] turns the bytes of a folder into typed records and keeps the place of every cell. [Check] holds the records
// to the [Rules] and returns [Findings]; nothing may be exported while one of them is an error. [Dataset.Tables] adds the
// derived columns, [Dataset.Summarize] computes the summary tables. All of them are of one type, [Table], so that whoever
// writes them need not know which is which.
//
// # What knows what
//
// [Schemas] declare every column of the curated tables, [Summaries] every summary table, [Rules] every rule. Headers,
// checks, formats, descriptors and documents are made from these three lists. The package knows nothing of the formats
// that are exported, nor of the command line.
package dataset
