package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"haltsheet/export/spreadsheet"
)

// TestRefused holds each bound to a file that breaks it, by the words that tell of it.
func TestRefused(t *testing.T) {
	packed := func(p parts) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return pack(t, small(p)) }
	}
	entries := func(names ...string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			for _, name := range names {
				addPart(t, w, name, "x")
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	plain := func(text string) func(t *testing.T) []byte {
		return func(*testing.T) []byte { return []byte(text) }
	}
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504)
	for _, test := range []struct {
		name string
		file func(t *testing.T) []byte
		want string
	}{
		{"empty", plain(""), "is empty"},
		{"text", plain("company_id,name\n"), "no ZIP archive"},
		{"cut off", plain("PK\x03\x04"), "not a readable ZIP"},
		{"password", plain(ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "protected by a password"},
		{"old", plain(ole + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), "(.xls)"},
		{"no workbook", entries("hello.txt"), "no workbook part"},
		{"a document", packed(parts{"xl/workbook.xml": "<document/>"}), `its main part is a "document"`},
		{"binary", packed(parts{"_rels/.rels": relationships("rId1", "officeDocument", "xl/workbook.bin"), "xl/workbook.bin": "x"}), ".xlsb"},
		{"no sheets", packed(parts{"xl/workbook.xml": "<workbook/>"}), "no sheets"},
		{"no part", packed(parts{"xl/worksheets/sheet1.xml": ""}), `no part for the sheet "One"`},
		{"many entries", entries(strings.Split(strings.Repeat("a,", 11000)+"a", ",")...), "too many entries"},
		{"twice", entries("a.xml", "A.xml"), "twice"},
		{"upwards", entries("../a.xml"), "unsafe name"},
		{"absolute", entries("/a.xml"), "unsafe name"},
		{"backslash", entries(`..\a.xml`), "unsafe name"},
		{"backslashes, twice", entries(`xl\a.xml`, "xl/a.xml"), "twice"},
		{"drive", entries("c:a.xml"), "unsafe name"},
		{"bomb", packed(parts{"xl/media/a.bin": strings.Repeat("\x00", 70<<20)}), "more than 200 times"},
		{"no XML", packed(parts{"xl/workbook.xml": "hello <"}), "not readable XML"},
		{"cut XML", packed(parts{"xl/workbook.xml": "<workbook>"}), "not readable XML"},
		{"UTF-16", packed(parts{"xl/workbook.xml": `<?xml version="1.0" encoding="UTF-16"?><workbook/>`}), "not readable XML"},
		{"DTD", packed(parts{"xl/workbook.xml": `<!DOCTYPE a [<!ENTITY b "c">]><workbook/>`}), "document type"},
		{"entity", packed(parts{"xl/workbook.xml": `<workbook>&b;</workbook>`}), "not readable XML"},
		{"depth", packed(parts{"xl/workbook.xml": strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200)}), "nests more than 128"},
		{"a long tag", packed(parts{"xl/workbook.xml": `<workbook a="` + strings.Repeat("x", 2<<20) + `"/>`}), "too long"},
		{"a long text", packed(parts{"xl/sharedStrings.xml": "<sst><si><t>" + strings.Repeat("x", 32768) + "</t></si></sst>"}), "32767 characters"},
		{"a part twice", packed(parts{
			"xl/worksheets/_rels/sheet1.xml.rels": relationships("rId1", "table", "../tables/table1.xml", "rId2", "table", "../tables/table1.xml"),
			"xl/tables/table1.xml":                `<table name="A" displayName="A" ref="A1:B2"/>`,
		}), "used twice"},
		{"a sheet twice", packed(parts{"xl/workbook.xml": `<workbook ` + mainNS + `><sheets><sheet name="One" r:id="rId1"/><sheet name="Two" r:id="rId1"/></sheets></workbook>`}), `no part for the sheet "Two"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := open(test.file(t))
			wantError(t, err, test.want)
		})
	}
}

// TestRefusedCells holds what is wrong in a sheet to the words that tell of it.
func TestRefusedCells(t *testing.T) {
	for name, test := range map[string]struct{ rows, want string }{
		"row":           {`<row r="1048577"/>`, "row 1048577"},
		"row zero":      {`<row r="0"/>`, "row 0"},
		"row word":      {`<row r="x"/>`, `row "x"`},
		"row again":     {`<row r="2"/><row r="2"/>`, "row 2 behind row 2"},
		"column":        {`<row r="1"><c r="XFE1"/></row>`, `"XFE1"`},
		"order":         {`<row r="1"><c r="B1"/><c r="A1"/></row>`, "A1 out of order"},
		"other row":     {`<row r="1"><c r="A2"/></row>`, "A2 out of order"},
		"no row":        {`<c r="A1"/>`, "A1 out of order"},
		"type":          {`<row><c t="q"><v>1</v></c></row>`, `unknown type "q"`},
		"number":        {`<row><c><v>abc</v></c></row>`, `"abc" as a number`},
		"infinite":      {`<row><c><v>1e999</v></c></row>`, `"1e999" as a number`},
		"no text":       {`<row><c t="s"><v>2</v></c></row>`, `no shared text "2"`},
		"negative text": {`<row><c t="s"><v>-1</v></c></row>`, `no shared text "-1"`},
		"long inline":   {`<row><c t="inlineStr"><is><t>` + strings.Repeat("🙂", 16384) + `</t></is></c></row>`, "32767 characters"},
		"long formula":  {`<row><c t="str"><v>` + strings.Repeat("x", 32768) + `</v></c></row>`, "32767 characters"},
		"depth":         {strings.Repeat("<x>", 200) + strings.Repeat("</x>", 200), "nests"},
	} {
		t.Run(name, func(t *testing.T) {
			w := openSmall(t, parts{"xl/worksheets/sheet1.xml": sheet(test.rows)})
			_, err := cells(w.Sheets[0])
			wantError(t, err, test.want)
			if _, err := w.Sheets[0].Layout(); err == nil {
				t.Error("a sheet that cannot be read has a layout")
			}
		})
	}
}

// TestLimits holds the limits that are too large for a test to smaller ones.
func TestLimits(t *testing.T) {
	file := pack(t, small(nil))
	for want, tighten := range map[string]func(l *spreadsheet.Limits){
		"at most 2 are read":   func(l *spreadsheet.Limits) { l.Entries = 2 },
		"its directory takes":  func(l *spreadsheet.Limits) { l.Directory = 100 },
		"unpack to more than":  func(l *spreadsheet.Limits) { l.Total = 100 },
		"rels is too large":    func(l *spreadsheet.Limits) { l.Part = 100 },
		"sharedStrings.xml is": func(l *spreadsheet.Limits) { l.Strings = 100 },
		"more than 1 texts":    func(l *spreadsheet.Limits) { l.Texts = 1 },
		"more than 1 elements": func(l *spreadsheet.Limits) { l.Elements = 1 },
	} {
		l := spreadsheet.DefaultLimits
		tighten(&l)
		_, err := l.Open(bytes.NewReader(file), int64(len(file)))
		wantError(t, err, want)
	}
}

// TestLimitsAreReached takes a file that has just as much as each limit allows, and refuses it by one less.
func TestLimitsAreReached(t *testing.T) {
	file := pack(t, small(parts{"xl/media/a.bin": strings.Repeat("\x00", 100_000)}))
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	sizes, packed, total := map[string]int64{}, int64(0), int64(0)
	for _, part := range archive.File {
		sizes[part.Name] = int64(part.UncompressedSize64)
		total += sizes[part.Name]
		if part.Name == "xl/media/a.bin" {
			packed = int64(part.CompressedSize64)
		}
	}
	whole := max(sizes["_rels/.rels"], sizes["xl/workbook.xml"], sizes["xl/_rels/workbook.xml.rels"])
	unpacked := sizes["xl/media/a.bin"]
	for name, test := range map[string]struct {
		set         func(l *spreadsheet.Limits, n int64)
		most, least int64 // as much as the file has, and a limit that it breaks
	}{
		"entries":      {func(l *spreadsheet.Limits, n int64) { l.Entries = int(n) }, int64(len(archive.File)), int64(len(archive.File)) - 1},
		"total":        {func(l *spreadsheet.Limits, n int64) { l.Total = n }, total, total - 1},
		"part":         {func(l *spreadsheet.Limits, n int64) { l.Part = n }, whole, whole - 1},
		"strings":      {func(l *spreadsheet.Limits, n int64) { l.Strings = n }, sizes["xl/sharedStrings.xml"], sizes["xl/sharedStrings.xml"] - 1},
		"texts":        {func(l *spreadsheet.Limits, n int64) { l.Texts = int(n) }, 2, 1},
		"elements":     {func(l *spreadsheet.Limits, n int64) { l.Elements = int(n) }, 6, 5},
		"depth":        {func(l *spreadsheet.Limits, n int64) { l.Depth = int(n) }, 5, 4},
		"ratio":        {func(l *spreadsheet.Limits, n int64) { l.Ratio, l.RatioFrom = n, 0 }, unpacked / packed, unpacked / (packed + 1)},
		"ratio from":   {func(l *spreadsheet.Limits, n int64) { l.Ratio, l.RatioFrom = 1, n }, total, unpacked - 1},
		"ratio of all": {func(l *spreadsheet.Limits, n int64) { l.Ratio, l.RatioFrom = 1, n }, total, total - 1},
	} {
		limits := spreadsheet.DefaultLimits
		test.set(&limits, test.most)
		if _, err := limits.Open(bytes.NewReader(file), int64(len(file))); err != nil {
			t.Errorf("%s: %d are refused: %v", name, test.most, err)
		}
		test.set(&limits, test.least)
		if _, err := limits.Open(bytes.NewReader(file), int64(len(file))); err == nil {
			t.Errorf("%s: more than %d are read", name, test.least)
		}
	}
}

// TestLimitOfARow refuses a row with more text than the limit, in whatever a cell has it.
func TestLimitOfARow(t *testing.T) {
	row := func(cell string) []byte {
		return pack(t, small(parts{"xl/worksheets/sheet1.xml": sheet(`<row r="1">` + cell + `</row>`)}))
	}
	for name, file := range map[string][]byte{
		"a value":      row(`<c r="A1" t="str"><v>twelve bytes</v></c>`),
		"a formula":    row(`<c r="A1"><f>1+1+1+1+1+11</f><v></v></c>`),
		"inline":       row(`<c r="A1" t="inlineStr"><is><t>twelve bytes</t></is></c>`),
		"two cells":    row(`<c r="A1" t="inlineStr"><is><t>twelve</t></is></c><c r="B1" t="str"><v> bytes</v></c>`),
		"OpenDocument": pack(t, openTable(openRow(`<table:table-cell office:value-type="string"><text:p>twelve bytes</text:p></table:table-cell>`), "")),
	} {
		l := spreadsheet.DefaultLimits
		for l.Row = 11; l.Row <= 12; l.Row++ {
			w, err := l.Open(bytes.NewReader(file), int64(len(file)))
			if err != nil {
				t.Fatal(name, err)
			}
			err = w.Sheets[0].Cells(func(spreadsheet.Cell) error { return nil })
			switch refused, ok := errors.AsType[*spreadsheet.Error](err); {
			case l.Row == 12 && err != nil:
				t.Errorf("%s: as much as the limit is refused: %v", name, err)
			case l.Row == 11 && (!ok || !strings.Contains(refused.Error(), "has more than 11 bytes of text in row 1")):
				t.Errorf("%s: got the error %v", name, err)
			}
		}
	}
}

// TestTooManyFormats refuses formats by their number, before memory is taken for them.
func TestTooManyFormats(t *testing.T) {
	file := pack(t, small(parts{
		"xl/_rels/workbook.xml.rels": relationships("rId1", "worksheet", "worksheets/sheet1.xml", "rId2", "sharedStrings", "sharedStrings.xml", "rId3", "styles", "styles.xml"),
		"xl/styles.xml":              "<styleSheet><cellXfs>" + strings.Repeat(`<xf fontId="0"/>`, 1<<17+1) + "</cellXfs></styleSheet>",
	}))
	_, err := spreadsheet.DefaultLimits.Open(bytes.NewReader(file), int64(len(file)))
	wantError(t, err, "xl/styles.xml has more than 131072 formats of cells, of which Excel takes 65,490")
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if _, ok := errors.AsType[*spreadsheet.Error](err); !ok || !strings.Contains(err.Error(), want) {
		t.Errorf("got the error %v, want one of this package with %q", err, want)
	}
}

// FuzzOpen reads whatever comes as a workbook. Nothing panics, and no cell lies beyond a sheet.
func FuzzOpen(f *testing.F) {
	f.Add(pack(f, small(nil)))
	f.Add(pack(f, small(parts{
		"xl/styles.xml":                       `<styleSheet><fonts><font><sz val="12"/></font></fonts><cellXfs><xf fontId="0"/></cellXfs></styleSheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels": relationships("rId1", "table", "../tables/table1.xml"),
		"xl/tables/table1.xml":                `<table name="A" displayName="A" ref="A1:B2"><tableColumns><tableColumn name="a"/></tableColumns></table>`,
	})))
	f.Fuzz(func(t *testing.T, file []byte) { readAll(t, file) })
}

