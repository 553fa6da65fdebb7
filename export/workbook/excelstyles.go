package workbook

import "github.com/xuri/excelize/v2"

// addStyles adds the formats to the workbook, and returns by their places the numbers that they have in it.
func addStyles(f *excelize.File, all []style) (numbers []int, err error) {
	for i := range all {
		number, err := f.NewStyle(all[i].excel())
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, nil
}

// ansiCharset is the character set of Western letters (ECMA-376 Part 1, 18.4.1), which digits are in.
const ansiCharset = 0

// excel returns the format as excelize has it.
func (s *style) excel() *excelize.Style {
	to := &excelize.Style{Font: &excelize.Font{Family: fontName, Size: s.size, Bold: s.bold}}
	if s.isAmount {
		to.Font.Charset = new(ansiCharset)
	}
	if s.linked {
		to.Font.Underline = "single"
	}
	if s.fill != "" {
		to.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.fill}}
	}
	if s.number != "" {
		to.CustomNumFmt = &s.number
	}
	if s.vertical != "" {
		to.Alignment = &excelize.Alignment{Vertical: s.vertical, Horizontal: s.horizontal, Indent: s.indent, WrapText: s.wraps}
	}
	return to
}
