package workbook

import (
	"bytes"
	"strconv"
	"strings"
)

// definedName is a name for cells of a worksheet, which holds in the whole workbook.
type definedName struct{ name, sheet, from, to string }

// definedNames returns the names of the tables and of the key figures; all begin with n_.
func (w *workbook) definedNames() (names []definedName) {
	add := func(name string, s *sheet, from, to string) {
		names = append(names, definedName{"n_" + strings.ReplaceAll(strings.ToLower(name), " ", "_"), s.name, from, to})
	}
	for _, s := range w.sheets {
		add(s.name, s, "$A$"+strconv.Itoa(HeaderRow), "$"+s.lastColumn()+"$"+strconv.Itoa(s.lastRow()))
		if !s.table.HoldsFigures() {
			continue
		}
		for row := range s.table.Rows {
			cell := "$" + s.field("value").letters + "$" + strconv.Itoa(s.row(row))
			add("figure "+s.table.Cell(row, 0).Text, s, cell, cell)
		}
	}
	return names
}

// addNames defines the names of the workbook, and for each worksheet what is printed and which row repeats on each page
// (ECMA-376 Part 1, 18.2.6). excelize would compare each name with all before it.
func (w *excelBook) addNames(_ string, part []byte) []byte {
	b := []byte("<definedNames>")
	define := func(attributes, name, cells string) {
		b = append(b, "<definedName "+attributes+`name="`+name+`">`+cells+"</definedName>"...)
	}
	define(`localSheetId="0" `, "_xlnm.Print_Area", printArea(coverSheet, "A", len(w.cover)))
	for i, s := range w.sheets {
		local := `localSheetId="` + strconv.Itoa(i+1) + `" `
		define(local, "_xlnm.Print_Titles", s.name+"!$"+strconv.Itoa(HeaderRow)+":$"+strconv.Itoa(HeaderRow))
		column, row, _ := s.printedArea()
		define(local, "_xlnm.Print_Area", printArea(s.name, column, row))
	}
	for _, n := range w.definedNames() {
		cells := n.sheet + "!" + n.from
		if n.to != n.from {
			cells += ":" + n.to
		}
		define("", n.name, cells)
	}
	return bytes.Replace(part, []byte("</sheets>"), append([]byte("</sheets>"), append(b, "</definedNames>"...)...), 1)
}

// printArea returns what is printed of a worksheet: from its first cell to a column and a row.
func printArea(name, column string, row int) string {
	return name + "!$A$1:$" + column + "$" + strconv.Itoa(row)
}
