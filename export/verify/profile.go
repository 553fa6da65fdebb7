package verify

import (
	"errors"

	data "haltsheet/export/book"
	"haltsheet/export/spreadsheet"
)

// ProfileOf returns the profile that a workbook says it has, in the row workbook/profile of its sheet Metadata; book.Accessible
// for one that does not say.
func ProfileOf(w *spreadsheet.Workbook) data.Profile {
	profile, _ := profileOf(w)
	return profile
}

// profileOf returns the profile of a workbook, and whether the workbook says that it has it, as those of haltsheet do.
func profileOf(w *spreadsheet.Workbook) (profile data.Profile, said bool) {
	s := w.Sheet("Metadata")
	if s == nil {
		return data.Accessible, false
	}
	profile = data.Accessible
	row := 0
	_ = s.Cells(func(c spreadsheet.Cell) error { // what is wrong with the sheet comes up again when it is read as a whole
		switch {
		case c.Column == 1 && c.Value == "workbook/profile":
			row = c.Row
		case row > 0 && c.Row == row && c.Value == string(data.Analyst):
			profile = data.Analyst
		case row > 0 && c.Row > row:
			return errFound
		}
		return nil
	})
	return profile, row > 0
}

var errFound = errors.New("found")
