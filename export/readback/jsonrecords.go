package readback

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/dataset"
	"haltsheet/export/intake"
)

// jsonTable is a table of a document.
type jsonTable struct {
	schema *dataset.Schema
	start  int // the offset of its first array
	rows   []jsonRow
	// foreign are keys of records that are no columns of the table and were told of.
	foreign map[string]bool
}

// jsonRow is a record: the texts of its cells, and its offset. Derived cells have texts only where they are handed in.
type jsonRow struct {
	cells []string
	start int
}

// records reads an array of records, with the key of their owner where they stand inside one.
func (r *jsonDocument) records(schema *dataset.Schema, owner string) error {
	table := r.tables[schema.Name]
	if table == nil {
		table = &jsonTable{schema: schema, start: r.next(), foreign: map[string]bool{}}
		r.tables[schema.Name] = table
	}
	if err := r.open('['); err != nil {
		return err
	}
	for r.decoder.PeekKind() != ']' {
		if err := r.record(table, owner); err != nil {
			return err
		}
	}
	_, err := r.decoder.ReadToken()
	return err
}

// record reads one record. A key that is not there is an empty cell.
func (r *jsonDocument) record(table *jsonTable, owner string) error {
	curated, columns := table.schema.Curated(), table.schema.Curated()
	if r.base != nil {
		columns = table.schema.Columns
	}
	row := jsonRow{make([]string, len(columns)), r.next()}
	table.rows = append(table.rows, row)
	err := r.object(table.schema.Name, func(name string, start int) (err error) {
		column, isKnown := curatedColumn(table.schema, name)
		owned := dataset.SchemaOf(name)
		switch {
		case column >= 0:
			row.cells[column], err = r.cell(table.schema, &curated[column])
			return err
		case owned != nil && owned.Owner() == table.schema:
			return r.records(owned, row.cells[0])
		case isKnown && r.base != nil:
			i := slices.IndexFunc(columns, func(c dataset.Column) bool { return c.Name == name })
			row.cells[i], err = r.derived()
			return err
		case !isKnown && r.base != nil && intake.IsFormer(table.schema, name) && r.decoder.PeekKind() == 'n': // nothing is lost
		case !isKnown && r.base != nil:
			if !table.foreign[name] {
				r.leaveOut(start, fmt.Sprintf("%s has no key %q, and it is left out, here and wherever it is", table.schema.Title, name))
			}
			table.foreign[name] = true
		case !isKnown:
			value, err := r.decoder.ReadValue()
			r.transcript.Findings.Add(dataset.Finding{
				Rule: "header", Place: r.place(start), Table: table.schema.Name, Field: name, Value: string(value),
				Message: fmt.Sprintf("there is no key %q in %s", name, table.schema.Name), Hint: "remove it, or mend its spelling",
			})
			return err
		}
		return r.decoder.SkipValue()
	})
	if err == nil && owner != "" {
		r.setOwner(table.schema, row, owner)
	}
	return err
}

// setOwner gives a record the key of the one that it stands inside of, and reports a record that names another one.
func (r *jsonDocument) setOwner(schema *dataset.Schema, row jsonRow, owner string) {
	id := schema.Role(dataset.RoleOwner)
	switch name := schema.Columns[id].Name; row.cells[id] {
	case "":
		row.cells[id] = owner
	case owner:
	default:
		r.report("foreign-key", schema.Name, name, r.startOf(row.start, name),
			fmt.Sprintf("%s %q stands inside of %q", name, row.cells[id], owner), "move the record to where it belongs, or mend the key")
	}
}

// cell reads a value as CSV would hold it.
func (r *jsonDocument) cell(schema *dataset.Schema, column *dataset.Column) (string, error) {
	start := r.next()
	misfit := func(what string) {
		r.report("type-error", schema.Name, column.Name, start, fmt.Sprintf("%s is %s, where %s belongs", column.Name, what, column.Type), "write it as haltsheet export does")
	}
	switch r.decoder.PeekKind() {
	case '"':
		return r.string()
	case '0':
		value, err := r.decoder.ReadValue()
		return number(string(value)), err
	case '[':
		if column.Type != dataset.TypeList {
			misfit("an array")
		}
		return r.list(misfit)
	case '{':
		misfit("an object")
	case 't':
		misfit("true")
	case 'f':
		misfit("false")
	default: // null, which is the empty cell
	}
	return "", r.decoder.SkipValue()
}

// derived reads a value of a derived column as CSV would hold it; one of another kind as it stands.
func (r *jsonDocument) derived() (string, error) {
	value, err := r.decoder.ReadValue()
	if err != nil {
		return "", err
	}
	switch value.Kind() {
	case '"':
		text, err := jsontext.AppendUnquote(nil, value)
		return string(text), err
	case '0':
		return number(string(value)), nil
	case 'n':
		return "", nil
	case '[':
		var members []string
		if err := json.Unmarshal(value, &members); err == nil {
			return strings.Join(members, ";"), nil
		}
	default: // a boolean, an object
	}
	return string(value), nil
}

// number returns a number as CSV would hold it. One of more digits than a dataset keeps stays as it is, and is told of.
func number(text string) string {
	if plain, ok := dataset.ExactDecimal(text); ok {
		return plain
	}
	return text
}

// list reads an array as a list. Members that are no texts are told of once.
func (r *jsonDocument) list(misfit func(what string)) (string, error) {
	if err := r.open('['); err != nil {
		return "", err
	}
	var members []string
	isTold := false
	for r.decoder.PeekKind() != ']' {
		if r.decoder.PeekKind() != '"' {
			if !isTold {
				misfit("an array of other things than strings")
			}
			isTold = true
			if err := r.decoder.SkipValue(); err != nil {
				return "", err
			}
			continue
		}
		member, err := r.string()
		if err != nil {
			return "", err
		}
		members = append(members, member)
	}
	_, err := r.decoder.ReadToken()
	return strings.Join(members, ";"), err
}

// startOf returns the offset of the value of a name in the record at an offset, or that of the record.
func (r *jsonDocument) startOf(record int, name string) int {
	text := r.text[record:]
	decoder := decoderOf(text)
	if _, err := decoder.ReadToken(); err != nil {
		return record
	}
	for decoder.PeekKind() == '"' {
		token, err := decoder.ReadToken()
		if err != nil {
			return record
		}
		if token.String() == name {
			return record + nextOffset(decoder, text)
		}
		if err := decoder.SkipValue(); err != nil {
			return record
		}
	}
	return record
}

// transcribe returns the table with its rows sorted by key: those that stand inside companies come in the order of the companies.
func (t *jsonTable) transcribe(r *jsonDocument) *dataset.TableTranscript {
	slices.SortStableFunc(t.rows, func(a, b jsonRow) int {
		for i, column := range t.schema.Curated() {
			if column.Key && a.cells[i] != b.cells[i] {
				return strings.Compare(a.cells[i], b.cells[i])
			}
		}
		return 0
	})
	place := func(row, field int) dataset.Place {
		if row < 0 {
			return r.place(t.start)
		}
		return r.place(r.startOf(t.rows[row].start, t.schema.Columns[field].Name))
	}
	if r.base != nil {
		rows := intake.NewRows(t.schema, r.base, place)
		for _, row := range t.rows {
			rows.Add(row.cells)
		}
		r.mended = append(r.mended, rows)
		return rows.Transcript(t.schema.CuratedNames())
	}
	return &dataset.TableTranscript{
		Whole: place(-1, 0), Header: t.schema.CuratedNames(), Place: place,
		Count: len(t.rows), Row: func(row int) []string { return t.rows[row].cells },
	}
}
