package spreadsheet

import (
	"fmt"

	"haltsheet/export/limits"
)

// What Excel takes; a file with more was not made by a spreadsheet.
const (
	MaxRows       = 1_048_576
	MaxColumns    = 16_384
	MaxCharacters = 32_767 // of a cell, in UTF-16 code units
)

// Limits bound what reading a workbook may take.
type Limits struct {
	Entries   int   // of the archive
	Directory int64 // bytes of the archive's directory
	Total     int64 // bytes of all parts, unpacked
	Part      int64 // bytes of a part that is read as a whole: all but worksheets and shared texts
	Strings   int64 // bytes of the part with the shared texts
	Texts     int   // shared texts
	Ratio     int64 // unpacked to packed, of one part or of all
	RatioFrom int64 // bytes unpacked from which the ratio counts
	Depth     int   // of elements
	Elements  int   // of a part that is read as a whole
	Formats   int   // formats of cells and of styles, of which Excel takes 65,490 each
	Token     int   // bytes of one tag or text
	Row       int   // bytes of the values and formulas of a row
}

// DefaultLimits hold any workbook that Excel can open in comfort.
var DefaultLimits = Limits{
	Entries:   limits.WorkbookEntries,
	Directory: limits.WorkbookDirectory,
	Total:     limits.WorkbookTotal,
	Part:      limits.WorkbookPart,
	Strings:   limits.WorkbookStrings,
	Texts:     limits.WorkbookTexts,
	Ratio:     limits.WorkbookRatio,
	RatioFrom: limits.WorkbookRatioFrom,
	Depth:     limits.WorkbookDepth,
	Elements:  limits.WorkbookElements,
	Formats:   limits.WorkbookFormats,
	Token:     limits.WorkbookToken,
	Row:       limits.WorkbookRow,
}

// Error says why a workbook is refused.
type Error struct {
	Part    string // of the workbook; empty for the whole file
	Problem string // behind "the part" or "the file": lower case, no full stop
	Hint    string // how to mend it, where that is not to save the workbook anew; may be empty
	Err     error  // what caused it; may be nil
}

// or gives the error a hint.
func (e *Error) or(hint string) *Error {
	e.Hint = hint
	return e
}

// Error returns part and problem as one line.
func (e *Error) Error() string {
	text := e.Problem
	if e.Part != "" {
		text = e.Part + " " + text
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// refuse returns the error about a part, or about the file when part is empty.
func refuse(part, format string, args ...any) *Error {
	return &Error{Part: part, Problem: fmt.Sprintf(format, args...)}
}