// FuzzSheet reads whatever comes as the part of a worksheet.
func FuzzSheet(f *testing.F) {
	f.Add(sheet(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c><c><f>1+1</f><v>2</v></c></row>`))
	f.Add(`<worksheet><sheetViews><sheetView><pane state="frozen"/></sheetView></sheetViews><cols><col min="1" max="2"/></cols>` +
		`<mergeCells><mergeCell ref="A1:B2"/></mergeCells><hyperlinks><hyperlink ref="A:A" location="One!A1"/></hyperlinks></worksheet>`)
	f.Fuzz(func(t *testing.T, text string) { readAll(t, pack(t, small(parts{"xl/worksheets/sheet1.xml": text}))) })
}

func readAll(t *testing.T, file []byte) {
	limits := spreadsheet.DefaultLimits
	limits.Total = 16 << 20
	w, err := limits.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return
	}
	for _, s := range w.Sheets {
		_ = s.Cells(func(c spreadsheet.Cell) error {
			if c.Row < 1 || c.Row > spreadsheet.MaxRows || c.Column < 1 || c.Column > spreadsheet.MaxColumns {
				t.Errorf("a cell stands in row %d, column %d", c.Row, c.Column)
			}
			w.Styles.Format(c.Style)
			return nil
		})
	}
}
