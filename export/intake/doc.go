// Package intake takes what people hand in after a spreadsheet had it: tables as CSV in whatever form the spreadsheet saved
// them. It is the slow road of reading. The canonical form has a fast one, dataset.Load, which takes nothing else.
//
// [Read] reads a folder or a file, and returns the dataset together with [Remark]s: how each file was read, which
// cells were taken for something else than they hold, and what was left out, each with its place. Nothing is passed over
// in silence. What can be meant in two ways is an error of the dataset, and so is whatever else its columns cannot hold.
//
// The tables that are not handed in are taken from a dataset that has them, so that a part comes back as a part.
package intake
