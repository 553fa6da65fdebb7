package dataset

import (
	"cmp"
	"slices"
	"strings"
)

// faults are the cells and rows of a dataset that are at fault by themselves. What would follow from one of them is not told
// besides it: it waits until the cause is mended.
type faults struct {
	dataset *Dataset
	any     bool               // there is an error that loading found, or a key that is there twice
	missing map[cellAt]bool    // as cells of no record, the columns that are not there
	told    map[cellAt]bool    // the cells that there is a finding of whoever read the file about
	twice   map[*Schema][]bool // of each record of a table whether another one has its key before it; of tables without any, nothing
	columns map[cellAt]bool    // as cells of no record, the columns with cells at fault, or that name a record which is not there
	unknown map[string]bool    // named keys that a row at fault may have, by table and key
}

// lostRows are the rows of a table that could not be read.
type lostRows struct {
	count int      // of lines
	texts []string // as they stand in the file
}

// add adds a run of lines in which no record could be read.
func (l *lostRows) add(text string) {
	if strings.Trim(text, "\r\n") != "" {
		l.count += strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1
		l.texts = append(l.texts, text)
	}
}

// noRecord stands for the row of what is about a whole column.
const noRecord = -1

// newFaults collects what is at fault.
func newFaults(d *Dataset) *faults {
	f := &faults{dataset: d, missing: map[cellAt]bool{}, told: map[cellAt]bool{}, twice: map[*Schema][]bool{}, columns: map[cellAt]bool{}, unknown: map[string]bool{}}
	for _, found := range d.found {
		for i := range found.all {
			if at := found.all[i].at(); found.all[i].rule().Severity == Error {
				f.any, f.columns[cellAt{at.schema, noRecord, at.column}] = true, true
			}
		}
	}
	for finding := range d.findings.all() {
		f.any = f.any || RuleOf(finding.Rule).Severity == Error
		if schema := SchemaOf(finding.Table); schema != nil && finding.header == columnMissing {
			column := cellAt{schema, noRecord, schema.column(finding.Field)}
			f.missing[column], f.columns[column] = true, true
		}
	}
	for i := range Schemas {
		f.findRepeatedKeys(&Schemas[i])
		for c, column := range Schemas[i].Curated() {
			if column.Ref != "" && slices.Contains(d.lookup.references[i][c].rows, noRow) {
				f.columns[cellAt{&Schemas[i], noRecord, c}] = true
			}
		}
	}
	f.findTold()
	f.any = f.any || len(f.missing)+len(f.told)+len(f.twice) > 0
	f.explainUnknownKeys()
	return f
}

// findTold finds the cells that whoever read the file has told of already, such as an error value in a workbook; they are empty.
func (f *faults) findTold() {
	d, places := f.dataset, map[Place]bool{}
	columns := map[cellAt]bool{}
	for finding := range d.findings.all() {
		schema := SchemaOf(finding.Table)
		if schema == nil || finding.header != 0 || d.origins[finding.Table] == nil {
			continue
		}
		if column := schema.column(finding.Field); column >= 0 && column < len(schema.Curated()) && RuleOf(finding.Rule).Severity == Error {
			places[finding.Place], columns[cellAt{schema, noRecord, column}] = true, true
		}
	}
	for at := range columns {
		for at.row = range d.records(at.schema).count() {
			if places[d.place(at)] {
				f.told[at] = true
				f.columns[cellAt{at.schema, noRecord, at.column}] = true
			}
		}
	}
}

// findRepeatedKeys finds the records of a table whose key another one has before them.
func (f *faults) findRepeatedKeys(schema *Schema) {
	if f.dataset.keysOf(schema.Name).ascends {
		return // strictly ascending keys differ
	}
	count := f.dataset.records(schema).count()
	seen, twice := make(map[string]bool, count), make([]bool, count)
	for row := range count {
		key := f.dataset.key(schema, row)
		twice[row] = seen[key]
		seen[key] = true
	}
	if slices.Contains(twice, true) {
		f.twice[schema] = twice
	}
}

// at reports whether a cell is at fault: for what it holds, or because its column is not there.
func (f *faults) at(cell cellAt) bool {
	return f.missing[cellAt{cell.schema, noRecord, cell.column}] || f.told[cell] || f.foundAt(cell)
}

