package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/export/plainfile"
)

// kind is a kind of file that is not read.
type kind struct {
	is   func(head []byte, entries []string) bool
	what string
	hint string
}

const (
	asWorkbook = "open it in a spreadsheet, and save it as an Excel workbook (.xlsx)"
	asText     = "hand in the workbook (.xlsx), or a table as CSV"
)

// kinds are the kinds of files that people hand in instead of a workbook, by what they begin with or what their archive holds. The
// first that is the case counts.
var kinds = []kind{
	{begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"), "a workbook that is locked with a password", "open it in a spreadsheet, and save it without a password"},
	{begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "W\x00o\x00r\x00d\x00D\x00o\x00c"), "a Word document (.doc)", asText},
	{begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a workbook of Excel 97 to 2003 (.xls)", asWorkbook},
	{has("xl/workbook.bin"), "a binary workbook (.xlsb)", asWorkbook},
	{has("Index/Document.iwa", "Index.zip"), "a document of Numbers or another Apple program", "export it from there as an Excel workbook (.xlsx)"},
	{has("xl/workbook.xml"), "a workbook whose name does not end in .xlsx", "rename it to end in .xlsx"},
	{has("word/document.xml"), "a Word document (.docx)", asText},
	{has("ppt/presentation.xml"), "a presentation (.pptx)", asText},
	{has("content.xml"), "an OpenDocument file", asWorkbook},
	{begins("PK\x03\x04"), "an archive (.zip)", "unpack it, and name the folder or the file that is in it"},
	{begins("<?xml", "urn:schemas-microsoft-com:office:spreadsheet"), "an XML spreadsheet of Excel 2003", asWorkbook},
	{begins("<?xml", "office:document"), "a flat OpenDocument file", asWorkbook},
	{begins("<?xml"), "an XML file", asText},
	{begins("<html"), "a web page", asWorkbook},
	{begins("<!doctype html"), "a web page", asWorkbook},
	{begins("<table"), "a table as a web page", asWorkbook},
	{begins("%PDF-"), "a PDF", "hand in the workbook that it was printed from"},
	{begins("\x1f\x8b"), "a file packed with gzip", "unpack it first"},
	{begins("7z\xbc\xaf\x27\x1c"), "a 7z archive", "unpack it first"},
	{begins("Rar!"), "a RAR archive", "unpack it first"},
	{begins("SQLite format 3"), "a SQLite database", "save its tables as CSV"},
	{begins("PAR1"), "a Parquet file", asText},
	{begins("ID;P"), "a SYLK file (.slk)", asWorkbook},
	{begins("TABLE\r\n"), "a DIF file", asWorkbook},
	{begins("TABLE\n"), "a DIF file", asWorkbook},
	{begins("\x89PNG"), "a picture", asText},
	{begins("\xff\xd8\xff"), "a picture", asText},
	{begins("GIF8"), "a picture", asText},
	{begins("{\\rtf"), "a rich text document (.rtf)", asText},
	{begins(`{"url"`, "docs.google.com"), "a link to a document of Google", "download the document as a Microsoft Excel workbook (.xlsx)"},
	{begins("{"), "a text that looks like JSON", "rename it to end in .json"},
}

// begins recognises files by what they begin with, whatever its case, and by what they hold near the beginning.
func begins(magic string, holds ...string) func([]byte, []string) bool {
	return func(head []byte, _ []string) bool {
		return len(head) >= len(magic) && strings.EqualFold(string(head[:len(magic)]), magic) &&
			!slices.ContainsFunc(holds, func(text string) bool { return !bytes.Contains(head, []byte(text)) })
	}
}

// has recognises archives by an entry that they have.
func has(names ...string) func([]byte, []string) bool {
	return func(_ []byte, entries []string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(entries, name) })
	}
}

// WhatIs says what a file is that cannot be read, and what to hand in instead.
func WhatIs(path string) (what, hint string) {
	const enough = 1 << 20 // the folder of a compound file may stand far behind its beginning
	file, err := plainfile.Open(path)
	if err != nil {
		return "unreadable", ""
	}
	defer file.Close() //nolint:errcheck // it was only read
	head, err := io.ReadAll(io.LimitReader(file, enough))
	if err != nil {
		return "unreadable", ""
	}
	if len(head) == 0 {
		return "an empty file", "hand in the file that was edited"
	}
	var entries []string
	if archive, err := zip.OpenReader(path); err == nil {
		for _, entry := range archive.File {
			entries = append(entries, entry.Name)
		}
		_ = archive.Close()
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, markUTF8), " \t\r\n")
	for _, k := range kinds {
		if k.is(trimmed, entries) {
			return k.what, k.hint
		}
	}
	return fmt.Sprintf("a file of a kind that is not read (%s)", orNone(filepath.Ext(path))), "hand in a workbook (.xlsx), a folder, a table as CSV, or a JSON document"
}

func orNone(extension string) string {
	if extension == "" {
		return "without an extension"
	}
	return extension
}
