package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"

	"haltsheet/dataset"
	"haltsheet/export/jsontext"
)

// writeJSON writes a value as indented JSON in which no character moves the cursor.
func writeJSON(w io.Writer, value any) error {
	text, err := indented(value, "")
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// indented returns a value as JSON whose lines but the first begin with a prefix, and in which no character moves the cursor.
func indented(value any, prefix string) ([]byte, error) {
	text, err := jsontext.Indented(value, prefix)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, r := range string(text) {
		switch {
		case r == '\n', strconv.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes(), nil
}

// member is one member of an object whose members have an order.
type member struct {
	name  string
	value any
}

// members are an object whose members have an order.
type members []member

// MarshalJSONTo writes the members in order.
func (ms members) MarshalJSONTo(to *jsontext.Encoder) error {
	return jsontext.WriteMembers(to, ms, func(m member) (string, any) { return m.name, m.value })
}

// records returns a table as JSON has it: one object a row, with all columns in order.
func records(table *dataset.Table) []members {
	rows := make([]members, table.Rows)
	for row := range rows {
		for i := range table.Columns {
			column := &table.Columns[i]
			rows[row] = append(rows[row], member{column.Name, jsonValue(table.Cell(row, i), column.Type)})
		}
	}
	return rows
}

// jsonValue returns a cell as JSON has it: numbers with the digits that they have, lists as arrays.
func jsonValue(v dataset.Value, t dataset.Type) any {
	switch {
	case t == dataset.TypeList:
		return dataset.List(v.Text)
	case !v.Known:
		return nil
	case t == dataset.TypeDecimal, t == dataset.TypeInteger, t == dataset.TypeBoolean:
		return json.RawMessage(v.Append(nil, t))
	default:
		return string(v.Append(nil, t))
	}
}
