package workbook

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/color"
	"haltsheet/export/book"
)

// workbook is what stands where in a workbook, whatever the kind of file.
type workbook struct {
	book   *book.Book
	styles styles
	hue    color.RGB
	accent color.RGB
	cover  []coverRow
	sheets []*sheet // all with a table, in order
	names  []string // of all worksheets, in order
}

// excelBook is a workbook on its way into an XLSX file.
type excelBook struct {
	*workbook
	file    *excelize.File
	numbers []int // of the styles in the file, by their places
}

// Write writes the workbook. The same book gives the same bytes. It tells of each row twice that it wrote it.
func Write(out io.Writer, b *book.Book) (err error) {
	w := &excelBook{workbook: lay(b, !isPlain(b)), file: excelize.NewFile()}
	defer func() {
		if closeErr := w.file.Close(); err == nil {
			err = closeErr
		}
	}()
	for _, step := range []func() error{w.begin, w.addCover, w.addSheets, w.addCharts} {
		if err := step(); err != nil {
			return err
		}
	}
	packer := newPacker(out, w)
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return packer })
	return w.file.Write(io.Discard)
}

// isPlain reports whether a workbook leaves out what guidance on accessible spreadsheets advises against: filters, frozen headers,
// fills, charts.
func isPlain(b *book.Book) bool { return b.Profile == book.Accessible }

// lay lays out a workbook: a cover, and sheets with contents, summaries, data and documents. Charts may lie beside the figures.
func lay(b *book.Book, withCharts bool) *workbook {
	hue, accent := b.Metadata.Colors()
	w := &workbook{book: b, styles: newStyles(isPlain(b), hue), hue: hue, accent: accent}
	w.layCover()
	var sheets, described []*sheet
	for _, t := range slices.Concat(w.book.Summaries, w.book.Curated) {
		parts := splitTable(t.InWords())
		sheets, described = append(sheets, parts...), append(described, parts...)
		if crosswise, x := crossTable(t); x != nil {
			s := splitTable(crosswise)[0] // it has fewer rows than the summary, which fit
			s.cross = x
			sheets = append(sheets, s)
		}
	}
	for _, t := range []*dataset.Table{dictionary(described), codes(w.book.Codes), metadata(w.book)} {
		sheets = append(sheets, splitTable(t)...)
	}
	w.sheets = append(splitTable(contents(sheets)), sheets...)
	w.names = []string{coverSheet}
	for i, s := range w.sheets {
		s.number = i + 2
		s.source = w.sourceOf(s)
		s.hasCharts = withCharts && s.table.HoldsFigures()
		w.names = append(w.names, s.name)
	}
	w.layColumns()
	return w
}

// layColumns finds out of each column where its cells lead, how they look, what they compute, and how wide it is.
func (w *workbook) layColumns() {
	formulas, links := w.formulas(), newLinks(w.sheets)
	for _, s := range w.sheets {
		links.addColumns(s)
		for i := range s.columns {
			c := &s.columns[i]
			c.style, c.styleOf = w.styles.of(s.table, c.Column, c.link)
		}
		formulas.addTo(s)
	}
	measureColumns(w.sheets)
}

// splitTable lays out a table on as many sheets as it needs.
func splitTable(t *dataset.Table) []*sheet {
	var sheets []*sheet
	for from := 0; from == 0 || from < t.Rows; from += maxSheetRows {
		s := &sheet{name: SheetName(t), title: t.Title, table: t, from: from, to: min(from+maxSheetRows, t.Rows)}
		if from > 0 {
			part := strconv.Itoa(from/maxSheetRows + 1)
			s.name, s.title = s.name+"_"+part, s.title+", part "+part
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// SheetName returns the name of the worksheet of a table, which is the name of its Excel table too.
func SheetName(t *dataset.Table) string {
	if t.HoldsFigures() {
		return "Overview"
	}
	return strings.ToUpper(t.Name[:1]) + t.Name[1:]
}

// sourceOf returns the source line of a sheet.
func (w *workbook) sourceOf(s *sheet) string {
	switch {
	case s.table.Summary != nil || s.cross != nil:
		return "Source: computed from the data worksheets of this workbook."
	case s.table.Name == "rates" && w.book.Metadata.RatesNote != "":
		return "Source: " + w.book.Metadata.RatesNote
	case s.table.IsCurated():
		return "Source: the pages listed in the worksheet Sources; " + w.book.Metadata.Title + ", version " + w.book.Metadata.Version + "."
	default:
		return "Source: " + w.book.Metadata.Title + ", version " + w.book.Metadata.Version + "."
	}
}

// begin makes the worksheets, the formats and the properties of the workbook.
func (w *excelBook) begin() error {
	f := w.file
	if err := f.SetSheetName("Sheet1", coverSheet); err != nil {
		return err
	}
	for _, name := range w.names[1:] {
		if _, err := f.NewSheet(name); err != nil {
			return at(name, "", err)
		}
	}
	body := f.Styles.Fonts.Font[0] // what cells without a format have
	*body.Name.Val, *body.Sz.Val = fontName, fontSize
	var err error
	if w.numbers, err = addStyles(f, w.styles.all); err != nil {
		return err
	}
	calculate := true
	if err := f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}); err != nil {
		return err
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "haltsheet"}); err != nil {
		return err
	}
	return f.SetDocProps(&excelize.DocProperties{Title: w.book.Metadata.Title})
}

