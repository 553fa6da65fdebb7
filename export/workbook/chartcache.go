package workbook

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
)

var (
	refPattern  = pattern.New(`<(?:str|num)Ref><f>([^<]*)</f>(?:<numCache>.*?</numCache>)?</(?:str|num)Ref>`)
	cellPattern = pattern.New(`^(.+)!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$`)
)

// cachePoints gives the references of a chart the values that they refer to (ECMA-376 Part 1, 21.2.2.124), so that
// viewers which do not calculate show it; excelize leaves them out.
func (w *workbook) cachePoints(_ string, part []byte) []byte {
	return refPattern().ReplaceAllFunc(part, func(ref []byte) []byte {
		target := string(refPattern().FindSubmatch(ref)[1])
		if r := w.resolve(target); r != nil {
			return r.append(nil, target)
		}
		return ref
	})
}

// chartRef is a range of cells that a chart refers to.
type chartRef struct {
	sheet            *sheet
	column, toColumn int // from 0
	row, toRow       int // of the worksheet, from 1
}

// resolve finds the cells of a reference, or nil.
func (w *workbook) resolve(target string) *chartRef {
	m := cellPattern().FindStringSubmatch(target)
	if m == nil {
		return nil
	}
	for _, s := range w.sheets {
		if s.name != m[1] {
			continue
		}
		r := &chartRef{sheet: s, column: columnNumber(m[2]), toColumn: columnNumber(m[2])}
		r.row, _ = strconv.Atoi(m[3])
		r.toRow = r.row
		if m[4] != "" {
			r.toColumn = columnNumber(m[4])
			r.toRow, _ = strconv.Atoi(m[5])
		}
		return r
	}
	return nil
}

// columnNumber returns the place of a column, counted from 0, by its letters.
func columnNumber(letters string) int {
	n, err := excelize.ColumnNameToNumber(letters)
	if err != nil {
		panic(err) // the pattern takes letters only
	}
	return n - 1
}

// append appends the reference with its cache: texts, numbers, or texts on several levels.
func (r *chartRef) append(b []byte, target string) []byte {
	open := func(element string) { b = append(append(append(b, '<'), element...), '>') }
	reference := func(kind, cache string, points func()) {
		open(kind)
		open("f")
		b = appendEscaped(b, target)
		open("/f")
		open(cache)
		points()
		open("/" + cache)
		open("/" + kind)
	}
	count := func() { b = fmt.Appendf(b, `<ptCount val="%d"/>`, r.toRow-r.row+1) }
	points := func(column int) {
		for row := r.row; row <= r.toRow; row++ {
			b = fmt.Appendf(b, `<pt idx="%d"><v>`, row-r.row)
			b = append(r.appendCell(b, column, row), `</v></pt>`...)
		}
	}
	switch column := &r.sheet.columns[r.column]; {
	case r.toColumn > r.column:
		reference("multiLvlStrRef", "multiLvlStrCache", func() {
			count()
			for level := r.toColumn; level >= r.column; level-- {
				open("lvl")
				points(level)
				open("/lvl")
			}
		})
	case r.row == HeaderRow || column.isText:
		reference("strRef", "strCache", func() { count(); points(r.column) })
	default:
		format := "General"
		if column.Type == dataset.TypeDay {
			format = dayFormat
		}
		reference("numRef", "numCache", func() {
			b = append(append(append(b, "<formatCode>"...), format...), "</formatCode>"...)
			count()
			points(r.column)
		})
	}
	return b
}

// appendCell appends the content of a cell as a chart caches it.
func (r *chartRef) appendCell(b []byte, column, row int) []byte {
	c := &r.sheet.columns[column]
	if row == HeaderRow {
		return appendEscaped(b, c.Title)
	}
	v := r.sheet.table.Cell(r.sheet.from+row-rowFirst, c.at)
	if c.Type == dataset.TypeDay {
		return strconv.AppendInt(b, serial(v.Day), 10)
	}
	return appendEscaped(b, string(v.Append(nil, c.Type)))
}
