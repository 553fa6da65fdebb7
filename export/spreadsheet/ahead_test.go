package spreadsheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"haltsheet/export/spreadsheet"
)

// TestReadAhead reads a sheet of many rows while they are looked at: they come as they stand, up to the first error, be it of the file or of
// who looks at them.
func TestReadAhead(t *testing.T) {
	const many = 1000
	var rows strings.Builder
	for n := range many {
		fmt.Fprintf(&rows, "<row><c><v>%d</v></c><c t='str'><v>%s</v></c></row>", n, strings.Repeat("x", n%7))
	}
	whole, broken := sheet(rows.String()), sheet(rows.String()+"<row><c t='?'/></row>")
	for _, test := range []struct {
		sheet string
		stop  int // the row at which looking fails, from 0
		want  string
	}{
		{whole, many, ""},
		{whole, 0, "seen enough"},
		{whole, 500, "seen enough"},
		{whole, many - 1, "seen enough"},
		{broken, many, "unknown type"},
		{broken, many - 1, "seen enough"},
	} {
		w := openSmall(t, parts{"xl/worksheets/sheet1.xml": test.sheet})
		seen, hasEnded := 0, false
		err := w.Read([][]spreadsheet.Reading{{{
			Sheet: w.Sheets[0],
			Visit: func(row *spreadsheet.Row) error {
				if n := seen; row.Number != n+1 || len(row.Cells) != 2 || row.Cells[0].Value != fmt.Sprint(n) || len(row.Cells[1].Value) != n%7 {
					t.Errorf("row %d: got %v", n+1, row)
				}
				if seen++; seen > test.stop {
					return errors.New("seen enough")
				}
				return nil
			},
			End: func() error { hasEnded = true; return nil },
		}}})
		if seen != min(test.stop+1, many) || hasEnded != (test.want == "") || (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("stopped at %d: saw %d rows, got %v, want %q", test.stop, seen, err, test.want)
		}
	}
}
