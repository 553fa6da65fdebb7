// Package workbook draws the workbook and writes it, as a workbook of Excel ([Write], XLSX) and as an OpenDocument
// ([WriteOpenDocument], ODS). Package spreadsheet reads both, by other means.
//
// Excelize makes all that surrounds the data: styles, intros, headers, names, drop-downs and page set-up. The cells below
// the headers are encoded here, straight into the XML of each worksheet (ECMA-376 Part 1, 18.3.1), when excelize hands over
// its parts to be packed: in chunks of rows side by side, the same way for ten rows and for ten million. The packing also
// makes the tables, puts the parts in order and gives them fixed times, so that the same data gives the same bytes.
package workbook
