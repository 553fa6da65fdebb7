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
// key. Record returns its curated cells as JSON, which hold until the next is asked for: those of this release, or those that it had
// before it was deleted.
func (r *Release) eachRecord(visit func(op operation, table, key string, record func() []byte)) {
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		now := recordsByKey(r.Dataset.Table(schema))
		before := &keyedRecords{}
		if r.Previous != nil {
			before = recordsByKey(r.Previous.Dataset.Table(schema))
		}
		keys := slices.AppendSeq(slices.Collect(maps.Keys(now.rows)), maps.Keys(before.rows))
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			_, is := now.rows[key]
			_, was := before.rows[key]
			record := func() []byte { return now.json(key) }
			switch {
			case !was:
				visit(added, schema.Name, key, record)
			case !is:
				visit(deleted, schema.Name, key, func() []byte { return before.json(key) })
			case string(before.json(key)) != string(record()):
				visit(modified, schema.Name, key, record)
			default:
				visit(kept, schema.Name, key, record)
			}
		}
	}
}

// keyedRecords finds the records of a table by key.
type keyedRecords struct {
	table  dataset.Table // with its curated columns alone, for the derived ones follow from those of others too
	rows   map[string]int
	record []byte // the one that was asked for last
}

func recordsByKey(table *dataset.Table) *keyedRecords {
	k := &keyedRecords{table: *table, rows: make(map[string]int, table.Rows)}
	k.table.Columns = dataset.SchemaOf(table.Name).Curated()
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

// json returns the curated cells of a record as an object.
func (k *keyedRecords) json(key string) []byte {
	k.record = jsontext.AppendRecord(k.record[:0], &k.table, k.rows[key])
	return k.record
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
	lines.add(func(b []byte) []byte { return appendDelta(b, op, "dataset", r.Dataset.Metadata.Name, record.Bytes()) })
	r.eachRecord(func(op operation, table, key string, record func() []byte) {
		if op != kept {
			lines.add(func(b []byte) []byte { return appendDelta(b, op, table, key, record()) })
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
	r.eachRecord(func(op operation, table, key string, _ func() []byte) {
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
		lines.add(func(b []byte) []byte { return appendHistory(b, table, key, at) })
	})
	return lines.close()
}

func appendHistory(b []byte, table, key string, at recordDays) []byte {
	b = append(append(append(b, `{"table":"`...), table...), `","key":`...)
	b = append(jsontext.AppendText(b, key), `,"first_seen":`...)
	b = append(jsontext.AppendText(b, at.first), `,"last_changed":`...)
	return append(jsontext.AppendText(b, at.last), '}')
}

// chunkBytes is about how much is gathered before it is written.
const chunkBytes = 1 << 16

// lineWriter gathers lines and keeps the first error of writing them.
type lineWriter struct {
	w   io.Writer
	b   []byte
	err error
}

func (l *lineWriter) add(appendLine func(b []byte) []byte) {
	l.b = append(appendLine(l.b), '\n')
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
