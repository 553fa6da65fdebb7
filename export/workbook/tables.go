package workbook

import (
	"strconv"
	"strings"
)

// The packer makes the Excel tables itself: excelize would read all tables again before each new one.

// tablePart returns the name of the part of the sheet's table.
func (s *sheet) tablePart() string { return "xl/tables/table" + strconv.Itoa(s.number-1) + ".xml" }

// tableID is the relationship of a worksheet to its table.
const (
	tableID   = "rIdTable"
	tableType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
)

// appendTable appends the table of a sheet (ECMA-376 Part 1, 18.5.1.2), with its alternative text ([MS-XLSX] 2.6.79).
func appendTable(b []byte, s *sheet, filtered bool) []byte {
	number, ref := strconv.Itoa(s.number-1), s.ref()
	b = append(b, xmlHeader+`<table xmlns="`+mainNamespace+`" id="`+number+`" name="`+s.name+`" displayName="`+s.name+`" ref="`+ref+`">`...)
	if filtered {
		b = append(b, `<autoFilter ref="`+ref+`"/>`...)
	}
	b = append(b, `<tableColumns count="`+strconv.Itoa(len(s.columns))+`">`...)
	for i := range s.columns {
		b = append(b, `<tableColumn id="`+strconv.Itoa(i+1)+`" name="`...)
		b = append(appendEscaped(b, s.columns[i].Title), `"/>`...)
	}
	b = append(b, `</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/>`+
		`<extLst><ext uri="{504A1905-F514-4f6f-8877-14C23A59335A}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:table altText="`...)
	b = append(appendEscaped(b, s.title), `" altTextSummary="`...)
	return append(appendEscaped(b, s.table.Description), `"/></ext></extLst></table>`...)
}

// appendTableTypes appends the content types of the tables.
func appendTableTypes(b []byte, sheets []*sheet) []byte {
	for _, s := range sheets {
		b = append(b, `<Override PartName="/`+s.tablePart()+`" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"/>`...)
	}
	return b
}

// withTable returns the end of a worksheet with the reference to its table, behind which only extensions stand (ECMA-376
// Part 1, 18.3.1.99).
func withTable(end string) string {
	at := strings.Index(end, "<extLst")
	if at < 0 {
		at = strings.Index(end, "</worksheet>")
	}
	return end[:at] + `<tableParts count="1"><tablePart r:id="` + tableID + `"/></tableParts>` + end[at:]
}
