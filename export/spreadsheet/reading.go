package spreadsheet

import (
	"cmp"

	"haltsheet/export/turns"
)

// Reading is a sheet whose rows somebody looks at.
type Reading struct {
	Sheet *Sheet
	Visit func(*Row) error
	End   func() error // behind the last row; may be nil
}

// Read reads the rows of sheets: those of a group one behind the other, and the groups side by side. The sheets of an
// OpenDocument stand in one part, and are all read on the way through it. Read returns the error of the first group that has
// one.
func (w *Workbook) Read(groups [][]Reading) error {
	if w.open != nil {
		return w.open.readAll(groups)
	}
	failed := make([]error, len(groups))
	turns.Run(len(groups), func(i int) {
		for _, reading := range groups[i] {
			if failed[i] = reading.read(); failed[i] != nil {
				return
			}
		}
	})
	return cmp.Or(failed...)
}

func (r *Reading) read() error {
	if err := readAhead(r.Sheet.rows, r.Visit); err != nil || r.End == nil {
		return err
	}
	return r.End()
}
