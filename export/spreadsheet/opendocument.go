package spreadsheet

import (
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset/pattern"
)

// openDocument is what a workbook that is an OpenDocument (OpenDocument 1.3) keeps for the reading of its sheets.
type openDocument struct {
	workbook *Workbook
	formats  map[string]int // of cells, by the names of their styles
	runs     map[string]Font
	maps     map[int][]openMap  // conditions of formats
	own      map[string]*Format // what styles of cells say themselves
	widths   map[string]float64 // of columns in characters, by the names of their styles
	kept     []string           // the sheets of other files that are kept
	tables   map[string]*element
	// shown are headers and footers by the pages that have them.
	shown map[string][]string
	views map[string]View // by the name of the sheet
	small int             // how many bytes of small sheets may still be kept
}

// A sheet of at most so many bytes is kept as it stands, so that it can be read alone without a way through the content; so many bytes
// are kept of all.
const (
	smallSheet  = 64 << 10
	smallSheets = 4 << 20
)

// openMap is a condition of a style.
type openMap struct{ condition, style string }

const (
	openContent = "content.xml"
	openMedia   = "application/vnd.oasis.opendocument."
)

// mediaType returns what an archive says that it is in its first entry, or nothing.
func (c *container) mediaType() (string, error) {
	const longest = 256
	if !c.has("mimetype") {
		return "", nil
	}
	r, err := c.open("mimetype", longest)
	if err != nil {
		return "", err
	}
	defer r.Close() //nolint:errcheck // only reads
	text, err := io.ReadAll(io.LimitReader(r, longest))
	return strings.TrimSpace(string(text)), err
}

// openOpenDocument reads all but the cells of an OpenDocument.
func (w *Workbook) openOpenDocument(media string) error {
	switch kind := strings.TrimPrefix(media, openMedia); {
	case kind != "spreadsheet" && kind != "spreadsheet-template":
		return refuse("", "is an OpenDocument, but no spreadsheet (%s)", media).or("name a spreadsheet")
	case !w.container.has(openContent):
		return refuse(openContent, "is missing")
	}
	o := &openDocument{
		workbook: w, formats: map[string]int{}, runs: map[string]Font{}, widths: map[string]float64{}, maps: map[int][]openMap{}, tables: map[string]*element{},
		shown: map[string][]string{}, views: map[string]View{}, small: smallSheets,
	}
	w.open = o
	for _, step := range []func() error{o.readManifest, o.readMeta, o.readSettings} {
		if err := step(); err != nil {
			return err
		}
	}
	styles, err := o.optional("styles.xml")
	if err != nil {
		return err
	}
	return o.survey(styles)
}

// optional reads a part as a whole; nil for one that is not there.
func (o *openDocument) optional(part string) (*element, error) {
	if !o.workbook.container.has(part) {
		return nil, nil
	}
	return o.workbook.container.tree(part)
}

// readManifest looks for what is encrypted, and for macros.
func (o *openDocument) readManifest() error {
	root, err := o.optional("META-INF/manifest.xml")
	if err != nil {
		return err
	}
	if root.first("encryption-data") != nil {
		return refuse("", "is protected by a password").or("open it, take the password off, and save it again")
	}
	for _, name := range o.workbook.Parts {
		folder, file := path.Split(name)
		o.workbook.HasMacros = o.workbook.HasMacros || strings.HasPrefix(folder, "Scripts/") ||
			strings.HasPrefix(folder, "Basic/") && file != "script-lc.xml" && file != "script-lb.xml"
	}
	return nil
}

// readMeta reads what the document says of itself (Part 3, 4.3).
func (o *openDocument) readMeta() error {
	root, err := o.optional("meta.xml")
	if err != nil {
		return err
	}
	e := root.child("meta")
	var keywords []string
	for _, keyword := range e.all("keyword") {
		keywords = append(keywords, strings.TrimSpace(keyword.text))
	}
	creator := e.content("initial-creator")
	if creator == "" {
		creator = e.content("creator")
	}
	o.workbook.Core = CoreProperties{
		Title: e.content("title"), Subject: e.content("subject"), Creator: creator, Description: e.content("description"),
		Keywords: strings.Join(keywords, ", "), Language: e.content("language"),
		Created: e.content("creation-date"), Modified: e.content("date"), LastModifiedBy: e.content("creator"),
	}
	o.workbook.App.Application = e.content("generator")
	return nil
}

