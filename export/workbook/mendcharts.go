package workbook

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	anchorPattern = regexp.MustCompile(`<xdr:twoCellAnchor editAs="oneCell">(<xdr:from>.*?</xdr:from>)<xdr:to>.*?<xdr:colOff>(\d+)</xdr:colOff>.*?<xdr:rowOff>(\d+)</xdr:rowOff></xdr:to>(.*?)</xdr:twoCellAnchor>`)
	offsetPattern = regexp.MustCompile(`Off>(\d+)<`)
)

// anchorOnce anchors each drawing by one cell and its size (ECMA-376 Part 1, 20.5.2.24): excelize knows neither the widths of
// columns nor the heights of rows that the packer writes, and places the other corner beyond its cell.
func anchorOnce(_ string, part []byte) []byte {
	return anchorPattern.ReplaceAllFunc(part, func(anchor []byte) []byte {
		m := anchorPattern.FindSubmatch(anchor)
		from := offsetPattern.FindAllSubmatch(m[1], 2)
		length := func(to, from []byte) int {
			end, _ := strconv.Atoi(string(to))
			start, _ := strconv.Atoi(string(from))
			return end - start
		}
		return fmt.Appendf(nil, `<xdr:oneCellAnchor>%s<xdr:ext cx="%d" cy="%d"/>%s</xdr:oneCellAnchor>`,
			m[1], length(m[2], from[0][1]), length(m[3], from[1][1]), m[4])
	})
}

var (
	categoryAxis = regexp.MustCompile(`<catAx>.*?</catAx>`)
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
	return categoryAxis.ReplaceAllFunc(part, func(axis []byte) []byte { return []byte(weekly.Replace(string(axis))) })
}
