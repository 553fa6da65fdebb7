package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/pattern"
	"haltsheet/export/defuse"
)

// Rows collects the rows of one table as they are read, undoes what spreadsheets and people do to cells, and tells of it. Of a row
// that is as the dataset has it, only its place there is kept.
type Rows struct {
	schema *dataset.Schema
	base   *baseTable
	// place returns where a column of the schema stands in a row that was added, both from 0; row -1 is the header.
	place   func(row, column int) dataset.Place
	rows    []heldRow
	cells   []string // of the curated columns of the row at hand
	told    Remarks  // as rows were added
	settled Remarks  // of words that count
	derived []derivedCell
	worded  []wordedCell
	changed int          // curated cells that are not as the dataset has them
	taken   []wordedCell // of what is changed, cells of codes beside words that say what the dataset has
	counted []wordedCell // the words that count, once that is settled
}

// heldRow is a row, held against the dataset.
type heldRow struct {
	was   int      // in the dataset, or -1
	texts []string // of the curated columns; nil for a row that is as it was
}

// derivedCell is a derived cell that holds something else than it did.
type derivedCell struct {
	row, column int
	text        string
}

// wordedCell is a derived cell that says in words another code than the column of codes beside it, which is as it was.
type wordedCell struct {
	derivedCell
	of    int    // the column of codes
	code  string // that the words say
	found string // that stood there where the words count
}

// NewRows begins a table.
func NewRows(schema *dataset.Schema, base *Base, place func(row, column int) dataset.Place) *Rows {
	return &Rows{schema: schema, base: base.of(schema), place: place}
}

// Add adds a row: its cells in the order of the schema, derived ones too, and those in words. A cell that is not there is
// empty. It keeps the texts, but not the slice.
func (r *Rows) Add(cells []string) {
	row, curated := len(r.rows), r.schema.Curated()
	was, changed := r.base.find(cells), 0
	r.cells = append(r.cells[:0], cells[:len(curated)]...)
	for i := range curated {
		if !r.base.isSame(was, i, cells[i]) && !r.mend(row, i, was) {
			changed++
		}
	}
	r.rows = append(r.rows, heldRow{was: was})
	if changed > 0 {
		r.rows[row].texts = r.kept(was)
	}
	r.changed += changed
	if r.base == nil {
		return
	}
	for i := len(curated); i < len(cells); i++ {
		if cells[i] != "" {
			r.addDerived(derivedCell{row, i, cells[i]}, was, changed > 0)
		}
	}
}

// mend undoes what spreadsheets and people do to the curated cell of a column in the row at hand, which is not what the dataset
// has, and reports whether it is then.
func (r *Rows) mend(row, column, was int) (isSame bool) {
	c, text := &r.schema.Columns[column], &r.cells[column]
	original := defuse.Original(*text)
	switch {
	case !c.IsProse():
		*text = r.undo(row, column, original, trimmed(original))
	case r.base.isSame(was, column, original):
		*text = original
	case !c.LineBreaks:
		*text = r.undo(row, column, original, Bare(original))
	default:
		*text = original
	}
	return r.base.isSame(was, column, *text)
}

// kept returns the curated cells of the row at hand. Those that nobody changed share the memory of the dataset.
func (r *Rows) kept(was int) []string {
	texts := slices.Clone(r.cells)
	for i, text := range texts {
		if r.base.isSame(was, i, text) {
			texts[i] = r.base.text(was, i)
		}
	}
	return texts
}

// trimmed returns a text without what no value has at its edges.
func trimmed(text string) string { return strings.TrimSpace(Bare(text)) }

