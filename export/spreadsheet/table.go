package spreadsheet

// Table is an Excel table.
type Table struct {
	Name        string
	DisplayName string
	Ref         Range // header and totals included
	HeaderRows  int
	TotalsRows  int
	Columns     []string
	AutoFilter  bool
	AltText     string
	AltSummary  string
	Style       string
	Part        string
}

// readTable adds a table to the sheet.
func (s *Sheet) readTable(part string) error {
	e, err := s.workbook.container.tree(part)
	if err != nil {
		return err
	}
	ref, ok := ParseRange(e.attr("ref"))
	if !ok {
		return refuse(part, "has no range %q", e.attr("ref"))
	}
	t := Table{
		Name: e.attr("name"), DisplayName: e.attr("displayName"), Ref: ref, Part: part,
		HeaderRows: e.integer("headerRowCount", 1), TotalsRows: e.integer("totalsRowCount", 0),
		AutoFilter: e.child("autoFilter") != nil, Style: e.child("tableStyleInfo").attr("name"),
	}
	for _, column := range e.child("tableColumns").all("tableColumn") {
		t.Columns = append(t.Columns, Unescape(column.attr("name")))
	}
	if alt := e.child("extLst").first("table"); alt != nil { // [MS-XLSX] 2.6.79
		t.AltText, t.AltSummary = alt.attr("altText"), alt.attr("altTextSummary")
	}
	s.Tables = append(s.Tables, t)
	return nil
}
