package workbook

import (
	"fmt"
	"net/url"
	"unicode/utf16"
)

// The limits of Excel (Excel specifications and limits, Microsoft Support). Tests lower the first two.
var (
	maxSheetRows = 1048570 // records that one worksheet takes; Excel has 1,048,576 rows
	maxLinks     = 65530   // links on one worksheet
)

const (
	maxText    = 32767 // UTF-16 code units of a cell
	maxHeight  = 409   // points of a row
	maxAddress = 2079  // characters of a web address that is a link, with its escapes: of a longer one Excel repairs the file
	maxFoot    = 70    // characters of one of the lines at the foot of a page, which together have at most 255
)

// sheetError is the error of a worksheet that cannot be made as it should be: where, and why.
type sheetError struct {
	sheet string
	cell  string // empty for the whole worksheet
	err   error
}

// Error names the place and the cause.
func (e *sheetError) Error() string {
	if e.cell == "" {
		return fmt.Sprintf("the worksheet %s: %v", e.sheet, e.err)
	}
	return fmt.Sprintf("the cell %s!%s: %v", e.sheet, e.cell, e.err)
}

// Unwrap returns the cause.
func (e *sheetError) Unwrap() error { return e.err }

// at names the place of an error, unless it is known already.
func at(sheet, cell string, err error) error {
	if err == nil {
		return nil
	}
	if known, ok := err.(*sheetError); ok { //nolint:errorlint // what at returns is not wrapped
		return known
	}
	return &sheetError{sheet, cell, err}
}

// cellText returns a text that was put together for a cell, with … in place of what a cell has no room for. The texts of the
// dataset itself fit, and stand whole in the tables and in Metadata.
func cellText(text string) string {
	if len(text) <= maxText {
		return text
	}
	units, end := 0, 0 // end is how much fits beside the …
	for i, r := range text {
		if units <= maxText-1 {
			end = i
		}
		units += utf16.RuneLen(r)
	}
	if units <= maxText {
		return text
	}
	return text[:end] + "…"
}

// webTarget returns where a web address leads, as a link may have it, or nowhere for one that is too long for a link.
func webTarget(address string) target {
	if isLinkable(address) {
		return target{url: reference(address)}
	}
	return target{}
}

// isLinkable reports whether an address fits a link.
func isLinkable(address string) bool {
	if len(address) <= maxAddress/3 {
		return true // even if each of its bytes is escaped
	}
	u, err := url.Parse(address)
	return err == nil && len(u.String()) <= maxAddress && len(address) <= maxAddress
}
