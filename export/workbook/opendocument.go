package workbook

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"haltsheet/export/book"
)

// openBook is a workbook on its way into an OpenDocument (OpenDocument 1.3).
type openBook struct {
	*workbook
	formulas *openFormulas
	archive  *zip.Writer
}

// OpenDocument is what the first entry of the archive says that it is (OpenDocument 1.3 Part 2, 3.3).
const OpenDocument = "application/vnd.oasis.opendocument.spreadsheet"

const openHeader = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// WriteOpenDocument writes the workbook as an OpenDocument. The same book gives the same bytes.
func WriteOpenDocument(out io.Writer, b *book.Book) error {
	w := &openBook{workbook: lay(b, false), archive: newArchive(out)}
	w.formulas = newOpenFormulas(w.sheets)
	if err := w.store("mimetype", OpenDocument); err != nil {
		return err
	}
	for _, part := range []struct {
		name  string
		write func(out io.Writer) error
	}{
		{"META-INF/manifest.xml", made(w.manifest)},
		{"content.xml", w.writeContent},
		{"meta.xml", made(w.properties)},
		{"settings.xml", made(w.settings)},
		{"styles.xml", made(w.commonStyles)},
	} {
		entry, err := w.archive.CreateHeader(newEntry(part.name))
		if err != nil {
			return err
		}
		if err := part.write(entry); err != nil {
			return err
		}
	}
	return w.archive.Close()
}

// made returns a function that writes a part which is made as a whole.
func made(add func(m *markup)) func(out io.Writer) error {
	return func(out io.Writer) error {
		m := &markup{b: []byte(openHeader)}
		add(m)
		_, err := out.Write(m.b)
		return err
	}
}

// store adds an entry that is not compressed, and whose size stands before it.
func (w *openBook) store(name, text string) error {
	entry := newEntry(name)
	entry.Method, entry.CRC32 = zip.Store, crc32.ChecksumIEEE([]byte(text))
	entry.CompressedSize64, entry.UncompressedSize64 = uint64(len(text)), uint64(len(text))
	out, err := w.archive.CreateRaw(entry)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, text)
	return err
}

// manifest lists the parts (OpenDocument 1.3 Part 2, 4).
func (w *openBook) manifest(m *markup) {
	const version = "1.3"
	m.start("manifest:manifest", "xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:version", version)
	m.empty("manifest:file-entry", "manifest:full-path", "/", "manifest:version", version, "manifest:media-type", OpenDocument)
	for _, part := range []string{"content.xml", "meta.xml", "settings.xml", "styles.xml"} {
		m.empty("manifest:file-entry", "manifest:full-path", part, "manifest:media-type", "text/xml")
	}
	m.end(1)
}

// openNamespaces are those of all parts.
var openNamespaces = []string{
	"xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
	"xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
	"xmlns:dc", "http://purl.org/dc/elements/1.1/",
	"xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
	"xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
	"xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
	"xmlns:of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
	"xmlns:ooo", "http://openoffice.org/2004/office",
	"xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
	"xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
	"xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
	"xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
	"xmlns:xlink", "http://www.w3.org/1999/xlink",
	"office:version", "1.3",
}

// properties say what the document is (OpenDocument 1.3 Part 3, 4.3).
func (w *openBook) properties(m *markup) {
	about := &w.book.Metadata
	m.start("office:document-meta", openNamespaces...)
	m.start("office:meta")
	m.element("meta:generator", "haltsheet")
	m.element("dc:title", about.Title)
	m.element("dc:subject", about.Name+" "+about.Version)
	m.element("dc:description", about.Description)
	for _, keyword := range about.Keywords {
		m.element("meta:keyword", keyword)
	}
	m.element("meta:initial-creator", creator(about))
	m.element("dc:creator", creator(about))
	m.element("meta:creation-date", about.Released+"T00:00:00")
	m.element("dc:date", about.Released+"T00:00:00")
	m.element("dc:language", language)
	m.element("meta:user-defined", about.Version, "meta:name", "version")
	m.end(2)
}

