// Package intake reads what people hand in after they edited it in a spreadsheet: tables as CSV, in whatever form the spreadsheet
// saved them. It is the slow way to read; dataset.Load is fast and takes the canonical form alone.
//
// [Read] reads a folder or a file, and returns the dataset together with [Remark]s: how each file was read, which
// cells were taken for something else than they hold, and what was left out, each with its place. Nothing is passed over
// in silence. What can be meant in two ways is an error of the dataset, and so is whatever else its columns cannot hold.
//
// Tables that are not handed in are taken from the dataset that the others were made from, so that some tables are enough.
package intake
