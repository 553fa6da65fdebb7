package verify_test

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"haltsheet/export/book"
	"haltsheet/export/spreadsheet"
	"haltsheet/export/verify"
)

func ExampleWorkbook() {
	f := excelize.NewFile()
	_ = f.SetSheetRow("Sheet1", "A1", &[]any{"company", "halts"})
	_ = f.SetSheetRow("Sheet1", "A2", &[]any{"Acme", 2})
	file, err := f.WriteToBuffer()
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := spreadsheet.Open(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	findings, err := verify.Workbook(w, "halts.xlsx", book.Accessible)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range findings {
		if f.Rule == "X01" {
			fmt.Printf("%s\n  hint: %s\n", f, f.Hint)
		}
	}
	// Output:
	// halts.xlsx:Sheet1!A1: error: the cells A1:B2 are no table [X01]
	//   hint: select the cells and insert a table with a header row
}
