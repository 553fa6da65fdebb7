package page

import (
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
	"haltsheet/export/book"
	"haltsheet/export/chart"
	"haltsheet/export/folder"
)

// view is what the layout shows.
type view struct {
	Book   *book.Book
	Policy template.HTMLAttr
	Style  template.CSS
	Script template.JS
	Data   template.HTML

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

func newView(out Output, b *book.Book, files []Download, rows Rows) (*view, error) {
	description, style := sentences(b.Metadata.Description), styleOf(&b.Metadata)
	v := &view{
		Book: b, Policy: template.HTMLAttr(`content="` + policyOf(style) + `"`), Style: template.CSS(style), Script: template.JS(script()),
		Data: template.HTML(dataStart + string(rows) + dataEnd),
		Lead: description[0], Limits: description[1:],
		Rows: dataset.NewDecimal(int64(rowsToSearch(b)), 0).Grouped(), HoldsRows: holdsRows(b),
		Folders: byFolder(files),
	}
	for _, table := range b.Summaries {
		if table.HoldsFigures() {
			v.addFigures(table)
		}
		shown, err := newSummary(out, b, table, files)
		if err != nil {
			return nil, err
		}
		v.Summaries = append(v.Summaries, shown)
	}
	for i := range chart.Charts {
		v.addChart(&chart.Charts[i])
	}
	for _, d := range files {
		in, name := path.Split(d.Path)
		table := strings.TrimSuffix(name, ".csv")
		switch {
		case in == folder.Data+"/" && slices.Contains(searched, table):
			v.Quick, v.CSVFiles = append(v.Quick, d), append(v.CSVFiles, d)
		case name == b.Metadata.Name+path.Ext(name):
			v.Quick = append(v.Quick, d)
		}
	}
	return v, nil
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
			f.Note = noteOf(included.Number, column(row, "not_exact").Number, column(row, "left_out").Number)
			f.Shown, f.Unit, _ = strings.Cut(dataset.EurosInWords(value), " ")
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

// noteOf says what a total holds and leaves out.
func noteOf(included, notExact, leftOut dataset.Decimal) string {
	amounts := "amounts"
	if included.Grouped() == "1" {
		amounts = "amount"
	}
	return fmt.Sprintf("%s %s; %s not exact, %s left out", included.Grouped(), amounts, notExact.Grouped(), leftOut.Grouped())
}

// The widths of charts in pixels.
const (
	wholeWidth = 1080
	halfWidth  = 560
	phoneWidth = 330
)

// addChart adds a chart, unless there is nothing to draw.
func (v *view) addChart(c *chart.Chart) {
	hue, accent := v.Book.Metadata.Colors()
	for _, table := range v.Book.Summaries {
		if table.Name != c.Summary || table.Rows == 0 {
			continue
		}
		p := picture{Name: c.Summary, Title: c.Heading(table), Description: table.Description, IsWide: c.Line != ""}
		width := halfWidth
		if p.IsWide {
			width = wholeWidth
		}
		p.Wide = template.HTML(chart.Drawing{Chart: c, Table: table, Width: width, ID: "chart-" + c.Summary, Hue: hue, Accent: accent}.SVG())
		p.Narrow = template.HTML(chart.Drawing{Chart: c, Table: table, Width: phoneWidth, ID: "narrow-" + c.Summary, Hue: hue, Accent: accent}.SVG())
		v.Charts = append(v.Charts, p)
	}
}

// Chart is a chart as a file of the export.
type Chart struct {
	Summary string // the table that it is drawn of
	Title   string
	SVG     []byte
}

// Charts draws the charts that stand in the page, each as a file.
func Charts(b *book.Book) (charts []Chart) {
	hue, accent := b.Metadata.Colors()
	for i := range chart.Charts {
		declared := &chart.Charts[i]
		for _, table := range b.Summaries {
			if table.Name == declared.Summary && table.Rows > 0 {
				drawing := chart.Drawing{Chart: declared, Table: table, Width: wholeWidth, ID: table.Name, Hue: hue, Accent: accent}
				charts = append(charts, Chart{table.Name, declared.Heading(table), drawing.SVG()})
			}
		}
	}
	return charts
}

// mostRows is how many rows of a summary the page shows.
const mostRows = 400

// newSummary returns a summary table as the page shows it. Where words stand beside a code or a key, only these are shown.
func newSummary(out Output, b *book.Book, t *dataset.Table, files []Download) (summary, error) {
	s := summary{Name: t.Name, Title: t.Title, Description: t.Description, More: max(t.Rows-mostRows, 0)}
	for _, d := range files {
		if d.Path == folder.Data+"/summary_"+t.Name+".csv" {
			s.File = d.Path
		}
	}
	var columns []int
	for i := range t.Columns {
		if t.Column(t.Columns[i].Words) >= 0 {
			continue
		}
		columns = append(columns, i)
		s.Columns = append(s.Columns, heading{t.Columns[i].Title, isNumber(&t.Columns[i])})
	}
	return s, inSteps(out.Stopped, b, t.Rows, func(row int) {
		if row >= mostRows {
			return
		}
		cells := make([]cell, len(columns))
		for i, column := range columns {
			cells[i] = showCell(t, row, column)
		}
		s.Rows = append(s.Rows, cells)
	})
}

func isNumber(c *dataset.Column) bool {
	return c.Type == dataset.TypeDecimal || c.Type == dataset.TypeInteger
}

// showCell returns a cell as the page shows it. The name of a company leads to it.
func showCell(t *dataset.Table, row, column int) cell {
	c := &t.Columns[column]
	value := string(t.AppendCell(nil, row, column))
	shown := cell{Value: value, Shown: value, IsNumber: isNumber(c)}
	wordsFor := slices.IndexFunc(t.Columns, func(other dataset.Column) bool { return other.Words == c.Name })
	switch {
	case value == "":
	case shown.IsNumber:
		shown.Shown = t.Cell(row, column).Number.Grouped()
	case wordsFor >= 0 && t.Columns[wordsFor].Ref == "companies":
		shown.Link = template.URL("#/companies/" + t.Cell(row, wordsFor).Text)
	case wordsFor < 0 && datePattern().MatchString(value):
		shown.Shown, shown.IsDate = inWords(value), true
	}
	return shown
}

// datePattern is how a label of a summary looks that is a date.
var datePattern = pattern.New(`^\d{4}(-\d\d){0,2}$`)

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
