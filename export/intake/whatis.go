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

// kind is a kind of file that is read under some extensions, or not at all.
type kind struct {
	is   func(head []byte, entries []string) bool
	what string
	hint string
	as   []string // the extensions under which it is read
}

// workbooks and openDocuments are the extensions of workbooks.
var (
	workbooks     = []string{".xlsx", ".xlsm", ".xltx", ".xltm"}
	openDocuments = []string{".ods", ".ots"}
)

const (
	asWorkbook = "open it in a spreadsheet, and save it as an Excel workbook (.xlsx)"
	asText     = "hand in the workbook (.xlsx), or a table as CSV"
)

// kinds are the kinds of files that people hand in instead of a workbook or a table, by what they begin with or what their archive holds.
// The first that is the case counts.
var kinds = []kind{
	{beginsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"), "a workbook that is locked with a password", "open it in a spreadsheet, and save it without a password", nil},
	{beginsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "W\x00o\x00r\x00d\x00D\x00o\x00c"), "a Word document (.doc)", asText, nil},
	{beginsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a workbook of Excel 97 to 2003 (.xls)", asWorkbook, nil},
	{hasEntry("xl/workbook.bin"), "a binary workbook (.xlsb)", asWorkbook, nil},
	{hasEntry("Index/Document.iwa", "Index.zip"), "a document of Numbers or another Apple program", "export it from there as an Excel workbook (.xlsx)", nil},
	{hasEntry("xl/workbook.xml"), "a workbook whose name does not end in .xlsx", "rename it to end in .xlsx", workbooks},
	{hasEntry("word/document.xml"), "a Word document (.docx)", asText, nil},
	{hasEntry("ppt/presentation.xml"), "a presentation (.pptx)", asText, nil},
	{beginsWith("PK", "opendocument.spreadsheet"), "an OpenDocument spreadsheet whose name does not end in .ods", "rename it to end in .ods", openDocuments},
	{hasEntry("content.xml"), "an OpenDocument file", asWorkbook, nil},
	{isArchive, "an archive (.zip)", "unpack it, and name the folder or the file that is in it", nil},
	{beginsWith("PK\x03\x04"), "a workbook or an archive that is cut off", "take another copy of it", slices.Concat(workbooks, openDocuments)},
	{beginsWith("<?xml", "urn:schemas-microsoft-com:office:spreadsheet"), "an XML spreadsheet of Excel 2003", asWorkbook, nil},
	{beginsWith("<?xml", "office:document"), "a flat OpenDocument file", asWorkbook, nil},
	{beginsWith("<?xml"), "an XML file", asText, nil},
	{beginsWith("<html"), "a web page", asWorkbook, nil},
	{beginsWith("<!doctype html"), "a web page", asWorkbook, nil},
	{beginsWith("<table"), "a table as a web page", asWorkbook, nil},
	{beginsWith("%PDF-"), "a PDF", "hand in the workbook that it was printed from", nil},
	{beginsWith("\x1f\x8b"), "a file packed with gzip", "unpack it first", nil},
	{beginsWith("BZh"), "a file packed with bzip2", "unpack it first", nil},
	{beginsWith("\xfd7zXZ\x00"), "a file packed with xz", "unpack it first", nil},
	{beginsWith("\x28\xb5\x2f\xfd"), "a file packed with Zstandard", "unpack it first", nil},
	{isTar, "an archive (.tar)", "unpack it, and name the folder or the file that is in it", nil},
	{beginsWith("7z\xbc\xaf\x27\x1c"), "a 7z archive", "unpack it first", nil},
	{beginsWith("Rar!"), "a RAR archive", "unpack it first", nil},
	{beginsWith("SQLite format 3"), "a SQLite database", "save its tables as CSV", nil},
	{beginsWith("ARROW1"), "an Arrow file", asText, nil},
	{beginsWith("PAR1"), "a Parquet file", asText, nil},
	{beginsWith("ID;P"), "a SYLK file (.slk)", asWorkbook, nil},
	{beginsWith("TABLE\r\n"), "a DIF file", asWorkbook, nil},
	{beginsWith("TABLE\n"), "a DIF file", asWorkbook, nil},
	{beginsWith("\x89PNG"), "a picture", asText, nil},
	{beginsWith("\xff\xd8\xff"), "a picture", asText, nil},
	{beginsWith("RIFF", "WEBP"), "a picture", asText, nil},
	{beginsWith("II*\x00"), "a picture", asText, nil},
	{beginsWith("MM\x00*"), "a picture", asText, nil},
	{beginsWith("GIF8"), "a picture", asText, nil},
	{beginsWith("{\\rtf"), "a rich text document (.rtf)", asText, nil},
	{beginsWith(`{"url"`, "docs.google.com"), "a link to a document of Google", "download the document as a Microsoft Excel workbook (.xlsx)", nil},
	{beginsWith("{", "}\n{"), "a text of JSON lines", "hand in the JSON document (.json)", nil},
	{beginsWith("{"), "a text that looks like JSON", "rename it to end in .json", []string{".json"}},
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

// isArchive recognises ZIP archives that have something in them.
func isArchive(_ []byte, entries []string) bool { return len(entries) > 0 }

// isTar recognises archives of POSIX tar by their magic, which stands behind the name and the attributes of the first file.
func isTar(head []byte, _ []string) bool {
	const at = 257
	return len(head) > at && bytes.HasPrefix(head[at:], []byte("ustar"))
}

// WhatIs says what a file is that cannot be read, and what to hand in instead.
func WhatIs(path string) (what, hint string) {
	k, err := kindOf(path)
	switch {
	case err != nil:
		return "unreadable", ""
	case k != nil:
		return k.what, k.hint
	default:
		return fmt.Sprintf("a file of a kind that is not read (%s)", orNone(filepath.Ext(path))), "hand in a workbook (.xlsx), a folder, a table as CSV, or a JSON document"
	}
}

// IsMisnamed reports whether a file is of a kind that is not read under the extension that it has.
func IsMisnamed(path string) bool {
	k, err := kindOf(path)
	return err == nil && k != nil && !slices.Contains(k.as, strings.ToLower(filepath.Ext(path)))
}

// kindOf returns the kind of a file, or nil for any other one.
func kindOf(path string) (*kind, error) {
	const enough = 1 << 20 // the folder of a compound file may stand far behind its beginning
	file, err := plainfile.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	head, err := io.ReadAll(io.LimitReader(file, enough))
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		return &kind{what: "an empty file", hint: "hand in the file that was edited"}, nil
	}
	var entries []string
	if archive, err := zip.OpenReader(path); err == nil && bytes.HasPrefix(head, []byte("PK")) {
		for _, entry := range archive.File {
			entries = append(entries, entry.Name)
		}
		_ = archive.Close()
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, markUTF8), " \t\r\n")
	for i := range kinds {
		if kinds[i].is(trimmed, entries) {
			return &kinds[i], nil
		}
	}
	return nil, nil
}

func orNone(extension string) string {
	if extension == "" {
		return "without an extension"
	}
	return extension
}
