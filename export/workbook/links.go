package workbook

import (
	"bufio"
	"bytes"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// target is where a cell leads: a web address, or the first cell of a row of a worksheet. The zero target leads nowhere.
type target struct {
	url   string
	sheet string
	row   int // of the worksheet, from 1
}

// links know where the cells of a workbook lead: a key to its row, a publisher to its page, a name to its worksheet.
type links struct {
	sheets map[string][]*sheet // by table, of those that are small enough to be linked to
}

func newLinks(sheets []*sheet) *links {
	l := &links{sheets: map[string][]*sheet{}}
	for _, s := range sheets {
		if s.table.IsCurated() && s.table.Rows <= maxLinks {
			l.sheets[s.table.Name] = append(l.sheets[s.table.Name], s)
		}
	}
	return l
}

// addColumns lays out the columns of a sheet with their links. Where they would be more than Excel takes, there are none,
// and the sheet says so.
func (l *links) addColumns(s *sheet) {
	linked := 0
	order, forPeople := s.table.Shown()
	s.first = forPeople
	for i, at := range order {
		c := &s.table.Columns[at]
		link, isWeb := l.linkOf(s.table, c, at)
		if link != nil {
			linked++
		}
		isText := c.Type.IsText()
		s.columns = append(s.columns, sheetColumn{
			Column: c, at: at, letters: letters(i), link: link, isWeb: isWeb,
			isText: isText, isMixed: isText && !s.table.IsCurated() && s.table.Summary == nil, recurs: textsRecur(s.table, c),
		})
	}
	if linked*(s.to-s.from) > maxLinks && s.links() > maxLinks {
		for i := range s.columns {
			s.columns[i].link = nil
		}
		s.source += " Without links, since there would be more than the 65,530 that Excel takes on a worksheet."
	} else if hasLongAddress(s) {
		s.source += " Addresses of more than 2,079 characters are no links, since Excel takes none of that length."
	}
}

// hasLongAddress reports whether a sheet with links to the web has an address that is too long for one.
func hasLongAddress(s *sheet) bool {
	column := s.table.Role(dataset.RoleLink)
	if column < 0 || !slices.ContainsFunc(s.columns, func(c sheetColumn) bool { return isWebLink(&c) }) {
		return false
	}
	for row := s.from; row < s.to; row++ {
		if !isLinkable(s.table.Cell(row, column).Text) {
			return true
		}
	}
	return false
}

// linkOf returns where the cells of a column lead, or nil, and whether that is out of the workbook.
func (l *links) linkOf(t *dataset.Table, c *dataset.Column, column int) (link func(row int) target, isWeb bool) {
	switch sheets := l.sheets[c.Ref]; {
	case t.Name == contentsTable && column == 0:
		return func(row int) target { return target{sheet: t.Cell(row, column).Text, row: rowTitle} }, false
	case c.Role == dataset.RoleAbout && t.Role(dataset.RoleLink) >= 0:
		url := t.Role(dataset.RoleLink)
		return func(row int) target { return webTarget(t.Cell(row, url).Text) }, true
	case sheets != nil:
		named := t.Referring(column, sheets[0].table)
		return func(row int) target { return targetOf(sheets, named(row)) }, false
	default:
		return nil, false
	}
}

// targetOf returns where a row of a table stands in its sheets, of which none has a row that is negative.
func targetOf(sheets []*sheet, row int) target {
	for _, s := range sheets {
		if row >= s.from && row < s.to {
			return target{sheet: s.name, row: s.row(row)}
		}
	}
	return target{}
}

// writeLinks writes the hyperlinks of a sheet. Places in the workbook stand in the element itself, web addresses in the
// relationships of the worksheet, numbered in the same order.
func (s *sheet) writeLinks(w io.Writer) error {
	out := bufio.NewWriterSize(w, linkBytes)
	before, after, web := "<hyperlinks>", "", 0
	for cell := range s.eachLink(isLink) {
		b := append(out.AvailableBuffer(), before...)
		b = append(append(b, `<hyperlink ref="`...), cell.column.letters...)
		b = strconv.AppendInt(b, int64(cell.row), 10)
		if cell.target.url == "" {
			b = appendEscaped(append(b, `" location="`...), cell.target.sheet)
			b = strconv.AppendInt(append(b, "!A"...), int64(cell.target.row), 10)
		} else {
			web++
			b = append(append(b, `" r:id="`...), webLinkID...)
			b = strconv.AppendInt(b, int64(web), 10)
		}
		_, _ = out.Write(append(b, `"/>`...)) // Flush tells
		before, after = "", "</hyperlinks>"
	}
	_, _ = out.WriteString(after)
	return out.Flush()
}

// linkBytes is how much of the links is written at a time.
const linkBytes = 1 << 15

// webLinkID begins the ids of the relationships to web addresses, which are counted from 1.
const webLinkID = "rIdLink"

// linkedCell is a cell that leads somewhere.
type linkedCell struct {
	column *sheetColumn
	row    int // of the worksheet, from 1
	target target
}

// Which columns have links, and which have those to web addresses.
func isLink(c *sheetColumn) bool    { return c.link != nil }
func isWebLink(c *sheetColumn) bool { return c.link != nil && c.isWeb }

// eachLink ranges over the cells with a link, row by row, in some of the columns.
func (s *sheet) eachLink(in func(c *sheetColumn) bool) iter.Seq[linkedCell] {
	return func(yield func(linkedCell) bool) {
		var columns []*sheetColumn
		for i := range s.columns {
			if c := &s.columns[i]; in(c) {
				columns = append(columns, c)
			}
		}
		if columns == nil {
			return
		}
		for row := s.from; row < s.to; row++ {
			for _, c := range columns {
				if to := c.link(row); to != (target{}) && !yield(linkedCell{c, s.row(row), to}) {
					return
				}
			}
		}
	}
}

const linkType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"

// writeRelations writes the relationships of a sheet: those of a part, to its table, and to web addresses.
func (s *sheet) writeRelations(w io.Writer, part []byte) error {
	out := bufio.NewWriterSize(w, linkBytes)
	before, _, _ := bytes.Cut(part, []byte("</Relationships>"))
	_, _ = out.Write(before) // Flush tells
	_, _ = out.WriteString(`<Relationship Id="` + tableID + `" Type="` + tableType + `" Target="../` + strings.TrimPrefix(s.tablePart(), "xl/") + `"/>`)
	web := 0
	for cell := range s.eachLink(isWebLink) {
		web++
		b := append(append(out.AvailableBuffer(), `<Relationship Id="`...), webLinkID...)
		b = append(strconv.AppendInt(b, int64(web), 10), `" Type="`+linkType+`" Target="`...)
		b = append(appendEscaped(b, cell.target.url), `" TargetMode="External"/>`...)
		_, _ = out.Write(b)
	}
	_, _ = out.WriteString("</Relationships>")
	return out.Flush()
}
