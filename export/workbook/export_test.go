package workbook

import "testing"

// SetLimits lowers the limits of Excel for a test.
func SetLimits(t *testing.T, rows, links int) {
	t.Helper()
	beforeRows, beforeLinks := maxSheetRows, maxLinks
	t.Cleanup(func() { maxSheetRows, maxLinks = beforeRows, beforeLinks })
	maxSheetRows, maxLinks = rows, links
}

// SetMostFew lowers how many texts are few for a test.
func SetMostFew(t *testing.T, most int) {
	t.Helper()
	before := mostFew
	t.Cleanup(func() { mostFew = before })
	mostFew = most
}
