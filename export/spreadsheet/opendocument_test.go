package spreadsheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"haltsheet/export/spreadsheet"
)

const openSpaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ` +
	`xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
	`xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"`

// openStyles are formats of days, of months, and of what is struck through.
const openStyles = `<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>` +
	`<number:date-style style:name="N2"><number:month number:textual="true"/><number:text> </number:text><number:year number:style="long"/></number:date-style>` +
	`<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>` +
	`<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>` +
	`<style:style style:name="gone" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>`

// openTable returns the parts of an OpenDocument with one sheet of some rows, and what stands behind it.
func openTable(rows, behind string) parts {
	return parts{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": `<office:document-content ` + openSpaces + `><office:automatic-styles>` + openStyles + `</office:automatic-styles><office:body><office:spreadsheet>` +
			`<table:table table:name="One"><table:table-column/>` + rows + `</table:table>` + behind + `</office:spreadsheet></office:body></office:document-content>`,
	}
}

func openRow(cells string) string { return `<table:table-row>` + cells + `</table:table-row>` }

// TestOpenDocumentCells holds what stands in a cell to what is read.
func TestOpenDocumentCells(t *testing.T) {
	text := func(inside string) string {
		return `<table:table-cell office:value-type="string">` + inside + `</table:table-cell>`
	}
	for _, test := range []struct {
		name, cell, want string
	}{
		{"text", text(`<text:p>a &amp; b</text:p>`), `A1 2 "a & b"`},
		{"lines", text("<text:p>a</text:p><text:p/><text:p>b</text:p>"), `A1 2 "a\n\nb"`},
		{"white space", text("<text:p>\n  a \t b <text:s/>c<text:s text:c=\"2\"/><text:tab/>d<text:line-break/>e \n</text:p>"), `A1 2 "a b  c  \td\ne"`},
		{"a space at the end", text("<text:p>a </text:p>"), `A1 2 "a "`},
		{"spans and links", text(`<text:p>a<text:span>b</text:span> <text:a xlink:href="#One.A1">c</text:a></text:p>`), `A1 2 "ab c"`},
		{"a text that is not shown", `<table:table-cell office:value-type="string" office:string-value="x"><text:p>y</text:p></table:table-cell>`, `A1 2 "x"`},
		{"number", `<table:table-cell office:value-type="float" office:value="1.50"><text:p>1,50 €</text:p></table:table-cell>`, `A1 1 "1.50"`},
		{"money", `<table:table-cell office:value-type="currency" office:currency="EUR" office:value="7"/>`, `A1 1 "7"`},
		{"truth", `<table:table-cell office:value-type="boolean" office:boolean-value="true"/>`, `A1 3 "true"`},
		{"day", `<table:table-cell table:style-name="day" office:value-type="date" office:date-value="2022-03-01"/>`, `A1 1 "44621"`},
		{"moment", `<table:table-cell table:style-name="day" office:value-type="date" office:date-value="2022-03-01T12:00:00"/>`, `A1 1 "44621.5"`},
		{"a day long ago", `<table:table-cell table:style-name="day" office:value-type="date" office:date-value="1789-07-14"/>`, `A1 5 "1789-07-14"`},
		{"a day that is shown as a number", `<table:table-cell office:value-type="date" office:date-value="2022-03-01"/>`, `A1 5 "2022-03-01"`},
		{"duration", `<table:table-cell office:value-type="time" office:time-value="PT06H00M00S"/>`, `A1 1 "0.25"`},
		{"error", `<table:table-cell table:formula="of:=[.A2]" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>`, `A1 4 "#REF!"`},
		{"formula", `<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>`, `A1 1 "2" =1+1`},
		{"a formula without a value", `<table:table-cell table:formula="=1+1"/>`, `A1 0 "" =1+1`},
		{"blank", `<table:table-cell table:number-columns-repeated="16384"/>`, ``},
		{"repeated", `<table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="2"/>`, `C1 1 "1"; D1 1 "1"`},
		{"covered", `<table:table-cell/><table:covered-table-cell office:value-type="float" office:value="1"/>` + text("<text:p>x</text:p>"), `C1 2 "x"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			w, err := open(pack(t, openTable(openRow(test.cell), "")))
			if err != nil {
				t.Fatal(err)
			}
			all, err := cells(w.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for i := range all {
				line := fmt.Sprintf("%s %d %q", all[i].Ref, all[i].Kind, all[i].Value)
				if all[i].HasFormula && all[i].Kind != spreadsheet.Failure {
					line += " =" + all[i].Formula
				}
				lines = append(lines, line)
			}
			if got := strings.Join(lines, "; "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestOpenDocumentLayout holds what stands around cells to what is read: tables, links, comments, merges, hidden rows.
func TestOpenDocumentLayout(t *testing.T) {
	rows := openRow(`<table:table-cell office:value-type="string" table:number-columns-spanned="2"><office:annotation><dc:creator>Ada</dc:creator><text:p>why</text:p></office:annotation>`+
		`<text:p><text:a xlink:href="#$'My sheet'.$A$1">x</text:a></text:p></table:table-cell>`) +
		`<table:table-row table:visibility="collapse" table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1" table:style-name="gone"/></table:table-row>`
	w, err := open(pack(t, openTable(rows, `<table:database-ranges><table:database-range table:name="Halts" table:target-range-address="One.A1:One.B3" table:display-filter-buttons="true"/></table:database-ranges>`)))
	if err != nil {
		t.Fatal(err)
	}
	s := w.Sheets[0]
	layout, err := s.Layout()
	if err != nil {
		t.Fatal(err)
	}
	a1 := spreadsheet.Ref{Row: 1, Column: 1}
	for _, pair := range [][2]any{
		{s.Tables, []spreadsheet.Table{{Name: "Halts", DisplayName: "Halts", Ref: spreadsheet.Range{From: a1, To: spreadsheet.Ref{Row: 3, Column: 2}}, HeaderRows: 1, AutoFilter: true, Part: "content.xml"}}},
		{s.Comments, []spreadsheet.Comment{{Ref: a1, Author: "Ada", Text: "why"}}},
		{layout.Links, []spreadsheet.Link{{Range: spreadsheet.Range{From: a1, To: a1}, Location: "'My sheet'!A1"}}},
		{layout.Merges, []spreadsheet.Range{{From: a1, To: spreadsheet.Ref{Row: 1, Column: 2}}}},
		{layout.HiddenRows, []int{2, 3}},
	} {
		if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	all, err := cells(s)
	if err != nil || len(all) != 3 || !w.Styles.Format(all[2].Style).Font.Strike {
		t.Errorf("the cells are %v (%v), the last of them struck through", all, err)
	}
}

// TestOpenDocumentRefused holds each bound to a document that breaks it.
func TestOpenDocumentRefused(t *testing.T) {
	one := `<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="%s"/>`
	for name, test := range map[string]struct {
		parts parts
		want  string
	}{
		"a text":                  {parts{"mimetype": "application/vnd.oasis.opendocument.text"}, "no spreadsheet"},
		"no content":              {parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "content.xml is missing"},
		"a password":              {parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x", "META-INF/manifest.xml": "<manifest><file-entry><encryption-data/></file-entry></manifest>"}, "password"},
		"no sheets":               {parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<document-content/>"}, "no sheets"},
		"a DTD":                   {parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<!DOCTYPE a><document-content/>"}, "document type"},
		"a far cell":              {openTable(openRow(`<table:table-cell table:number-columns-repeated="16384"/>`+fmt.Sprintf(one, "1")), ""), "beyond XFD"},
		"a far row":               {openTable(`<table:table-row table:number-rows-repeated="1048576"/>`+openRow(fmt.Sprintf(one, "1")), ""), "beyond XFD"},
		"cells without end":       {openTable(openRow(fmt.Sprintf(one, "99999999999999999999")), ""), "beyond XFD"},
		"rows without end":        {openTable(`<table:table-row table:number-rows-repeated="99999999999999999999">`+fmt.Sprintf(one, "1")+`</table:table-row>`, ""), ""},
		"millions of cells":       {openTable(`<table:table-row table:number-rows-repeated="1048576">`+fmt.Sprintf(one, "16384")+`</table:table-row>`, ""), "repeats cells"},
		"spaces without end":      {openTable(openRow(`<table:table-cell><text:p>`+strings.Repeat(`<text:s text:c="99999999"/>`, 3)+`</text:p></table:table-cell>`), ""), "32767 characters"},
		"a long text":             {openTable(openRow(`<table:table-cell><text:p>`+strings.Repeat("x", 32768)+`</text:p></table:table-cell>`), ""), "32767 characters"},
		"a number that is none":   {openTable(openRow(`<table:table-cell office:value-type="float" office:value="NaN"/>`), ""), "as a number"},
		"a duration that is none": {openTable(openRow(`<table:table-cell office:value-type="time" office:time-value="1:00"/>`), ""), "as a time"},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := open(pack(t, test.parts))
			if err == nil {
				_, err = cells(w.Sheets[0])
			}
			if test.want == "" {
				if err != nil {
					t.Errorf("got the error %v", err)
				}
				return
			}
			wantError(t, err, test.want)
		})
	}
}

// TestReadInAnyOrder reads the sheets of an OpenDocument in an order that is not theirs.
func TestReadInAnyOrder(t *testing.T) {
	row := openRow(`<table:table-cell office:value-type="float" office:value="1"/>`)
	w, err := open(pack(t, openTable(row, `<table:table table:name="Two">`+row+row+`</table:table>`)))
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	reading := func(s *spreadsheet.Sheet) spreadsheet.Reading {
		return spreadsheet.Reading{
			Sheet: s, Visit: func(row *spreadsheet.Row) error { order = append(order, fmt.Sprint(s.Name, row.Number)); return nil },
			End: func() error { order = append(order, s.Name+" ends"); return nil },
		}
	}
	if err := w.Read([][]spreadsheet.Reading{{reading(w.Sheets[1]), reading(w.Sheets[0])}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Two1", "Two2", "Two ends", "One1", "One ends"}, order); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// FuzzOpenDocument reads whatever comes as the rows of a sheet. Nothing panics, and no cell lies beyond a sheet.
func FuzzOpenDocument(f *testing.F) {
	f.Add(openRow(`<table:table-cell table:style-name="day" office:value-type="date" office:date-value="2022-03-01"><text:p>a <text:s text:c="2"/></text:p></table:table-cell>`))
	f.Add(`<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="9" office:value-type="float" office:value="1"/></table:table-row>`)
	f.Add(openRow(`<table:table-cell table:formula="of:=1"><office:annotation/><draw:frame><draw:image/></draw:frame></table:table-cell>`))
	f.Fuzz(func(t *testing.T, rows string) { readAll(t, pack(t, openTable(rows, ""))) })
}