// settings say what is seen first: the cover, and of each sheet its first cell.
func (w *openBook) settings(m *markup) {
	item := func(name, kind, value string) {
		m.element("config:config-item", value, "config:name", name, "config:type", kind)
	}
	number := func(name string, n int) { item(name, "int", strconv.Itoa(n)) }
	m.start("office:document-settings", openNamespaces...)
	m.start("office:settings")
	m.start("config:config-item-set", "config:name", "ooo:view-settings")
	m.start("config:config-item-map-indexed", "config:name", "Views")
	m.start("config:config-item-map-entry")
	item("ViewId", "string", "view1")
	m.start("config:config-item-map-named", "config:name", "Tables")
	view := func(name string, isGridShown bool, columns, rows int) {
		m.start("config:config-item-map-entry", "config:name", name)
		number("CursorPositionX", 0)
		number("CursorPositionY", 0)
		number("PositionLeft", 0)
		number("PositionTop", 0)
		const frozen, right, bottom = "2", 1, 2 // parts of a window have numbers; the one at the bottom right adds both up
		active := 0
		if columns > 0 {
			item("HorizontalSplitMode", "short", frozen)
			number("HorizontalSplitPosition", columns)
			number("PositionRight", columns)
			active += right
		}
		if rows > 0 {
			item("VerticalSplitMode", "short", frozen)
			number("VerticalSplitPosition", rows)
			number("PositionBottom", rows)
			active += bottom
		}
		if active > 0 {
			item("ActiveSplitRange", "short", strconv.Itoa(active))
		}
		item("ShowGrid", "boolean", strconv.FormatBool(isGridShown))
		m.end(1)
	}
	view(coverSheet, false, 0, 0)
	for _, s := range w.sheets {
		columns, rows := w.frozen(s)
		view(s.name, w.isGridShown(s), columns, rows)
	}
	m.end(1)
	item("ActiveTable", "string", coverSheet)
	m.end(5)
}

// writeContent writes the sheets.
func (w *openBook) writeContent(out io.Writer) error {
	m := &markup{b: []byte(openHeader)}
	flush := func() error {
		_, err := out.Write(m.b)
		m.b = m.b[:0]
		return err
	}
	m.start("office:document-content", openNamespaces...)
	w.fontFaces(m)
	w.automaticStyles(m)
	m.start("office:body")
	m.start("office:spreadsheet")
	m.start("table:calculation-settings", "table:case-sensitive", "false", "table:use-regular-expressions", "false", "table:use-wildcards", "true")
	m.empty("table:null-date", "table:date-value", "1899-12-30")
	m.end(1)
	w.validations(m)
	w.addCover(m)
	for _, s := range w.sheets {
		w.startSheet(m, s)
		if err := flush(); err != nil {
			return err
		}
		if err := w.encode(out, s, func() rowSpelling { return newOpenRows(w, s) }, (*rowEncoder).appendRows); err != nil {
			return err
		}
		if s.from == s.to { // a table has a row below its header, at least
			m.start("table:table-row", "table:style-name", rowPrefix+strconv.Itoa(lineHeight+rowPadding))
			m.empty("table:table-cell", "table:number-columns-repeated", strconv.Itoa(len(s.columns)))
			m.end(1)
		}
		m.end(1)
	}
	w.addNames(m)
	m.end(3)
	return flush()
}

// addCover adds the cover.
func (w *openBook) addCover(m *markup) {
	m.start("table:table", "table:name", coverSheet, "table:style-name", tablePrefix+coverSheet, "table:print-ranges", coverSheet+".A1:"+coverSheet+".A"+strconv.Itoa(len(w.cover)))
	m.element("table:title", cellText(w.cover[0].text))
	m.empty("table:table-column", "table:style-name", columnPrefix+strconv.Itoa(coverWidth), "table:default-cell-style-name", w.cellStyle(nil, w.styles.value))
	for i := range w.cover {
		row := &w.cover[i]
		m.start("table:table-row", "table:style-name", rowPrefix+strconv.Itoa(row.height))
		m.start("table:table-cell", "table:style-name", w.cellStyle(nil, row.style), "office:value-type", "string")
		m.start("text:p")
		if row.link != "" {
			m.start("text:a", "xlink:type", "simple", "xlink:href", strings.Replace(row.link, "!", ".", 1))
			m.b = appendParagraph(m.b, cellText(row.text))
			m.end(1)
		} else {
			m.b = appendParagraph(m.b, cellText(row.text))
		}
		m.end(3)
	}
	m.end(1)
}

