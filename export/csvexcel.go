package export

import (
	"strings"

	"haltsheet/dataset"
)

// writeCSVExcel writes the tables for opening with a double click: spreadsheets tell UTF-8 by the byte order mark, and
// take no text for a formula. What it changes for that is why it is never read back.
func writeCSVExcel(out *folder, book *Book) error {
	for _, table := range book.Curated {
		if err := writeCSVTable(out, excelResource(table, ""), table, excelCSV); err != nil {
			return err
		}
	}
	for _, table := range book.Summaries {
		if err := writeCSVTable(out, excelResource(table, "summary_"), table, excelCSV); err != nil {
			return err
		}
	}
	return nil
}

// excelResource describes a file without the table's schema, which its defused texts need not fit.
func excelResource(table *dataset.Table, prefix string) resource {
	return resource{
		Name:  slug(prefix+table.Name) + "-csv-excel",
		Path:  "csv-excel/" + prefix + table.Name + ".csv",
		Title: table.Title + ", for spreadsheets",
	}
}

// excelCSV is the style of files that spreadsheets open: with a byte order mark, CRLF and defused texts.
var excelCSV = csvStyle{
	lineEnd: crlf,
	appendHeader: func(b []byte, columns []dataset.Column) []byte {
		b = dataset.AppendCSVHeader(append(b, byteOrderMark...), columns)
		return append(b[:len(b)-1], crlf...)
	},
	appendRow: func(b []byte, table *dataset.Table, row int) []byte {
		for column := range table.Columns {
			if column > 0 {
				b = append(b, ',')
			}
			switch table.Columns[column].Type {
			case dataset.TypeText, dataset.TypeList:
				b = table.EncodeText(b, row, column, func(b []byte, text string) []byte { return dataset.AppendCSV(b, defuse(text)) })
			default: // is no formula
				b = table.AppendCell(b, row, column)
			}
		}
		return append(b, crlf...)
	},
}

const (
	byteOrderMark = "\ufeff"
	crlf          = "\r\n"
)

// defuse puts an apostrophe before a text that a spreadsheet would take for a formula.
func defuse(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0 {
		return "'" + text
	}
	return text
}
