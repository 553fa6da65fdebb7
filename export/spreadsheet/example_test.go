package spreadsheet_test

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"haltsheet/export/spreadsheet"
)

func ExampleSheet_Cells() {
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
	err = w.Sheets[0].Cells(func(c spreadsheet.Cell) error {
		fmt.Println(c.Ref, c.Value)
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// A1 company
	// B1 halts
	// A2 Acme
	// B2 2
}
