package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/rows"
)

// packer is the excelize.ZipWriter of a workbook. It collects the parts that excelize makes, mends them, and packs them
// in order; the cells of each sheet are encoded on their way into its worksheet.
type packer struct {
	*excelBook
	out    io.Writer
	parts  map[string]*bytes.Buffer
	partOf map[string]*sheet // of each part that is a worksheet with a table
	mend   []mending
	// relationsOf are the sheets by the parts with their relationships.
	relationsOf map[string]*sheet
}

// mending changes some of the parts before they are packed.
type mending struct {
	prefix string // of the names of the parts
	mend   func(name string, part []byte) []byte
}

// The parts that the packer adds to.
const (
	typesPart   = "[Content_Types].xml"
	stringsPart = "xl/sharedStrings.xml"
)

func newPacker(out io.Writer, w *excelBook) *packer {
	p := &packer{
		excelBook: w, out: out, parts: map[string]*bytes.Buffer{}, partOf: map[string]*sheet{}, relationsOf: map[string]*sheet{},
		mend: w.mendings(),
	}
	for _, s := range p.sheets {
		p.partOf[s.part()], p.relationsOf[s.relationsPart()] = s, s
	}
	return p
}

// Create takes a part.
func (p *packer) Create(name string) (io.Writer, error) {
	p.parts[name] = &bytes.Buffer{}
	return p.parts[name], nil
}

// AddFS is not used by excelize for what it makes itself.
func (p *packer) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close packs all parts: in bytewise order, so [Content_Types].xml comes first, and the shared strings before the worksheets
// that need their numbers.
func (p *packer) Close() error {
	archive := newArchive(p.out)
	p.addTables()
	p.addRelationships()
	names := slices.Sorted(maps.Keys(p.parts))
	numbered := slices.Index(names, stringsPart) + 1 // when these are written, the texts have their numbers
	for _, group := range [][]string{names[:numbered], names[numbered:]} {
		if err := p.archiveParts(archive, group); err != nil {
			return err
		}
	}
	return archive.Close()
}

// write writes one part, mended and with the cells that belong in it.
func (p *packer) write(w io.Writer, name string) error {
	part := p.parts[name].Bytes()
	for _, m := range p.mend {
		if strings.HasPrefix(name, m.prefix) {
			part = m.mend(name, part)
		}
	}
	if name == stringsPart {
		return p.writeStrings(w, part)
	}
	if s := p.partOf[name]; s != nil {
		return p.writeSheet(w, s, part)
	}
	if s := p.relationsOf[name]; s != nil {
		return s.writeRelations(w, part)
	}
	_, err := w.Write(part)
	return err
}

// writeSheet writes a worksheet: what excelize made of it, with the columns before the sheet's data, the rows of the table
// at its end, and the links where the schema has them.
func (p *packer) writeSheet(w io.Writer, s *sheet, part []byte) error {
	start := bytes.Index(part, []byte("<sheetData>"))
	before, after, found := bytes.Cut(part, []byte("</sheetData>"))
	if start < 0 || !found {
		return fmt.Errorf("worksheet %s has no place for its rows", s.name)
	}
	if _, err := w.Write(slices.Concat(part[:start], appendColumns(nil, s, p.numbers), before[start:])); err != nil {
		return err
	}
	if err := p.encode(w, s, p.spelling(s), (*rowEncoder).appendRows); err != nil {
		return err
	}
	settings, end := splitBehindValidations(after)
	if _, err := w.Write(append([]byte("</sheetData>"), settings...)); err != nil {
		return err
	}
	if err := s.writeLinks(w); err != nil {
		return err
	}
	_, err := io.WriteString(w, withTable(string(end)))
	return err
}

// spelling returns how the rows of a sheet are spelled.
func (p *packer) spelling(s *sheet) func() rowSpelling {
	return func() rowSpelling { return newExcelRows(s, p.numbers) }
}

// encode writes what encoders, each with a spelling of its own, make of the rows of a sheet.
func (w *workbook) encode(out io.Writer, s *sheet, newSpelling func() rowSpelling, appendChunk func(e *rowEncoder, b []byte, from, to int) []byte) error {
	newEncoder := func() rows.Encoder {
		e := newRowEncoder(s, newSpelling())
		return func(b []byte, from, to int) []byte { return appendChunk(e, b, from, to) }
	}
	for b, n := range rows.Encode(s.from, s.to, rows.Chunk, newEncoder) {
		if _, err := out.Write(b); err != nil {
			return err
		}
		w.book.Wrote(n)
	}
	return nil
}

// behindLinks are the elements that may follow hyperlinks in a worksheet (ECMA-376 Part 1, 18.3.1.99).
var behindLinks = []string{"<printOptions", "<pageMargins", "<pageSetup", "<headerFooter", "<rowBreaks", "<colBreaks", "<drawing", "<extLst", "</worksheet>"}

