package export

import (
	"haltsheet/dataset"
	"haltsheet/export/defuse"
)

// excelFiles are the tables for opening with a double click: spreadsheets tell UTF-8 by the byte order mark, and take no
// text for a formula, a number or a month. They have no schema, since defused texts need not fit it.
func excelFiles(b *Book) []File {
	medium := Medium{Type: "text/csv", IsText: true, Delimiter: ",", LineEnd: crlf, Suffix: "-csv-excel"}
	return eachTable(b, func(table *dataset.Table, stem string) File {
		r := Resource{
			Name: Slug(stem) + medium.Suffix, Path: "csv-excel/" + stem + ".csv", Title: table.Title + ", for spreadsheets", Medium: medium,
		}
		return excelCSV.file(b, r, table)
	})
}

// excelCSV is the style of files that spreadsheets open: with a byte order mark, CRLF and defused texts.
var excelCSV = csvStyle{
	mark:  "\ufeff",
	shows: defuse.Text,
	appendHeader: func(b []byte, columns []dataset.Column) []byte {
		b = dataset.AppendCSVHeader(b, columns)
		return append(b[:len(b)-1], crlf...)
	},
	appendRow: func(b []byte, table *dataset.Table, row int) []byte {
		for column := range table.Columns {
			if column > 0 {
				b = append(b, ',')
			}
			if table.Columns[column].Type.IsText() {
				b = table.EncodeText(b, row, column, func(b []byte, text string) []byte { return dataset.AppendCSV(b, defuse.Text(text)) })
			} else { // a number, a day or a truth, which is to be one
				b = table.AppendCell(b, row, column)
			}
		}
		return append(b, crlf...)
	},
}

const crlf = "\r\n"
