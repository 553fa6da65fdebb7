package verify

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"haltsheet/dataset/pattern"
	"haltsheet/export/spreadsheet"
)

// eachGrid calls visit with every grid of the workbook.
func (b *book) eachGrid(visit func(p *page, g *grid)) {
	for _, p := range b.pages {
		for _, g := range p.grids {
			visit(p, g)
		}
	}
}

func checkGridIsTable(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		if g.table == nil {
			report(p, g.ref.From, "the cells %s are no table", g.ref)
		}
	})
}

var (
	plainTableName = pattern.New(`(?i)^(table|tabelle|tableau|tabla)_?\d*$`)
	legalTableName = pattern.New(`^[\pL_\\][\pL\pN_.\\]*$`)
)

// maxTableName is how many characters Excel takes for the name of a table. Counted in the pattern, they would take longer to
// compile than most commands run.
const maxTableName = 255

func checkTableName(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		if g.table == nil {
			return
		}
		switch name := g.table.DisplayName; {
		case plainTableName().MatchString(name):
			report(p, g.ref.From, "the table name %q does not say what the table holds", name)
		case !legalTableName().MatchString(name), utf8.RuneCountInString(name) > maxTableName:
			report(p, g.ref.From, "%q is not a name for a table", name)
		}
	})
}

var plainColumnName = pattern.New(`^(Column|Spalte|Colonne)\d+$`)

func checkHeader(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		if g.headerRows() == 0 {
			report(p, g.ref.From, "the table has no header row")
			return
		}
		seen := map[string]bool{}
		for number := g.ref.From.Column; number <= g.ref.To.Column; number++ {
			at := spreadsheet.Ref{Row: g.ref.From.Row, Column: number}
			if g.table != nil && number-g.ref.From.Column >= len(g.table.Columns) && g.columnAt(number) == nil {
				report(p, at, "the columns from here on have no name")
				return
			}
			if words := g.headerProblem(number, seen); words != "" {
				report(p, at, "%s", words)
			}
		}
	})
}

// headerProblem returns what is wrong with the header of a column.
func (g *grid) headerProblem(number int, seen map[string]bool) string {
	var header cell
	if c := g.columnAt(number); c != nil {
		header = c.header
	}
	text := strings.ToLower(strings.TrimSpace(header.Value))
	defer func() { seen[text] = true }()
	i := number - g.ref.From.Column
	switch {
	case text == "":
		return "the column has no name"
	case header.Kind != spreadsheet.String:
		return "the name of the column is no text"
	case plainColumnName().MatchString(header.Value):
		return "the name of the column is a stand-in"
	case seen[text]:
		return "the name of the column is that of another"
	case g.table != nil && i < len(g.table.Columns) && !sameName(g.table.Columns[i], header.Value):
		return "the table calls the column otherwise than its cell"
	default:
		return ""
	}
}

// sameName compares names as spreadsheets do, which make line breaks of one kind.
func sameName(a, b string) bool {
	plain := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	return strings.EqualFold(plain.Replace(a), plain.Replace(b))
}

func checkMerges(b *book, report reporter) {
	for _, p := range b.pages {
		if merges := p.layout.Merges; len(merges) > 0 {
			report(p, merges[0].From, "%s, the first of them %s", counted(len(merges), "block")+" of merged cells", merges[0])
		}
	}
}

func checkBlankLines(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		blank := g.blank
		if g.last.Row > 0 && g.last.Row < g.ref.To.Row-g.totalsRows() {
			blank = append(slices.Clone(blank), g.last.Row+1)
		}
		if len(blank) > 0 {
			report(p, spreadsheet.Ref{Row: blank[0], Column: g.ref.From.Column}, "%s inside of the table", counted(len(blank), "blank row"))
		}
		var columns []int
		for number := g.ref.From.Column; number <= g.ref.To.Column; number++ {
			if g.columnAt(number) == nil {
				columns = append(columns, number)
			}
		}
		if len(columns) > 0 {
			report(p, spreadsheet.Ref{Row: g.ref.From.Row, Column: columns[0]}, "%s inside of the table", counted(len(columns), "blank column"))
		}
	})
}

func (g *grid) totalsRows() int {
	if g.table == nil {
		return 0
	}
	return g.table.TotalsRows
}

var blankReason = pattern.New(`(?i)\b(blank|empty)\b`)

func checkBlankCells(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		n, first := g.empty()
		explained := slices.ContainsFunc(p.above(g), func(c cell) bool { return blankReason().MatchString(c.Value) })
		if n > 0 && g.filled > 0 && !explained {
			report(p, first, "%s, and no line above the table says what they mean", counted(n, "blank cell"))
		}
	})
	for _, p := range b.pages {
		for _, symbol := range slices.Sorted(maps.Keys(p.symbols)) {
			if !b.explains(symbol) {
				report(p, p.symbols[symbol], "nothing says what %s means", symbol)
			}
		}
	}
}

// explains reports whether a text outside of tables tells what a shorthand means.
func (b *book) explains(symbol string) bool {
	for _, p := range b.pages {
		for i := range p.loose {
			if text := p.loose[i].Value; strings.Contains(text, symbol) && len(text) > len(symbol)+1 {
				return true
			}
		}
		if p.legend[symbol] {
			return true
		}
	}
	return false
}

