package cli_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// editWorkbook is a command for scripts: it edits a workbook as a person would. The edits are
//
//	Sheet!E17=text    type a text into a cell
//	Sheet!-7          delete a row
//	Sheet!A<>B        exchange what two cells hold
//	-Sheet            delete a worksheet
func editWorkbook() {
	if err := editFile(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // the main function of a command
	}
}

func editFile(name string, edits []string) error {
	file, err := excelize.OpenFile(name)
	if err != nil {
		return err
	}
	for _, edit := range edits {
		if err := editOne(file, edit); err != nil {
			return fmt.Errorf("%s: %w", edit, err)
		}
	}
	return file.Save()
}

func editOne(file *excelize.File, edit string) error {
	if sheet, ok := strings.CutPrefix(edit, "-"); ok {
		return file.DeleteSheet(sheet)
	}
	sheet, what, _ := strings.Cut(edit, "!")
	if row, ok := strings.CutPrefix(what, "-"); ok {
		n, err := strconv.Atoi(row)
		if err != nil {
			return err
		}
		return file.RemoveRow(sheet, n)
	}
	if a, b, ok := strings.Cut(what, "<>"); ok {
		first, err := file.GetCellValue(sheet, a)
		if err != nil {
			return err
		}
		second, err := file.GetCellValue(sheet, b)
		if err != nil {
			return err
		}
		if err := file.SetCellStr(sheet, a, second); err != nil {
			return err
		}
		return file.SetCellStr(sheet, b, first)
	}
	cell, text, _ := strings.Cut(what, "=")
	return file.SetCellStr(sheet, cell, text)
}
