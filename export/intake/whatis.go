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
	{beginsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"), "a workbook that is locked with a password", "open it in a spreadsheet, and save it without a password"},
	{beginsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "W\x00o\x00r\x00d\x00D\x00o\x00c"), "a Word document (.doc)", asText},
	{beginsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a workbook of Excel 97 to 2003 (.xls)", asWorkbook},
	{hasEntry("xl/workbook.bin"), "a binary workbook (.xlsb)", asWorkbook},
	{hasEntry("Index/Document.iwa", "Index.zip"), "a document of Numbers or another Apple program", "export it from there as an Excel workbook (.xlsx)"},
	{hasEntry("xl/workbook.xml"), "a workbook whose name does not end in .xlsx", "rename it to end in .xlsx"},
	{hasEntry("word/document.xml"), "a Word document (.docx)", asText},
	{hasEntry("ppt/presentation.xml"), "a presentation (.pptx)", asText},
	{beginsWith("PK", "opendocument.spreadsheet"), "an OpenDocument spreadsheet whose name does not end in .ods", "rename it to end in .ods"},
	{hasEntry("content.xml"), "an OpenDocument file", asWorkbook},
	{beginsWith("PK\x03\x04"), "an archive (.zip)", "unpack it, and name the folder or the file that is in it"},
	{beginsWith("<?xml", "urn:schemas-microsoft-com:office:spreadsheet"), "an XML spreadsheet of Excel 2003", asWorkbook},
	{beginsWith("<?xml", "office:document"), "a flat OpenDocument file", asWorkbook},
	{beginsWith("<?xml"), "an XML file", asText},
	{beginsWith("<html"), "a web page", asWorkbook},
	{beginsWith("<!doctype html"), "a web page", asWorkbook},
	{beginsWith("<table"), "a table as a web page", asWorkbook},
	{beginsWith("%PDF-"), "a PDF", "hand in the workbook that it was printed from"},
	{beginsWith("\x1f\x8b"), "a file packed with gzip", "unpack it first"},
	{beginsWith("7z\xbc\xaf\x27\x1c"), "a 7z archive", "unpack it first"},
	{beginsWith("Rar!"), "a RAR archive", "unpack it first"},
	{beginsWith("SQLite format 3"), "a SQLite database", "save its tables as CSV"},
	{beginsWith("PAR1"), "a Parquet file", asText},
	{beginsWith("ID;P"), "a SYLK file (.slk)", asWorkbook},
	{beginsWith("TABLE\r\n"), "a DIF file", asWorkbook},
	{beginsWith("TABLE\n"), "a DIF file", asWorkbook},
	{beginsWith("\x89PNG"), "a picture", asText},
	{beginsWith("\xff\xd8\xff"), "a picture", asText},
	{beginsWith("GIF8"), "a picture", asText},
	{beginsWith("{\\rtf"), "a rich text document (.rtf)", asText},
	{beginsWith(`{"url"`, "docs.google.com"), "a link to a document of Google", "download the document as a Microsoft Excel workbook (.xlsx)"},
	{beginsWith("{"), "a text that looks like JSON", "rename it to end in .json"},
}

// beginsWith recognises files by what they begin with, whatever its case, and by what they hold near the beginning.
func beginsWith(magic string, holds ...string) func([]byte, []string) bool {
	return func(head []byte, _ []string) bool {
		return len(head) >= len(magic) && strings.EqualFold(string(head[:len(magic)]), magic) &&
			!slices.ContainsFunc(holds, func(text string) bool { return !bytes.Contains(head, []byte(text)) })
	}
}

// hasEntry recognises archives by an entry that they have.
func hasEntry(names ...string) func([]byte, []string) bool {
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