func onlySymbolsProblem(p *page, c *cell) string {
	if !p.quotes && c.isBody() && c.isText() && !isAlphanumeric(c.Value[0]) && onlySymbols().MatchString(c.Value) {
		return "the cell holds only symbols"
	}
	return ""
}

func isAlphanumeric(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

func wrapProblem(_ *page, c *cell) string {
	if c.grid != nil && c.isText() && !c.look.Alignment.Wrap {
		return "the text does not wrap"
	}
	return ""
}

func checkFilters(b *book, report reporter) {
	for _, p := range b.pages {
		if p.layout.AutoFilter {
			report(p, p.start(), "the sheet has a filter")
		}
		for _, t := range p.Tables {
			if t.AutoFilter {
				report(p, t.Ref.From, "the table has a filter")
			}
		}
	}
}

// start returns the first cell of the first grid, or A1.
func (p *page) start() spreadsheet.Ref {
	if len(p.grids) > 0 {
		return p.grids[0].ref.From
	}
	return firstCell
}

// firstCell is the first cell of a sheet.
var firstCell = spreadsheet.Ref{Row: 1, Column: 1}

func checkColumnA(b *book, report reporter) {
	for _, p := range b.pages {
		for _, g := range p.grids {
			if g.ref.From.Column > 1 {
				report(p, g.ref.From, "the table begins in column %s", spreadsheet.Letters(g.ref.From.Column))
			}
		}
		var outside tally
		for i := range p.loose {
			if p.loose[i].Column > 1 {
				outside.add(&p.loose[i])
			}
		}
		if outside.cells > 0 {
			report(p, outside.first, "%s outside of tables and of column A", counted(outside.cells, "cell"))
		}
	}
}

func checkBelow(b *book, report reporter) {
	for _, p := range b.pages {
		lowest := 0
		for _, g := range p.grids {
			lowest = max(lowest, g.ref.To.Row)
		}
		var below tally
		for i := range p.loose {
			if lowest > 0 && p.loose[i].Row > lowest {
				below.add(&p.loose[i])
			}
		}
		if below.cells > 0 {
			report(p, below.first, "%s below the table", counted(below.cells, "cell"))
		}
	}
}

var saysOneTable = pattern.New(`(?i)^this (work)?sheet contains (one|1|a) table\b`)

func checkOneTable(b *book, report reporter) {
	for _, p := range b.pages {
		if len(p.grids) == 0 {
			continue
		}
		if len(p.grids) > 1 {
			report(p, p.grids[1].ref.From, "the sheet has %d tables", len(p.grids))
		}
		second := p.looseAt(spreadsheet.Ref{Row: 2, Column: 1})
		if len(p.grids) == 1 && (second == nil || !saysOneTable().MatchString(second.Value)) {
			report(p, spreadsheet.Ref{Row: 2, Column: 1}, "the cell does not say that the worksheet contains one table")
		}
	}
}

// looseAt returns a cell outside of grids, or nil.
func (p *page) looseAt(at spreadsheet.Ref) *cell {
	for i := range p.loose {
		if p.loose[i].Ref == at {
			return &p.loose[i]
		}
	}
	return nil
}

func checkSource(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		isSource := func(c cell) bool {
			text := strings.ToLower(c.Value)
			return strings.HasPrefix(text, "source:") || strings.HasPrefix(text, "sources:")
		}
		if p.isData() && !slices.ContainsFunc(p.above(g), isSource) {
			report(p, g.ref.From, "no line above the table names its source")
		}
	})
}

func failureProblem(_ *page, c *cell) string {
	switch {
	case !c.isBody() || c.Kind != spreadsheet.Failure:
		return ""
	case failure().MatchString(c.Value):
		return "the cell is the error " + c.Value
	default:
		return "the cell is an error that no spreadsheet has"
	}
}

// failure matches the errors of Excel, and the numbered ones of LibreOffice.
var failure = pattern.New(`^(#(BLOCKED!|BUSY!|CALC!|CONNECT!|DIV/0!|EXTERNAL!|FIELD!|GETTING_DATA|N/A|NAME\?|NULL!|NUM!|PYTHON!|REF!|SPILL!|TIMEOUT!|UNKNOWN!|VALUE!)|Err:\d{3})$`)

// checkTypes looks for columns of numbers or days that are texts. A few among other texts are none: codes and versions. Nor
// are those of a column of ours that is one of texts.
func checkTypes(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		for _, c := range g.columns {
			if c == nil || isDeclaredText(p.Name, c.header.Value) {
				continue
			}
			if n := c.numbers.cells; n > 0 && 2*n > c.texts {
				report(p, c.numbers.first, "%s in the column %q", counted(n, "number")+" as text", c.header.Value)
			}
			if n := c.dates.cells; n > 0 && n == c.texts {
				report(p, c.dates.first, "%s in the column %q", counted(n, "day")+" as text", c.header.Value)
			}
		}
	})
}

func checkTableText(b *book, report reporter) {
	b.eachGrid(func(p *page, g *grid) {
		if g.table != nil && g.table.AltText == "" && g.table.AltSummary == "" {
			report(p, g.ref.From, "the table %q has no alternative text", g.table.DisplayName)
		}
	})
}
