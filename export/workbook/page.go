package workbook

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
)

// addView sets what is seen and printed first.
func (w *excelBook) addView(s *sheet) error {
	if err := w.file.SetSheetDimension(s.name, "A1:"+s.lastColumn()+strconv.Itoa(s.lastRow())); err != nil {
		return err
	}
	if columns, rows := w.frozen(s); columns+rows > 0 {
		pane := map[bool]string{true: "bottom", false: "top"}[rows > 0] + map[bool]string{true: "Right", false: "Left"}[columns > 0]
		if err := w.file.SetPanes(s.name, &excelize.Panes{
			Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: letters(columns) + strconv.Itoa(rows+1), ActivePane: pane,
		}); err != nil {
			return err
		}
	}
	if err := w.addStripes(s); err != nil {
		return err
	}
	if err := w.showGrid(s.name, w.isGridShown(s)); err != nil {
		return err
	}
	p := s.page()
	if s.hasCharts {
		p = page{portrait: true, scale: overviewScale, breakAt: letters(len(s.columns))}
	}
	return w.setPage(s.name, s.title, p)
}

// frozen returns how many columns and rows of a sheet stay in view: the names where it is wider than a screen, and the header
// where it is higher. The lines above the header stay too, since a frozen part begins at the top.
func (w *workbook) frozen(s *sheet) (columns, rows int) {
	width := 0
	for i := range s.columns {
		width += s.columns[i].width
	}
	if width > viewWidth && !isPlain(w.book) {
		columns = 1
	}
	if s.to-s.from > viewRows && !isPlain(w.book) {
		rows = HeaderRow
	}
	return columns, rows
}

// viewRows is how many rows of a table a small screen shows.
const viewRows = 20

// isGridShown reports whether a sheet shows the lines between cells: on sheets to look things up in that have no stripes, which
// would cover half of the lines.
func (w *workbook) isGridShown(s *sheet) bool {
	return isPlain(w.book) && (s.table.IsCurated() || s.table.Summary != nil && !s.table.HoldsFigures())
}

// showGrid shows the lines between cells, or hides them.
func (w *excelBook) showGrid(name string, isShown bool) error {
	return w.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &isShown})
}

// addStripes tints every other row: by a condition, so that it costs nothing for a cell and survives sorting.
func (w *excelBook) addStripes(s *sheet) error {
	if isPlain(w.book) {
		return nil
	}
	tint, err := w.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{w.styles.stripe}}})
	if err != nil {
		return err
	}
	rows := "A" + strconv.Itoa(rowFirst) + ":" + s.lastColumn() + strconv.Itoa(s.lastRow())
	return w.file.SetConditionalFormat(s.name, rows, []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: "MOD(ROW(),2)=0", Format: &tint},
	})
}

// page is how a worksheet is printed: on A4, as wide as its paper.
type page struct {
	portrait bool
	high     int // pages from top to bottom; 0 for as many as it takes
	// scale, in percent, is that of a sheet that is no wider than some pages, which break at a column; 0 fits it to one.
	scale   uint
	breakAt string
}

// coverPage is how the cover is printed.
var coverPage = page{portrait: true, high: 1}

// overviewScale prints the figures on one page, and the charts on another.
const overviewScale = 78

// page returns how the sheet is printed.
func (s *sheet) page() page {
	_, _, width := s.printedArea()
	p := page{portrait: width <= portraitWidth}
	if s.table.Name == contentsTable {
		p.portrait, p.high = true, 1
	}
	return p
}

// How many characters of the body font a line of paper takes so that they can be read.
const (
	portraitWidth  = 130
	landscapeWidth = 185
)

// setPage sets the paper of a worksheet, and what stands at its foot: accessible spreadsheets have none.
func (w *excelBook) setPage(name, title string, p page) error {
	a4, wide, orientation, fit := 9, 1, "landscape", p.scale == 0 // as SpreadsheetML numbers paper (ECMA-376 Part 1, 18.3.1.63)
	if p.portrait {
		orientation = "portrait"
	}
	layout := &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &p.high}
	if p.scale > 0 {
		layout = &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, AdjustTo: &p.scale}
		if err := w.file.InsertPageBreak(name, p.breakAt+"1"); err != nil {
			return err
		}
	}
	if err := w.file.SetPageLayout(name, layout); err != nil {
		return err
	}
	margin, foot := 0.4, 0.7 // inches
	if err := w.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &foot}); err != nil {
		return err
	}
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if isPlain(w.book) {
		return nil
	}
	lines := strings.ReplaceAll(strings.Join(w.foot(title), "\n"), "&", "&&") // ECMA-376 Part 1, 18.3.1.46
	return w.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L" + lines + "&RPage &P of &N"})
}

// foot returns the lines at the foot of a page: the title of its sheet, and the source.
func (w *workbook) foot(title string) []string {
	return []string{footText(title), footText("Version " + w.book.Metadata.Version + ", " + w.book.Metadata.Title)}
}

// footText returns as much of a text as there is room for.
func footText(text string) string {
	if r := []rune(text); len(r) > maxFoot {
		text = string(r[:maxFoot-1]) + "…"
	}
	return text
}

// printedColumns returns how many of the columns are printed: of those for people as many as a page takes, since the others
// repeat what these say or what other worksheets print.
func (s *sheet) printedColumns() int {
	width := 0
	for i := range s.columns[:s.first] {
		if width += s.columns[i].width; width > landscapeWidth && s.table.IsCurated() {
			return i
		}
	}
	return s.first
}

// printedArea returns the last column and row that are printed, and the width in characters. The lines above the table may
// need more columns than those for people, or than the table has.
func (s *sheet) printedArea() (column string, row, width int) {
	columns := s.printedColumns()
	for i := range s.columns[:columns] {
		width += s.columns[i].width
	}
	for above := min(s.introWidth(), landscapeWidth); width < above; columns++ {
		if columns < len(s.columns) {
			width += s.columns[columns].width
		} else {
			width += emptyWidth
		}
	}
	row = s.lastRow()
	if s.hasCharts {
		for room := 2 * (chartWidth + chartGap); room > 0; columns++ {
			room -= emptyPixels
		}
		row += 2*(chartHeight+chartGap)/rowPixels - s.table.Rows + 2
	}
	if about := s.table.Role(dataset.RoleAbout); about >= 0 && s.table.Columns[about].Type == dataset.TypeDecimal {
		row = min(row, rowFirst+pageRows-1) // a long table of numbers, such as rates
	}
	return letters(columns - 1), row, width
}

const (
	emptyWidth = 9  // of a column without a width of its own, in characters
	pageRows   = 45 // about how many rows of one line a page has
)

// introWidth returns the width in characters of the lines above the table, of which the title is larger and bold.
func (s *sheet) introWidth() (width int) {
	for row, line := range s.intro() {
		if row == rowTitle {
			width = textWidth(line) * titleSize * 15 / (fontSize * 14)
			continue
		}
		width = max(width, textWidth(line))
	}
	return width
}
