package page

import (
	"fmt"
	"html/template"
	"path"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/chart"
)

// view is what the layout shows.
type view struct {
	Content *Content
	Policy  template.HTMLAttr
	Style   template.CSS
	Script  template.JS
	Data    template.HTML

	Lead      string   // what the dataset is, in a sentence
	Limits    []string // and what else there is to know of it
	Headline  []figure
	Figures   []figure
	Charts    []picture
	Summaries []summary
	Folders   []downloads
	Quick     []Download // those that most people want
	Rows      string     // how many there are to search
	HoldsRows bool
	CSVFiles  []Download // where the rows are
}

// figure is a key figure.
type figure struct {
	Name, Unit string
	Value      string   // exact, as CSV has it
	Shown      string   // as people read it
	Note       string   // what a total holds and leaves out
	Below      []figure // plain counts that follow a figure of the headline
}

// picture is a chart, wide and for a phone, with its table.
type picture struct {
	Name, Title, Description string
	Wide, Narrow             template.HTML
	IsWide                   bool // takes the whole width
}

// summary is a summary table.
type summary struct {
	Name, Title, Description string
	Columns                  []heading
	Rows                     [][]cell
	More                     int    // how many rows are not shown
	File                     string // where all of them are; empty where no file is
}

type heading struct {
	Title    string
	IsNumber bool
}

// cell is a cell of a summary table.
type cell struct {
	Value, Shown     string
	IsNumber, IsDate bool
	Link             template.URL // to a place in the page
}

// downloads are the files of a folder.
type downloads struct {
	Folder string // empty for the files at the top
	Bytes  int64
	Files  []Download
	IsOpen bool
}

func newView(c *Content, data string) *view {
	description := sentences(c.Metadata.Description)
	v := &view{
		Content: c, Policy: template.HTMLAttr(`content="` + policy + `"`), Style: template.CSS(style), Script: template.JS(script),
		Data: template.HTML(dataStart + data + dataEnd),
		Lead: description[0], Limits: description[1:],
		Rows: dataset.NewDecimal(int64(c.rows()), 0).Grouped(), HoldsRows: c.holdsRows(),
		Folders: byFolder(c.Downloads),
	}
	for _, table := range c.Summaries {
		if table.Summary != nil && table.Summary.Figures != nil {
			v.addFigures(table)
		}
		v.Summaries = append(v.Summaries, c.summary(table))
	}
	for i := range chart.Charts {
		v.addChart(&chart.Charts[i])
	}
	for _, d := range c.Downloads {
		folder, name := path.Split(d.Path)
		table := strings.TrimSuffix(name, ".csv")
		switch {
		case folder == "csv/" && searched[table] != "":
			v.Quick, v.CSVFiles = append(v.Quick, d), append(v.CSVFiles, d)
		case name == c.Metadata.Name+path.Ext(name):
			v.Quick = append(v.Quick, d)
		}
	}
	return v
}

// addFigures adds the key figures: those of the headline with the counts that follow them, and the totals that stand apart.
func (v *view) addFigures(t *dataset.Table) {
	column := func(row int, name string) dataset.Value { return t.Cell(row, t.Column(name)) }
	for row := range t.Rows {
		value := column(row, "value").Number
		f := figure{
			Name: column(row, "figure").Text, Unit: column(row, "unit").Text, Value: value.String(), Shown: value.Grouped(),
		}
		included := column(row, "included")
		if included.Known {
			f.Note = fmt.Sprintf("%s amounts; %s not exact, %s left out", included.Number.Grouped(),
				column(row, "not_exact").Number.Grouped(), column(row, "left_out").Number.Grouped())
			f.Shown, f.Unit = millions(value), "million euros"
		}
		switch last := len(v.Headline) - 1; {
		case t.Summary.Figures[row].Headline:
			v.Headline = append(v.Headline, f)
		case !included.Known && last >= 0:
			v.Headline[last].Below = append(v.Headline[last].Below, f)
		default:
			v.Figures = append(v.Figures, f)
		}
	}
}

// millions returns an amount rounded to whole millions, or to tenths of them where it is small.
func millions(d dataset.Decimal) string {
	tenth := int64(100_000)
	for range d.Scale() {
		tenth *= 10
	}
	if tenths := (d.Coefficient() + tenth/2) / tenth; tenths < 1000 {
		return dataset.NewDecimal(tenths, 1).Grouped()
	}
	return dataset.NewDecimal((d.Coefficient()+5*tenth)/(10*tenth), 0).Grouped()
}

