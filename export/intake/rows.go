package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/defuse"
)

// Rows puts together the rows of one table as they are read, with what spreadsheets and people do to cells undone and told.
type Rows struct {
	schema *dataset.Schema
	base   *baseTable
	// Place returns where a column of the schema stands in a row that was added, both from 0; row -1 is the header.
	place   func(row, column int) dataset.Place
	texts   [][]string // of the curated columns
	told    []toldRow
	derived []derivedCell
	worded  []wordedCell
	changed int          // curated cells that are not as the dataset has them
	taken   []wordedCell // of these, cells of codes beside words that say what the dataset has
}

// toldRow is a remark about a row.
type toldRow struct {
	row int
	Remark
}

// derivedCell is a derived cell that holds something else than it did.
type derivedCell struct {
	row, column int
	text        string
}

// wordedCell is a derived cell that says in words another code than the column of codes beside it, which is as it was.
type wordedCell struct {
	derivedCell
	of   int // the column of codes
	code string
}

// NewRows begins a table.
func NewRows(schema *dataset.Schema, base *Base, place func(row, column int) dataset.Place) *Rows {
	return &Rows{schema: schema, base: base.of(schema), place: place}
}

// Add adds a row: its cells in the order of the schema, derived ones too, and those in words. A cell that is not there is
// empty. It keeps none of the cells itself.
func (r *Rows) Add(cells []string) {
	row, curated := len(r.texts), r.schema.Curated()
	texts := make([]string, len(curated))
	for i := range curated {
		if texts[i] = cells[i]; !curated[i].IsProse() {
			text := defuse.Original(cells[i])
			texts[i] = r.undo(row, i, text, strings.TrimSpace(Bare(text)))
		}
	}
	was := r.base.find(texts)
	changed := r.changed
	for i := range curated {
		isSame := false
		texts[i], isSame = r.base.same(was, i, texts[i])
		c := &curated[i]
		if !isSame && c.IsProse() {
			if texts[i], isSame = r.base.same(was, i, defuse.Original(texts[i])); !isSame && !c.LineBreaks {
				texts[i] = r.undo(row, i, texts[i], Bare(texts[i]))
			}
		}
		if !isSame {
			r.changed++
		}
	}
	r.texts = append(r.texts, texts)
	for i := len(curated); i < len(cells) && r.base != nil; i++ {
		text := Bare(defuse.Original(cells[i]))
		if text == "" {
			continue
		}
		_, isSame := r.base.same(was, i, text)
		if isSame && r.changed > changed {
			r.noteTaken(derivedCell{row, i, text}, was)
		}
		if isSame || was >= 0 && sameDerived(&r.schema.InWorksheets()[i], text, r.base.text(was, i)) {
			continue
		}
		if cell := (derivedCell{row, i, text}); !r.takeWords(cell, was) {
			r.derived = append(r.derived, cell)
		}
	}
}

// codesBeside returns the column of codes that a column says in words, or -1.
func (r *Rows) codesBeside(column int) int {
	says := r.schema.InWorksheets()[column].Says
	return slices.IndexFunc(r.schema.Curated(), func(curated dataset.Column) bool { return curated.Name == says })
}

// noteTaken notes words that are as the dataset has them beside a code that is not: somebody wrote the one or the other.
func (r *Rows) noteTaken(cell derivedCell, was int) {
	of := r.codesBeside(cell.column)
	if of < 0 {
		return
	}
	if _, isSame := r.base.same(was, of, r.texts[cell.row][of]); !isSame {
		r.taken = append(r.taken, wordedCell{cell, of, r.base.text(was, of)})
	}
}

// DiffersByWordsTaken reports whether the rows are as the dataset has them once codes are as the words beside them say: it has
// these words from here.
func (r *Rows) DiffersByWordsTaken() bool { return r.changed == len(r.taken) }

// takeWords notes what somebody wrote in a column of words for what the column of codes beside it says: where that one is as
// it was, and the words are known. It reports whether it did, or whether both say the same.
func (r *Rows) takeWords(cell derivedCell, was int) bool {
	of := r.codesBeside(cell.column)
	if of < 0 {
		return false
	}
	code, ok := r.base.base.dataset.CodesOf(&r.schema.Columns[of], cell.text)
	before, text := "", r.texts[cell.row][of]
	if was >= 0 {
		before = r.base.text(was, of)
	}
	switch {
	case ok && code == text:
		return true
	case !ok || text != before:
		return false
	}
	r.worded = append(r.worded, wordedCell{cell, of, code})
	return true
}

