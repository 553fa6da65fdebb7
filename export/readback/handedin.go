package readback

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/spreadsheet"
	"haltsheet/export/workbook"
)

// HandedIn reads a workbook or a JSON document that somebody edited, against the dataset that it was made from: a file
// may hold some of its tables, and what no dataset has room for is told.
func HandedIn(name string, made *dataset.Dataset) (*intake.Reading, error) {
	if IsWorkbook(name) {
		return readXLSX(name, made)
	}
	return readJSON(name, made)
}

// complete takes what is not in a file from the dataset that it was made from, and tells what was undone in its tables, and which
// derived cells were edited.
func complete(reading *intake.Reading, from *dataset.Transcript, made *dataset.Dataset, mended []*intake.Rows) error {
	if err := reading.Complete(from, made, mended); err != nil {
		return err
	}
	found := sync.OnceValue(func() *dataset.Dataset { return intake.WithoutWords(mended, from) })
	for _, rows := range mended {
		reading.Remarks.AddAll(rows.Remarks(), rows.Edited(reading.Dataset, found))
	}
	return nil
}

// complete completes what was read of a workbook, and tells of all that is in the workbook and in no dataset.
func (r *workbookReader) complete(reading *intake.Reading, from *dataset.Transcript, mended []*intake.Rows) error {
	if err := complete(reading, from, r.made, mended); err != nil {
		return err
	}
	for _, sheet := range r.book.Sheets {
		if !isOurs(sheet) {
			reading.Remarks.Add(intake.LeftOut(r.place(sheet.Name, "A1"), "the worksheet holds no table of a dataset, and is left out", ""))
		}
		for _, comment := range sheet.Comments {
			by := "a comment"
			if comment.Author != "" {
				by += " of " + comment.Author
			}
			reading.Remarks.Add(intake.LeftOut(r.place(sheet.Name, comment.String()), fmt.Sprintf("%s is left out: %q", by, comment.Text), ""))
		}
	}
	return nil
}

// isOurs reports whether a worksheet, or an Excel table in it, has the name of one that an export writes.
func isOurs(sheet *spreadsheet.Sheet) bool {
	return slices.ContainsFunc(ownSheets(), func(own string) bool {
		return partNumber(sheet.Name, own) > 0 ||
			slices.ContainsFunc(sheet.Tables, func(table spreadsheet.Table) bool { return partNumber(table.DisplayName, own) > 0 })
	})
}

// ownSheets are the names of the worksheets of an export.
var ownSheets = sync.OnceValue(func() []string {
	names := []string{"Cover", "Contents", "Dictionary", "Codes", "Metadata"}
	empty, err := dataset.Load(embed.FS{}) // has all tables, and no rows
	if err != nil {
		return names
	}
	for _, table := range append(empty.Tables(), empty.Summarize()...) {
		names = append(names, workbook.SheetName(table), workbook.CrossName(table))
	}
	return names
})