// The widths of charts in pixels.
const (
	wholeWidth = 1080
	halfWidth  = 560
	phoneWidth = 330
)

// addChart adds a chart, unless there is nothing to draw.
func (v *view) addChart(c *chart.Chart) {
	for _, table := range v.Content.Summaries {
		if table.Name != c.Summary || table.Rows == 0 {
			continue
		}
		p := picture{Name: c.Summary, Title: c.Title(table), Description: table.Description, IsWide: c.Line != ""}
		width := halfWidth
		if p.IsWide {
			width = wholeWidth
		}
		p.Wide = template.HTML(v.Content.draw(c, table, width, "chart-"+c.Summary))
		p.Narrow = template.HTML(v.Content.draw(c, table, phoneWidth, "narrow-"+c.Summary))
		v.Charts = append(v.Charts, p)
	}
}

// draw draws a chart with the names that people read.
func (c *Content) draw(declared *chart.Chart, table *dataset.Table, width int, id string) []byte {
	names := namesOf(c)
	return chart.Drawing{Chart: declared, Table: table, Width: width, ID: id, Text: func(column *dataset.Column, cell string) string {
		if name, ok := names[namedBy(column)][cell]; ok {
			return name
		}
		return cell
	}}.SVG()
}

// Chart is a chart as a file of the export.
type Chart struct {
	Path, Title string
	SVG         []byte
}

// Charts draws the charts that stand in the page, each as a file.
func Charts(c *Content) (charts []Chart) {
	for i := range chart.Charts {
		declared := &chart.Charts[i]
		for _, table := range c.Summaries {
			if table.Name == declared.Summary && table.Rows > 0 {
				charts = append(charts, Chart{"charts/" + table.Name + ".svg", declared.Title(table), c.draw(declared, table, wholeWidth, table.Name)})
			}
		}
	}
	return charts
}

// mostRows is how many rows of a summary the page shows.
const mostRows = 400

// summary returns a summary table as the page shows it. A key that the column behind it names is not shown.
func (c *Content) summary(t *dataset.Table) summary {
	s := summary{Name: t.Name, Title: t.Title, Description: t.Description, More: max(t.Rows-mostRows, 0)}
	names := namesOf(c)
	for _, d := range c.Downloads {
		if d.Path == "csv/summary_"+t.Name+".csv" {
			s.File = d.Path
		}
	}
	var columns []int
	for i := range t.Columns {
		if t.Columns[i].Ref != "" && i+1 < len(t.Columns) {
			continue
		}
		columns = append(columns, i)
		s.Columns = append(s.Columns, heading{t.Columns[i].Title, isNumber(&t.Columns[i])})
	}
	for row := range min(t.Rows, mostRows) {
		cells := make([]cell, len(columns))
		for i, column := range columns {
			cells[i] = showCell(t, row, column, names)
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

func isNumber(c *dataset.Column) bool {
	return c.Type == dataset.TypeDecimal || c.Type == dataset.TypeInteger
}

func showCell(t *dataset.Table, row, column int, names map[string]map[string]string) cell {
	c := &t.Columns[column]
	value := string(t.AppendCell(nil, row, column))
	shown := cell{Value: value, Shown: value, IsNumber: isNumber(c)}
	switch {
	case value == "":
	case shown.IsNumber:
		shown.Shown = t.Cell(row, column).Number.Grouped()
	case c.Type == dataset.TypeDay, c.Type == dataset.TypeDate, t.Summary != nil && column < len(t.Summary.Labels) && t.Summary.Labels[column].Months:
		shown.Shown, shown.IsDate = inWords(value), true
	default:
		if name, ok := names[namedBy(c)][value]; ok {
			shown.Shown = name
		}
		if column > 0 && t.Columns[column-1].Ref == "companies" {
			shown.Link = template.URL("#/companies/" + t.Cell(row, column-1).Text)
		}
	}
	return shown
}

// byFolder gathers the files by their folder at the top, those at the top first.
func byFolder(files []Download) (folders []downloads) {
	at := map[string]int{"": 0}
	folders = []downloads{{IsOpen: true}}
	for _, file := range files {
		folder, _, inside := strings.Cut(file.Path, "/")
		if !inside {
			folder = ""
		}
		i, seen := at[folder]
		if !seen {
			i = len(folders)
			at[folder], folders = i, append(folders, downloads{Folder: folder})
		}
		folders[i].Files = append(folders[i].Files, file)
		folders[i].Bytes += file.Bytes
	}
	return folders
}