// addSheets makes all that surrounds the cells of each sheet.
func (w *excelBook) addSheets() error {
	for _, s := range w.sheets {
		for _, step := range []func(*sheet) error{w.addIntro, w.addDropDowns, w.addView} {
			if err := step(s); err != nil {
				return at(s.name, "", err)
			}
		}
	}
	return nil
}

// addIntro writes the lines above the table, and its header.
func (w *excelBook) addIntro(s *sheet) error {
	intro := s.intro()
	for row := rowTitle; row < HeaderRow; row++ {
		style := w.styles.intro
		if row == rowTitle {
			style = w.styles.title
		}
		if err := w.setText(s.name, "A"+strconv.Itoa(row), intro[row], style); err != nil {
			return err
		}
	}
	if err := w.file.SetRowHeight(s.name, rowTitle, titleHeight); err != nil {
		return err
	}
	for i := range s.columns {
		c := &s.columns[i]
		if err := w.setText(s.name, c.letters+strconv.Itoa(HeaderRow), c.Title, w.styles.headerOf(c.Column)); err != nil {
			return err
		}
	}
	return w.file.SetRowHeight(s.name, HeaderRow, float64(s.headerHeight()))
}

// headerHeight returns the height of the header in points.
func (s *sheet) headerHeight() int {
	lines := 1
	for i := range s.columns {
		c := &s.columns[i]
		lines = max(lines, textLines(c.Title, boldly(roomOf(c.width-s.filterWidth()))))
	}
	return headerPadding + lineHeight*lines
}

// intro returns the lines above the table by their rows: of the figures the headline in place of the description.
func (s *sheet) intro() []string {
	intro := []string{
		rowTitle: s.title, rowTables: "This worksheet contains one table.", rowDescription: s.table.Description,
		rowBlanks: s.table.Blank, rowSource: s.source,
	}
	if s.table.HoldsFigures() {
		counts, sums := s.table.HeadlineParts()
		intro[rowDescription], intro[rowBlanks] = counts+".", sums+"."
		intro[rowSource] += " " + s.table.Blank
	}
	return intro
}

const (
	titleHeight   = 26 // points
	headerPadding = 8
)

func (w *excelBook) setText(sheet, cell, text string, style int) error {
	if err := w.file.SetCellStr(sheet, cell, cellText(text)); err != nil {
		return at(sheet, cell, err)
	}
	return at(sheet, cell, w.file.SetCellStyle(sheet, cell, cell, w.numbers[style]))
}

// offer is what the drop-down of a column offers: the codes of a list, or their labels.
type offer struct {
	list     string
	what     string // a code or a label
	column   string // of the worksheet of all codes
	required bool
}

// codesSheet is the worksheet of all codes.
const codesSheet = "Codes"

// offerOf returns what the drop-down of a column offers, or nil.
func (s *sheet) offerOf(c *sheetColumn) *offer {
	said, o := c.Column, &offer{what: "code", column: "B"}
	if c.Says != "" {
		said, o = s.field(c.Says).Column, &offer{what: "label", column: "C"}
	}
	if !s.table.IsCurated() || said.Codes == "" || said.IsDerived() {
		return nil
	}
	o.list, o.required = said.Codes, said.Required
	return o
}

// refusal returns the title and the text of what is said of a value that is not in the list.
func (o *offer) refusal() (title, text string) {
	return "Unknown " + o.what, "Choose a " + o.what + " of the list " + o.list + " in the worksheet " + codesSheet + "."
}

// codesOf returns the first and the last row of each list in the worksheet of all codes.
func (w *workbook) codesOf() map[string][2]int {
	row, lists := rowFirst, map[string][2]int{}
	for _, list := range w.book.Codes {
		last := row + len(list.Codes) - 1
		lists[list.Name] = [2]int{row, last}
		row = last + 1
	}
	return lists
}

// addDropDowns offers the codes of a list in the columns that draw from it, and their labels in those that say them.
func (w *excelBook) addDropDowns(s *sheet) error {
	lists := w.codesOf()
	for i := range s.columns {
		c := &s.columns[i]
		o := s.offerOf(c)
		if o == nil {
			continue
		}
		dropDown := excelize.NewDataValidation(!o.required)
		dropDown.SetSqref(c.letters + strconv.Itoa(rowFirst) + ":" + c.letters + strconv.Itoa(s.lastRow()))
		rows := lists[o.list]
		dropDown.SetSqrefDropList(fmt.Sprintf("%s!$%s$%d:$%s$%d", codesSheet, o.column, rows[0], o.column, rows[1]))
		title, text := o.refusal()
		dropDown.SetError(excelize.DataValidationErrorStyleStop, title, text)
		if err := w.file.AddDataValidation(s.name, dropDown); err != nil {
			return at(s.name, c.letters+strconv.Itoa(rowFirst), err)
		}
	}
	return nil
}
