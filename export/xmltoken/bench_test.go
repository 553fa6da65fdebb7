package xmltoken_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"haltsheet/export/xmltoken"
)

// sheet is a part like those of worksheets.
var sheet = "<sheetData>" + strings.Repeat(`<row r="7" ht="15" customHeight="1"><c r="A7" s="3" t="s"><v>123</v></c><c r="B7" s="5"><f>ROUND(A7/2,2)</f><v>61.5</v></c></row>`, 10_000) + "</sheetData>"

// BenchmarkTokenizer reads a worksheet.
func BenchmarkTokenizer(b *testing.B) {
	b.SetBytes(int64(len(sheet)))
	b.ReportAllocs()
	for b.Loop() {
		t := xmltoken.New(strings.NewReader(sheet), 1<<20)
		var err error
		for err == nil {
			err = t.Next()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncodingXML reads the same with encoding/xml.
func BenchmarkEncodingXML(b *testing.B) {
	b.SetBytes(int64(len(sheet)))
	b.ReportAllocs()
	for b.Loop() {
		d := xml.NewDecoder(strings.NewReader(sheet))
		var err error
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}
