package spreadsheet

import (
	"errors"
	"io"
	"strings"
)

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name          string
	State         SheetState
	Kind          string // worksheet, chartsheet, dialogsheet or another type of relationship
	Part          string
	Tables        []Table // in the order of the relationships
	Objects       []Object
	Comments      []Comment // notes, then threads
	Relationships []Relationship

	workbook *Workbook
	targets  map[string]string // of the relationships, by id
	layout   *Layout
	openSheet
}

// SheetState says whether a sheet is seen.
type SheetState string

// The states of a sheet.
const (
	Visible    SheetState = "visible"
	Hidden     SheetState = "hidden"
	VeryHidden SheetState = "veryHidden"
)

// Layout is what stands around the cells of a sheet.
type Layout struct {
	Dimension    string // as the file has it, which need not be true
	Views        []View
	Columns      []ColumnFormat
	DefaultWidth float64 // of columns, in characters; 0 when the file does not say
	HiddenRows   []int
	Merges       []Range
	AutoFilter   bool // of the sheet; a table may have one of its own
	Links        []Link
	Validations  []Validation
	Conditions   []Condition
	HeaderFooter []string // the texts of headers and footers
	Protected    bool
}

// View is how a sheet is shown.
type View struct {
	TopLeft    string // the first cell that is seen; empty for A1
	ActiveCell string // empty for A1
	Frozen     bool
	Split      bool
	Selected   bool // the sheet is one of those selected
}

// ColumnFormat is what some columns, ends included, have in common.
type ColumnFormat struct {
	From, To int
	Width    float64
	Custom   bool // the width was set
	Hidden   bool
	Style    int
}

// Link leads from cells to somewhere else.
type Link struct {
	Range    Range
	Target   string // a URL or a file; empty inside of the workbook
	Location string // a place inside of the target
	Display  string
	Tooltip  string
}

// Validation says what cells may hold.
type Validation struct {
	Ranges             []Range
	Type               string
	Formula1, Formula2 string
}

// Condition is a format that depends on the values of cells.
type Condition struct {
	Ranges  []Range
	Type    string // such as cellIs, expression, colorScale, dataBar, iconSet
	Formula string // the first one
	Format  *Format
}