// settle takes the words that were noted, and tells of them: where the file was made from just what it is held against, or where
// that has them already.
func (r *Rows) settle() {
	if len(r.worded) == 0 && len(r.taken) == 0 {
		return
	}
	taken, left := r.worded, []wordedCell(nil)
	if base := r.base.base; base.IsOrigin == nil || !base.IsOrigin() {
		taken, left = nil, r.worded
		if base.IsTaken != nil && base.IsTaken() {
			taken = r.taken
		}
	}
	for _, w := range left {
		r.derived = append(r.derived, w.derivedCell)
	}
	for _, w := range taken {
		if r.texts[w.row][w.of] = w.code; w.text != w.code {
			r.tell(w.row, ReadAs(r.place(w.row, w.column), w.text, w.code))
		}
	}
	r.worded, r.taken = nil, nil
	slices.SortFunc(r.derived, func(a, b derivedCell) int { return cmp.Or(a.row-b.row, a.column-b.column) })
	slices.SortStableFunc(r.told, func(a, b toldRow) int { return a.row - b.row })
}

// undo returns what a cell stands for, and tells of it where that is not what it holds.
func (r *Rows) undo(row, column int, was, is string) string {
	if is != was {
		r.tell(row, ReadAs(r.place(row, column), was, is))
	}
	return is
}

func (r *Rows) tell(row int, remark Remark) { r.told = append(r.told, toldRow{row, remark}) }

// Set replaces the text of a curated cell.
func (r *Rows) Set(row, column int, text string) { r.texts[row][column] = text }

// Remarks tells what was undone, row by row. It is asked when all rows were added.
func (r *Rows) Remarks() (remarks []Remark) {
	r.settle()
	for i := range r.told {
		remarks = append(remarks, r.told[i].Remark)
	}
	return remarks
}

// Transcript returns the table as far as it was read. It is asked when all rows were added.
func (r *Rows) Transcript(header []string) *dataset.TableTranscript {
	r.settle()
	return &dataset.TableTranscript{Whole: r.place(-1, 0), Header: header, Rows: r.texts, Place: r.place}
}

// Edited returns warnings of the derived cells that hold neither what they did nor what the records now give.
func (r *Rows) Edited(d *dataset.Dataset) (edited []Remark) {
	r.settle()
	if len(r.derived) == 0 {
		return nil
	}
	table := d.Table(r.schema).InWords()
	for _, cell := range r.derived {
		column := &r.schema.InWorksheets()[cell.column]
		now := string(table.Cell(cell.row, cell.column).Append(nil, column.Type))
		if cell.row < table.Rows && !sameDerived(column, cell.text, now) {
			edited = append(edited, LeftOut(r.place(cell.row, cell.column),
				fmt.Sprintf("%q is left out, since %s is derived: the records make it %q", cell.text, column.Name, now), whereToEdit(d, r.schema, cell.row, column)))
		}
	}
	return edited
}

// sameDerived reports whether the cell of a derived column holds a text, in whatever way a spreadsheet spells it.
func sameDerived(column *dataset.Column, text, want string) bool {
	if text == Bare(want) {
		return true
	}
	switch column.Type {
	case dataset.TypeDecimal, dataset.TypeInteger:
		is, ok := dataset.PlainDecimal(strings.Replace(text, ",", ".", 1))
		was, _ := dataset.PlainDecimal(want)
		return ok && is == was
	case dataset.TypeBoolean:
		return truths[strings.ToLower(text)] == want
	case dataset.TypeDay, dataset.TypeDate:
		return dayOf(text) == want
	default:
		return strings.ReplaceAll(text, "\r\n", "\n") == want
	}
}

// truths are the words for true and false that spreadsheets save, by language.
var truths = map[string]string{
	"true": "true", "wahr": "true", "waar": "true", "vrai": "true", "vero": "true", "verdadero": "true", "verdadeiro": "true", "sand": "true",
	"sant": "true", "tosi": "true", "prawda": "true", "pravda": "true", "igaz": "true", "истина": "true", "істина": "true", "doğru": "true", "1": "true",
	"false": "false", "falsch": "false", "onwaar": "false", "faux": "false", "falso": "false", "falsk": "false", "falskt": "false", "usann": "false",
	"epätosi": "false", "fałsz": "false", "nepravda": "false", "hamis": "false", "ложь": "false", "хибність": "false", "yanliş": "false", "0": "false",
}

// moment is a day with a time, as ISO 8601 and spreadsheets write it.
var moment = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?$`)

// dayOf returns the day of a day with a time; any other text is returned as it is.
func dayOf(text string) string {
	if m := moment.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}