// readSettings reads how the sheets are shown (Part 3, 3.10).
func (o *openDocument) readSettings() error {
	root, err := o.optional("settings.xml")
	if err != nil {
		return err
	}
	for _, views := range root.within("config-item-map-indexed") {
		if views.named("name") != "Views" {
			continue
		}
		for _, tables := range views.within("config-item-map-named") {
			if tables.named("name") != "Tables" {
				continue
			}
			for _, e := range tables.all("config-item-map-entry") {
				o.views[e.named("name")] = openView(settingsOf(e))
			}
		}
		o.views[""] = View{TopLeft: settingsOf(views.child("config-item-map-entry"))["ActiveTable"]}
		break
	}
	return nil
}

// settingsOf returns the settings of an entry by name.
func settingsOf(e *element) map[string]string {
	settings := map[string]string{}
	for _, item := range e.all("config-item") {
		settings[item.named("name")] = strings.TrimSpace(item.text)
	}
	return settings
}

// openView returns how a sheet is shown. One that is not split has its rows in the lower pane.
func openView(settings map[string]string) View {
	cell := func(row, column string) string {
		return Ref{textNumber(settings[row]) + 1, textNumber(settings[column]) + 1}.String()
	}
	const split, frozen = "1", "2"
	h, v := settings["HorizontalSplitMode"], settings["VerticalSplitMode"]
	view := View{ActiveCell: cell("CursorPositionY", "CursorPositionX"), TopLeft: cell("PositionTop", "PositionLeft"), Frozen: h == frozen || v == frozen}
	view.Split = !view.Frozen && (h == split || v == split)
	if v != split && v != frozen && settings["PositionBottom"] != "" {
		view.TopLeft = cell("PositionBottom", "PositionLeft")
	}
	return view
}

// survey goes through the content for the styles, the sheets, and what stands before and behind them.
func (o *openDocument) survey(common *element) error {
	s, err := o.workbook.container.scan(openContent, o.workbook.container.limits.Total)
	if err != nil {
		return err
	}
	defer s.close()
	var ranges []*element
	for {
		err := s.start()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch string(s.Name) {
		case "document-content", "body":
		case "spreadsheet":
			o.workbook.Protected = string(s.named("structure-protected")) == "true"
		case "table":
			err = o.surveySheet(s)
		case "automatic-styles":
			err = o.surveyStyles(s, common)
		default:
			var e *element
			if e, err = s.ownElement(); err == nil {
				ranges = append(ranges, e.all("database-range")...)
				o.addNames(e)
			}
		}
		if err != nil {
			return err
		}
	}
	if len(o.workbook.Sheets) == 0 {
		return refuse("", "has no sheets")
	}
	if o.workbook.Styles.Formats == nil {
		o.addStyles(common, nil)
	}
	o.settle(ranges)
	return nil
}

func (o *openDocument) surveyStyles(s *scanner, common *element) error {
	e, err := s.ownElement()
	if err == nil {
		o.addStyles(common, e)
	}
	return err
}

// surveySheet adds a sheet, and passes over its cells. What is kept of another file has a name that no sheet can have.
func (o *openDocument) surveySheet(s *scanner) error {
	w := o.workbook
	sheet := &Sheet{Name: string(s.named("name")), Kind: "worksheet", Part: openContent, State: Visible, workbook: w}
	sheet.number, sheet.page = len(w.Sheets), string(s.named("style-name"))
	sheet.isLocked = string(s.named("protected")) == "true"
	s.Record(min(smallSheet, o.small))
	isKept := strings.HasPrefix(sheet.Name, "'") && strings.Contains(sheet.Name, "'#")
	for depth := s.Depth; ; {
		more, err := s.startInside(depth)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		switch string(s.Name) {
		case "title":
			sheet.title, err = s.string()
		case "desc":
			sheet.summary, err = s.string()
		case "table-source", "dde-source":
			w.External = append(w.External, string(s.named("href"))+string(s.named("dde-topic")))
			err = s.skip()
		case "named-expressions":
			var e *element
			if e, err = s.ownElement(); err == nil {
				o.addNames(e)
			}
		default:
			err = s.leap()
		}
		if err != nil {
			return err
		}
	}
	sheet.small = s.Recorded()
	if o.small -= len(sheet.small); isKept {
		o.kept = append(o.kept, sheet.Name)
		return nil
	}
	w.Sheets = append(w.Sheets, sheet)
	return nil
}