// readParts reads what the relationships of the sheet lead to.
func (s *Sheet) readParts() (err error) {
	c := s.workbook.container
	if s.Relationships, err = c.relationships(s.Part); err != nil {
		return err
	}
	s.targets = map[string]string{}
	for _, r := range s.Relationships {
		s.targets[r.ID] = r.Target
		switch {
		case r.External, !c.has(r.Target): // some writers leave relationships to what they left out
		case r.Type == "table":
			err = s.readTable(r.Target)
		case r.Type == "drawing":
			err = s.readDrawing(r.Target)
		case r.Type == "comments":
			err = s.readComments(r.Target)
		case r.Type == "threadedComment":
			err = s.readThreads(r.Target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Layout returns what stands around the cells. It passes over them, unless the rows were read before.
func (s *Sheet) Layout() (*Layout, error) {
	if s.layout == nil {
		if err := s.rows(func(*Row) error { return nil }); err != nil {
			return nil, err
		}
	}
	return s.layout, nil
}

// rows calls visit with the rows of the sheet that have cells, in order, and finds the layout by the way. It returns the first
// error, be it that of visit. Chart sheets have no rows. Several sheets may be read at once.
func (s *Sheet) rows(visit func(*Row) error) error {
	if s.workbook.open != nil {
		return s.workbook.open.readOne(s, visit)
	}
	scanner, err := s.workbook.container.scan(s.Part, s.workbook.container.limits.Total)
	if err != nil {
		return err
	}
	defer scanner.close()
	if err := scanner.start(); err != nil { // the root
		return scanner.tooEarly(err)
	}
	layout := &Layout{}
	for {
		err := scanner.start()
		if errors.Is(err, io.EOF) {
			s.layout = layout
			return nil
		}
		if err != nil {
			return err
		}
		if string(scanner.Name) == "sheetData" {
			rows := rowReader{scanner: scanner, workbook: s.workbook, layout: layout, visit: visit}
			if err := rows.read(); err != nil {
				return err
			}
			continue
		}
		e, err := scanner.ownElement()
		if err != nil {
			return err
		}
		s.addTo(layout, e)
	}
}

// addTo adds an element of the sheet to its layout.
func (s *Sheet) addTo(l *Layout, e *element) {
	switch e.name {
	case "dimension":
		l.Dimension = e.attr("ref")
	case "sheetViews":
		for _, view := range e.all("sheetView") {
			l.Views = append(l.Views, viewOf(view))
		}
	case "sheetFormatPr":
		l.DefaultWidth = e.number("defaultColWidth")
	case "cols":
		for _, col := range e.all("col") {
			l.Columns = append(l.Columns, ColumnFormat{
				From: col.integer("min", 0), To: min(col.integer("max", 0), MaxColumns), Width: col.number("width"),
				Custom: col.flag("customWidth", false), Hidden: col.flag("hidden", false), Style: col.integer("style", 0),
			})
		}
	case "mergeCells":
		for _, merge := range e.all("mergeCell") {
			l.Merges = append(l.Merges, parseRanges(merge.attr("ref"))...)
		}
	case "autoFilter":
		l.AutoFilter = true
	case "hyperlinks":
		l.Links = append(l.Links, s.linksOf(e)...)
	case "dataValidations":
		l.Validations = append(l.Validations, validationsOf(e)...)
	case "conditionalFormatting":
		l.Conditions = append(l.Conditions, s.conditionsOf(e)...)
	case "headerFooter":
		for _, child := range e.children {
			if child.text != "" {
				l.HeaderFooter = append(l.HeaderFooter, child.text)
			}
		}
	case "sheetProtection":
		l.Protected = e.flag("sheet", false)
	case "extLst":
		l.Validations = append(l.Validations, validationsOf(e.first("dataValidations"))...)
	}
}

func viewOf(e *element) View {
	pane := e.child("pane")
	view := View{
		TopLeft: e.attr("topLeftCell"), Selected: e.flag("tabSelected", false),
		Frozen: strings.HasPrefix(pane.attr("state"), "frozen"),
	}
	view.Split = pane != nil && !view.Frozen
	for _, selection := range e.all("selection") {
		if pane.attr("activePane") == selection.attr("pane") || pane == nil {
			view.ActiveCell = selection.attr("activeCell")
		}
	}
	return view
}

func (s *Sheet) linksOf(e *element) (links []Link) {
	for _, h := range e.all("hyperlink") {
		if cells, ok := ParseRange(h.attr("ref")); ok {
			links = append(links, Link{cells, s.targets[h.relation()], h.attr("location"), h.attr("display"), h.attr("tooltip")})
		}
	}
	return links
}

func validationsOf(e *element) (validations []Validation) {
	for _, v := range e.all("dataValidation") {
		ranges := v.attr("sqref")
		if ranges == "" {
			ranges = v.content("sqref")
		}
		validations = append(validations, Validation{parseRanges(ranges), v.attr("type"), formulaOf(v.child("formula1")), formulaOf(v.child("formula2"))})
	}
	return validations
}

// formulaOf returns a formula, which newer forms wrap in an element of its own.
func formulaOf(e *element) string {
	if e == nil {
		return ""
	}
	if inner := e.content("f"); inner != "" {
		return inner
	}
	return strings.TrimSpace(e.text)
}

func (s *Sheet) conditionsOf(e *element) (conditions []Condition) {
	ranges := parseRanges(e.attr("sqref"))
	for _, rule := range e.all("cfRule") {
		condition := Condition{Ranges: ranges, Type: rule.attr("type"), Formula: formulaOf(rule.child("formula"))}
		if i := rule.integer("dxfId", -1); i >= 0 && i < len(s.workbook.Styles.Differential) {
			condition.Format = &s.workbook.Styles.Differential[i]
		}
		conditions = append(conditions, condition)
	}
	return conditions
}
