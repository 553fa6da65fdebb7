package page

import "testing"

// SetMaxRows has pages hold at most so many rows during a test.
func SetMaxRows(t *testing.T, rows int) {
	before := maxRows
	maxRows = rows
	t.Cleanup(func() { maxRows = before })
}

// InWords is how dates are written.
var InWords = inWords
