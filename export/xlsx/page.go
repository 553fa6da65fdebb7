package xlsx

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// addView sets what is seen and printed first.
func (w *workbook) addView(s *sheet) error {
	if err := w.file.SetSheetDimension(s.name, "A1:"+s.lastColumn()+strconv.Itoa(s.lastRow())); err != nil {
		return err
	}
	if !w.content.Plain {
		if err := w.file.SetPanes(s.name, &excelize.Panes{
			Freeze: true, XSplit: 1, YSplit: HeaderRow, TopLeftCell: "B" + strconv.Itoa(rowFirst), ActivePane: "bottomRight",
		}); err != nil {
			return err
		}
	}
	if err := w.addStripes(s); err != nil {
		return err
	}
	page := page{size: a4}
	if s.table.HoldsFigures() {
		page.high = 1 // figures and charts together
	}
	if s.printed() > widestA4 {
		page.size = a3
	}
	return w.setPage(s.name, page)
}

// addStripes tints every other row: by a condition, so that it costs nothing for a cell and survives sorting.
func (w *workbook) addStripes(s *sheet) error {
	if w.content.Plain {
		return nil
	}
	tint, err := w.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{stripe}}})
	if err != nil {
		return err
	}
	rows := "A" + strconv.Itoa(rowFirst) + ":" + s.lastColumn() + strconv.Itoa(s.lastRow())
	return w.file.SetConditionalFormat(s.name, rows, []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: "MOD(ROW(),2)=0", Format: &tint},
	})
}

// page is how a worksheet is printed: landscape, as wide as the sheet.
type page struct {
	size int // as SpreadsheetML numbers paper (ECMA-376 Part 1, 18.3.1.63)
	high int // on so many pages; 0 for as many as it takes
}

const (
	a3, a4   = 8, 9
	widestA4 = 200 // characters that a page of A4 shows so that they can be read
)

func (w *workbook) setPage(name string, p page) error {
	wide, orientation, fit := 1, "landscape", true
	if err := w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &p.size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &p.high}); err != nil {
		return err
	}
	return w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// printed returns the width in characters of what is printed: the curated columns, since the derived ones repeat what
// other worksheets print.
func (s *sheet) printed() (width int) {
	for i := range s.columns[:s.printedColumns()] {
		width += s.columns[i].width
	}
	return width
}

// printedColumns returns how many columns are printed.
func (s *sheet) printedColumns() int {
	for i := range s.columns {
		if s.columns[i].IsDerived() {
			return i
		}
	}
	return len(s.columns)
}
