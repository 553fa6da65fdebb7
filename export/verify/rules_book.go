package verify

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"haltsheet/dataset/pattern"
	"haltsheet/export/spreadsheet"
)

func checkMacros(b *book, report reporter) {
	if b.HasMacros {
		report(nil, spreadsheet.Ref{}, "the workbook has macros")
	}
}

var (
	plainSheetName = pattern.New(`(?i)^(sheet|tabelle|feuil|feuille|hoja|foglio|blad|planilha|лист|chart|diagramm)_?\d*$`)
	legalSheetName = pattern.New(`^[\pL_][\pL\pN_]*$`)
)

func checkSheetNames(b *book, report reporter) {
	seen := map[string]bool{}
	for _, p := range b.pages {
		key := strings.ToLower(p.Name)
		switch {
		case seen[key]:
			report(p, firstCell, "the name of the sheet is that of another")
		case len([]rune(p.Name)) > 31:
			report(p, firstCell, "the name of the sheet is longer than 31 characters")
		case plainSheetName().MatchString(p.Name):
			report(p, firstCell, "the name of the sheet does not say what it holds")
		case !legalSheetName().MatchString(p.Name):
			report(p, firstCell, "the name of the sheet is not a letter and then letters, digits and _")
		}
		seen[key] = true
	}
}

func checkBlankSheets(b *book, report reporter) {
	for _, p := range b.pages {
		if p.cells == 0 && len(p.Objects) == 0 {
			report(p, firstCell, "the sheet is blank")
		}
	}
}

func checkProperties(b *book, report reporter) {
	var missing []string
	for _, property := range []struct{ name, value string }{
		{"title", b.Core.Title}, {"language", b.Core.Language}, {"creator", b.Core.Creator}, {"subject", b.Core.Subject},
	} {
		if strings.TrimSpace(property.value) == "" {
			missing = append(missing, property.name)
		}
	}
	if len(missing) > 0 {
		report(nil, spreadsheet.Ref{}, "the properties lack %s", strings.Join(missing, ", "))
	}
}

func checkStart(b *book, report reporter) {
	for _, p := range b.pages {
		if p.number == b.ActiveTab && p.number > 0 {
			report(p, firstCell, "the workbook opens on this sheet, not on the first")
		}
		for _, view := range p.layout.Views {
			if view.TopLeft != "" && view.TopLeft != "A1" {
				report(p, firstCell, "the sheet opens at %s", view.TopLeft)
			}
			if view.ActiveCell != "" && view.ActiveCell != "A1" {
				report(p, firstCell, "the cell %s is selected", view.ActiveCell)
			}
		}
	}
}

func checkContents(b *book, report reporter) {
	cover, contents := b.cover(), b.pageWith(func(p *page) bool { return p.isContents })
	if cover == nil {
		report(b.pages[0], firstCell, "the first sheet is no cover")
	}
	if contents == nil {
		report(nil, spreadsheet.Ref{}, "there is no sheet Contents")
		return
	}
	listed, linked := contents.listed(b)
	for _, p := range b.pages {
		switch key := strings.ToLower(p.Name); {
		case p == cover || p == contents || p.State != spreadsheet.Visible:
		case !listed[key]:
			report(contents, contents.start(), "the contents do not list the sheet %s by its name", p.Name)
		case !linked[key]:
			report(contents, contents.start(), "the contents have no link to the sheet %s", p.Name)
		}
	}
}

// listed returns the names that stand in a sheet, and the sheets that it leads to, in lower case.
func (p *page) listed(b *book) (names, linked map[string]bool) {
	names, linked = map[string]bool{}, map[string]bool{}
	for key := range p.words {
		names[key] = true
	}
	for i := range p.linked {
		l := &p.linked[i]
		place := l.location
		if inside, ok := strings.CutPrefix(l.target, "#"); ok {
			place = inside
		}
		if sheet, _, ok := cutLast(place, "!"); ok && b.isPlace(place) {
			linked[strings.ToLower(strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'"))] = true
		}
		if l.formula != "" {
			for _, other := range b.pages {
				if strings.Contains(strings.ToLower(l.formula), "#"+strings.ToLower(other.Name)+"!") || strings.Contains(strings.ToLower(l.formula), "#'"+strings.ToLower(other.Name)+"'!") {
					linked[strings.ToLower(other.Name)] = true
				}
			}
		}
	}
	return names, linked
}

// coverLabels are what a cover tells, and how to find it.
var coverLabels = []struct {
	name    string
	pattern func() *regexp.Regexp
}{
	{"release date", pattern.New(`(?i)\b(release|publication|published|released)\b`)},
	{"version", pattern.New(`(?i)\b(version|edition)\b`)},
	{"coverage", pattern.New(`(?i)\b(coverage|covers|reference period|period covered|time period)\b`)},
	{"licence", pattern.New(`(?i)\b(licen[cs]e|copyright)\b`)},
	{"contact", pattern.New(`(?i)\b(contact|e-?mail|enquiries)\b`)},
	{"next update", pattern.New(`(?i)\bnext (update|release|publication|edition)\b`)},
	{"how to cite", pattern.New(`(?i)\b(cite|citation)\b`)},
	{"revision policy", pattern.New(`(?i)\brevisions?\b`)},
	{"rounding policy", pattern.New(`(?i)\bround(ing|ed)\b`)},
}

func checkCover(b *book, report reporter) {
	cover := b.cover()
	if cover == nil {
		report(b.pages[0], firstCell, "there is no cover to tell what the workbook is")
		return
	}
	var missing []string
	for _, label := range coverLabels {
		found := false
		for i := range cover.loose {
			found = found || label.pattern().MatchString(cover.loose[i].Value)
		}
		if !found {
			missing = append(missing, label.name)
		}
	}
	if cover.looseAt(firstCell) == nil {
		missing = append([]string{"title"}, missing...)
	}
	if len(missing) > 0 {
		report(cover, firstCell, "the cover does not tell %s", strings.Join(missing, ", "))
	}
}

// maxLinks is how many links Excel takes on a sheet.
const maxLinks = 65530

func checkOpenness(b *book, report reporter) {
	if b.Protected {
		report(nil, spreadsheet.Ref{}, "the structure of the workbook is protected")
	}
	for _, target := range b.External[:min(len(b.External), 1)] {
		report(nil, spreadsheet.Ref{}, "the workbook draws from %s, the first of them %q", counted(len(b.External), "other file"), target)
	}
	for _, p := range b.pages {
		if p.layout.Protected {
			report(p, firstCell, "the sheet is protected")
		}
		if n := len(p.layout.Links); n > maxLinks {
			report(p, firstCell, "the sheet has %d links, where Excel takes %d", n, maxLinks)
		}
	}
}

var plainFileName = pattern.New(`^[a-z0-9]+([-.][a-z0-9]+)*\.(xls[xm]|ods)$`)

func checkFileName(b *book, report reporter) {
	name := path.Base(filepath.ToSlash(b.file))
	if !plainFileName().MatchString(name) {
		report(nil, spreadsheet.Ref{}, "the file name %q is not of lower-case letters, digits and dashes", name)
	}
	if len([]rune(b.file)) >= 218 {
		report(nil, spreadsheet.Ref{}, "path and name of the file are longer than 217 characters")
	}
}
