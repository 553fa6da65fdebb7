package workbook

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
)

var (
	anchorPattern = pattern.New(`<xdr:from><xdr:col>(\d+)</xdr:col><xdr:colOff>(\d+)</xdr:colOff><xdr:row>(\d+)</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff></xdr:from><xdr:to>.*?<xdr:colOff>(\d+)</xdr:colOff>.*?<xdr:rowOff>(\d+)</xdr:rowOff></xdr:to>`)
	plotPattern   = pattern.New(`<plotArea>(?:<layout></layout>)?<barChart><barDir val="bar">`)
)

// pixelUnits is how many English Metric Units a pixel has (ECMA-376 Part 1, 20.1.10.16).
const pixelUnits = 9525

// anchorCorners puts the second corner of each drawing into its cell (ECMA-376 Part 1, 20.5.2.33): excelize knows neither the widths
// of columns nor the heights of rows that the packer writes, and puts the size of the drawing there.
func (w *workbook) anchorCorners(_ string, part []byte) []byte {
	home := w.sheetWith((*dataset.Table).HoldsFigures)
	return anchorPattern().ReplaceAllFunc(part, func(anchor []byte) []byte {
		var n [7]int
		for i, number := range anchorPattern().FindSubmatch(anchor)[1:] {
			n[i], _ = strconv.Atoi(string(number))
		}
		column, right := home.columnAt(home.leftOf(n[0]) + (n[1]+n[4])/pixelUnits)
		row, below := home.rowAt(n[2]+1, (n[3]+n[5])/pixelUnits)
		from, _, _ := bytes.Cut(anchor, []byte("<xdr:to>"))
		return fmt.Appendf(nil, `%s<xdr:to><xdr:col>%d</xdr:col><xdr:colOff>%d</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:to>`,
			from, columnNumber(column), right*pixelUnits, row-1, below*pixelUnits)
	})
}

// leaveRoom says where the bars of a chart stand (ECMA-376 Part 1, 21.2.2.95), so that those of all charts begin below each other,
// with room for names before them and for numbers behind.
func leaveRoom(_ string, part []byte) []byte {
	top, height := 0.22, 0.75
	if bytes.Contains(part, []byte("<legend>")) {
		height = 0.64
	}
	return plotPattern().ReplaceAll(part, fmt.Appendf(nil, `<plotArea><layout><manualLayout><layoutTarget val="inner"/><xMode val="edge"/><yMode val="edge"/>`+
		`<x val="0.54"/><y val="%g"/><w val="0.33"/><h val="%g"/></manualLayout></layout><barChart><barDir val="bar">`, top, height))
}

var (
	categoryAxis = pattern.New(`<catAx>.*?</catAx>`)
	weekly       = strings.NewReplacer(
		`<auto val="1">`, `<auto val="0">`,
		`rot="0"`, `rot="-60000000"`, // chosen by the program, which then leaves out labels that would overlap
		`<noMultiLvlLbl`, `<tickLblSkip val="7"></tickLblSkip><tickMarkSkip val="7"></tickMarkSkip><noMultiLvlLbl`,
	)
)

// weeksOnAxis gives the axis of a timeline, which has a category for every day, a tick and a label a week (ECMA-376 Part 1,
// 21.2.2.205). It is no axis of dates: LibreOffice saves one in a way that openpyxl, and with it pandas, cannot read.
func weeksOnAxis(_ string, part []byte) []byte {
	if !bytes.Contains(part, []byte("<formatCode>"+dayFormat+"</formatCode>")) {
		return part
	}
	return categoryAxis().ReplaceAllFunc(part, func(axis []byte) []byte { return []byte(weekly.Replace(string(axis))) })
}
