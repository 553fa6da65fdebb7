package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
)

// chart declares a chart of the overview: some columns of a summary, drawn as it is.
type chart struct {
	summary string
	label   string // the column of the categories
	with    string // the column before it, which names a category together with it; empty for none
	bars    string // the column drawn as bars
	upright bool   // columns rather than bars
	line    string // the column drawn as a line on an axis of its own; empty for none
	rows    func(t *dataset.Table) int
	title   func(t *dataset.Table) string // says what there is to see
	axis    string
	values  string // of the bars
	format  string
}

// charts are the charts of the overview in order.
var charts = []chart{
	{
		summary: "timeline_days", label: "date", bars: "halts", upright: true, line: "halts_total", rows: untilMost, title: halfTitle,
		axis: "Day of the announcement", values: "Halts", format: "#,##0",
	},
	{
		summary: "halts_by_action_country", label: "country", with: "action", bars: "halts", upright: true, rows: first(12),
		title: func(t *dataset.Table) string {
			return fmt.Sprintf("The commonest step: %s in %s, %s halts", leading(t, "action"), countryOf(t, 0), grouped(t, 0, "halts"))
		},
		axis: "Action and country", values: "Halts", format: "#,##0",
	},
	{
		summary: "halts_by_sector", label: "sector", bars: "halts", rows: first(21),
		title: func(t *dataset.Table) string {
			return fmt.Sprintf("Most halts by sector: %s with %s", leading(t, "sector"), grouped(t, 0, "halts"))
		},
		axis: "Sector", values: "Halts", format: "#,##0",
	},
	{
		summary: "donations_by_recipient", label: "recipient", bars: "amount_eur", rows: first(15),
		title: func(t *dataset.Table) string {
			return fmt.Sprintf("%s is named in gifts worth most: %s", leading(t, "recipient"), millions(t, 0))
		},
		axis: "Recipient", values: "Million euros of own cash; joint gifts count at each", format: millionFormat,
	},
	{
		summary: "largest_donors", label: "company", bars: "amount_eur", rows: first(20),
		title: func(t *dataset.Table) string {
			return fmt.Sprintf("%s gave most of its own cash: %s", leading(t, "company"), millions(t, 0))
		},
		axis: "Company", values: "Million euros of own cash", format: millionFormat,
	},
}

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

func first(n int) func(*dataset.Table) int {
	return func(t *dataset.Table) int { return min(n, t.Rows) }
}

// untilMost returns the rows of a timeline up to the day with 95 % of the halts.
func untilMost(t *dataset.Table) int {
	total := t.Column("halts_total")
	for row := range t.Rows {
		if t.Cell(row, total).Number.Coefficient()*100 >= t.Cell(t.Rows-1, total).Number.Coefficient()*95 {
			return row + 1
		}
	}
	return t.Rows
}

func halfTitle(t *dataset.Table) string {
	total := t.Column("halts_total")
	all := t.Cell(t.Rows-1, total).Number.Coefficient()
	for row := range t.Rows {
		if t.Cell(row, total).Number.Coefficient()*2 >= all {
			return fmt.Sprintf("Half of the %s halts dated to a day came by %s", t.Cell(t.Rows-1, total).Number.Grouped(), inWords(t.Cell(row, 0).Day))
		}
	}
	return "Halts by day"
}

// inWords writes a day such as 8 March 2022.
func inWords(day dataset.Day) string {
	year, month, dayOfMonth := day.Civil()
	return fmt.Sprintf("%d %s %d", dayOfMonth, time.Month(month), year)
}

// leading returns a text of the first row, without underscores.
func leading(t *dataset.Table, field string) string {
	return strings.ReplaceAll(t.Cell(0, t.Column(field)).Text, "_", " ")
}

func countryOf(t *dataset.Table, row int) string {
	name, _ := dataset.CountryName(t.Cell(row, t.Column("country")).Text)
	return name
}

func grouped(t *dataset.Table, row int, field string) string {
	return t.Cell(row, t.Column(field)).Number.Grouped()
}