// splitBehindValidations splits the end of a worksheet where its hyperlinks belong.
func splitBehindValidations(end []byte) (before, after []byte) {
	at := len(end)
	for _, element := range behindLinks {
		if i := bytes.Index(end, []byte(element)); i >= 0 {
			at = min(at, i)
		}
	}
	return end[:at], end[at:]
}

const (
	xmlHeader     = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
	mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relsNamespace = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// addTables adds the tables of all sheets, and their content types.
func (p *packer) addTables() {
	for _, s := range p.sheets {
		p.parts[s.tablePart()] = bytes.NewBuffer(appendTable(nil, s, !isPlain(p.book) && s.filterWidth() > 0))
	}
	before, after, _ := bytes.Cut(p.parts[typesPart].Bytes(), []byte("</Types>"))
	p.parts[typesPart] = bytes.NewBuffer(slices.Concat(before, appendTableTypes(nil, p.sheets), []byte("</Types>"), after))
}

// addRelationships makes sure that each sheet has some, for its table.
func (p *packer) addRelationships() {
	for name := range p.relationsOf {
		if p.parts[name] == nil {
			p.parts[name] = bytes.NewBufferString(xmlHeader + `<Relationships xmlns="` + relsNamespace + `"></Relationships>`)
		}
	}
}

// writeStrings writes the shared strings: those of excelize, and then those of each sheet. How many there are is known only
// at the end, and the attributes that tell are optional.
func (p *packer) writeStrings(w io.Writer, part []byte) error {
	next := countStrings(part)
	_, own, _ := bytes.Cut(part, []byte("<si>"))
	own = bytes.TrimSuffix(own, []byte("</sst>"))
	if _, err := fmt.Fprintf(w, "%s<sst xmlns=%q><si>%s", xmlHeader, mainNamespace, own); err != nil {
		return err
	}
	for _, s := range p.sheets {
		s.texts = make([]int, (s.to-s.from+rows.Chunk-1)/rows.Chunk)
		if err := p.encode(w, s, p.spelling(s), (*rowEncoder).appendTexts); err != nil {
			return err
		}
		for chunk, listed := range s.texts {
			s.texts[chunk] = next
			next += listed
		}
	}
	_, err := io.WriteString(w, "</sst>")
	return err
}

// sortContentTypes orders the children of [Content_Types].xml, which excelize lists in the order of a map.
func sortContentTypes(_ string, part []byte) []byte {
	open := bytes.Index(part, []byte("<Types"))
	start := open + bytes.IndexByte(part[open:], '>') + 1
	end := bytes.LastIndex(part, []byte("</Types>"))
	children := bytes.SplitAfter(part[start:end], []byte(">"))
	slices.SortFunc(children, bytes.Compare)
	return slices.Concat(part[:start], bytes.Join(mergeClosing(children), nil), part[end:])
}

// mergeClosing drops the closing tags that SplitAfter set apart, and closes each element in its own tag.
func mergeClosing(children [][]byte) [][]byte {
	var elements [][]byte
	for _, child := range children {
		if len(child) == 0 || bytes.HasPrefix(child, []byte("</")) {
			continue
		}
		element := bytes.TrimSuffix(bytes.TrimSuffix(child, []byte(">")), []byte("/"))
		elements = append(elements, append(slices.Clone(element), "/>"...))
	}
	return elements
}

// coreProperties returns docProps/core.xml (ECMA-376 Part 2, 8.3) with the prefixes that every reader takes.
func coreProperties(m *dataset.Metadata) func(string, []byte) []byte {
	return func(string, []byte) []byte {
		b := []byte(xmlHeader + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ` +
			`xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
		element := func(name, attributes, content string) {
			b = append(b, "<"+name+attributes+">"...)
			b = appendEscaped(b, content)
			b = append(b, "</"+name+">"...)
		}
		element("dc:title", "", m.Title)
		element("dc:subject", "", m.Name+" "+m.Version)
		element("dc:creator", "", creator(m))
		element("cp:keywords", "", strings.Join(m.Keywords, ", "))
		element("dc:description", "", m.Description)
		element("cp:lastModifiedBy", "", creator(m))
		element("dcterms:created", ` xsi:type="dcterms:W3CDTF"`, m.Released+"T00:00:00Z")
		element("dcterms:modified", ` xsi:type="dcterms:W3CDTF"`, m.Released+"T00:00:00Z")
		element("dc:language", "", language)
		element("cp:version", "", m.Version)
		return append(b, "</cp:coreProperties>"...)
	}
}

// language is that of all that the workbook says itself.
const language = "en-GB"

func creator(m *dataset.Metadata) string {
	var names []string
	for _, c := range m.Contributors {
		names = append(names, c.Title)
	}
	return strings.Join(names, "; ")
}
