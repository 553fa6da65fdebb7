package workbook

import (
	"bytes"

	"haltsheet/dataset/pattern"
)

// mendings are what the packing changes in the parts that excelize makes.
func (w *excelBook) mendings() []mending {
	return []mending{
		{typesPart, sortContentTypes},
		{"docProps/core.xml", coreProperties(&w.book.Metadata)},
		{"xl/styles.xml", orderFonts},
		{"xl/workbook.xml", w.addNames},
		{"xl/charts/", w.cachePoints},
		{"xl/charts/", weeksOnAxis},
		{"xl/charts/", leaveRoom},
		{"xl/drawings/drawing", w.anchorCorners},
	}
}

var (
	fontPattern  = pattern.New(`<font>.*?</font>`)
	colorPattern = pattern.New(`<color [^>]*?(/>|></color>)`)
	namePattern  = pattern.New(`<name `)
	noColor      = pattern.New(`<color>\s*</color>|<color\s*/>`)
)

// orderFonts leaves out empty colours, which openpyxl would save as black, and puts the others before the name, as the schema of
// CT_Font has it (ECMA-376 Part 1, 18.8.22).
func orderFonts(_ string, part []byte) []byte {
	return fontPattern().ReplaceAllFunc(part, func(font []byte) []byte {
		font = noColor().ReplaceAll(font, nil)
		color := colorPattern().Find(font)
		name := namePattern().FindIndex(font)
		if color == nil || name == nil || bytes.Index(font, color) < name[0] {
			return font
		}
		without := bytes.Replace(font, color, nil, 1)
		return bytes.Replace(without, []byte("<name "), append(bytes.Clone(color), "<name "...), 1)
	})
}
