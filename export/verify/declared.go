package verify

import (
	"embed"
	"sync"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
	"haltsheet/export/workbook"
)

// declaredTexts are the columns of our own worksheets whose type is a text, a list or a date that may be a month, by worksheet
// and title. A day or a number in one of them is what it should be: a text.
var declaredTexts = sync.OnceValue(func() map[[2]string]bool {
	texts := map[[2]string]bool{}
	empty, err := dataset.Load(embed.FS{}) // has all tables, and no rows
	if err != nil {
		return texts
	}
	for _, table := range append(empty.Tables(), empty.Summarize()...) {
		table = table.InWords()
		for i := range table.Columns {
			switch c := &table.Columns[i]; c.Type {
			case dataset.TypeText, dataset.TypeDate, dataset.TypeList:
				texts[[2]string{workbook.SheetName(table), c.Title}] = !c.IsDay()
			default:
			}
		}
	}
	return texts
})

// furtherPart is what the name of a worksheet has behind that of the table that goes on in it, such as Halts_2.
var furtherPart = pattern.New(`_[0-9]+$`)

// isDeclaredText reports whether the type of a column says that its cells are texts.
func isDeclaredText(sheet, title string) bool {
	return declaredTexts()[[2]string{furtherPart().ReplaceAllString(sheet, ""), title}]
}
