package workbook

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/export/chart"
)

// millionFormat shows euros in millions.
const millionFormat = `#,##0.0,,`

// The look of charts. Beside the hue and the accent of the dataset they know one more colour, a grey, at least 4.5:1 on white too.
const (
	ink       = "1F2937"
	quiet     = "5B6472"
	chartFont = 9
	titleFont = 11
)

// The grid of the overview, in pixels: a timeline below the figures, and beside them two charts in a row.
const (
	chartGap       = 12
	chartWidth     = 312
	chartHeight    = 264
	timelineHeight = 160
	rowPixels      = 25 // the height of a row of one line
	emptyRowPixels = 20 // the height of a row without one of its own
	headerPixels   = 32 // of the header
	digitPixels    = 9  // the width of a digit of the body font
	emptyPixels    = 80 // the width of a column without one of its own
	mostBars       = 10
)

// addCharts draws the charts of the overview.
func (w *excelBook) addCharts() error {
	if isPlain(w.book) {
		return nil
	}
	home := w.sheetWith((*dataset.Table).HoldsFigures)
	if home == nil {
		return nil
	}
	beside := 0
	for i := range chart.Charts {
		c := drawing{&chart.Charts[i]}
		s := w.sheetOf(c.Summary)
		if s == nil || s.table.Rows == 0 {
			continue
		}
		f := frame{left: 0, width: home.pixels() - chartGap, height: timelineHeight, row: home.lastRow() + 1, down: chartGap}
		if c.Line == "" {
			f = frame{left: home.pixels() + chartGap + beside%2*(chartWidth+chartGap), width: chartWidth, height: chartHeight, row: HeaderRow}
			if down := beside / 2 * (chartHeight + chartGap); down > 0 {
				f.row, f.down = rowFirst+(down-headerPixels)/rowPixels, (down-headerPixels)%rowPixels
			}
			beside++
		}
		if err := w.addChart(home, f, c, s); err != nil {
			return err
		}
	}
	return nil
}

// frame is where a chart stands on a sheet.
type frame struct {
	left, width, height int // pixels
	row                 int // of the worksheet, from 1
	down                int // pixels below the top of the row
}

// drawing is a chart as a worksheet shows it.
type drawing struct{ *chart.Chart }

// format returns the number format of the values.
func (c drawing) format() string {
	if c.Millions {
		return millionFormat
	}
	return "#,##0"
}

// sheetOf returns the first sheet of a table, or nil.
func (w *workbook) sheetOf(table string) *sheet {
	return w.sheetWith(func(t *dataset.Table) bool { return t.Name == table })
}

// sheetWith returns the first sheet whose table is what is looked for, or nil.
func (w *workbook) sheetWith(isWanted func(*dataset.Table) bool) *sheet {
	for _, s := range w.sheets {
		if isWanted(s.table) {
			return s
		}
	}
	return nil
}

// pixels returns the width of the table of a sheet.
func (s *sheet) pixels() int { return s.leftOf(len(s.columns)) }

// leftOf returns how many pixels a column counted from 0 is from the left edge.
func (s *sheet) leftOf(column int) (pixels int) {
	for i := range column {
		pixels += s.columnPixels(i)
	}
	return pixels
}

// columnPixels returns the width of a column counted from 0.
func (s *sheet) columnPixels(column int) int {
	if column < len(s.columns) {
		return s.columns[column].width * digitPixels
	}
	return emptyPixels
}

// rowAt returns the row that lies some pixels below the top of another one, and how many of the pixels are in it. Rows count from 1;
// none is above the header.
func (s *sheet) rowAt(row, pixels int) (at, offset int) {
	height := rowPixels
	switch {
	case row == HeaderRow:
		height = headerPixels
	case row > s.lastRow():
		height = emptyRowPixels
	}
	if pixels < height {
		return row, pixels
	}
	return s.rowAt(row+1, pixels-height)
}

