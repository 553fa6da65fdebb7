package intake_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/intake"
)

// TestAnySpellingReadsBack holds the reader to its law: however a dataset is spelt as CSV, it is the same dataset that is read.
func TestAnySpellingReadsBack(t *testing.T) {
	t.Run("clean", rapid.MakeCheck(func(rt *rapid.T) { holdSpelling(rt, t.TempDir(), load(rt, datasettest.Clean())) }))
	t.Run("drawn", rapid.MakeCheck(func(rt *rapid.T) { holdSpelling(rt, t.TempDir(), load(rt, datasettest.Draw(rt))) }))
}

func holdSpelling(t *rapid.T, dir string, d *dataset.Dataset) {
	if err := writeMetadata(dir, d); err != nil {
		t.Fatal(err)
	}
	s := drawSpelling(t)
	s.decimalCommas = strings.ContainsRune(";\t", s.separator) && mayHaveCommas(d)
	for i := range dataset.Schemas {
		name := rapid.SampledFrom([]string{dataset.Schemas[i].File(), dataset.Schemas[i].Title + ".txt", "Book - " + dataset.Schemas[i].Title + " (1).csv"}).Draw(t, "name")
		content, ok := s.encode(s.spell(t, d.Table(&dataset.Schemas[i])))
		if !ok {
			t.Skip("not every text can be spelt so")
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	reading, err := intake.Read(dir, d)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range dataset.Check(reading.Dataset) {
		if f.Severity == dataset.Error && dataset.Check(d).Err() == nil {
			t.Errorf("%s", f)
		}
	}
	for _, change := range dataset.Compare(d, reading.Dataset).Tables {
		for _, record := range change.Changed {
			for i := range record.Fields {
				was, is := record.Fields[i].Texts()
				t.Errorf("%s %s: %q became %q", record.Key, record.Fields[i].Field, was, is)
			}
		}
	}
	if !dataset.Compare(d, reading.Dataset).IsEmpty() {
		t.Errorf("there is a difference")
	}
	for _, r := range reading.Remarks.First {
		t.Errorf("%s: %s", r.Place, r.Message)
	}
}

// spelling is a way to write CSV.
type spelling struct {
	separator     rune
	namesIt       bool // in a first line
	encoding      string
	lines         string
	quotesAll     bool
	trailing      int
	header        func(c *dataset.Column) string
	decimalCommas bool
}

var headers = []func(c *dataset.Column) string{
	func(c *dataset.Column) string { return c.Name },
	func(c *dataset.Column) string { return c.Title },
	func(c *dataset.Column) string { return strings.ToUpper(c.Name) },
	func(c *dataset.Column) string { return " " + strings.ToLower(c.Title) + "\u00a0" },
}

func drawSpelling(t *rapid.T) *spelling {
	return &spelling{
		separator: rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "separator"),
		namesIt:   rapid.Bool().Draw(t, "sep="),
		encoding:  rapid.SampledFrom([]string{"UTF-8", "UTF-8 mark", "LE", "LE mark", "BE", "BE mark", "Windows-1252"}).Draw(t, "encoding"),
		lines:     rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "lines"),
		quotesAll: rapid.Bool().Draw(t, "quotes"),
		trailing:  rapid.IntRange(0, 2).Draw(t, "trailing separators"),
		header:    rapid.SampledFrom(headers).Draw(t, "header"),
	}
}

// manyLetters are more letters beyond ASCII together than any language of Windows-1252 has.
var manyLetters = regexp.MustCompile(`[À-ÿ]{4}`)

// threes are numbers that could be thousands.
var threes = regexp.MustCompile(`^[1-9]\d{0,2}\.\d{3}$`)

// mayHaveCommas reports whether decimal commas leave no doubt: some number shows that they are no thousands.
func mayHaveCommas(d *dataset.Dataset) bool {
	isClear, doubtful := false, false
	for _, table := range d.Tables() {
		for column := range table.Columns {
			for row := range table.Rows {
				if table.Columns[column].Type == dataset.TypeDecimal {
					text := string(table.AppendCell(nil, row, column))
					doubtful = doubtful || threes.MatchString(text)
					isClear = isClear || strings.Contains(text, ".") && !threes.MatchString(text)
				}
			}
		}
	}
	return isClear || !doubtful
}

// spell writes a table.
func (s *spelling) spell(t *rapid.T, table *dataset.Table) string {
	columns := make([]int, len(table.Columns))
	for i := range columns {
		columns[i] = i
	}
	if rapid.Bool().Draw(t, "columns moved") {
		columns = rapid.Permutation(columns).Draw(t, "columns")
	}
	var b strings.Builder
	if s.namesIt {
		b.WriteString("sep=" + string(s.separator) + s.lines)
	}
	s.row(&b, columns, func(column int) string { return s.header(&table.Columns[column]) })
	for row := range table.Rows {
		switch rapid.IntRange(0, 6).Draw(t, "between rows") {
		case 0:
			b.WriteString(s.lines)
		case 1:
			b.WriteString(strings.Repeat(string(s.separator), len(columns)) + s.lines)
		}
		s.row(&b, columns, func(column int) string {
			text := string(table.AppendCell(nil, row, column))
			if s.decimalCommas && table.Columns[column].Type == dataset.TypeDecimal {
				text = strings.Replace(text, ".", ",", 1)
			}
			return text
		})
	}
	return b.String()
}

func (s *spelling) row(b *strings.Builder, columns []int, cell func(column int) string) {
	for i, column := range columns {
		if i > 0 {
			b.WriteRune(s.separator)
		}
		text := cell(column)
		if s.quotesAll || strings.ContainsAny(text, "\"\n\r"+string(s.separator)) {
			text = `"` + strings.ReplaceAll(strings.ReplaceAll(text, `"`, `""`), "\n", s.lines) + `"`
		}
		b.WriteString(text)
	}
	b.WriteString(strings.Repeat(string(s.separator), s.trailing) + s.lines)
}

// encode returns a text as bytes, unless the encoding cannot hold it, or could be taken for another.
func (s *spelling) encode(text string) ([]byte, bool) {
	switch s.encoding {
	case "UTF-8":
		return []byte(text), true
	case "UTF-8 mark":
		return []byte("\ufeff" + text), true
	case "Windows-1252":
		encoded, err := charmap.Windows1252.NewEncoder().String(text)
		return []byte(encoded), err == nil && !manyLetters.MatchString(text) && (isASCII(text) || !strings.ContainsFunc(encoded, func(r rune) bool { return r >= utf8.RuneSelf && r != utf8.RuneError }))
	}
	if strings.HasSuffix(s.encoding, "mark") {
		text = "\ufeff" + text
	}
	var order binary.AppendByteOrder = binary.LittleEndian
	if strings.HasPrefix(s.encoding, "BE") {
		order = binary.BigEndian
	}
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return b, true
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}
