package verify_test

import (
	"archive/zip"
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"haltsheet/dataset"
	"haltsheet/export/book"
	"haltsheet/export/spreadsheet"
	"haltsheet/export/verify"
)

// The parts of the clean workbook that cases edit.
const (
	main     = "xl/workbook.xml"
	mainRels = "xl/_rels/workbook.xml.rels"
	core     = "docProps/core.xml"
	styles   = "xl/styles.xml"
	cover    = "xl/worksheets/sheet1.xml"
	contents = "xl/worksheets/sheet2.xml"
	halts    = "xl/worksheets/sheet3.xml"
	notes    = "xl/worksheets/sheet4.xml"
	table    = "xl/tables/table2.xml"
	rels     = "xl/worksheets/_rels/sheet3.xml.rels"
	drawing  = "xl/drawings/drawing1.xml"
)

// edit replaces a text in a part, once; an empty text is the end of the part, and makes it where it is missing.
type edit struct{ part, old, new string }

// relate adds a relationship to the sheet Halts, or to the workbook.
func relate(part, kind, target string) edit {
	return edit{part, "</Relationships>", `<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"/></Relationships>`}
}

// floating adds a drawing with an object to the sheet Halts.
func floating(object string) []edit {
	return []edit{
		relate(rels, "drawing", "../drawings/drawing1.xml"),
		{drawing, "", `<wsDr><oneCellAnchor><from><col>5</col><row>2</row></from>` + object + `</oneCellAnchor></wsDr>`},
	}
}

// link adds a link to the sheet Halts, and a text to the cell that has it.
func link(text, attributes string) []edit {
	return []edit{
		{halts, "Left in steps", text},
		{halts, "</worksheet>", `<hyperlinks><hyperlink ref="D7" ` + attributes + `/></hyperlinks></worksheet>`},
	}
}

const (
	chart   = `<graphicFrame><nvGraphicFramePr><cNvPr id="2" name="Chart 1"/></nvGraphicFramePr><graphic><graphicData><chart xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/></graphicData></graphic></graphicFrame>`
	picture = `<pic><nvPicPr><cNvPr id="2" name="Logo" descr="The logo of the authors"/></nvPicPr></pic>`
	textBox = `<sp><nvSpPr><cNvPr id="2" name="Box" descr="A remark"/></nvSpPr><txBody><p><r><t>Draft</t></r></p></txBody></sp>`
)