// columnAt returns the letters of the column that lies some pixels from the left edge, and how many of the pixels are in it.
func (s *sheet) columnAt(pixels int) (column string, offset int) {
	for i := 0; ; i++ {
		width := s.columnPixels(i)
		if pixels < width {
			return letters(i), pixels
		}
		pixels -= width
	}
}

// series are the bars of a chart: one column of a summary, or where it tells them apart by two labels the first columns of its
// cross-table.
func (w *workbook) series(c drawing, s *sheet) (all []excelize.ChartSeries) {
	if c.With == "" {
		return []excelize.ChartSeries{s.series(s.field(c.Label), s.field(c.Bars), c.Rows(s.table), w.hue.Hex())}
	}
	colors := []string{w.hue.Hex(), w.accent.Hex(), quiet}
	crosswise := w.sheetOf(crossPrefix + s.table.Name)
	for i := 1; i < len(crosswise.columns)-1 && i <= len(colors); i++ {
		all = append(all, crosswise.series(&crosswise.columns[0], &crosswise.columns[i], crosswise.table.Rows, colors[i-1]))
	}
	return all
}

// series is a column of a sheet drawn in the first rows.
func (s *sheet) series(label, values *sheetColumn, rows int, color string) excelize.ChartSeries {
	if label.Type != dataset.TypeDay {
		rows = min(rows, mostBars)
	}
	cells := func(c *sheetColumn) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, c.letters, rowFirst, c.letters, rowFirst+rows-1)
	}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	return excelize.ChartSeries{
		Name:       fmt.Sprintf("%s!$%s$%d", s.name, values.letters, HeaderRow),
		Categories: cells(label), Values: cells(values), Fill: fill,
		Line:      excelize.LineOptions{Type: excelize.LineSolid, Fill: fill, Width: 2},
		Marker:    excelize.ChartMarker{Symbol: "none"},
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: fontName, Size: chartFont, Color: ink}},
	}
}

func (w *excelBook) addChart(home *sheet, f frame, c drawing, s *sheet) error {
	column, offset := home.columnAt(f.left)
	text := func(size float64, bold bool, text string) excelize.ChartTitle {
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: fontName, Size: size, Bold: bold, Color: ink}}}}
	}
	font := excelize.Font{Family: fontName, Size: chartFont, Color: ink}
	title := c.Heading(s.table)
	bars := &excelize.Chart{
		Type: excelize.Bar, Series: w.series(c, s), Title: text(titleFont, true, title),
		XAxis:    excelize.ChartAxis{Font: font, ReverseOrder: true},
		YAxis:    excelize.ChartAxis{None: true},
		Legend:   excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format()}},
		Format: excelize.GraphicOptions{
			Name: title, ScaleX: 1, ScaleY: 1, Positioning: "oneCell", OffsetX: offset, OffsetY: f.down,
			AltText: fmt.Sprintf("%s The figures stand in the worksheet %s.", c.Describe(s.table), s.name),
		},
		Dimension: excelize.ChartDimension{Width: uint(f.width), Height: uint(f.height)},
		GapWidth:  new(uint(40)),
	}
	if len(bars.Series) > 1 || c.Line != "" {
		bars.Legend = excelize.ChartLegend{Position: "bottom", Font: &font}
	}
	cell := column + strconv.Itoa(f.row)
	if c.Line == "" {
		return at(home.name, cell, w.file.AddChart(home.name, cell, bars))
	}
	whole := excelize.ChartNumFmt{CustomNumFmt: "#,##0"}
	bars.Type, bars.PlotArea.ShowVal = excelize.Col, false
	bars.XAxis = excelize.ChartAxis{Font: font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "d mmm"}}
	bars.YAxis = excelize.ChartAxis{Font: font, NumFmt: whole}
	line := s.series(s.field(c.Label), s.field(c.Line), c.Rows(s.table), w.accent.Hex())
	return at(home.name, cell, w.file.AddChart(home.name, cell, bars, &excelize.Chart{
		Type: excelize.Line, Series: []excelize.ChartSeries{line},
		YAxis: excelize.ChartAxis{Secondary: true, Font: font, NumFmt: whole},
	}))
}