func millions(t *dataset.Table, row int) string {
	cents := t.Cell(row, t.Column("amount_eur")).Number.Coefficient()
	return dataset.NewDecimal((cents+50_000_000)/100_000_000, 0).Grouped() + " million euros"
}

// addCharts draws the charts below the table of the overview.
func (w *workbook) addCharts() error {
	if w.content.Plain {
		return nil
	}
	home := w.sheetOf(overview)
	if home == nil {
		return nil
	}
	row, left, height := home.lastRow()+3, 0, 0
	for i := range charts {
		c := &charts[i]
		s := w.sheetOf(c.summary)
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

// width returns the width of a chart in pixels: columns get the whole row.
func (c *chart) width() int {
	if c.upright {
		return overviewWidth
	}
	return chartWidth
}

// height returns the height of a chart in pixels.
func (c *chart) height(t *dataset.Table) int {
	if c.upright {
		return chartHeight
	}
	return max(chartHeight, c.rows(t)*barHeight+aroundBars)
}

// sheetOf returns the first sheet of a table, or nil.
func (w *workbook) sheetOf(table string) *sheet {
	for _, s := range w.sheets {
		if s.table.Name == table {
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

func (w *workbook) addChart(sheet, cell string, c *chart, s *sheet) error {
	from, last := rowFirst, rowFirst+c.rows(s.table)-1
	column := func(field string) string { return letters(s.table.Column(field)) }
	cells := func(first, last string, from, to int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, first, from, last, to)
	}
	labels := column(c.label)
	if c.with != "" {
		labels = column(c.with)
	}
	series := func(field, color string) []excelize.ChartSeries {
		return []excelize.ChartSeries{{
			Name:       fmt.Sprintf("%s!$%s$%d", s.name, column(field), HeaderRow),
			Categories: cells(labels, column(c.label), from, last),
			Values:     cells(column(field), column(field), from, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}},
			Line:       excelize.LineOptions{Type: excelize.LineSolid, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}, Width: 2},
			Marker:     excelize.ChartMarker{Symbol: "none"},
		}}
	}
	text := func(size float64, bold bool, text string) excelize.ChartTitle {
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: fontName, Size: size, Bold: bold, Color: ink}}}}
	}
	title := c.title(s.table)
	drawing := &excelize.Chart{
		Type:   excelize.Bar,
		Series: series(c.bars, barColor),
		Title:  text(subtitleSize, true, title),
		XAxis:  excelize.ChartAxis{Title: text(chartFont, false, c.axis), Font: excelize.Font{Family: fontName, Size: chartFont, Color: ink}, ReverseOrder: true},
		YAxis:  excelize.ChartAxis{Title: text(chartFont, false, c.values), Font: excelize.Font{Family: fontName, Size: chartFont, Color: ink}, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format}},
		Legend: excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{
			ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format},
		},
		Format: excelize.GraphicOptions{
			Name: title, ScaleX: 1, ScaleY: 1, Positioning: "oneCell",
			AltText: fmt.Sprintf("Chart of %s by %s. %s. The figures stand in the worksheet %s.", strings.ToLower(c.values), strings.ToLower(c.axis), title, s.name),
		},
		Dimension: excelize.ChartDimension{Width: uint(c.width()), Height: uint(c.height(s.table))},
		GapWidth:  new(uint(40)),
	}
	if c.upright {
		drawing.Type, drawing.XAxis.ReverseOrder = excelize.Col, false
	}
	if c.line == "" {
		return w.file.AddChart(sheet, cell, drawing)
	}
	drawing.PlotArea.ShowVal = false
	drawing.Legend = excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Family: fontName, Size: chartFont, Color: ink}}
	drawing.XAxis.NumFmt, drawing.XAxis.Alignment = excelize.ChartNumFmt{CustomNumFmt: dayFormat}, excelize.Alignment{TextRotation: 90}
	return w.file.AddChart(sheet, cell, drawing, &excelize.Chart{
		Type: excelize.Line, Series: series(c.line, lineColor),
		YAxis: excelize.ChartAxis{Secondary: true, Title: text(chartFont, false, "Halts so far"), Font: drawing.YAxis.Font, NumFmt: drawing.YAxis.NumFmt},
	})
}

const chartFont = 11