// addDerived looks at a derived cell, and notes one that holds something else than it did.
func (r *Rows) addDerived(cell derivedCell, was int, isChanged bool) {
	isSame := r.base.isSame(was, cell.column, cell.text)
	if !isSame {
		if cell.text = Bare(defuse.Original(cell.text)); cell.text == "" {
			return
		}
		isSame = r.base.isSame(was, cell.column, cell.text)
	}
	if isSame && isChanged {
		r.noteTaken(cell, was)
	}
	if isSame || was >= 0 && sameDerived(&r.schema.InWorksheets()[cell.column], cell.text, r.base.text(was, cell.column)) {
		return
	}
	if !r.takeWords(cell, was) {
		r.derived = append(r.derived, cell)
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
	if !r.base.isSame(was, of, r.cells[of]) {
		r.taken = append(r.taken, wordedCell{derivedCell: cell, of: of, code: r.base.text(was, of)})
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
	before, text := "", r.cells[of]
	if was >= 0 {
		before = r.base.text(was, of)
	}
	switch {
	case ok && code == text:
		return true
	case !ok || text != before:
		return false
	}
	r.worded = append(r.worded, wordedCell{derivedCell: cell, of: of, code: code})
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
		w.found = r.Row(w.row)[w.of]
		r.counted = append(r.counted, w)
		if r.Set(w.row, w.of, w.code); w.text != w.code {
			r.settled.Add(r.readAs(w.row, w.column, w.text, w.code))
		}
	}
	r.worded, r.taken = nil, nil
	slices.SortFunc(r.derived, func(a, b derivedCell) int { return cmp.Or(a.row-b.row, a.column-b.column) })
}

// undo returns what a cell stands for, and tells of it where that is not what it holds.
func (r *Rows) undo(row, column int, was, is string) string {
	if is != was {
		r.told.Add(r.readAs(row, column, was, is))
	}
	return is
}

// readAs tells that a cell was read as what it stands for.
func (r *Rows) readAs(row, column int, was, is string) Remark {
	remark := ReadAs(r.place(row, column), was, is)
	remark.row = row
	return remark
}

// Set replaces the text of a curated cell.
func (r *Rows) Set(row, column int, text string) {
	if held := &r.rows[row]; held.texts == nil {
		held.texts = slices.Clone(r.Row(row))
	}
	r.rows[row].texts[column] = text
}

// Row returns the texts of the curated columns of a row, from 0. The slice holds until it is called again.
func (r *Rows) Row(row int) []string {
	held := &r.rows[row]
	if held.texts != nil {
		return held.texts
	}
	r.cells = r.cells[:0]
	for i := range r.schema.Curated() {
		r.cells = append(r.cells, r.base.text(held.was, i))
	}
	return r.cells
}

// Remarks tells what was undone, row by row. It is asked when all rows were added.
func (r *Rows) Remarks() *Remarks {
	r.settle()
	all := &Remarks{}
	all.addInOrder(func(a, b Remark) int { return a.row - b.row }, &r.told, &r.settled)
	return all
}

// Transcript returns the table as far as it was read. It is asked when all rows were added.
func (r *Rows) Transcript(header []string) *dataset.TableTranscript {
	r.settle()
	return &dataset.TableTranscript{Whole: r.place(-1, 0), Header: header, Count: len(r.rows), Row: r.Row, Place: r.place}
}

// WithoutWords returns the dataset of a transcript of tables as it is when no words count, or nil where none does.
func WithoutWords(tables []*Rows, from *dataset.Transcript) *dataset.Dataset {
	if !slices.ContainsFunc(tables, func(r *Rows) bool { return len(r.counted) > 0 }) {
		return nil
	}
	setCounted(tables, func(w wordedCell) string { return w.found })
	defer setCounted(tables, func(w wordedCell) string { return w.code })
	d, err := dataset.LoadTranscript(from)
	if err != nil {
		return nil
	}
	return d
}

// setCounted sets the cells of codes whose words count.
func setCounted(tables []*Rows, to func(w wordedCell) string) {
	for _, r := range tables {
		for _, w := range r.counted {
			r.Set(w.row, w.of, to(w))
		}
	}
}

// Edited returns warnings of the derived cells that hold neither what they did nor what the records now give, nor what these give
// as they are found when no words count. That dataset is found only when it is asked for; there may be none.
func (r *Rows) Edited(d *dataset.Dataset, found func() *dataset.Dataset) *Remarks {
	r.settle()
	edited := &Remarks{}
	for _, cell := range r.derived {
		column := &r.schema.InWorksheets()[cell.column]
		now, isThere := r.derives(d, cell)
		if isThere && !sameDerived(column, cell.text, now) && !r.wasFound(cell, found) {
			edited.Add(LeftOut(r.place(cell.row, cell.column),
				fmt.Sprintf("%q is left out, since %s is derived: the records make it %q", cell.text, column.Name, now), whereToEdit(d, r.schema, cell.row, column)))
		}
	}
	return edited
}

// derives returns what the records of a dataset make of a derived cell, as CSV holds it, and whether there is the record.
func (r *Rows) derives(d *dataset.Dataset, cell derivedCell) (now string, isThere bool) {
	table := d.Table(r.schema).InWords()
	if cell.row >= table.Rows {
		return "", false
	}
	return table.KeptText(cell.row, cell.column), true
}

// wasFound reports whether the records as they are found give a derived cell.
func (r *Rows) wasFound(cell derivedCell, found func() *dataset.Dataset) bool {
	if found == nil || found() == nil {
		return false
	}
	now, isThere := r.derives(found(), cell)
	return isThere && sameDerived(&r.schema.InWorksheets()[cell.column], cell.text, now)
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
var moment = pattern.New(`^(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?$`)

// dayOf returns the day of a day with a time; any other text is returned as it is.
func dayOf(text string) string {
	if m := moment().FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}