// foundAt reports whether an error was found at a cell while it was read.
func (f *faults) foundAt(cell cellAt) bool {
	found := f.dataset.found[schemaIndex(cell.schema.Name)].all
	i, _ := slices.BinarySearchFunc(found, cell, func(f cellFinding, cell cellAt) int {
		return cmp.Or(cmp.Compare(int(f.row), cell.row), cmp.Compare(int(f.column), cell.column))
	})
	for ; i < len(found) && found[i].at() == cell; i++ {
		if found[i].rule().Severity == Error {
			return true
		}
	}
	return false
}

// key reports whether the key of a record is at fault, or there twice.
func (f *faults) key(schema *Schema, row int) bool {
	return f.twice[schema] != nil && f.twice[schema][row] || slices.ContainsFunc(schema.keyColumns(), func(column int) bool { return f.at(cellAt{schema, row, column}) })
}

// in reports whether a table lacks rows or columns, or has cells at fault in one of some columns.
func (f *faults) in(table string, fields ...string) bool {
	schema := SchemaOf(table)
	return f.dataset.lost[table].count > 0 || f.dataset.origins[table] == nil ||
		slices.ContainsFunc(fields, func(field string) bool { return f.columns[cellAt{schema, noRecord, schema.column(field)}] })
}

// inReferences reports whether a cell that could name a record of a table is at fault.
func (f *faults) inReferences(table string) bool {
	for i := range Schemas {
		for _, column := range Schemas[i].Curated() {
			if column.Ref == table && f.in(Schemas[i].Name, column.Name) {
				return true
			}
		}
	}
	return false
}

// explain reports whether a key that no record of a table has may be that of a row at fault.
func (f *faults) explain(table, key string) bool { return f.unknown[table+"/"+key] }

// explainUnknownKeys finds the keys that cells name and no record has, and which of them the rows at fault of their table explain: a
// key that stands in a row which could not be read, or that a malformed one becomes in the form of a key; and all that are left, where
// there are not more of them than keys at fault.
func (f *faults) explainUnknownKeys() {
	for table, keys := range f.dataset.unknownKeys() {
		schema, records := SchemaOf(table), f.dataset.records(SchemaOf(table))
		explain := func(key string) bool {
			known := keys[key]
			if known {
				f.unknown[table+"/"+key] = true
				delete(keys, key)
			}
			return known
		}
		for _, text := range f.dataset.lost[table].texts {
			for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;\"\r\n", r) }) {
				explain(part)
			}
		}
		left := 0 // keys at fault that may be any
		for row := range records.count() {
			if f.key(schema, row) && !explain(slugOf(records.text(row, 0))) {
				left++
			}
		}
		if len(keys) <= left {
			for key := range keys {
				explain(key)
			}
		}
	}
}

// unknownKeys returns the well-formed keys that cells name and no record has, by table.
func (d *Dataset) unknownKeys() map[string]map[string]bool {
	unknown := map[string]map[string]bool{}
	for s := range Schemas {
		for c, column := range Schemas[s].Curated() {
			if column.Ref == "" {
				continue
			}
			rows, records := &d.lookup.references[s][c], d.records(&Schemas[s])
			if !slices.Contains(rows.rows, noRow) {
				continue
			}
			for i := range records.count() {
				if !slices.Contains(rows.of(i), noRow) {
					continue
				}
				for id := range List(records.text(i, c)).All() {
					if !IsSlug(id) || d.keysOf(column.Ref).find(id) != noRow {
						continue
					}
					if unknown[column.Ref] == nil {
						unknown[column.Ref] = map[string]bool{}
					}
					unknown[column.Ref][id] = true
				}
			}
		}
	}
	return unknown
}

// leadTo reports whether what a rule found at a cell follows from something at fault: at that cell, or one that it links, or by what the
// rule says of itself.
func (f *faults) leadTo(rule *Rule, at cellAt, linked []cellAt) bool {
	return f.any && (f.at(at) || slices.ContainsFunc(linked, f.at) || rule.waits != nil && rule.waits(f, at))
}
