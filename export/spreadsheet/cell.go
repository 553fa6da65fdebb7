package spreadsheet

// Row is a row that has cells. Empty ones may be among them.
type Row struct {
	Number int // from 1
	Hidden bool
	Cells  []Cell // from left to right; they hold until the next row is read, but their texts for ever
}

// Cell is a cell that the file has.
type Cell struct {
	Ref
	Kind Kind
	// Value is what the cell holds: the digits of a number, a text, true or false, an error such as #REF!, an ISO 8601 date.
	Value string
	// Formula computes the value. A cell that shares the formula of another has a formula, but not its text.
	Formula    string
	HasFormula bool
	// Runs are the parts of the text that are formatted differently.
	Runs []Run
	// Lossy says that the file has half of a character in the text, in the place of which is U+FFFD.
	Lossy bool
	// Style is the number of its format, for Styles.Format.
	Style int
}

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells.
const (
	Blank Kind = iota
	Number
	String
	Boolean
	Failure // an error, such as #DIV/0!
	ISODate
)

// cellKinds are the kinds by the attribute t (ST_CellType, Part 1, 18.18.11).
var cellKinds = map[string]Kind{
	"": Number, "n": Number, "s": String, "str": String, "inlineStr": String, "b": Boolean, "e": Failure, "d": ISODate,
}

// Cells calls visit with the cells of the sheet in order: row by row, each from left to right. It returns the first
// error, be it that of visit. It is Rows for sheets in which rows do not matter.
func (s *Sheet) Cells(visit func(Cell) error) error {
	return s.rows(func(row *Row) error {
		for i := range row.Cells {
			if err := visit(row.Cells[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
