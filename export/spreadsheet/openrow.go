package spreadsheet

// openRowReader reads the rows of a sheet of an OpenDocument (OpenDocument 1.3 Part 3, 9.1). The values and formulas of a row
// are packed into one string.
type openRowReader struct {
	scanner  *scanner
	document *openDocument
	sheet    *Sheet
	layout   *Layout
	readings []*Reading
	columns  []openColumns
	row      Row
	rowStyle int // of cells that name none; -1 where that of the column holds
	column   int // of the cell at hand
	raw      []openCell
	pack     packed
	texts    []string // of the row, unpacked
	seen     map[openMap]bool
	mapped   []bool // the styles whose conditions were added, by number
	stated   int    // cells that the file states, and those that it has by repetition
	repeated int
}

// openColumns are some columns, ends included, with the style of cells that name none.
type openColumns struct{ from, to, style int }

// maxRepeated is how many cells that repeat others a sheet may have beyond those that it states.
const maxRepeated = 1 << 20

// read reads the sheet that has just started to its end: columns and rows stand in groups, and in headers.
func (r *openRowReader) read() error {
	for depth := r.scanner.Depth; ; {
		more, err := r.scanner.startInside(depth)
		if err != nil || !more {
			return err
		}
		switch string(r.scanner.Name) {
		case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows", "table-row-group":
		case "table-column":
			r.addColumns()
			err = r.scanner.skip()
		case "table-row":
			err = r.readRow()
		case "shapes":
			err = r.addShapes()
		case "conditional-formats":
			err = r.addConditions()
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
	}
}

// addColumns takes columns that are the same. What lies behind the last that a sheet has is left out.
func (r *openRowReader) addColumns() {
	from := 1
	if n := len(r.columns); n > 0 {
		from = r.columns[n-1].to + 1
	}
	to := min(from+repeats(r.scanner.named("number-columns-repeated"))-1, MaxColumns)
	if from > to {
		return
	}
	style := r.document.formats[string(r.scanner.named("default-cell-style-name"))]
	r.columns = append(r.columns, openColumns{from, to, style})
	visibility := string(r.scanner.named("visibility"))
	width := r.document.widths[string(r.scanner.named("style-name"))]
	r.layout.Columns = append(r.layout.Columns, ColumnFormat{
		From: from, To: to, Width: width, Custom: width > 0, Hidden: visibility == "collapse" || visibility == "filter", Style: style,
	})
}

// styleAt returns the style of the cells of a column that name none.
func (r *openRowReader) styleAt(column int) int {
	if r.rowStyle >= 0 {
		return r.rowStyle
	}
	for i := range r.columns {
		if c := &r.columns[i]; column <= c.to {
			return c.style
		}
	}
	return 0
}

// readRow reads a row to its end, and hands it over as often as it is there, unless it has no cells.
func (r *openRowReader) readRow() error {
	times := repeats(r.scanner.named("number-rows-repeated"))
	visibility := string(r.scanner.named("visibility"))
	r.rowStyle = -1
	if name := r.scanner.named("default-cell-style-name"); name != nil {
		r.rowStyle = r.document.formats[string(name)]
	}
	r.row.Number++
	r.row.Hidden = visibility == "collapse" || visibility == "filter"
	r.row.Cells, r.raw, r.column = r.row.Cells[:0], r.raw[:0], 0
	for depth := r.scanner.Depth; ; {
		more, err := r.scanner.startInside(depth)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		switch string(r.scanner.Name) {
		case "table-cell":
			err = r.readCell()
		case "covered-table-cell": // what a merged cell covers is not seen
			r.column += repeats(r.scanner.named("number-columns-repeated"))
			err = r.scanner.skip()
		default:
			err = r.scanner.skip()
		}
		if err != nil {
			return err
		}
	}
	return r.endRow(times)
}

func (r *openRowReader) addShapes() error {
	e, err := r.scanner.ownElement()
	for _, shape := range e.descend() {
		r.document.addObject(r.sheet, shape, Ref{})
	}
	return err
}

// endRow finds out what the cells hold, and hands them over as often as the row is there.
func (r *openRowReader) endRow(times int) error {
	number := r.row.Number
	r.row.Number = min(number+times-1, MaxRows+1)
	if r.row.Hidden {
		for n := number; n <= min(r.row.Number, MaxRows); n++ {
			r.layout.HiddenRows = append(r.layout.HiddenRows, n)
		}
	}
	if len(r.raw) == 0 {
		r.pack.bytes, r.pack.ends = r.pack.bytes[:0], r.pack.ends[:0]
		return nil
	}
	isFilled, err := r.gather()
	if err != nil {
		return err
	}
	if !isFilled && times > 1 {
		times = 1 // each of them is as blank as the first
	}
	r.stated += len(r.raw)
	r.repeated += len(r.row.Cells)*times - len(r.raw)
	switch {
	case isFilled && number+times-1 > MaxRows:
		return refuse(r.scanner.part, "has a row %d, where %d is the last", number+times-1, MaxRows)
	case r.repeated > maxRepeated+r.stated:
		return refuse(r.scanner.part, "repeats cells more than %d times in the sheet %q", maxRepeated, r.sheet.Name)
	}
	last := r.row.Number
	for n := range times {
		r.row.Number = number + n
		for i := range r.row.Cells {
			r.row.Cells[i].Row = r.row.Number
		}
		for _, reading := range r.readings {
			if err := reading.Visit(&r.row); err != nil {
				return err
			}
		}
	}
	r.row.Number = last
	return nil
}

// gather finds out what the cells hold, each as often as it is there.
func (r *openRowReader) gather() (isFilled bool, err error) {
	r.texts = r.pack.unpack(r.texts[:0])
	for i := range r.raw {
		raw := &r.raw[i]
		if problem := r.decode(raw); problem != "" {
			return false, refuse(r.scanner.part, "has a cell %s in the sheet %q that %s", raw.Ref, r.sheet.Name, problem)
		}
		isFilled = isFilled || raw.Kind != Blank || raw.HasFormula
		for n := range raw.repeated {
			cell := raw.Cell
			cell.Column += n
			r.row.Cells = append(r.row.Cells, cell)
		}
	}
	return isFilled, nil
}
