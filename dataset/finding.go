package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
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

// order returns a number that ascends with the line, and on a line with the column.
func (p Place) order() uint64 { return placeOrder(p.Line, p.Column) }

func placeOrder(line, column int) uint64 { return uint64(line)<<28 | uint64(column) }

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
	header headerFault
}

// String returns the finding as one line: place, severity, message and rule.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", f.Place, f.Severity, f.Message, f.Rule)
}

// Fingerprint returns what stays as it is when other lines come or go: the rule and what it is about. Two findings may have the same.
func (f *Finding) Fingerprint() string {
	about := []string{f.Rule, f.File, f.Table, f.Key, f.Field, f.other}
	if f.Key == "" {
		about = append(about, f.Value)
	}
	sum := sha256.Sum256([]byte(strings.Join(about, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Findings are sorted by file in the order of the tables, then by line, column and rule; those of one cell and rule as they stand in it.
type Findings []Finding

// Len returns how many findings there are.
func (fs Findings) Len() int { return len(fs) }

// Kind returns the kind of a finding, counted from 0.
func (fs Findings) Kind(i int) Kind { return Kind{fs[i].Severity, fs[i].Rule, fs[i].File} }

// Told returns some findings, by their numbers, which ascend.
func (fs Findings) Told(which []int) iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for _, i := range which {
			if !yield(&fs[i]) {
				return
			}
		}
	}
}

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

// quotedMost is how many characters of a cell a message quotes.
const quotedMost = 200

// shortened returns a message that quotes a text with the beginning of it, where the text is long.
func shortened(message, text string) string {
	if len(message) <= quotedMost || len(text) <= quotedMost {
		return message
	}
	quoted := strconv.Quote(text)
	runes := utf8.RuneCountInString(text)
	if runes <= quotedMost || !strings.Contains(message, quoted) {
		return message
	}
	end := 0
	for range quotedMost {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return strings.Replace(message, quoted, fmt.Sprintf("%q and %d more characters", text[:end], runes-quotedMost), 1)
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

func (d *Dataset) place(at cellAt) Place {
	return d.origins[at.schema.Name].place(at.row, at.column)
}

func (d *Dataset) cellText(at cellAt) string {
	return d.records(at.schema).plainText(at.row, at.column)
}

// key returns the primary key of a record, its parts joined by a slash.
func (d *Dataset) key(schema *Schema, row int) (key string) {
	records := d.records(schema)
	for i := range schema.Curated() {
		if schema.Columns[i].Key {
			if key != "" {
				key += "/"
			}
			key += records.plainText(row, i)
		}
	}
	return key
}
