package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// coverSheet is the first worksheet, and the only one without a table.
const coverSheet = "Cover"

// coverWidth is the width of the cover in characters.
const coverWidth = 100

// addCover writes the cover in one column: the title, the figures that matter, and headings with what stands below them.
func (w *workbook) addCover() error {
	if err := w.file.SetColWidth(coverSheet, "A", "A", coverWidth); err != nil {
		return err
	}
	m := &w.content.Metadata
	if err := w.addCoverRow(m.Title, w.styles.coverTitle, titleSize, ""); err != nil {
		return err
	}
	if figures := dataset.FiguresOf(w.content.Summaries); figures != nil {
		for _, figure := range figures.HeadlineFigures() {
			if err := w.addCoverRow(figure, w.styles.coverFigure, figureSize, ""); err != nil {
				return err
			}
		}
	}
	for _, s := range cover(m) {
		if err := w.addCoverRow(s.heading, w.styles.subtitle, subtitleSize, ""); err != nil {
			return err
		}
		for _, paragraph := range s.paragraphs() {
			style := w.styles.value
			if s.link != "" {
				style = w.styles.coverLink
			}
			if err := w.addCoverRow(paragraph, style, fontSize, s.link); err != nil {
				return err
			}
		}
	}
	if err := w.file.SetSheetDimension(coverSheet, "A1:A"+strconv.Itoa(w.coverRows)); err != nil {
		return err
	}
	if err := w.showGrid(coverSheet, false); err != nil {
		return err
	}
	return w.setPage(coverSheet, coverSheet, page{portrait: true, high: 1})
}

// addCoverRow adds a row of text in letters of a size in points, with a link where there is one.
func (w *workbook) addCoverRow(text string, style, size int, link string) error {
	w.coverRows++
	cell := "A" + strconv.Itoa(w.coverRows)
	if err := w.setText(coverSheet, cell, text, style); err != nil {
		return err
	}
	lines := textLines(text, coverWidth*5/4*fontSize/size)
	if err := w.file.SetRowHeight(coverSheet, w.coverRows, float64(lines*lineHeight*size/fontSize+coverPadding)); err != nil || link == "" {
		return err
	}
	if place, inside := strings.CutPrefix(link, "#"); inside {
		return w.file.SetCellHyperLink(coverSheet, cell, place, "Location")
	}
	return w.file.SetCellHyperLink(coverSheet, cell, link, "External")
}

// coverPadding is what a row of the cover has beside its lines, in points.
const coverPadding = 6

// section is a part of the cover: a heading and what stands below it.
type section struct {
	heading string
	text    string
	link    string
}

// sentenceEnd ends a sentence before another.
var sentenceEnd = regexp.MustCompile(`[.!?]\s+(\p{Lu})`)

// paragraphs returns what stands below the heading: of a long text each line or, where it has only one, each sentence.
func (s *section) paragraphs() []string {
	text := strings.TrimSpace(s.text)
	if displayWidth(text) > 3*coverWidth && !strings.Contains(text, "\n") {
		text = sentenceEnd.ReplaceAllStringFunc(text, func(end string) string {
			return end[:1] + "\n" + strings.TrimSpace(end[1:])
		})
	}
	var paragraphs []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			paragraphs = append(paragraphs, line)
		}
	}
	if paragraphs == nil {
		return []string{"Not stated."}
	}
	return paragraphs
}

// cover returns the sections of the cover: first what one looks for, then what one reads.
func cover(m *dataset.Metadata) []section {
	licence := section{heading: "Licence"}
	if len(m.Licenses) > 0 {
		l := m.Licenses[0]
		licence = section{"Licence", l.Title + " (" + l.Name + ")", l.Path}
	}
	homepage := section{"Homepage", m.Homepage, m.Homepage}
	if m.Homepage != "" {
		homepage.text = "The homepage of this dataset" // an address alone says nothing to who hears it
	}
	coverage := m.Coverage.Start + " to " + m.Coverage.End
	if countries := countryNames(m.Coverage.Countries); countries != "" {
		coverage += "; " + countries
	}
	return []section{
		{"Coverage", coverage, ""},
		{"Version", m.Version, ""},
		{"Release date", m.Released, ""},
		licence,
		{"Contact", m.Contact, ""},
		{"Start reading", "Contents: every worksheet of this workbook", "#Contents!A1"},
		{"About", m.Description, ""},
		{"Next update", m.NextUpdate, ""},
		{"How to cite", m.Citation, ""},
		{"Revision policy", m.RevisionPolicy, ""},
		{"Rounding policy", m.RoundingPolicy, ""},
		homepage,
	}
}

func countryNames(codes []string) string {
	names := make([]string, 0, len(codes))
	for _, code := range codes {
		if name, ok := dataset.CountryName(code); ok {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
