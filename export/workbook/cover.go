package workbook

import (
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
)

// coverSheet is the first worksheet, and the only one without a table.
const coverSheet = "Cover"

// coverWidth is the width of the cover in characters.
const coverWidth = 100

// coverRow is a row of the cover, which has one column.
type coverRow struct {
	text   string
	style  int
	link   string // an address, or a place in the workbook behind a #; empty for none
	height int    // in points
}

// layCover lays out the cover: the title, the figures that matter, and headings with what stands below them.
func (w *workbook) layCover() {
	m := &w.book.Metadata
	w.addCoverRow(m.Title, w.styles.coverTitle, "")
	if figures := dataset.FiguresOf(w.book.Summaries); figures != nil {
		words, details := figures.HeadlineFigures()
		for _, figure := range words {
			w.addCoverRow(figure, w.styles.coverFigure, "")
		}
		for _, detail := range details {
			w.addCoverRow("The sum: "+detail+".", w.styles.coverDetail, "")
		}
	}
	for _, s := range cover(m) {
		w.addCoverRow(s.heading, w.styles.subtitle, "")
		style, link := w.styles.value, webTarget(s.link).url
		if link != "" {
			style = w.styles.coverLink
		}
		for _, paragraph := range s.paragraphs() {
			w.addCoverRow(paragraph, style, link)
		}
	}
}

func (w *workbook) addCoverRow(text string, style int, link string) {
	size := int(w.styles.all[style].size)
	room := roomOf(coverWidth) * fontSize / size
	if w.styles.all[style].bold {
		room = boldly(room)
	}
	lines := textLines(text, room)
	w.cover = append(w.cover, coverRow{text, style, link, min(lines*lineHeight*size/fontSize+coverPadding, maxHeight)})
}

// addCover writes the cover.
func (w *excelBook) addCover() error {
	if err := w.file.SetColWidth(coverSheet, "A", "A", coverWidth); err != nil {
		return at(coverSheet, "A1", err)
	}
	for i := range w.cover {
		row, cell := &w.cover[i], "A"+strconv.Itoa(i+1)
		if err := w.setText(coverSheet, cell, row.text, row.style); err != nil {
			return err
		}
		if err := w.file.SetRowHeight(coverSheet, i+1, float64(row.height)); err != nil {
			return at(coverSheet, cell, err)
		}
		if err := w.setCoverLink(cell, row.link); err != nil {
			return at(coverSheet, cell, err)
		}
	}
	if err := w.file.SetSheetDimension(coverSheet, "A1:A"+strconv.Itoa(len(w.cover))); err != nil {
		return at(coverSheet, "", err)
	}
	if err := w.showGrid(coverSheet, false); err != nil {
		return at(coverSheet, "", err)
	}
	return at(coverSheet, "", w.setPage(coverSheet, coverSheet, coverPage))
}

// setCoverLink lets a cell of the cover lead somewhere.
func (w *excelBook) setCoverLink(cell, link string) error {
	place, inside := strings.CutPrefix(link, "#")
	switch {
	case link == "":
		return nil
	case inside:
		return w.file.SetCellHyperLink(coverSheet, cell, place, "Location")
	default:
		return w.file.SetCellHyperLink(coverSheet, cell, link, "External")
	}
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
var sentenceEnd = pattern.New(`[.!?]\s+(\p{Lu})`)

// paragraphs returns what stands below the heading: of a long text each line or, where it has only one, each sentence.
func (s *section) paragraphs() []string {
	text := strings.TrimSpace(s.text)
	if displayWidth(text) > 3*coverWidth && !strings.Contains(text, "\n") {
		text = sentenceEnd().ReplaceAllStringFunc(text, func(end string) string {
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
	if m.Homepage != "" && isLinkable(m.Homepage) {
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
