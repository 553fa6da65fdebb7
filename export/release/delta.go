package release

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/jsontext"
)

// deltaFile is the file of a release with a line for each record that changed.
const deltaFile = "delta.jsonl"

// historyLine is a line of history.jsonl.
type historyLine struct {
	Table       string `json:"table"`
	Key         string `json:"key"`
	FirstSeen   string `json:"first_seen"`   // the day of the release that had the record first
	LastChanged string `json:"last_changed"` // the day of the release that changed it last
}

// What the descriptor says of the lines of deltaFile and of history.jsonl.
var (
	deltaSchema = &export.TableSchema{
		Fields: []export.Field{
			{Name: "op", Title: "Operation", Description: "What happened to the record.", Type: "string", Example: "MOD", Constraints: &export.Constraints{
				Required: true, Enum: []any{string(added), string(modified), string(deleted)},
			}},
			tableField, keyField,
			{Name: "record", Title: "Record", Description: "Its curated cells, or those that it had; for dataset, the metadata.", Type: "object", Constraints: &export.Constraints{Required: true}},
		},
		PrimaryKey: []string{"table", "key"},
	}
	historySchema = &export.TableSchema{
		Fields: []export.Field{
			tableField, keyField,
			dayField("first_seen", "First seen", "The day of the release that had the record first."),
			dayField("last_changed", "Last changed", "The day of the release that changed it last."),
		},
		PrimaryKey: []string{"table", "key"},
	}
	tableField = export.Field{Name: "table", Title: "Table", Description: "The table of the record, or dataset.", Type: "string", Example: "halts", Constraints: &export.Constraints{Required: true}}
	keyField   = export.Field{Name: "key", Title: "Key", Description: "Its key, the parts joined by a slash; of dataset, the name.", Type: "string", Example: "amazon-streaming-1", Constraints: &export.Constraints{Required: true}}
)

func dayField(name, title, description string) export.Field {
	return export.Field{Name: name, Title: title, Description: description, Type: "date", Example: "2022-04-01", Constraints: &export.Constraints{Required: true}}
}

// operation is what happened to a record.
type operation string

const (
	added    operation = "ADD"
	modified operation = "MOD"
	deleted  operation = "DEL"
	kept     operation = ""
)

// eachRecord calls a function for every record of the previous release and of this one, table by table and sorted by
// key, with its curated cells as JSON: those of this release, or those that it had before it was deleted.
func (r *Release) eachRecord(visit func(op operation, table, key string, record []byte)) {
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		now := recordsByKey(r.Dataset.Table(schema))
		var before keyedRecords
		if r.Previous != nil {
			before = recordsByKey(r.Previous.Dataset.Table(schema))
		}
		keys := slices.AppendSeq(slices.Collect(maps.Keys(now.rows)), maps.Keys(before.rows))
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			record, is := now.json(key)
			old, was := before.json(key)
			switch {
			case !was:
				visit(added, schema.Name, key, record)
			case !is:
				visit(deleted, schema.Name, key, old)
			case string(old) != string(record):
				visit(modified, schema.Name, key, record)
			default:
				visit(kept, schema.Name, key, record)
			}
		}
	}
}

// keyedRecords finds the records of a table by key.
type keyedRecords struct {
	table *dataset.Table
	rows  map[string]int
}

func recordsByKey(table *dataset.Table) keyedRecords {
	k := keyedRecords{table, make(map[string]int, table.Rows)}
	for row := range table.Rows {
		k.rows[keyAt(table, row)] = row
	}
	return k
}

// keyAt returns the primary key of a row, its parts joined by a slash.
func keyAt(table *dataset.Table, row int) string {
	var key []byte
	for i := range table.Columns {
		if c := &table.Columns[i]; c.Key {
			if key != nil {
				key = append(key, '/')
			}
			key = table.Cell(row, i).Append(key, c.Type)
		}
	}
	return string(key)
}

// json returns the curated cells of a record as an object, and whether there is such a record.
func (k keyedRecords) json(key string) ([]byte, bool) {
	row, ok := k.rows[key]
	if !ok {
		return nil, false
	}
	return appendCuratedRecord(nil, k.table, row), true
}

// appendCuratedRecord appends a record without its derived columns, which follow from those of others too.
func appendCuratedRecord(b []byte, table *dataset.Table, row int) []byte {
	curated := *table
	curated.Columns = dataset.SchemaOf(table.Name).Curated()
	return jsontext.AppendRecord(b, &curated, row)
}

// writeDelta writes what makes this release of the previous one: dataset.json, and each record that was added,
// modified or deleted. Of a first release, that is all of them.
func writeDelta(r *Release, _ []export.Resource, w io.Writer) error {
	metadata, err := dataset.MarshalMetadata(r.Dataset.Metadata)
	if err != nil {
		return err
	}
	op := added
	if r.Previous != nil {
		op = modified
	}
	lines := lineWriter{w: w}
	var record bytes.Buffer
	if err := json.Compact(&record, metadata); err != nil {
		return err
	}
	lines.add(appendDelta(nil, op, "dataset", r.Dataset.Metadata.Name, record.Bytes()))
	r.eachRecord(func(op operation, table, key string, record []byte) {
		if op != kept {
			lines.add(appendDelta(nil, op, table, key, record))
		}
	})
	return lines.close()
}

func appendDelta(b []byte, op operation, table, key string, record []byte) []byte {
	b = append(append(append(b, `{"op":"`...), op...), `","table":"`...)
	b = append(append(b, table...), `","key":`...)
	b = append(jsontext.AppendText(b, key), `,"record":`...)
	return append(append(b, record...), '}')
}

// writeHistory writes when each record of the release was first seen and last changed.
func writeHistory(r *Release, _ []export.Resource, w io.Writer) error {
	lines := lineWriter{w: w}
	today := r.Dataset.Metadata.Released
	r.eachRecord(func(op operation, table, key string, _ []byte) {
		at := recordDays{today, today}
		switch op {
		case deleted:
			return
		case kept:
			at = r.Previous.seenAt(recordKey{table, key})
		case modified:
			at.first = r.Previous.seenAt(recordKey{table, key}).first
		case added:
		}
		b := append(append([]byte(`{"table":"`), table...), `","key":`...)
		b = append(jsontext.AppendText(b, key), `,"first_seen":`...)
		b = append(jsontext.AppendText(b, at.first), `,"last_changed":`...)
		lines.add(append(jsontext.AppendText(b, at.last), '}'))
	})
	return lines.close()
}

// chunkBytes is about how much is gathered before it is written.
const chunkBytes = 1 << 16

// lineWriter gathers lines and keeps the first error of writing them.
type lineWriter struct {
	w   io.Writer
	b   []byte
	err error
}

func (l *lineWriter) add(line []byte) {
	l.b = append(append(l.b, line...), '\n')
	if len(l.b) > chunkBytes {
		l.write()
	}
}

func (l *lineWriter) write() {
	if l.err == nil {
		_, l.err = l.w.Write(l.b)
	}
	l.b = l.b[:0]
}

func (l *lineWriter) close() error {
	l.write()
	return l.err
}
