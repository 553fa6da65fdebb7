package spreadsheet

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"haltsheet/export/plainfile"
)

// Workbook is a workbook that was opened. It reads from its file until that is closed.
type Workbook struct {
	Sheets   []*Sheet // in the order of their tabs
	Names    []Name
	Styles   Styles
	Core     CoreProperties
	App      AppProperties
	Calc     Calc
	Date1904 bool // serial dates count from 1 January 1904, else from 30 December 1899
	// ActiveTab is the sheet that is shown first, from 0.
	ActiveTab int
	// Protected says that the structure or the windows are locked.
	Protected bool
	// HasMacros says that there is a VBA project or a macro sheet.
	HasMacros bool
	// External are the workbooks and servers that formulas draw from.
	External []string
	// Parts are the names of all parts, in the order of the archive.
	Parts []string

	container *container
	open      *openDocument // nil for a workbook that is none
	texts     *sharedTexts
	persons   map[string]string // by id
	closer    io.Closer
}

// Name is a defined name.
type Name struct {
	Name     string
	RefersTo string
	Sheet    string // the sheet in which it holds; empty for all
	Hidden   bool
}

// Calc says how formulas are computed.
type Calc struct {
	Mode       string // empty for automatic
	FullOnLoad bool
}

// CoreProperties are what a document says of itself (docProps/core.xml).
type CoreProperties struct {
	Title, Subject, Creator, Description, Keywords, Category, Language string
	Created, Modified, LastModifiedBy                                  string
}

// AppProperties name the program that wrote a workbook (docProps/app.xml).
type AppProperties struct{ Application, Version, Company string }