// startSheet adds all of a sheet that stands before the cells of its table.
func (w *openBook) startSheet(m *markup, s *sheet) {
	column, row, _ := s.printedArea()
	m.start("table:table", "table:name", s.name, "table:style-name", tablePrefix+s.name, "table:print-ranges", s.name+".A1:"+s.name+"."+column+strconv.Itoa(row))
	m.element("table:title", s.title)
	if s.table.Description != "" {
		m.element("table:desc", s.table.Description)
	}
	for i := range s.columns {
		c := &s.columns[i]
		m.empty("table:table-column", "table:style-name", columnPrefix+strconv.Itoa(c.width), "table:default-cell-style-name", w.cellStyle(s, s.newCells(c)))
	}
	if further := columnNumber(column) + 1 - len(s.columns); further > 0 {
		m.empty("table:table-column", "table:style-name", columnPrefix+strconv.Itoa(emptyWidth), "table:number-columns-repeated", strconv.Itoa(further), "table:default-cell-style-name", w.cellStyle(nil, w.styles.intro))
	}
	intro := s.intro()
	for row := rowTitle; row < HeaderRow; row++ {
		style, height := w.cellStyle(nil, w.styles.intro), lineHeight
		if row == rowTitle {
			style, height = w.cellStyle(nil, w.styles.title), titleHeight
		}
		m.start("table:table-row", "table:style-name", rowPrefix+strconv.Itoa(height))
		w.textCell(m, style, intro[row])
		if rest := len(s.columns) - 1; rest > 0 {
			m.empty("table:table-cell", "table:style-name", w.cellStyle(nil, w.styles.intro), "table:number-columns-repeated", strconv.Itoa(rest))
		}
		m.end(1)
	}
	m.start("table:table-header-rows")
	m.start("table:table-row", "table:style-name", rowPrefix+strconv.Itoa(s.headerHeight()))
	for i := range s.columns {
		c := &s.columns[i]
		w.textCell(m, w.cellStyle(nil, w.styles.headerOf(c.Column)), c.Title)
	}
	m.end(2)
}

// textCell adds a cell with a text, or a blank one.
func (w *openBook) textCell(m *markup, style, text string) {
	if text == "" {
		m.empty("table:table-cell", "table:style-name", style)
		return
	}
	m.start("table:table-cell", "table:style-name", style, "office:value-type", "string")
	m.b = appendParagraphs(m.b, cellText(text))
	m.end(1)
}

// name names the drop-down after its list; where there must be a value, there is one of its own.
func (o *offer) name() string {
	if o.required {
		return o.what + "_" + o.list
	}
	return o.what + "_or_blank_" + o.list
}

// validations offer the codes of the lists from which columns draw.
func (w *openBook) validations(m *markup) {
	lists, added := w.codesOf(), map[string]bool{}
	m.start("table:content-validations")
	for _, s := range w.sheets {
		for i := range s.columns {
			o := s.offerOf(&s.columns[i])
			if o == nil || added[o.name()] {
				continue
			}
			added[o.name()] = true
			rows := lists[o.list]
			title, text := o.refusal()
			cells := fmt.Sprintf("[$%s.$%s$%d:.$%s$%d]", codesSheet, o.column, rows[0], o.column, rows[1])
			m.start("table:content-validation", "table:name", o.name(), "table:condition", "of:cell-content-is-in-list("+cells+")",
				"table:allow-empty-cell", strconv.FormatBool(!o.required), "table:display-list", "unsorted")
			m.start("table:error-message", "table:title", title, "table:display", "true", "table:message-type", "stop")
			m.paragraph(text)
			m.end(2)
		}
	}
	m.end(1)
}

// addNames defines the names of the workbook, and the tables as database ranges.
func (w *openBook) addNames(m *markup) {
	m.start("table:named-expressions")
	for _, n := range w.definedNames() {
		cells := "$" + n.sheet + "." + n.from
		if n.to != n.from {
			cells += ":." + n.to
		}
		m.empty("table:named-range", "table:name", n.name, "table:base-cell-address", "$"+n.sheet+".$A$1", "table:cell-range-address", cells)
	}
	m.end(1)
	m.start("table:database-ranges")
	for _, s := range w.sheets {
		cells := s.name + ".A" + strconv.Itoa(HeaderRow) + ":" + s.name + "." + s.lastColumn() + strconv.Itoa(s.lastRow())
		filtered := ""
		if !isPlain(w.book) && s.filterWidth() > 0 {
			filtered = "true"
		}
		m.empty("table:database-range", "table:name", s.name, "table:target-range-address", cells, "table:display-filter-buttons", filtered)
	}
	m.end(1)
}
