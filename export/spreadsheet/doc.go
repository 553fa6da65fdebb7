// Package spreadsheet reads workbooks that anybody wrote, within bounds: Office Open XML (ECMA-376, XLSX) and OpenDocument
// (ODS).
//
// [OpenFile] or [Open] reads everything but the cells: sheets, names, tables, styles, texts, properties, drawings.
// [Sheet.Cells] streams the cells of a sheet, and [Sheet.Layout] tells what stands around them: widths, merges, links,
// views, filters. Files by Excel, LibreOffice, excelize, openpyxl and XlsxWriter all read the same way: targets may be
// absolute or relative, namespaces transitional or strict, references left out, texts shared or inline.
//
// # Bounds
//
// A workbook is refused with an [*Error] that names the part and the problem when it is no ZIP archive, is protected by a
// password, holds a DTD or an entity, or goes beyond [DefaultLimits] in entries, sizes, ratio of compression, depth or length,
// or beyond what Excel takes in rows, columns and characters. Nothing is ever written to disk, no link is followed, and
// no formula is computed. Cells are checked as they are read: a fault in row 1,000 stops [Sheet.Cells] at row 1,000.
//
// # Values
//
// Numbers keep the digits of the file. Dates are numbers, as spreadsheets have them; [NumberFormat.IsDate] tells them
// from others, and [Workbook.Date1904] from which day they count. Texts have _xHHHH_ undone. Rows and columns count from 1.
package spreadsheet
