package dataset_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// sheets are the tables of a dataset folder as texts, with their headers, and its dataset.json.
type sheets struct {
	tables map[string][][]string
	rest   []byte
}

func sheetsOf(t interface{ Fatal(...any) }, files fstest.MapFS) sheets {
	s := sheets{map[string][][]string{}, files[dataset.MetadataFile].Data}
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		if files[schema.File()] == nil {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(files[schema.File()].Data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		s.tables[schema.Name] = rows
	}
	return s
}

func (s sheets) clone() sheets {
	c := sheets{map[string][][]string{}, s.rest}
	for name, rows := range s.tables {
		for _, row := range rows {
			c.tables[name] = append(c.tables[name], slices.Clone(row))
		}
	}
	return c
}

func (s sheets) files() fstest.MapFS {
	files := fstest.MapFS{dataset.MetadataFile: {Data: s.rest}}
	for name, rows := range s.tables {
		slices.SortFunc(rows[1:], slices.Compare)
		var b bytes.Buffer
		_ = csv.NewWriter(&b).WriteAll(rows) // a buffer takes everything
		files[name+".csv"] = &fstest.MapFile{Data: b.Bytes()}
	}
	return files
}

// rekey gives a record another key, and every cell that names it.
func (s sheets) rekey(table, from, to string) {
	for name, rows := range s.tables {
		schema := dataset.SchemaOf(name)
		for _, row := range rows[1:] {
			for i, column := range schema.Curated() {
				switch {
				case column.Key && name == table && row[i] == from:
					row[i] = to
				case column.Ref == table:
					list := strings.Split(row[i], ";")
					for j := range list {
						if list[j] == from {
							list[j] = to
						}
					}
					row[i] = strings.Join(list, ";")
				}
			}
		}
	}
}

// withdraw takes a record out.
func (s sheets) withdraw(table, key string) {
	s.tables[table] = slices.DeleteFunc(s.tables[table], func(row []string) bool { return row[0] == key })
}

// edit changes the last cell of a record, which is its note.
func (s sheets) edit(table, key, note string) {
	for _, row := range s.tables[table] {
		if row[0] == key {
			row[len(row)-1] = note
		}
	}
}

// named are the tables whose records have one key, which is a name.
func named() (schemas []*dataset.Schema) {
	for i := range dataset.Schemas {
		keys := 0
		for _, c := range dataset.Schemas[i].Columns {
			if c.Key {
				keys++
			}
		}
		if keys == 1 {
			schemas = append(schemas, &dataset.Schemas[i])
		}
	}
	return schemas
}

// TestRekeyedRecords merges what two sides did to one record, of every table: one gave it another key.
func TestRekeyedRecords(t *testing.T) {
	base := sheetsOf(t, datasettest.CleanWith(nil))
	for _, schema := range named() {
		table := schema.Name
		key := base.tables[table][1][0]
		side := func(change func(s sheets)) *dataset.Dataset {
			s := base.clone()
			change(s)
			return load(t, s.files())
		}
		rekey := func(to string) func(s sheets) { return func(s sheets) { s.rekey(table, key, to) } }
		rekeyAndEdit := func(to string) func(s sheets) {
			return func(s sheets) { s.rekey(table, key, to); s.edit(table, to, "Edited with another key.") }
		}
		nothing := func(sheets) {}
		for _, test := range []struct {
			what       string
			one, other func(s sheets)
			reason     string // of the conflict; empty for none
		}{
			{"two keys", rekey("one-key"), rekey("other-key"), "given two keys"},
			{"another key, and withdrawn", rekey("one-key"), func(s sheets) { s.withdraw(table, key) }, "given another key on one side, and withdrawn on the other"},
			{"another key, and edited", rekey("one-key"), func(s sheets) { s.edit(table, key, "Edited.") }, "given another key on one side, and edited on the other"},
			{"another key", rekey("one-key"), nothing, ""},
			{"the same other key", rekey("one-key"), rekey("one-key"), ""},
			{"another key, and another record edited", rekey("one-key"), func(s sheets) { s.edit(table, s.tables[table][2][0], "Edited.") }, ""},
			{"a key that the other gave to a new record", rekey("one-key"), func(s sheets) {
				row := slices.Clone(s.tables[table][1])
				row[0], row[len(row)-1] = "one-key", "New."
				s.tables[table] = append(s.tables[table], row)
			}, "given a key that the other side gave to another record"},
			{"another key and an edit", rekeyAndEdit("one-key"), nothing, ""},
			{"another key and an edit, on both", rekeyAndEdit("one-key"), rekeyAndEdit("other-key"), "given two keys"},
			{"another key and an edit, and another key", rekeyAndEdit("one-key"), rekey("other-key"), "given two keys"},
			{"another key and an edit, and the same key", rekeyAndEdit("one-key"), rekey("one-key"), ""},
			{"another key and an edit, and edited", rekeyAndEdit("one-key"), func(s sheets) { s.edit(table, key, "Edited.") }, "given another key on one side, and edited on the other"},
			{"another key and an edit, and withdrawn", rekeyAndEdit("one-key"), func(s sheets) { s.withdraw(table, key) }, "given another key on one side, and withdrawn on the other"},
			{"added under two keys", func(s sheets) { s.add(table, "one-key") }, func(s sheets) { s.add(table, "other-key") }, "added under two keys"},
			{"added under one key", func(s sheets) { s.add(table, "one-key") }, func(s sheets) { s.add(table, "one-key") }, ""},
		} {
			for turn, sides := range [][2]func(s sheets){{test.one, test.other}, {test.other, test.one}} {
				d := load(t, base.files())
				merged, conflicts, err := dataset.Merge(d, side(sides[0]), side(sides[1]))
				if err != nil {
					t.Fatal(err)
				}
				what := fmt.Sprintf("%s: %s, turn %d", table, test.what, turn)
				if test.reason == "" {
					if len(conflicts) > 0 {
						t.Errorf("%s: got %v", what, conflicts)
					}
					if errs := dataset.Check(merged).Err(); errs != nil {
						t.Errorf("%s: %v", what, errs)
					}
					continue
				}
				if !slices.ContainsFunc(conflicts, func(c dataset.Conflict) bool { return c.Table == table && c.Reason == test.reason }) {
					t.Errorf("%s: got %v, want one %s", what, conflicts, test.reason)
				}
			}
		}
	}
}

// TestWithdrawnAndEdited merges a record that one side took out and the other edited: the conflict tells, and it is there or not as in
// ours.
func TestWithdrawnAndEdited(t *testing.T) {
	base := sheetsOf(t, datasettest.CleanWith(nil))
	for _, schema := range named() {
		key := base.tables[schema.Name][1][0]
		without, edited := base.clone(), base.clone()
		without.withdraw(schema.Name, key)
		edited.edit(schema.Name, key, "Edited.")
		for isThere, sides := range map[bool][2]sheets{false: {without, edited}, true: {edited, without}} {
			merged, conflicts, err := dataset.Merge(load(t, base.files()), load(t, sides[0].files()), load(t, sides[1].files()))
			if err != nil {
				t.Fatal(err)
			}
			isTold := slices.ContainsFunc(conflicts, func(c dataset.Conflict) bool {
				return c.Key == key && c.Reason == "withdrawn on one side, and edited on the other"
			})
			table, is := merged.Table(schema), false
			for row := range table.Rows {
				is = is || table.Cell(row, 0).Text == key
			}
			if is != isThere || !isTold {
				t.Errorf("%s: it is there: %v, want %v; conflicts %v", schema.Name, is, isThere, conflicts)
			}
		}
	}
}

// add adds a record that is like the first one, with another key and a note.
func (s sheets) add(table, key string) {
	row := slices.Clone(s.tables[table][1])
	row[0], row[len(row)-1] = key, "Another one."
	if i := slices.Index(s.tables[table][0], "name"); i >= 0 {
		row[i] = "Another"
	}
	s.tables[table] = append(s.tables[table], row)
}

// TestNewNamesFollow merges a record that names another one, which has another key on the other side.
func TestNewNamesFollow(t *testing.T) {
	base := sheetsOf(t, datasettest.CleanWith(nil))
	ours, theirs := base.clone(), base.clone()
	ours.rekey("companies", "acme-games", "zeta-games")
	ours.rekey("sources", "acme-2022-03-08", "zeta-2022-03-08")
	theirs.add("halts", "acme-new-1")
	for _, sides := range [][2]sheets{{ours, theirs}, {theirs, ours}} {
		merged, conflicts, err := dataset.Merge(load(t, base.files()), load(t, sides[0].files()), load(t, sides[1].files()))
		if err != nil || len(conflicts) > 0 {
			t.Fatal(conflicts, err)
		}
		i := slices.IndexFunc(merged.Halts, func(h dataset.Halt) bool { return h.ID == "acme-new-1" })
		if i < 0 || strings.Contains(merged.Halts[i].CompanyID+string(merged.Halts[i].SourceIDs), "acme") {
			t.Errorf("got %v", merged.Halts)
		}
		if err := dataset.Check(merged).Err(); err != nil {
			t.Error(err)
		}
	}
}

// change does something to a random record, of a table of those that have names.
func change(t *rapid.T, s sheets, number int) {
	schemas := slices.DeleteFunc(named(), func(schema *dataset.Schema) bool { return len(s.tables[schema.Name]) < 2 })
	if len(schemas) == 0 {
		return
	}
	table := rapid.SampledFrom(schemas).Draw(t, "table").Name
	rows := s.tables[table]
	key := rows[rapid.IntRange(1, len(rows)-1).Draw(t, "row")][0]
	to := "key-" + strconv.Itoa(number)
	switch rapid.IntRange(0, 4).Draw(t, "change") {
	case 0:
		s.rekey(table, key, to)
	case 4:
		s.rekey(table, key, to)
		s.edit(table, to, "An edit with another key.")
	case 1:
		s.withdraw(table, key)
	case 2:
		s.edit(table, key, rapid.SampledFrom([]string{"A note.", "Another note."}).Draw(t, "note"))
	default:
		s.add(table, to)
	}
}

// TestMergeKeepsCount holds merges of changed drawn datasets to laws: the sides may be exchanged, and where no conflict is told, no record is
// there twice, and none is gone that neither side took out.
func TestMergeKeepsCount(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		drawn := sheetsOf(rt, datasettest.Draw(rt))
		ours, theirs := drawn.clone(), drawn.clone()
		for i := range rapid.IntRange(0, 3).Draw(rt, "changes of ours") {
			change(rt, ours, i)
		}
		for i := range rapid.IntRange(0, 3).Draw(rt, "changes of theirs") {
			change(rt, theirs, i+2) // some new keys are those of the other side
		}
		base, one, other := load(t, drawn.files()), load(t, ours.files()), load(t, theirs.files())
		merged, conflicts, err := dataset.Merge(base, one, other)
		turned, turnedConflicts, errTurned := dataset.Merge(base, other, one)
		if err != nil || errTurned != nil {
			rt.Fatal(err, errTurned)
		}
		if (len(conflicts) == 0) != (len(turnedConflicts) == 0) {
			rt.Fatalf("one way %v, the other way %v", conflicts, turnedConflicts)
		}
		if len(conflicts) > 0 {
			return
		}
		if !dataset.Compare(merged, turned).IsEmpty() {
			rt.Fatalf("the order of the sides tells: %v", told(dataset.Compare(merged, turned)))
		}
		left, right := dataset.Compare(base, one), dataset.Compare(base, other)
		for i := range dataset.Schemas {
			added, removed := map[string]bool{}, map[string]bool{}
			for _, side := range []*dataset.TableDiff{&left.Tables[i], &right.Tables[i]} {
				for _, r := range side.Added {
					added[r.Key] = true
				}
				for _, r := range side.Removed {
					removed[r.Key] = true
				}
			}
			rows := base.Table(&dataset.Schemas[i]).Rows + len(added) - len(removed)
			if got := merged.Table(&dataset.Schemas[i]).Rows; got != rows {
				rt.Fatalf("%s: %d records are merged, want %d", dataset.Schemas[i].Name, got, rows)
			}
		}
	})
}
