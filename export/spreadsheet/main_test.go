package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"testing"

	"haltsheet/export/spreadsheet"
)

const (
	typeBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mainNS   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + typeBase + `"`
)

// parts are the parts of a workbook by name.
type parts map[string]string

// relationships returns a part of relationships: id, type and target by turns.
func relationships(triples ...string) string {
	b := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for triple := range slices.Chunk(triples, 3) {
		b += `<Relationship Id="` + triple[0] + `" Type="` + typeBase + `/` + triple[1] + `" Target="` + triple[2] + `"/>`
	}
	return b + `</Relationships>`
}

// small returns the parts of a workbook with one sheet, and some of them replaced; an empty one is left out.
func small(replaced parts) parts {
	p := parts{
		"_rels/.rels":                relationships("rId1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml":            `<workbook ` + mainNS + `><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships("rId1", "worksheet", "worksheets/sheet1.xml", "rId2", "sharedStrings", "/xl/sharedStrings.xml"),
		"xl/sharedStrings.xml":       `<sst ` + mainNS + `><si><t>first</t></si><si><r><t>a</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml":   sheet(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`),
	}
	maps.Copy(p, replaced)
	maps.DeleteFunc(p, func(_, text string) bool { return text == "" })
	return p
}

// sheet returns the part of a worksheet with some rows.
func sheet(rows string) string {
	return `<worksheet ` + mainNS + `><sheetData>` + rows + `</sheetData></worksheet>`
}

// pack returns the parts as an archive.
func pack(t testing.TB, p parts) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		addPart(t, w, name, p[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func addPart(t testing.TB, w *zip.Writer, name, text string) {
	t.Helper()
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// open opens an archive in memory.
func open(content []byte) (*spreadsheet.Workbook, error) {
	return spreadsheet.Open(bytes.NewReader(content), int64(len(content)))
}

// openSmall opens a workbook with one sheet, and some parts replaced.
func openSmall(t *testing.T, replaced parts) *spreadsheet.Workbook {
	t.Helper()
	w, err := open(pack(t, small(replaced)))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// cells returns all cells of a sheet.
func cells(s *spreadsheet.Sheet) (all []spreadsheet.Cell, err error) {
	err = s.Cells(func(c spreadsheet.Cell) error {
		all = append(all, c)
		return nil
	})
	return all, err
}
