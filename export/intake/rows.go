package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"haltsheet/dataset"
)

// Rows puts together the rows of one table as they are read, with what spreadsheets and people do to cells undone and told.
type Rows struct {
	schema *dataset.Schema
	base   *baseTable
	// Place returns where a column of the schema stands in a row that was added, both from 0; row -1 is the header.
	place   func(row, column int) dataset.Place
	texts   [][]string // of the curated columns
	remarks []Remark
	derived []derivedCell
}

// derivedCell is a derived cell that holds something else than it did.
type derivedCell struct {
	row, column int
	text        string
}

// NewRows begins a table.
func NewRows(schema *dataset.Schema, base *Base, place func(row, column int) dataset.Place) *Rows {
	return &Rows{schema: schema, base: base.of(schema), place: place}
}

// Add adds a row: its cells in the order of the schema, derived ones too, and those in words. A cell that is not there is
// empty.
func (r *Rows) Add(cells []string) {
	row, curated := len(r.texts), r.schema.Curated()
	texts := make([]string, len(curated))
	for i := range curated {
		if texts[i] = cells[i]; !curated[i].IsProse() {
			texts[i] = r.undo(row, i, cells[i], strings.TrimSpace(Bare(cells[i])))
		}
	}
	was := r.base.find(texts)
	for i := range curated {
		if c := &curated[i]; c.IsProse() && !c.LineBreaks && (was < 0 || r.base.text(was, i) != texts[i]) {
			texts[i] = r.undo(row, i, texts[i], Bare(texts[i]))
		}
	}
	for i := len(curated); i < len(cells) && r.base != nil; i++ {
		text := Bare(cells[i])
		if text == "" || was >= 0 && sameDerived(&r.schema.InWorksheets()[i], text, r.base.text(was, i)) {
			continue
		}
		if !r.takeWords(row, i, was, text, texts) {
			r.derived = append(r.derived, derivedCell{row, i, text})
		}
	}
	r.texts = append(r.texts, texts)
}

// takeWords takes what somebody wrote in a column of words for what the column of codes beside it says, and tells of it: where
// that one is as it was, and the words are known. It reports whether it did, or whether both say the same.
func (r *Rows) takeWords(row, column, was int, text string, texts []string) bool {
	c := &r.schema.InWorksheets()[column]
	of := slices.IndexFunc(r.schema.Curated(), func(curated dataset.Column) bool { return curated.Name == c.Says })
	if of < 0 {
		return false
	}
	code, ok := r.base.base.dataset.CodesOf(&r.schema.Columns[of], text)
	before := ""
	if was >= 0 {
		before = r.base.text(was, of)
	}
	switch {
	case ok && code == texts[of]:
		return true
	case !ok || texts[of] != before || r.base.base.IsOrigin == nil || !r.base.base.IsOrigin():
		return false
	}
	if texts[of] = code; text != code {
		r.remarks = append(r.remarks, ReadAs(r.place(row, column), text, code))
	}
	return true
}

// undo returns what a cell stands for, and tells of it where that is not what it holds.
func (r *Rows) undo(row, column int, was, is string) string {
	if is != was {
		r.remarks = append(r.remarks, ReadAs(r.place(row, column), was, is))
	}
	return is
}

// Remarks tells what was undone.
func (r *Rows) Remarks() []Remark { return r.remarks }

// Transcript returns the table as far as it was read.
func (r *Rows) Transcript(header []string) *dataset.TableTranscript {
	return &dataset.TableTranscript{Whole: r.place(-1, 0), Header: header, Rows: r.texts, Place: r.place}
}

// Edited returns warnings of the derived cells that hold neither what they did nor what the records now give.
func (r *Rows) Edited(d *dataset.Dataset) (edited []Remark) {
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