// cases are what is done to the clean workbook, and what a rule finds in it then, each as sheet, cell and message.
var cases = []struct {
	rule  string
	edits []edit
	want  []string
}{
	{"X01", []edit{{rels, "table2.xml", "../../none"}, {rels, "relationships/table", "relationships/other"}}, []string{"Halts!A6: the cells A6:D9 are no table"}},
	{"X02", []edit{{table, `displayName="Halts"`, `displayName="Table12"`}}, []string{`Halts!A6: the table name "Table12" does not say what the table holds`}},
	{"X02", []edit{{table, `displayName="Halts"`, `displayName="All halts"`}}, []string{`Halts!A6: "All halts" is not a name for a table`}},
	{"X02", []edit{{table, `displayName="Halts"`, `displayName="` + strings.Repeat("é", 256) + `"`}}, []string{`Halts!A6: "` + strings.Repeat("é", 256) + `" is not a name for a table`}},
	{"X03", []edit{{table, `ref=`, `headerRowCount="0" ref=`}}, []string{"Halts!A6: the table has no header row"}},
	{"X03", []edit{{halts, "<t>Day</t>", "<t></t>"}, {halts, "<t>Amount</t>", "<t>company</t>"}, {halts, "<t>Remark</t>", "<t>Column4</t>"}}, []string{
		"Halts!B6: the column has no name", "Halts!C6: the name of the column is that of another", "Halts!D6: the name of the column is a stand-in",
	}},
	{"X03", []edit{{table, `name="Amount"`, `name="Sum"`}}, []string{"Halts!C6: the table calls the column otherwise than its cell"}},
	{"X04", []edit{{halts, "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:D2"/></mergeCells>`}}, []string{"Halts!A1: 2 blocks of merged cells, the first of them A1:D1"}},
	{"X05", []edit{{table, "A6:D9", "A6:E10"}}, []string{"Halts!E6: 1 blank column inside of the table", "Halts!A10: 1 blank row inside of the table"}},
	{"X05", []edit{{halts, `r="9"`, `r="10"`}, {halts, "A9", "A10"}, {halts, "B9", "B10"}, {halts, "C9", "C10"}, {halts, "D9", "D10"}, {table, "A6:D9", "A6:D10"}}, []string{"Halts!A9: 1 blank row inside of the table"}},
	{"X06", []edit{{halts, "Blank cells mean", "It means"}}, []string{"Halts!D8: 1 blank cell, and no line above the table says what they mean"}},
	{"X06", []edit{{halts, "Left in steps", "[x]"}, {halts, "Stayed away", "[z]"}, {halts, "Every halt", "Every halt, [z] means not applicable"}}, []string{"Halts!D7: nothing says what [x] means"}},
	{"X07", []edit{{halts, "Left in steps", ".."}, {halts, "Stayed away", "–"}}, []string{"Halts!D7: the cell holds only symbols, here and in 1 more cell"}},
	{"X08", []edit{{styles, `<xf><alignment wrapText="1"/></xf>`, `<xf/>`}}, []string{
		"Contents!B7: the text does not wrap, here and in 1 more cell", "Halts!A7: the text does not wrap, here and in 4 more cells", "Notes!A7: the text does not wrap, here and in 1 more cell",
	}},
	{"X09", []edit{{table, "<tableColumns", `<autoFilter ref="A6:D9"/><tableColumns`}}, []string{"Halts!A6: the table has a filter"}},
	{"X09", []edit{{halts, "</sheetData>", `</sheetData><autoFilter ref="A6:D9"/>`}}, []string{"Halts!A6: the sheet has a filter"}},
	{"X10", []edit{{halts, `<selection activeCell="A1"`, `<pane ySplit="6" state="frozen"/><selection activeCell="A1"`}}, []string{"Halts!A1: panes are frozen"}},
	{"X10", []edit{{halts, `<selection activeCell="A1"`, `<pane ySplit="900"/><selection activeCell="A1"`}}, []string{"Halts!A1: the sheet is split"}},
	{"X11", []edit{{main, `name="Halts"`, `name="Halts" state="veryHidden"`}, {halts, `<row r="8"`, `<row r="8" hidden="1"`}, {halts, `<col min="2"`, `<col hidden="1" min="2"`}}, []string{
		"Halts!A1: the sheet is hidden", "Halts!B1: 1 column is hidden", "Halts!A8: 1 row is hidden",
	}},
	{"X12", []edit{{halts, `width="40" customWidth="1"`, ``}, {halts, "Cargo", "Cargotransportgesellschaft https://example.org/a/very/long/address"}}, []string{
		"Halts!D6: 1 column has the width that every column has", "Halts!A9: a word of 26 characters, in a column of 20",
	}},
	{"X13", []edit{{halts, "<t>Amount</t>", `<r><t>Amount</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>`}, {halts, "Every halt [note 1].", "Every halt [1]."}, {cover, "Halts of companies", "Halts of companies*"}}, []string{
		"Cover!A1: a note is marked in another way than [note 1]", "Halts!A3: a note is marked in another way than [note 1]", "Halts!C6: a part of the text is superscript",
	}},
	{"X13", []edit{{halts, "<t>Amount</t>", "<t>Amount, m²</t>"}, {halts, "<t>Remark</t>", "<t>Remark¹</t>"}}, []string{"Halts!D6: a note is marked in another way than [note 1]"}},
	{"X14", []edit{{halts, "Left in steps", "Left in steps [note 1]"}}, []string{"Halts!D7: a cell with data refers to a note"}},
	{"X15", []edit{{halts, "[note 1]", "[note 2]"}}, []string{"Halts!A3: [note 2] is not in the sheet Notes", "Notes!A7: nothing refers to [note 1]"}},
	{"X15", []edit{{main, `name="Notes"`, `name="Remarks"`}, {notes, "<t>Note</t>", "<t>Mark</t>"}}, []string{"Halts!A3: [note 1] is referred to, and there is no sheet Notes", "Remarks!A7: [note 1] is referred to, and there is no sheet Notes"}},
	{"X15", []edit{{notes, "[note 1]", "1"}, {halts, " [note 1]", ""}}, []string{"Notes!A1: the sheet has no notes such as [note 1]"}},
	{"X16", link("https://example.org/a", `location="Notes!A1"`), []string{"Halts!D7: the text of the link is an address"}},
	{"X16", link("Click here", `location="Notes!A1"`), []string{"Halts!D7: the text of the link does not say where it leads"}},
	{"X16", link("Notes", `location="Nowhere!A1"`), []string{"Halts!D7: the link leads to a place that is not there"}},
	{"X16", link("Notes", ``), []string{"Halts!D7: the link leads nowhere"}},
	{"X16", link("", `location="Notes!A1"`), []string{"Halts!D7: the link has no text"}},
	{"X16", append(link("The table", `r:id="rId9"`), relate(rels, "hyperlink", `file:///C:/table.xlsx" TargetMode="External`)), []string{"Halts!D7: the link leads to a file of one computer"}},
	{"X17", []edit{{styles, `<font><b/><sz val="16"/><name val="Arial"/></font>`, `<font><b/><sz val="16"/><color rgb="FF112233"/><name val="Arial"/></font>`}}, []string{
		"Cover!A1: the text has a colour", "Contents!A1: the text has a colour", "Halts!A1: the text has a colour", "Notes!A1: the text has a colour",
	}},
	{"X17", []edit{{styles, `<font><b/><sz val="16"/><name val="Arial"/></font>`, `<font><b/><sz val="16"/><name val="Times New Roman"/></font>`}, {halts, `r="B7" s="4"`, `r="B7" s="6"`}, {styles, "</cellXfs>", `<xf fontId="4"/></cellXfs>`}, {styles, "</fonts>", `<font><sz val="11"/></font></fonts>`}}, []string{
		`Cover!A1: the typeface "Times New Roman" has serifs`, `Contents!A1: the typeface "Times New Roman" has serifs`,
		`Halts!A1: the typeface "Times New Roman" has serifs`, "Halts!B7: the text is 11 points high", `Notes!A1: the typeface "Times New Roman" has serifs`,
	}},
	{"X18", []edit{{halts, "Every halt [note 1].", "EVERY HALT [note 1]."}, {notes, "<t>Notes</t>", "<t>ALL NOTES</t>"}, {halts, `r="A7" s="0"`, `r="A7" s="3"`}, {halts, "<t>Stayed away</t>", `<r><rPr><i/></rPr><t>Stayed</t></r>`}}, []string{
		"Halts!A7: the text is underlined", "Halts!D9: the text is italic", "Notes!A1: the text is all in capitals",
	}},
	{"X19", []edit{{halts, `<c r="A1" s="1" t="inlineStr"><is><t>Halts</t></is></c>`, ""}, {notes, `r="A1" s="1"`, `r="A1" s="0"`}, {contents, `<t>Contents</t>`, `<t>halts of companies</t>`}}, []string{
		"Contents!A1: the title is that of the sheet Cover too", "Halts!A1: the cell is blank, where the title of the sheet belongs", "Notes!A1: the title is neither bold nor larger than other text",
	}},
	{"X20", []edit{{halts, "</worksheet>", `<headerFooter><oddFooter>Draft</oddFooter></headerFooter></worksheet>`}}, []string{"Halts!A1: the sheet has a header or footer"}},
	{"X20", floating(textBox), []string{"Halts!F3: a shape floats above the cells"}},
	{"X21", []edit{{styles, "</cellXfs>", `<xf fillId="2"/><xf borderId="1"/></cellXfs>`}, {halts, `r="C7" s="5"`, `r="C7" s="6"`}, {halts, `r="C8" s="5"`, `r="C8" s="7"`}}, []string{"Halts!C7: the cell has a background", "Halts!C8: the cell has a border"}},
	{"X21", []edit{{halts, "</sheetData>", `</sheetData><conditionalFormatting sqref="A7:D9"><cfRule type="expression" dxfId="1"><formula>MOD(ROW(),2)=0</formula></cfRule></conditionalFormatting>`}}, []string{"Halts!A7: a conditional format gives cells a background"}},
	{"X22", []edit{{styles, "</cellXfs>", `<xf numFmtId="165"/></cellXfs>`}, {halts, `r="C8" s="5"`, `r="C8" s="6"`}}, []string{"Halts!C8: negative numbers are told by colour alone"}},
	{"X22", []edit{{halts, "</sheetData>", `</sheetData><conditionalFormatting sqref="C7:C9"><cfRule type="cellIs" dxfId="0"><formula>0</formula></cfRule><cfRule type="colorScale"/></conditionalFormatting>`}}, []string{
		"Halts!C7: a conditional format only colours", "Halts!C7: a colour scale tells values by colour alone",
	}},
	{"X23", []edit{{styles, "</cellXfs>", `<xf fillId="2"/></cellXfs>`}, {halts, `r="C7" s="5"`, `r="C7" s="6"`}}, []string{"Halts!C7: the contrast is 1.7 to 1"}},
	{"X24", append(floating(chart), relate("xl/drawings/_rels/drawing1.xml.rels", "chart", "../charts/chart1.xml"), edit{"xl/charts/chart1.xml", "", "<chartSpace/>"}), []string{`Halts!F3: the chart "Chart 1" has no alternative text`}},
	{"X24", floating(picture), []string{"Halts!F3: the sheet has a picture"}},
	{"X25", []edit{{"xl/vbaProject.bin", "", "x"}}, []string{"the workbook has macros"}},
	{"X26", []edit{{main, `name="Halts"`, `name="Sheet1"`}, {main, `name="Notes"`, `name="2 notes"`}, {main, `name="Contents"`, `name="COVER"`}}, []string{
		"COVER!A1: the name of the sheet is that of another", "Sheet1!A1: the name of the sheet does not say what it holds", "2 notes!A1: the name of the sheet is not a letter and then letters, digits and _",
	}},
	{"X26", []edit{{main, `name="Halts"`, `name="Halts_of_companies_and_donations"`}}, []string{"Halts_of_companies_and_donations!A1: the name of the sheet is longer than 31 characters"}},
	{"X27", []edit{{main, "</sheets>", `<sheet name="Empty" sheetId="5" r:id="rId9"/></sheets>`}, relate(mainRels, "worksheet", "worksheets/sheet5.xml"), {"xl/worksheets/sheet5.xml", "", "<worksheet><sheetData/></worksheet>"}}, []string{"Empty!A1: the sheet is blank"}},
	{"X28", []edit{{halts, `<row r="5"><c r="A5"`, `<row r="5"><c r="B5"`}}, []string{"Halts!B5: 1 cell outside of tables and of column A"}},
	{"X28", []edit{{table, "A6:D9", "B6:D9"}}, []string{"Halts!B6: the table begins in column B"}},
	{"X29", []edit{{halts, "</sheetData>", `<row r="11"><c r="A11" t="inlineStr"><is><t>Source: elsewhere</t></is></c></row></sheetData>`}}, []string{"Halts!A11: 1 cell below the table"}},
	{"X30", []edit{{halts, "This worksheet contains one table.", "One table."}}, []string{"Halts!A2: the cell does not say that the worksheet contains one table"}},
	{"X30", []edit{relate(rels, "table", "../tables/table4.xml"), {"xl/tables/table4.xml", "", `<table name="More" displayName="More" ref="F6:G7"/>`}}, []string{"Halts!F6: the sheet has 2 tables"}},
	{"X31", []edit{{core, "<dc:language>en-GB</dc:language>", ""}, {core, "<dc:title>Halts</dc:title>", "<dc:title/>"}}, []string{"the properties lack title, language"}},
	{"X32", []edit{{main, `activeTab="0"`, `activeTab="2"`}, {notes, `workbookViewId="0"`, `topLeftCell="C3"`}, {cover, `activeCell="A1"`, `activeCell="B2"`}}, []string{
		"Cover!A1: the cell B2 is selected", "Halts!A1: the workbook opens on this sheet, not on the first", "Notes!A1: the sheet opens at C3",
	}},
	{"X33", []edit{{main, `name="Cover" sheetId="1" r:id="rId1"`, `name="Data" sheetId="1" r:id="rId3"`}, {main, `name="Halts" sheetId="3" r:id="rId3"`, `name="Cover" sheetId="3" r:id="rId1"`}}, []string{
		"Data!A1: the first sheet is no cover", "Contents!A6: the contents do not list the sheet Data by its name, and 1 more like it",
	}},
	{"X33", []edit{{main, `name="Contents"`, `name="Sheets"`}, {contents, "<t>Notes</t>", "<t>Remarks</t>"}}, []string{"there is no sheet Contents"}},
	{"X33", []edit{{contents, `<hyperlink ref="A8" location="Notes!A1"/>`, ""}}, []string{"Contents!A6: the contents have no link to the sheet Notes"}},
	{"X34", []edit{{cover, "Licence", "Terms"}, {cover, "Rounding policy", "Policy"}}, []string{"Cover!A1: the cover does not tell licence, rounding policy"}},
	{"X35", []edit{{halts, "Source: the authors.", "By the authors."}}, []string{"Halts!A6: no line above the table names its source"}},
	{"X36", []edit{
		{halts, `<c r="C7" s="5"><v>1000</v></c>`, `<c r="C7" t="str"><v>1,000</v></c>`},
		{halts, `<c r="C8" s="5"><v>-5</v></c>`, `<c r="C8" t="str"><v>-5</v></c>`},
		{halts, `<v>7</v>`, `<v>8</v>`},
		{halts, `<c r="B7" s="4"><v>44629</v></c>`, `<c r="B7" t="str"><v>2022-03-09</v></c>`},
		{halts, `<c r="B9" s="4"><v>44631</v></c>`, `<c r="B9" t="e"><v>#REF!</v></c>`},
	}, []string{`Halts!B7: 1 day as text in the column "Day"`, `Halts!C7: 2 numbers as text in the column "Amount"`, "Halts!B9: the cell is the error #REF!"}},
	{"X36", []edit{
		{halts, `<c r="B8" s="4"><v>44630</v></c>`, `<c r="B8" t="e"><v>one</v></c>`}, {halts, `<c r="B9" s="4"><v>44631</v></c>`, `<c r="B9" t="e"><v>two</v></c>`},
	}, []string{"Halts!B8: the cell is an error that no spreadsheet has, here and in 1 more cell"}},
	{"X37", []edit{{table, `altText="Halts"`, ""}}, []string{`Halts!A6: the table "Halts" has no alternative text`}},
	{"X38", []edit{{main, "<sheets>", `<workbookProtection lockStructure="1"/><sheets>`}, {halts, "</sheetData>", `</sheetData><sheetProtection sheet="1"/>`}, relate(mainRels, "externalLink", "externalLinks/externalLink1.xml"), relate("xl/externalLinks/_rels/externalLink1.xml.rels", "externalLinkPath", `other.xlsx" TargetMode="External`)}, []string{
		"the structure of the workbook is protected", `the workbook draws from 1 other file, the first of them "other.xlsx"`, "Halts!A1: the sheet is protected",
	}},
	{"X38", []edit{{halts, "</worksheet>", "<hyperlinks>" + strings.Repeat(`<hyperlink ref="A7" location="Notes!A1"/>`, 65531) + "</hyperlinks></worksheet>"}}, []string{"Halts!A1: the sheet has 65531 links, where Excel takes 65530"}},
}

// TestRules holds every rule to its cases, in which it finds what they say and nothing else.
func TestRules(t *testing.T) {
	tested := map[string]bool{"X39": true} // TestFileName
	for i := range cases {
		test := &cases[i]
		tested[test.rule] = true
		t.Run(test.rule, func(t *testing.T) {
			w := workbook(t, test.edits...)
			got := messages(check(t, w, "halts.xlsx", book.Accessible), test.rule)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings of %s (-want +got):\n%s", test.rule, diff)
			}
		})
	}
	for i := range verify.Rules {
		if id := verify.Rules[i].ID; !tested[id] {
			t.Errorf("%s has no case", id)
		}
	}
}

// TestListsAreKnownByWhatTheyAre calls the contents and the notes something else: they are still that.
func TestListsAreKnownByWhatTheyAre(t *testing.T) {
	w := workbook(t, edit{main, `name="Contents"`, `name="Inhalt"`}, edit{main, `name="Notes"`, `name="Fussnoten"`},
		edit{contents, "<t>Notes</t>", "<t>Fussnoten</t>"}, edit{contents, `location="Notes!A1"`, `location="Fussnoten!A1"`})
	for _, f := range check(t, w, "halts.xlsx", book.Accessible) {
		t.Errorf("%s", f)
	}
}

func TestCleanWorkbook(t *testing.T) {
	for _, profile := range []book.Profile{book.Accessible, book.Analyst} {
		for _, f := range check(t, workbook(t), "halts.xlsx", profile) {
			t.Errorf("%s: %s", profile, f)
		}
	}
}

// TestTextsThatLookLikeDays holds that a column of ours that is one of texts may hold days only.
func TestTextsThatLookLikeDays(t *testing.T) {
	w := workbook(t, edit{halts, "<t>Day</t>", "<t>Announced</t>"}, edit{table, `name="Day"`, `name="Announced"`},
		edit{halts, `<c r="B7" s="4"><v>44629</v></c>`, `<c r="B7" t="str"><v>2022-03-09</v></c>`})
	if got := messages(check(t, w, "halts.xlsx", book.Accessible), "X36"); len(got) > 0 {
		t.Errorf("got %q", got)
	}
}

func TestFileName(t *testing.T) {
	w := workbook(t)
	for name, want := range map[string]int{
		"out/halted-activities-1.0.0.xlsx": 0, "Halts.xlsx": 1, "my halts.xlsx": 1, "halts_2.xlsx": 1, strings.Repeat("a", 213) + ".xlsx": 1,
	} {
		if got := messages(check(t, w, name, book.Accessible), "X39"); len(got) != want {
			t.Errorf("%s: got %q, want %d findings", name, got, want)
		}
	}
}

// TestAnalyst holds the profile analyst to no more than the documents say.
func TestAnalyst(t *testing.T) {
	exempt := []string{"X09", "X10", "X20", "X21"}
	for i := range cases {
		test := &cases[i]
		findings := check(t, workbook(t, test.edits...), "halts.xlsx", book.Analyst)
		found := len(messages(findings, test.rule)) > 0
		isPicture := test.rule == "X24" && test.want[0] == "Halts!F3: the sheet has a picture"
		if want := !slices.Contains(exempt, test.rule) && !isPicture; found != want {
			t.Errorf("%s, %q: found is %v, want %v", test.rule, test.want, found, want)
		}
	}
}

func TestProfileOf(t *testing.T) {
	if got := verify.ProfileOf(workbook(t)); got != book.Accessible {
		t.Errorf("a workbook that does not say: got %s", got)
	}
	says := []edit{{main, `name="Halts"`, `name="Metadata"`}, {halts, "<t>Acme</t>", "<t>workbook/profile</t>"}, {halts, `<c r="B7" s="4"><v>44629</v></c>`, `<c r="B7" t="str"><v>analyst</v></c>`}}
	if got := verify.ProfileOf(workbook(t, says...)); got != book.Analyst {
		t.Errorf("a workbook that says analyst: got %s", got)
	}
}

// TestRulesAreTold wants all that the documents print of a rule, in the order of the checklist.
func TestRulesAreTold(t *testing.T) {
	source := regexp.MustCompile(`^[EDMO](, [EDMO])*$`)
	for i := range verify.Rules {
		rule := &verify.Rules[i]
		if want := []byte{'X', byte('0' + (i+1)/10), byte('0' + (i+1)%10)}; rule.ID != string(want) {
			t.Errorf("rule %d is %s, want %s", i+1, rule.ID, want)
		}
		if rule.Title == "" || rule.Hint == "" || !strings.HasSuffix(rule.Explanation, ".") || !source.MatchString(rule.Source) {
			t.Errorf("rule %s is not told: %+v", rule.ID, rule)
		}
		if isEssential := strings.Contains(rule.Source, "E"); isEssential && rule.Severity != dataset.Error {
			t.Errorf("rule %s is essential and a %s", rule.ID, rule.Severity)
		}
		if verify.RuleOf(rule.ID) != rule {
			t.Errorf("RuleOf(%q) finds another rule", rule.ID)
		}
	}
	if verify.RuleOf("X40") != nil {
		t.Error("RuleOf finds a rule that is not there")
	}
}

// workbook opens the clean workbook with some edits.
func workbook(t *testing.T, edits ...edit) *spreadsheet.Workbook {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/clean.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		apply(t, archive, e)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, file := range archive.Files {
		part, err := w.Create(file.Name)
		if err == nil {
			_, err = part.Write(file.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	opened, err := spreadsheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// apply makes one edit. A part that is missing is made; relationships get their root.
func apply(t *testing.T, archive *txtar.Archive, e edit) {
	t.Helper()
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == e.part })
	if i < 0 {
		text := e.new
		if strings.HasSuffix(e.part, ".rels") {
			text = "<Relationships>" + text
		}
		archive.Files = append(archive.Files, txtar.File{Name: e.part, Data: []byte(text)})
		return
	}
	data := archive.Files[i].Data
	if e.old == "" || !bytes.Contains(data, []byte(e.old)) {
		t.Fatalf("%s has no %q", e.part, e.old)
	}
	archive.Files[i].Data = bytes.Replace(data, []byte(e.old), []byte(e.new), 1)
}

func check(t *testing.T, w *spreadsheet.Workbook, name string, profile book.Profile) dataset.Findings {
	t.Helper()
	findings, err := verify.Workbook(w, name, profile)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

// messages returns what a rule found, without the name of the file.
func messages(findings dataset.Findings, rule string) (found []string) {
	for _, f := range findings {
		if f.Rule != rule {
			continue
		}
		place := ""
		if f.Sheet != "" {
			place = f.Sheet + "!" + f.Cell + ": "
		}
		found = append(found, place+f.Message)
	}
	return found
}
