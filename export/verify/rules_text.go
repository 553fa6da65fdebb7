package verify

import (
	"maps"
	"slices"
	"strings"

	"haltsheet/dataset/pattern"
	"haltsheet/export/spreadsheet"
)

func markerProblem(p *page, c *cell) string {
	if !c.isText() {
		return ""
	}
	if c.look.font.Vertical == "superscript" {
		return "the text is superscript"
	}
	for _, run := range c.Runs {
		if run.Font.Vertical == "superscript" {
			return "a part of the text is superscript"
		}
	}
	if !p.quotes && !c.isBody() && otherMarker().MatchString(powers().ReplaceAllString(c.Value, "")) {
		return "a note is marked in another way than [note 1]"
	}
	return ""
}

var notesColumn = pattern.New(`(?i)^notes?$`)

func notePlaceProblem(p *page, c *cell) string {
	if p.quotes || !c.isBody() || !c.isText() || !p.isData() || !strings.Contains(c.Value, "[note ") || !noteMarker().MatchString(c.Value) {
		return ""
	}
	if column := c.grid.columnAt(c.Column); column != nil && notesColumn().MatchString(column.header.Value) {
		return ""
	}
	return "a cell with data refers to a note"
}

func checkNotes(b *book, report reporter) {
	notes := b.pageWith(func(p *page) bool { return p.isNotes })
	used := map[string]bool{}
	for _, p := range b.pages {
		if p == notes {
			continue
		}
		for _, note := range slices.Sorted(maps.Keys(p.notes)) {
			used[note] = true
			switch {
			case notes == nil:
				report(p, p.notes[note], "%s is referred to, and there is no sheet Notes", note)
			case notes.notes[note].Row == 0:
				report(p, p.notes[note], "%s is not in the sheet %s", note, notes.Name)
			}
		}
	}
	if notes == nil {
		return
	}
	for _, note := range slices.Sorted(maps.Keys(notes.notes)) {
		if !used[note] {
			report(notes, notes.notes[note], "nothing refers to %s", note)
		}
	}
	if len(notes.notes) == 0 {
		report(notes, firstCell, "the sheet has no notes such as [note 1]")
	}
}

var vagueText = pattern.New(`(?i)^\s*((click|press|see|go) )?(here|link|this( (link|page))?|more|read more|more info(rmation)?|download)\s*[.!]?\s*$`)

// checkLinks tells of each kind of poor link once a sheet.
func checkLinks(b *book, report reporter) {
	for _, p := range b.pages {
		poor := map[string]*tally{}
		var kinds []string
		for i := range p.linked {
			words := b.linkProblem(p, &p.linked[i])
			if words == "" {
				continue
			}
			if poor[words] == nil {
				poor[words], kinds = &tally{}, append(kinds, words)
			}
			if t := poor[words]; t.cells == 0 {
				t.first = p.linked[i].Ref
			}
			poor[words].cells++
		}
		for _, words := range kinds {
			if t := poor[words]; t.cells > 1 {
				report(p, t.first, "%s, here and in %s", words, counted(t.cells-1, "more cell"))
			} else {
				report(p, t.first, "%s", words)
			}
		}
		if p.blank != nil {
			report(p, *p.blank, "the link has no text")
		}
	}
}

// linkProblem returns what is wrong with a link.
func (b *book) linkProblem(p *page, l *linkedCell) string {
	target, inside := l.target, l.location
	if place, isInside := strings.CutPrefix(target, "#"); isInside {
		target, inside = "", place
	}
	switch {
	case p.address.has(l.Ref):
		return "the text of the link is an address"
	case p.vague.has(l.Ref):
		return "the text of the link does not say where it leads"
	case p.formulas.has(l.Ref) && target == "" && inside == "":
		return "" // the target is computed
	case target == "" && inside == "":
		return "the link leads nowhere"
	case target == "" && !b.isPlace(inside):
		return "the link leads to a place that is not there"
	case target != "" && isLocalFile(target):
		return "the link leads to a file of one computer"
	default:
		return ""
	}
}

// isPlace reports whether a text names a cell of the workbook, or a defined name or table.
func (b *book) isPlace(text string) bool {
	sheet, cells, hasSheet := cutLast(text, "!")
	if !hasSheet {
		_, isCell := spreadsheet.ParseRange(text)
		return isCell || b.isNamed(text)
	}
	if strings.HasPrefix(sheet, "'") && strings.HasSuffix(sheet, "'") && len(sheet) > 1 {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	_, isCell := spreadsheet.ParseRange(cells)
	return b.Sheet(sheet) != nil && (isCell || b.isNamed(cells))
}

func (b *book) isNamed(text string) bool {
	name, _, _ := strings.Cut(text, "[")
	for _, p := range b.pages {
		if slices.ContainsFunc(p.Tables, func(t spreadsheet.Table) bool { return strings.EqualFold(t.DisplayName, name) }) {
			return true
		}
	}
	return slices.ContainsFunc(b.Names, func(n spreadsheet.Name) bool { return strings.EqualFold(n.Name, text) })
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

var scheme = pattern.New(`(?i)^(https?|mailto|ftp|tel|doi):`)

// isLocalFile reports whether a link leads to a file beside the workbook or on a disk.
func isLocalFile(target string) bool { return !scheme().MatchString(target) }

func checkTitle(b *book, report reporter) {
	titles := map[string]*page{}
	for _, p := range b.pages {
		if p.cells == 0 {
			continue // X27 tells of it
		}
		title := p.looseAt(firstCell)
		if title == nil {
			report(p, firstCell, "%s", p.noTitle())
			continue
		}
		normal := p.looks.of(0).Font.Size
		text := strings.ToLower(strings.TrimSpace(title.Value))
		switch other := titles[text]; {
		case title.Kind != spreadsheet.String:
			report(p, firstCell, "the title is no text")
		case other != nil:
			report(p, firstCell, "the title is that of the sheet %s too", other.Name)
		case !title.look.font.Bold && title.look.font.Size <= normal:
			report(p, firstCell, "the title is neither bold nor larger than other text")
		case !title.look.font.Bold:
			report(p, firstCell, "the title is not bold")
		case title.look.font.Size <= normal:
			report(p, firstCell, "the title is not larger than other text")
		}
		titles[text] = p
	}
}

// noTitle tells why a sheet has no title in A1.
func (p *page) noTitle() string {
	for _, g := range p.grids {
		if g.ref.Contains(firstCell) {
			return "the cell is the header of a table, where the title of the sheet belongs"
		}
	}
	return "the cell is blank, where the title of the sheet belongs"
}
