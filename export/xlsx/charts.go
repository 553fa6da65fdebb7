package xlsx

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/export/chart"
)

// millionFormat shows euros in millions.
const millionFormat = `#,##0.0,,`

// The look of charts: blue and vermilion, which colour-blind readers tell apart, both at least 3:1 on white.
const (
	ink           = "1F2937"
	barColor      = "0072B2"
	lineColor     = "B34700"
	chartWidth    = 720 // pixels
	chartHeight   = 400
	barHeight     = 22  // what one horizontal bar takes
	aroundBars    = 120 // what titles and axes take
	chartGap      = 20
	overviewWidth = 2*chartWidth + chartGap
	rowPixels     = 20 // the height of a worksheet row that nothing was said of
	digitPixels   = 9  // the width of a digit of the body font
	emptyPixels   = 64 // the width of a column that nothing was said of
)

// addCharts draws the charts below the table of the overview.
func (w *workbook) addCharts() error {
	if w.content.Plain {
		return nil
	}
	home := w.sheetWith((*dataset.Table).HoldsFigures)
	if home == nil {
		return nil
	}
	row, left, height := home.lastRow()+3, 0, 0
	for i := range chart.Charts {
		c := drawing{&chart.Charts[i]}
		s := w.sheetOf(c.Summary)
		if s == nil || s.table.Rows == 0 {
			continue
		}
		if left > 0 && left+c.width() > overviewWidth {
			row, left, height = row+height/rowPixels+2, 0, 0
		}
		if err := w.addChart(home.name, home.columnAt(left)+strconv.Itoa(row), c, s); err != nil {
			return err
		}
		left, height = left+c.width()+chartGap, max(height, c.height(s.table))
	}
	return nil
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

// width returns the width of a chart in pixels: columns get the whole row.
func (c drawing) width() int {
	if c.Upright {
		return overviewWidth
	}
	return chartWidth
}

// height returns the height of a chart in pixels.
func (c drawing) height(t *dataset.Table) int {
	if c.Upright {
		return chartHeight
	}
	return max(chartHeight, c.Rows(t)*barHeight+aroundBars)
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

// columnAt returns the letters of the first column that begins so many pixels from the left edge, or further right.
func (s *sheet) columnAt(pixels int) string {
	column, left := 0, 0
	for ; left < pixels; column++ {
		if column < len(s.columns) {
			left += s.columns[column].width * digitPixels
		} else {
			left += emptyPixels
		}
	}
	return letters(column)
}

func (w *workbook) addChart(sheet, cell string, c drawing, s *sheet) error {
	from, last := rowFirst, rowFirst+c.Rows(s.table)-1
	column := func(field string) string { return letters(s.table.Column(field)) }
	cells := func(first, last string, from, to int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, first, from, last, to)
	}
	labels := column(c.Label)
	if c.With != "" {
		labels = column(c.With)
	}
	series := func(field, color string) []excelize.ChartSeries {
		return []excelize.ChartSeries{{
			Name:       fmt.Sprintf("%s!$%s$%d", s.name, column(field), HeaderRow),
			Categories: cells(labels, column(c.Label), from, last),
			Values:     cells(column(field), column(field), from, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}},
			Line:       excelize.LineOptions{Type: excelize.LineSolid, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}, Width: 2},
			Marker:     excelize.ChartMarker{Symbol: "none"},
		}}
	}
	text := func(size float64, bold bool, text string) excelize.ChartTitle {
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: fontName, Size: size, Bold: bold, Color: ink}}}}
	}
	title := c.Title(s.table)
	bars := &excelize.Chart{
		Type:   excelize.Bar,
		Series: series(c.Bars, barColor),
		Title:  text(subtitleSize, true, title),
		XAxis:  excelize.ChartAxis{Title: text(chartFont, false, c.Axis), Font: excelize.Font{Family: fontName, Size: chartFont, Color: ink}, ReverseOrder: true},
		YAxis:  excelize.ChartAxis{Title: text(chartFont, false, c.Values), Font: excelize.Font{Family: fontName, Size: chartFont, Color: ink}, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format()}},
		Legend: excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{
			ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format()},
		},
		Format: excelize.GraphicOptions{
			Name: title, ScaleX: 1, ScaleY: 1, Positioning: "oneCell",
			AltText: fmt.Sprintf("%s The figures stand in the worksheet %s.", c.Describe(s.table), s.name),
		},
		Dimension: excelize.ChartDimension{Width: uint(c.width()), Height: uint(c.height(s.table))},
		GapWidth:  new(uint(40)),
	}
	if c.Upright {
		bars.Type, bars.XAxis.ReverseOrder = excelize.Col, false
	}
	if c.Line == "" {
		return w.file.AddChart(sheet, cell, bars)
	}
	bars.PlotArea.ShowVal = false
	bars.Legend = excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Family: fontName, Size: chartFont, Color: ink}}
	bars.XAxis.NumFmt, bars.XAxis.Alignment = excelize.ChartNumFmt{CustomNumFmt: dayFormat}, excelize.Alignment{TextRotation: 90}
	return w.file.AddChart(sheet, cell, bars, &excelize.Chart{
		Type: excelize.Line, Series: series(c.Line, lineColor),
		YAxis: excelize.ChartAxis{Secondary: true, Title: text(chartFont, false, "Halts so far"), Font: bars.YAxis.Font, NumFmt: bars.YAxis.NumFmt},
	})
}

const chartFont = 11
