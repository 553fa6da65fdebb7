package spreadsheet_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"haltsheet/export/spreadsheet"
)

func TestCells(t *testing.T) {
	w := openSmall(t, parts{"xl/worksheets/sheet1.xml": sheet(
		`<row r="2"><c r="A2" t="s" s="7"><v>0</v></c><c t="s"><v>1</v></c><c r="D2"><v>1.50</v></c></row>` +
			`<row hidden="1"><c t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>` +
			`<row r="9"><c r="C9" t="str"><f>"a"&amp;"b"</f><v>a_x0041_b</v></c><c><f t="shared" si="0"/><v>2</v></c><c t="d"><v>2022-03-09</v></c><c s="1"/></row>`)})
	got, err := cells(w.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	runs := []spreadsheet.Run{{Text: "a"}, {Text: "1", Font: spreadsheet.Font{Vertical: "superscript"}}}
	want := []spreadsheet.Cell{
		{Ref: spreadsheet.Ref{Row: 2, Column: 1}, Kind: spreadsheet.String, Value: "first", Style: 7},
		{Ref: spreadsheet.Ref{Row: 2, Column: 2}, Kind: spreadsheet.String, Value: "a1", Runs: runs},
		{Ref: spreadsheet.Ref{Row: 2, Column: 4}, Kind: spreadsheet.Number, Value: "1.50"},
		{Ref: spreadsheet.Ref{Row: 3, Column: 1}, Kind: spreadsheet.String, Value: "inline", Runs: []spreadsheet.Run{{Text: "line"}}},
		{Ref: spreadsheet.Ref{Row: 3, Column: 2}, Kind: spreadsheet.Boolean, Value: "true"},
		{Ref: spreadsheet.Ref{Row: 3, Column: 3}, Kind: spreadsheet.Failure, Value: "#REF!"},
		{Ref: spreadsheet.Ref{Row: 9, Column: 3}, Kind: spreadsheet.String, Value: "aAb", Formula: `"a"&"b"`, HasFormula: true},
		{Ref: spreadsheet.Ref{Row: 9, Column: 4}, Kind: spreadsheet.Number, Value: "2", HasFormula: true},
		{Ref: spreadsheet.Ref{Row: 9, Column: 5}, Kind: spreadsheet.ISODate, Value: "2022-03-09"},
		{Ref: spreadsheet.Ref{Row: 9, Column: 6}, Style: 1},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(spreadsheet.Color{})); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if layout, err := w.Sheets[0].Layout(); err != nil || !cmp.Equal(layout.HiddenRows, []int{3}) {
		t.Errorf("hidden rows: got %v, %v, want 3", layout, err)
	}
}

// TestOddlyWritten reads what other programs write and spreadsheets take: the first cell is the text first.
func TestOddlyWritten(t *testing.T) {
	inUTF16 := func(text string) string {
		units := utf16.Encode([]rune("\ufeff" + text))
		b := make([]byte, 0, 2*len(units))
		for _, unit := range units {
			b = binary.LittleEndian.AppendUint16(b, unit)
		}
		return string(b)
	}
	const declaration = `<?xml version="1.0" encoding="%s"?>`
	for name, test := range map[string]parts{
		"values on lines of their own": {"xl/worksheets/sheet1.xml": sheet("<row r=\"1\">\n<c r=\"A1\" t=\"s\">\n<v>\n\t0\n</v>\n</c>\n<c t=\"b\"><v> 1 </v></c><c><v>\n1.5 </v></c></row>")},
		"a sheet in UTF-16":            {"xl/worksheets/sheet1.xml": inUTF16(fmt.Sprintf(declaration, "UTF-16") + sheet(`<row><c t="s"><v>0</v></c></row>`))},
		"texts in UTF-16":              {"xl/sharedStrings.xml": inUTF16(`<sst><si><t>first</t></si></sst>`)},
		"texts in Latin-1":             {"xl/sharedStrings.xml": fmt.Sprintf(declaration, "ISO-8859-1") + "<sst><si><t>first</t></si><si><t>caf\xe9</t></si></sst>"},
		"texts in ASCII":               {"xl/sharedStrings.xml": fmt.Sprintf(declaration, "US-ASCII") + "<sst><si><t>first</t></si></sst>"},
		"what is not there":            {"xl/worksheets/_rels/sheet1.xml.rels": relationships("rId1", "drawing", "../drawings/drawing1.xml", "rId2", "comments", "NULL", "rId3", "table", "../tables/table9.xml", "rId4", "image", "NULL")},
		"a chart that is not there": {
			"xl/worksheets/_rels/sheet1.xml.rels": relationships("rId1", "drawing", "../drawings/drawing1.xml"), "xl/drawings/_rels/drawing1.xml.rels": relationships("rId9", "chart", "../charts/chart1.xml"),
			"xl/drawings/drawing1.xml": `<wsDr xmlns:r="` + typeBase + `"><oneCellAnchor><graphicFrame><chart r:id="rId9"/></graphicFrame></oneCellAnchor></wsDr>`,
		},
		"properties twice": {
			"_rels/.rels":       strings.ReplaceAll(relationships("rId1", "officeDocument", "xl/workbook.xml", "rId2", "core", "docProps/core.xml", "rId3", "core", "docProps/core.xml"), "/core", "/core-properties"),
			"docProps/core.xml": `<coreProperties><title>A title</title></coreProperties>`,
		},
		"targets with backslashes": {"xl/_rels/workbook.xml.rels": relationships("rId1", "worksheet", `worksheets\sheet1.xml`, "rId2", "sharedStrings", `\xl\sharedStrings.xml`)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := cells(openSmall(t, test).Sheets[0])
			if err != nil || len(got) == 0 || got[0].Value != "first" {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	backslashes := parts{}
	for part, text := range small(nil) {
		backslashes[strings.ReplaceAll(part, "/", `\`)] = text
	}
	if w, err := open(pack(t, backslashes)); err != nil || len(w.Sheets) != 1 {
		t.Errorf("entries with backslashes: got %v", err)
	}
}

func TestLayout(t *testing.T) {
	w := openSmall(t, parts{
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainNS + `><dimension ref="A1:B2"/><sheetViews><sheetView topLeftCell="B9" tabSelected="1">` +
			`<pane ySplit="1" state="frozen" activePane="bottomLeft"/><selection activeCell="A1"/><selection pane="bottomLeft" activeCell="C3"/></sheetView></sheetViews>` +
			`<sheetFormatPr defaultColWidth="9.5"/><cols><col min="1" max="2" width="12" customWidth="1" hidden="true"/></cols><sheetData/>` +
			`<sheetProtection sheet="1"/><autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="A1:B1"/></mergeCells>` +
			`<conditionalFormatting sqref="A1:A9 C1"><cfRule type="colorScale"/></conditionalFormatting>` +
			`<dataValidations><dataValidation type="list" sqref="A2:A9"><formula1>Codes!$B$7:$B$9</formula1></dataValidation></dataValidations>` +
			`<hyperlinks><hyperlink ref="A2" r:id="rId7" location="top" display="x"/></hyperlinks><headerFooter><oddHeader>Draft</oddHeader><oddFooter/></headerFooter></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels": strings.Replace(relationships("rId7", "hyperlink", "https://example.org/a"), "/>", ` TargetMode="External"/>`, 1),
	})
	got, err := w.Sheets[0].Layout()
	if err != nil {
		t.Fatal(err)
	}
	block := func(text string) spreadsheet.Range {
		r, ok := spreadsheet.ParseRange(text)
		if !ok {
			t.Fatalf("%q is no range", text)
		}
		return r
	}
	want := &spreadsheet.Layout{
		Dimension: "A1:B2", DefaultWidth: 9.5, AutoFilter: true, Protected: true, HeaderFooter: []string{"Draft"},
		Views:       []spreadsheet.View{{TopLeft: "B9", ActiveCell: "C3", Frozen: true, Selected: true}},
		Columns:     []spreadsheet.ColumnFormat{{From: 1, To: 2, Width: 12, Custom: true, Hidden: true}},
		Merges:      []spreadsheet.Range{block("A1:B1")},
		Conditions:  []spreadsheet.Condition{{Ranges: []spreadsheet.Range{block("A1:A9"), block("C1")}, Type: "colorScale"}},
		Validations: []spreadsheet.Validation{{Ranges: []spreadsheet.Range{block("A2:A9")}, Type: "list", Formula1: "Codes!$B$7:$B$9"}},
		Links:       []spreadsheet.Link{{Range: block("A2"), Target: "https://example.org/a", Location: "top", Display: "x"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("layout (-want +got):\n%s", diff)
	}
}

func TestTable(t *testing.T) {
	w := openSmall(t, parts{
		"xl/worksheets/_rels/sheet1.xml.rels": relationships("rId1", "table", "/xl/tables/table1.xml"),
		"xl/tables/table1.xml": `<table name="Halts" displayName="Halts" ref="$A$6:B9" headerRowCount="0"><autoFilter ref="A6:B9"/>` +
			`<tableColumns><tableColumn id="1" name="two_x000a_lines"/><tableColumn id="2" name="b"/></tableColumns><tableStyleInfo name="TableStyleLight1"/>` +
			`<extLst><ext><x14:table xmlns:x14="x" altText="Halts" altTextSummary="all"/></ext></extLst></table>`,
	})
	want := []spreadsheet.Table{{
		Name: "Halts", DisplayName: "Halts", Ref: spreadsheet.Range{From: spreadsheet.Ref{Row: 6, Column: 1}, To: spreadsheet.Ref{Row: 9, Column: 2}},
		AutoFilter: true, AltText: "Halts", AltSummary: "all", Columns: []string{"two\nlines", "b"}, Style: "TableStyleLight1", Part: "xl/tables/table1.xml",
	}}
	if diff := cmp.Diff(want, w.Sheets[0].Tables); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestStyles(t *testing.T) {
	w := openSmall(t, parts{
		"xl/_rels/workbook.xml.rels": relationships("rId1", "worksheet", "worksheets/sheet1.xml", "rId3", "styles", "styles.xml"),
		"xl/sharedStrings.xml":       "",
		"xl/worksheets/sheet1.xml":   sheet(""),
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>` +
			`<fonts><font/><font><b/><i val="0"/><u/><sz val="16"/><color rgb="FF112233"/><name val="Arial"/></font></fonts>` +
			`<fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill></fills>` +
			`<borders><border/><border><left style="thin"/><top style="none"/></border></borders>` +
			`<cellXfs><xf/><xf numFmtId="164" fontId="1" fillId="2" borderId="1"><alignment horizontal="right" wrapText="1"/></xf><xf numFmtId="14" fontId="9"/></cellXfs></styleSheet>`,
	})
	f := w.Styles.Format(1)
	if f.Font.Name != "Arial" || f.Font.Size != 16 || !f.Font.Bold || f.Font.Italic || f.Font.Underline != "single" {
		t.Errorf("font: got %+v", f.Font)
	}
	if rgb, ok := w.Styles.RGB(f.Font.Color); !ok || rgb != 0x112233 {
		t.Errorf("colour of the font: got %06x, %v", rgb, ok)
	}
	if rgb, ok := w.Styles.RGB(f.Fill.Color); !ok || rgb != 0x808080 {
		t.Errorf("colour of the fill: got %06x, %v, want half of white", rgb, ok)
	}
	if f.Borders != 1 || !f.Alignment.Wrap || f.Alignment.Horizontal != "right" || !f.Number.IsDate() || !w.Styles.Format(2).Number.IsDate() {
		t.Errorf("format: got %+v", f)
	}
	if w.Styles.Format(99) != w.Styles.Format(0) || w.Styles.Format(-1) != w.Styles.Format(0) {
		t.Error("the format of an unknown number is not the first")
	}
}

func TestIsDate(t *testing.T) {
	for format, want := range map[spreadsheet.NumberFormat]bool{
		"0.00": false, "@": false, "#,##0 \"days\"": false, `0\d`: false, "[Red]0": false, "[$-409]0": false, "0.00E+00": false,
		"yyyy-mm-dd": true, "[h]:mm": true, "d/m/yy": true, `"on" d mmm`: true, "[$-409]d mmm": true, "[$-411]e": true, `[$-411]ggge"年"`: true, "aaaa": true, "[$-41E]bbbb": true, "General": false, `"about" General`: false, "0.0E-0": false, "AM/PM": true, `"open`: false, "[open": false,
	} {
		if got := format.IsDate(); got != want {
			t.Errorf("%s: got %v, want %v", format, got, want)
		}
	}
}

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "_x000D_": "\r", "_x005F_x000D_": "_x000D_", "a_x0041_b": "aAb", "_x00": "_x00", "_xZZZZ_": "_xZZZZ_",
		"_xD83D__xDE42_": "🙂", "_xD83D_x": "\uFFFDx", "_xDE42_": "\uFFFD",
	} {
		if got := spreadsheet.Unescape(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestParseRange(t *testing.T) {
	for text, want := range map[string]string{
		"A1": "A1", "$B$2:C3": "B2:C3", "C3:A1": "A1:C3", "xfd1048576": "XFD1048576", "A:B": "A1:B1048576", "2:3": "A2:XFD3",
		"": "", "A": "", "1": "", "A0": "", "XFE1": "", "A1048577": "", "A1:B": "", "A1:B2:C3": "", "Sheet!A1": "", "A$": "",
	} {
		got, ok := spreadsheet.ParseRange(text)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q: got %v, %v, want %q", text, got, ok, want)
		}
	}
}
