// Package jsontext appends cells and records as JSON.
package jsontext

import (
	"encoding/binary"

	"haltsheet/dataset"
)

// AppendRecord appends a row of a table as a JSON object: every column in order, empty cells as null or [].
func AppendRecord(b []byte, table *dataset.Table, row int) []byte {
	b = append(b, '{')
	for i := range table.Columns {
		column := &table.Columns[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, column.Name...)
		b = append(b, '"', ':')
		b = appendCell(b, table, row, i)
	}
	return append(b, '}')
}

// appendCell appends a cell: numbers with the digits that they have, days and dates as strings, lists as arrays.
func appendCell(b []byte, table *dataset.Table, row, column int) []byte {
	switch t := table.Columns[column].Type; t {
	case dataset.TypeList:
		members := &table.Columns[column]
		return table.EncodeText(b, row, column, func(b []byte, text string) []byte { return AppendList(b, members, text) })
	case dataset.TypeText, dataset.TypeDate:
		return table.EncodeText(b, row, column, appendKnown)
	case dataset.TypeDay:
		return appendPlain(b, table, row, column, `"`)
	default:
		return appendPlain(b, table, row, column, "")
	}
}

// appendPlain appends a cell that has nothing to escape between quotes, and an empty one as null.
func appendPlain(b []byte, table *dataset.Table, row, column int, quotes string) []byte {
	start, open := len(b), len(b)+len(quotes)
	if b = table.AppendCell(append(b, quotes...), row, column); len(b) == open {
		return append(b[:start], "null"...)
	}
	return append(b, quotes...)
}

// appendKnown appends a text as a JSON string, and the empty text as null.
func appendKnown(b []byte, text string) []byte {
	if text == "" {
		return append(b, "null"...)
	}
	return AppendText(b, text)
}

// AppendList appends the members of a cell of a list, as CSV holds it, as an array of strings.
func AppendList(b []byte, c *dataset.Column, text string) []byte {
	b = append(b, '[')
	separate := false
	for member := range c.Members(text) {
		if separate {
			b = append(b, ',')
		}
		b, separate = AppendText(b, member), true
	}
	return append(b, ']')
}

// AppendText appends a text as a JSON string. It escapes what RFC 8259 demands, and the two line separators that
// end a line in JavaScript.
func AppendText(b []byte, text string) []byte {
	b = append(b, '"')
	start := len(b)
	b = append(b, text...)
	if plain := start + plainJSON(b[start:]); plain < len(b) {
		b = appendEscaped(b[:plain], text[plain-start:])
	}
	return append(b, '"')
}

// plainJSON returns how many bytes of a text come before the first that an escape may begin at, counted eight at a time as long
// as there is none among them.
func plainJSON(text []byte) (plain int) {
	for plain+8 <= len(text) {
		eight := binary.LittleEndian.Uint64(text[plain:])
		if hasLess(eight, ' ')|hasByte(eight, '"')|hasByte(eight, '\\')|hasByte(eight, uint64(lineSeparator[0])) != 0 {
			break
		}
		plain += 8
	}
	for plain < len(text) && !jsonSpecial[text[plain]] {
		plain++
	}
	return plain
}

// eachByte times a byte is that byte eight times.
const eachByte = 0x0101010101010101

// hasLess is 0 unless one of eight bytes is less than an ASCII character.
func hasLess(eight, c uint64) uint64 { return (eight - eachByte*c) &^ eight & (eachByte * 0x80) }

// hasByte is 0 unless a byte is one of eight.
func hasByte(eight, c uint64) uint64 { return hasLess(eight^eachByte*c, 1) }

// appendEscaped appends a text with its escapes.
func appendEscaped(b []byte, text string) []byte {
	plain := 0 // the start of what is not appended yet
	for i := 0; i < len(text); i++ {
		if !jsonSpecial[text[i]] {
			continue
		}
		escape, size := jsonEscape(text[i:])
		if escape == "" {
			continue
		}
		b = append(append(b, text[plain:i]...), escape...)
		i += size - 1
		plain = i + 1
	}
	return append(b, text[plain:]...)
}

// jsonSpecial marks the bytes that an escape may begin at.
var jsonSpecial = func() (special [256]bool) {
	for c := range 0x20 {
		special[c] = true
	}
	special['"'], special['\\'], special[lineSeparator[0]] = true, true, true
	return special
}()

const (
	lineSeparator      = "\u2028"
	paragraphSeparator = "\u2029"
)

// jsonEscape returns the escape for the first character of a text and the bytes that it stands for, or nothing.
func jsonEscape(text string) (escape string, size int) {
	switch c := text[0]; {
	case c < 0x20 || c == '"' || c == '\\':
		return jsonEscapes[c], 1
	case len(text) >= 3 && text[:3] == lineSeparator:
		return `\u2028`, 3
	case len(text) >= 3 && text[:3] == paragraphSeparator:
		return `\u2029`, 3
	default:
		return "", 0
	}
}

// jsonEscapes are the escapes of single bytes.
var jsonEscapes = func() (escapes ['\\' + 1]string) {
	const hex = "0123456789abcdef"
	for c := range 0x20 {
		escapes[c] = `\u00` + string(hex[c>>4]) + string(hex[c&15])
	}
	escapes['\n'], escapes['\r'], escapes['\t'] = `\n`, `\r`, `\t`
	escapes['\b'], escapes['\f'] = `\b`, `\f`
	escapes['"'], escapes['\\'] = `\"`, `\\`
	return escapes
}()
