package dataset

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

	other       string // the key of the other record of a pair
	row, column int32  // of its cell, both from 0
	header      headerFault
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
	ranks := map[string]uint64{}
	for i := range Schemas {
		ranks[Schemas[i].Name] = uint64(i) + 1 // behind dataset.json
	}
	// Findings are large and many, so what orders nearly all of them is set apart.
	type place struct {
		where, cell uint64
		finding     int
	}
	order := make([]place, len(fs))
	for i := range fs {
		f := &fs[i]
		order[i] = place{ranks[f.Table]<<60 | uint64(f.Line)<<28 | uint64(f.Column), uint64(f.row)<<32 | uint64(f.column), i}
	}
	slices.SortFunc(order, func(a, b place) int {
		if a.where != b.where || a.cell != b.cell {
			return cmp.Or(cmp.Compare(a.where, b.where), cmp.Compare(a.cell, b.cell))
		}
		x, y := &fs[a.finding], &fs[b.finding]
		return cmp.Or(cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Message, y.Message), cmp.Compare(a.finding, b.finding))
	})
	for i := range order {
		// Each finding moves once, along the circle of those that take each other's place.
		for moved, at := fs[i], i; order[at].finding >= 0; {
			from := order[at].finding
			order[at].finding = -1
			if from == i {
				fs[at] = moved
				break
			}
			fs[at], at = fs[from], from
		}
	}
}

// cellFinding is what a rule finds at a cell, before it is known where that stands.
type cellFinding struct {
	rule          *Rule
	at            cellAt
	message, hint string // without a hint, the rule's stands
	value         string // of the cell, where the record cannot hold it
	linked        []cellAt
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

// tell makes findings of what was found, with the places, keys and values, behind those that are known already.
func (d *Dataset) tell(all [][]cellFinding, known Findings) Findings {
	n := len(known)
	for i := range all {
		n += len(all[i])
	}
	findings := make(Findings, n)
	for i := range known {
		findings[i] = known[i]
		findings[i].Severity = RuleOf(known[i].Rule).Severity
	}
	next := findings[len(known):]
	meant := newMeanings(d)
	for _, found := range all {
		inParts(len(found), func(from, to int) {
			for i := from; i < to; i++ {
				d.locate(&found[i], &next[i])
				next[i].Hint = cmp.Or(meant.hint(found[i].rule, found[i].at, next[i].Value), next[i].Hint)
			}
		})
		next = next[len(found):]
	}
	return findings
}

// locate makes a finding of what was found.
func (d *Dataset) locate(f *cellFinding, finding *Finding) {
	schema := f.at.schema
	*finding = Finding{
		Rule: f.rule.ID, Severity: f.rule.Severity, Place: d.place(f.at),
		Table: schema.Name, Key: d.key(schema, f.at.row), Field: schema.Columns[f.at.column].Name, Value: f.value,
		Message: f.message, Hint: cmp.Or(f.hint, f.rule.Hint),
		row: int32(f.at.row), column: int32(f.at.column),
	}
	if f.value == "" {
		finding.Value = d.cellText(f.at)
	}
	for _, at := range f.linked {
		finding.Related = append(finding.Related, d.place(at))
	}
	if len(f.linked) > 0 {
		finding.other = d.key(f.linked[0].schema, f.linked[0].row)
	}
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
