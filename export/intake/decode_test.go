package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/intake"
)

// TestEncodings reads the name of a recipient as files of several encodings have it, or hears what is wrong with them.
func TestEncodings(t *testing.T) {
	const header, name = "recipient_id,name,type,country,note\n", "recipient_id;name;type;country;note\n"
	for _, test := range []struct{ content, want string }{
		{header + "x,Caf\xc3\xa9,ngo,,\n", "Café"},
		{header + "x,Caf\xe9,ngo,,\n", "Café"},
		{header + "x,\x80uro,ngo,,\n", "€uro"},
		{header + "x,caf\xe9 d\x92or,ngo,,\n", "café d’or"},
		{"\xef\xbb\xbf" + header + "x,Caf\xe9,ngo,,\n", "recipients.csv:2:6: the file is UTF-8, but for this byte"},
		{header + "x,Caf\xc3\xa9 \xe9,ngo,,\n", "recipients.csv:2:8: the file is UTF-8, but for this byte"},
		{header + "x,Caf\x81,ngo,,\n", "recipients.csv:2:6: the file is neither UTF-8 nor UTF-16 nor Windows-1252"},
		{header + "x,Cr\xe9\xe9e en \xe9t\xe9,ngo,,\n", "Créée en été"},
		{header + "x,\xd1\xe5\xe2\xe5\xf0,ngo,,\n", "recipients.csv:2:3: the file is in another encoding than UTF-8, UTF-16 or Windows-1252"},
		{header + "x,\xc5\xeb\xeb\xdc\xe4\xe1,ngo,,\n", "recipients.csv:2:3: the file is in another encoding than UTF-8, UTF-16 or Windows-1252"},
		{"\xff\xfe\x00\x00" + name, "recipients.csv:1:1: the file is UTF-32"},
		{"\xff\xfe" + wide(name) + wide("x;A") + "\x3d\xd8" + wide(";ngo;;\n"), "recipients.csv:2:4: the file holds half a surrogate pair"},
		{"\xff\xfe" + wide(name+"x;A;ngo;;\n") + "x", "recipients.csv:3:1: the file ends in half a character of UTF-16"},
		{wide(name + "x;Übung;ngo;;\n"), "Übung"},
	} {
		file := filepath.Join(t.TempDir(), "recipients.csv")
		if err := os.WriteFile(file, []byte(test.content), 0o666); err != nil {
			t.Fatal(err)
		}
		reading, err := intake.Read(file, load(t, datasettest.Clean()))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range dataset.Check(reading.Dataset) {
			if f.Rule == "encoding" {
				got = f.Place.String() + ": " + f.Message
			}
		}
		if got == "" {
			got = reading.Dataset.Recipients[0].Name
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.content, got, test.want)
		}
	}
}

// wide returns a text of characters up to U+00FF as UTF-16LE.
func wide(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(string([]byte{byte(r), 0}))
	}
	return b.String()
}

// TestWhatIs names files by what they are, whatever their names say.
func TestWhatIs(t *testing.T) {
	for content, want := range map[string]string{
		"BZh9": "a file packed with bzip2", "\xfd7zXZ\x00": "a file packed with xz", "RIFF....WEBP": "a picture", "ARROW1": "an Arrow file",
		"{\"a\": 1}\n{\"a\": 2}\n": "a text of JSON lines", strings.Repeat("\x00", 257) + "ustar": "an archive (.tar)",
		"PK\x03\x04 cut off": "a workbook or an archive that is cut off",
		"":                   "an empty file", "%PDF-1.7": "a PDF", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...": "a workbook of Excel 97 to 2003 (.xls)",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + wide("EncryptedPackage"): "a workbook that is locked with a password",
		"\ufeff<HTML>": "a web page", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">": "an XML spreadsheet of Excel 2003",
		"\x1f\x8b\x08": "a file packed with gzip", "PAR1": "a Parquet file", `{"url":"https://docs.google.com/x"}`: "a link to a document of Google", "\x00\x01": "a file of a kind that is not read (.any)",
		"SQLite format 3\x00": "a SQLite database", "\x89PNG\r\n": "a picture",
	} {
		file := filepath.Join(t.TempDir(), "handed.any")
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if got, hint := intake.WhatIs(file); got != want || hint == "" {
			t.Errorf("%q is %s (%s), want %s", content, got, hint, want)
		}
	}
}