// addNames adds the names that an element defines.
func (o *openDocument) addNames(e *element) {
	for _, name := range e.descend() {
		switch name.name {
		case "named-range":
			o.workbook.Names = append(o.workbook.Names, Name{Name: name.named("name"), RefersTo: excelReference(name.named("cell-range-address"))})
		case "named-expression":
			o.workbook.Names = append(o.workbook.Names, Name{Name: name.named("name"), RefersTo: name.named("expression")})
		}
	}
}

// settle gives the sheets what stands elsewhere: views, pages, and tables, which are database ranges.
func (o *openDocument) settle(ranges []*element) {
	w := o.workbook
	for _, s := range w.Sheets {
		style := o.tables[s.page]
		if style.child("table-properties").named("display") == "false" {
			s.State = Hidden
		}
		s.page = style.named("master-page-name")
	}
	if i := slices.IndexFunc(w.Sheets, func(s *Sheet) bool { return s.Name == o.views[""].TopLeft }); i >= 0 {
		w.ActiveTab = i
	}
	for _, e := range ranges {
		sheet, cells, _ := cutReference(e.named("target-range-address"))
		s := w.Sheet(sheet)
		ref, ok := ParseRange(cells)
		if s == nil || !ok {
			continue
		}
		filtered := e.named("display-filter-buttons") == "true"
		if name := e.named("name"); strings.HasPrefix(name, "__Anonymous") || name == "" {
			s.isFiltered = s.isFiltered || filtered
			continue
		}
		t := Table{Name: e.named("name"), DisplayName: e.named("name"), Ref: ref, HeaderRows: 1, AutoFilter: filtered, AltText: s.title, AltSummary: s.summary, Part: openContent}
		if e.named("contains-header") == "false" {
			t.HeaderRows = 0
		}
		s.Tables = append(s.Tables, t)
	}
}

// address is a cell or a block of cells (Part 3, 18.3.3), such as $Halts.$A$6:.$C$9 or 'My sheet'.A1.
var address = pattern.New(`^\$?('(?:[^']|'')*'|[^'.:]*)\.([$A-Za-z0-9]+)(?::(?:\$?(?:'(?:[^']|'')*'|[^'.:]*)\.)?([$A-Za-z0-9]+))?$`)

// cutReference splits an address into the sheet and the cells, such as A6:C9. Of what is none it returns the text as the sheet.
func cutReference(text string) (sheet, cells string, isAddress bool) {
	m := address().FindStringSubmatch(text)
	if m == nil {
		return text, "", false
	}
	if sheet = m[1]; strings.HasPrefix(sheet, "'") {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	if cells = m[2]; m[3] != "" {
		cells += ":" + m[3]
	}
	return sheet, strings.ReplaceAll(cells, "$", ""), true
}

// excelReference returns an address as workbooks of the other kind have it, such as Halts!A6:C9.
func excelReference(text string) string {
	sheet, cells, isAddress := cutReference(text)
	switch {
	case !isAddress:
		return sheet
	case sheet == "":
		return cells
	case strings.ContainsAny(sheet, " '!-"):
		return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" + cells
	default:
		return sheet + "!" + cells
	}
}

// repeats returns how often something is there again, from 1 to the most that a sheet has.
func repeats(text []byte) int {
	n, err := strconv.Atoi(string(text))
	switch {
	case err == nil && n > 0:
		return min(n, MaxRows)
	case errors.Is(err, strconv.ErrRange):
		return MaxRows
	default:
		return 1
	}
}
