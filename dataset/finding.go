package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// Severity says what a finding means for the dataset.
type Severity uint8

// The severities, from a remark to what stops an export.
const (
	Note    Severity = iota // worth knowing
	Warning                 // to be mended or excepted with a reason
	Error                   // wrong: nothing is exported
)

// String returns note, warning or error.
func (s Severity) String() string { return [...]string{"note", "warning", "error"}[s] }

// MarshalText writes the severity as String does.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Place is where something stands: in a file by line and column, or in a workbook by sheet and cell.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`   // from 1; 0 for the whole file
	Column int    `json:"column"` // from 1, in characters
	Sheet  string `json:"sheet"`
	Cell   string `json:"cell"` // such as E17
}

// String returns file:line:column, or file:Sheet!Cell.
func (p Place) String() string {
	switch {
	case p.Sheet != "":
		return p.File + ":" + p.Sheet + "!" + p.Cell
	case p.Line == 0:
		return p.File
	default:
		return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	}
}

// Finding is one thing that a rule has to say of a dataset.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Place
	Table   string  `json:"table"` // empty for dataset.json
	Key     string  `json:"key"`   // of the record; a rate's is DATE/CURRENCY
	Field   string  `json:"field"`
	Value   string  `json:"value"` // as the file has it
	Message string  `json:"message"`
	Hint    string  `json:"hint"`
	Related []Place `json:"related"` // other places that take part

	other  string // the key of the other record of a pair
	at     cellAt // where it stands, until its place is known
	linked []cellAt
}

// String returns the finding as one line: place, severity, message and rule.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", f.Place, f.Severity, f.Message, f.Rule)
}

// Findings are sorted by file in the order of the tables, then by line, column, rule and message.
type Findings []Finding

// Count returns the number of findings of a severity.
func (fs Findings) Count(s Severity) int {
	n := 0
	for i := range fs {
		if fs[i].Severity == s {
			n++
		}
	}
	return n
}

// Err returns nil when no finding is an error, else an error that tells the first and how many more there are.
func (fs Findings) Err() error {
	switch n := fs.Count(Error); n {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s", fs[fs.first(Error)])
	default:
		return fmt.Errorf("%s (and %d more errors)", fs[fs.first(Error)], n-1)
	}
}

func (fs Findings) first(s Severity) int {
	return slices.IndexFunc(fs, func(f Finding) bool { return f.Severity == s })
}

func (fs Findings) sort() {
	order := map[string]int{}
	for i := range Schemas {
		order[Schemas[i].Name] = i
	}
	rank := func(f Finding) int {
		if f.Table == "" {
			return -1
		}
		return order[f.Table]
	}
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(rank(a), rank(b)),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.at.row, b.at.row),
			cmp.Compare(a.at.column, b.at.column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
}

// cellAt is a curated cell of the dataset. Row and column count from 0.
type cellAt struct {
	schema *Schema
	row    int
	column int
}

// cellOf returns a cell by the names of its table and column.
func cellOf(table string, row int, field string) cellAt {
	schema := SchemaOf(table)
	return cellAt{schema, row, schema.column(field)}
}

// locate fills in what only the whole dataset knows: places, keys and values.
func (d *Dataset) locate(findings Findings) {
	inParts(len(findings), func(from, to int) { d.locatePart(findings[from:to]) })
}

func (d *Dataset) locatePart(fs Findings) {
	for i := range fs {
		f := &fs[i]
		if f.Severity = RuleOf(f.Rule).Severity; f.at.schema == nil {
			continue
		}
		f.Place, f.Table, f.Field = d.place(f.at), f.at.schema.Name, f.at.schema.Columns[f.at.column].Name
		f.Key = d.key(f.at.schema, f.at.row)
		if f.Value == "" {
			f.Value = d.cellText(f.at)
		}
		for _, at := range f.linked {
			f.Related = append(f.Related, d.place(at))
		}
	}
}

func (d *Dataset) place(at cellAt) Place {
	return d.origins[at.schema.Name].place(at.row, at.column)
}

func (d *Dataset) cellText(at cellAt) string {
	column := &at.schema.Columns[at.column]
	return string(at.schema.records.cell(d, at.row, at.column).Append(nil, column.Type))
}

// key returns the primary key of a record, its parts joined by a slash.
func (d *Dataset) key(schema *Schema, row int) string {
	key := ""
	for i := range schema.Columns {
		if schema.Columns[i].Key {
			if key != "" {
				key += "/"
			}
			key += d.cellText(cellAt{schema, row, i})
		}
	}
	return key
}
