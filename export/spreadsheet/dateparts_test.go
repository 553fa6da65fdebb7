package spreadsheet_test

import (
	"testing"

	"haltsheet/export/spreadsheet"
)

func TestDateParts(t *testing.T) {
	year, month := spreadsheet.DateParts{Year: true}, spreadsheet.DateParts{Year: true, Month: true}
	day, moment := spreadsheet.DateParts{Year: true, Month: true, Day: true}, spreadsheet.DateParts{Year: true, Month: true, Day: true, Time: true}
	clock := spreadsheet.DateParts{Time: true}
	for format, want := range map[spreadsheet.NumberFormat]spreadsheet.DateParts{
		"General": {}, "0.00E+00": {}, "#,##0.00": {}, `0 "days"`: {}, "@": {}, `[Red]0`: {},
		"yyyy": year, "yy": year, `[$-411]ggge"年"`: year, "JJJJ": year, "aaaa": year, `yyyy"d"`: year, `yyyy\d`: year, `[$-409]yyyy;@`: year,
		"mmm-yy": month, `[$-413]mmm\-yy;@`: month, `[$-F800]mmmm\ yyyy`: month, "yyyy-mm": month, "mmmmm yyyy": month, `yyyy"年"m"月"`: month,
		`[$-411]ge.m`: month, "mmm-aa": month, "MMM JJ": month, "mm/yyyy": month, `mmm yy;"no day"`: month, "mm-rrrr": {Month: true}, "yyyy/m;yyyy/m/d": month,
		"mmm": {Month: true}, "d-mmm": {Month: true, Day: true}, "dddd": {Day: true},
		"yyyy-mm-dd": day, "mm-dd-yy": day, "TT.MM.JJJJ": day, "jj/mm/aaaa": day, "gg/mm/aaaa": day, "dd-mm-aaaa": day, "d-m-jjjj": day,
		`yyyy"年"m"月"d"日"`: day, "yyyy/m aaaa": day, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`: day,
		"yyyy-mm-dd h:mm:ss": moment, "m/d/yy h:mm": moment, "d.m.yyyy hh:mm AM/PM": moment, "yyyy-mm-dd mm:ss": moment,
		"h:mm": clock, "[h]:mm:ss": clock, "mm:ss.0": clock, "h AM/PM": clock, "[mm]:ss": clock, "[m]": clock,
	} {
		if got := format.DateParts(); got != want {
			t.Errorf("%s shows %+v, want %+v", format, got, want)
		}
	}
}

// TestComments reads notes and threaded comments: the note that stands in for a thread is no comment of its own.
func TestComments(t *testing.T) {
	w := openSmall(t, parts{
		"xl/worksheets/_rels/sheet1.xml.rels": relationships("rId1", "comments", "../comments1.xml", "rId2", "threadedComment", "../threads.xml", "rId3", "threadedComment", "../gone.xml"),
		"xl/_rels/workbook.xml.rels":          relationships("rId1", "worksheet", "worksheets/sheet1.xml", "rId9", "person", "persons/person.xml"),
		"xl/comments1.xml": `<comments ` + mainNS + `><authors><author>Anna</author><author>tc={1}</author></authors><commentList>` +
			`<comment ref="B7" authorId="0"><text><r><t>Anna:</t></r><r><t xml:space="preserve">
please check</t></r></text></comment><comment ref="C8" authorId="1"><text><t>[Threaded comment]</t></text></comment>` +
			`<comment ref="D9" authorId="7"><text><t>who am I</t></text></comment></commentList></comments>`,
		"xl/threads.xml": `<ThreadedComments><threadedComment ref="C8" personId="{P}" id="{1}"><text>Is this right?</text></threadedComment>` +
			`<threadedComment ref="C8" personId="{Q}" id="{2}" parentId="{1}"><text>Yes &amp; no</text></threadedComment></ThreadedComments>`,
		"xl/persons/person.xml": `<personList><person displayName="Bea Marsh" id="{P}"/></personList>`,
	})
	want := []spreadsheet.Comment{
		{spreadsheet.Ref{Row: 7, Column: 2}, "Anna", "please check"},
		{spreadsheet.Ref{Row: 9, Column: 4}, "", "who am I"},
		{spreadsheet.Ref{Row: 8, Column: 3}, "Bea Marsh", "Is this right?"},
		{spreadsheet.Ref{Row: 8, Column: 3}, "", "Yes & no"},
	}
	got := w.Sheets[0].Comments
	if len(got) != len(want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}
