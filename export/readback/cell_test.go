package readback_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestDaysBeforeMarch1900: serial 60 is 29 February 1900 to spreadsheets, which no calendar has, and those before it are off by
// one (ECMA-376 Part 1, 18.17.4.1). So these are told of as the numbers that they are; 61 is 1 March 1900, a day.
func TestDaysBeforeMarch1900(t *testing.T) {
	for serial, want := range map[int]string{1: `announced "1"`, 59: `announced "59"`, 60: `announced "60"`, 61: `announced "1900-03-01"`} {
		told, _ := handedIn(t, func(f *excelize.File) {
			cell := cellOf(t, f, "Halts", "Announced")
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellValue("Halts", cell, serial); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Halts", cell, cell, style); err != nil {
				t.Fatal(err)
			}
		})
		if !slices.ContainsFunc(told, func(line string) bool { return strings.Contains(line, want) }) {
			t.Errorf("serial %d: nobody tells of %s: %q", serial, want, told)
		}
	}
}