// OpenFile opens a workbook. Close closes its file.
func OpenFile(name string) (*Workbook, error) {
	file, err := plainfile.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	var w *Workbook
	if err == nil {
		w, err = Open(file, info.Size())
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	w.closer = file
	return w, nil
}

// Open reads a workbook of size bytes within DefaultLimits. A workbook that is refused gives an *Error.
func Open(r io.ReaderAt, size int64) (*Workbook, error) { return DefaultLimits.Open(r, size) }

// Open reads a workbook of size bytes within the limits.
func (l Limits) Open(r io.ReaderAt, size int64) (*Workbook, error) {
	c, err := openContainer(r, size, l)
	if err != nil {
		return nil, err
	}
	w := &Workbook{container: c, Parts: c.names}
	switch media, err := c.mediaType(); {
	case err != nil:
		return nil, err
	case strings.HasPrefix(media, openMedia):
		return w, w.openOpenDocument(media)
	}
	top, err := c.relationships("")
	if err != nil {
		return nil, err
	}
	main, ok := firstRelation(top, "officeDocument")
	switch {
	case !ok || !c.has(main.Target):
		return nil, refuse("", "is not a workbook: it has no workbook part").or("name a workbook")
	case path.Ext(main.Target) == ".bin":
		return nil, refuse("", "is a binary workbook (.xlsb)").or("open it in a spreadsheet and save it as .xlsx")
	}
	if err := w.readProperties(top); err != nil {
		return nil, err
	}
	return w, w.read(main.Target)
}

// Close closes the file that OpenFile opened.
func (w *Workbook) Close() error {
	if w.closer == nil {
		return nil
	}
	return w.closer.Close()
}

// Sheet returns a sheet by name, which has no case, or nil.
func (w *Workbook) Sheet(name string) *Sheet {
	i := slices.IndexFunc(w.Sheets, func(s *Sheet) bool { return strings.EqualFold(s.Name, name) })
	if i < 0 {
		return nil
	}
	return w.Sheets[i]
}

// read reads the workbook part and all that it leads to.
func (w *Workbook) read(part string) error {
	root, err := w.container.tree(part)
	if err != nil {
		return err
	}
	if root.name != "workbook" {
		return refuse("", "is not a workbook: its main part is a %q", root.name)
	}
	relationships, err := w.container.relationships(part)
	if err != nil {
		return err
	}
	w.Date1904 = root.child("workbookPr").flag("date1904", false)
	w.ActiveTab = root.first("workbookView").integer("activeTab", 0)
	lock := root.child("workbookProtection")
	w.Protected = lock.flag("lockStructure", false) || lock.flag("lockWindows", false)
	calc := root.child("calcPr")
	w.Calc = Calc{calc.attr("calcMode"), calc.flag("fullCalcOnLoad", false)}
	for _, step := range []func([]Relationship) error{w.readTexts, w.readStyles, w.readExternal, w.readPersons} {
		if err := step(relationships); err != nil {
			return err
		}
	}
	if err := w.readSheets(root.child("sheets"), relationships); err != nil {
		return err
	}
	w.readNames(root.child("definedNames"))
	return nil
}

func (w *Workbook) readTexts(relationships []Relationship) (err error) {
	r, _ := firstRelation(relationships, "sharedStrings")
	w.texts, err = w.container.readTexts(r.Target)
	return err
}

// readExternal finds what formulas draw from elsewhere, and macros.
func (w *Workbook) readExternal(relationships []Relationship) error {
	for _, r := range relationships {
		switch r.Type {
		case "vbaProject", "xlMacrosheet", "xlIntlMacrosheet":
			w.HasMacros = true
		case "externalLink":
			targets, err := w.container.relationships(r.Target)
			if err != nil {
				return err
			}
			for _, target := range targets {
				w.External = append(w.External, target.Target)
			}
			if len(targets) == 0 {
				w.External = append(w.External, r.Target)
			}
		}
	}
	for _, name := range w.Parts {
		w.HasMacros = w.HasMacros || strings.EqualFold(path.Base(name), "vbaProject.bin")
	}
	return nil
}

func (w *Workbook) readNames(names *element) {
	for _, e := range names.all("definedName") {
		name := Name{Name: e.attr("name"), RefersTo: strings.TrimSpace(e.text), Hidden: e.flag("hidden", false)}
		if i := e.integer("localSheetId", -1); i >= 0 && i < len(w.Sheets) {
			name.Sheet = w.Sheets[i].Name
		}
		w.Names = append(w.Names, name)
	}
}

// readProperties reads what the document says of itself; either part may be missing.
func (w *Workbook) readProperties(top []Relationship) error {
	seen := map[string]bool{}
	for _, r := range top {
		if r.External || !w.container.has(r.Target) || r.Type != "core-properties" && r.Type != "extended-properties" || seen[r.Type] {
			continue
		}
		seen[r.Type] = true // some writers have them twice
		e, err := w.container.tree(r.Target)
		if err != nil {
			return err
		}
		if r.Type == "extended-properties" {
			w.App = AppProperties{e.content("Application"), e.content("AppVersion"), e.content("Company")}
			continue
		}
		w.Core = CoreProperties{
			Title: e.content("title"), Subject: e.content("subject"), Creator: e.content("creator"), Description: e.content("description"),
			Keywords: e.content("keywords"), Category: e.content("category"), Language: e.content("language"),
			Created: e.content("created"), Modified: e.content("modified"), LastModifiedBy: e.content("lastModifiedBy"),
		}
	}
	return nil
}

// readSheets finds the sheets and what belongs to each.
func (w *Workbook) readSheets(sheets *element, relationships []Relationship) error {
	byID, used := map[string]Relationship{}, map[string]bool{}
	for _, r := range relationships {
		byID[r.ID] = r
	}
	for _, e := range sheets.all("sheet") {
		s := &Sheet{Name: e.attr("name"), State: SheetState(e.attr("state")), workbook: w}
		if s.State == "" {
			s.State = Visible
		}
		r := byID[e.relation()]
		if !w.container.has(r.Target) || used[r.Target] {
			return refuse("", "has no part for the sheet %q", s.Name)
		}
		s.Part, s.Kind, used[r.Target] = r.Target, r.Type, true
		if err := s.readParts(); err != nil {
			return err
		}
		w.Sheets = append(w.Sheets, s)
	}
	if len(w.Sheets) == 0 {
		return refuse("", "has no sheets")
	}
	return nil
}
