// Package sql writes a book as one script that SQLite, PostgreSQL and DuckDB run as it stands, and reads it back.
//
// # What all three take
//
// The script keeps to what the three have in common: SQLite from 3.31, PostgreSQL from 12 with standard_conforming_strings on, as
// it is unless somebody turned it off, and DuckDB from 1.0. It is one transaction. Names are quoted. A text is between
// apostrophes, with apostrophes doubled and everything else as it is; the empty cell is NULL. Numbers are written out. SQLite
// keeps them as integers or as doubles, which hold 15 significant digits; the other two keep them as decimals.
//
// # Order
//
// A table stands behind those that it refers to, and a row behind those of its own table that it refers to, in another INSERT,
// since DuckDB looks for the key before the statement ends.
package sql

import (
	"fmt"
	"strings"

	"haltsheet/export/book"
	"haltsheet/export/folder"
	"haltsheet/export/rows"
)

// Write writes the script of a book.
func Write(out *folder.File, b *book.Book) error {
	s := newScript(b)
	if _, err := out.Write([]byte(s.before)); err != nil {
		return err
	}
	for i := range s.tables {
		t, written := &s.tables[i], 0
		for encoded, n := range rows.Encode(0, len(t.batches), batchesAtOnce, rows.Each(t.appendBatch)) {
			if _, err := out.Write(encoded); err != nil {
				return err
			}
			if t.IsCurated() {
				b.Wrote(t.rowsIn(written, written+n))
			}
			written += n
		}
	}
	for _, table := range b.Summaries {
		b.Wrote(table.Rows) // which are views
	}
	_, err := out.Write([]byte(s.behind))
	return err
}

// script is what a script is made of: statements, then the rows of the tables, then statements again.
type script struct {
	book           *book.Book
	tables         []tableRows
	before, behind string
}

// newScript makes the script of a book.
func newScript(b *book.Book) *script {
	s := &script{book: b}
	var text strings.Builder
	s.writeHead(&text)
	for _, table := range tablesOf(b) {
		s.tables = append(s.tables, newTableRows(b, table))
		writeTable(&text, b, table)
	}
	writeViews(&text, b)
	s.before = text.String()
	text.Reset()
	text.WriteString("\n")
	for i := range s.tables {
		writeIndexes(&text, b, s.tables[i].Table)
	}
	text.WriteString("\nCOMMIT;\n")
	s.behind = text.String()
	return s
}

// writeHead writes what the script is, and begins its transaction.
func (s *script) writeHead(w *strings.Builder) {
	m := &s.book.Metadata
	writeComment(w, "", m.Title+", version "+m.Version)
	for _, license := range m.Licenses {
		writeComment(w, "", "Licence: "+license.Title+" ("+license.Name+")")
	}
	writeComment(w, "", `One script for SQLite, PostgreSQL and DuckDB, as one transaction in a database that has none of these tables:
sqlite3 NAME.db < `+File(s.book)+`
psql -v ON_ERROR_STOP=1 -f `+File(s.book)+` NAME
duckdb NAME.duckdb < `+File(s.book)+`
Each table has the columns of its CSV file; a list is a text joined by semicolons, and taken apart in a table of its own.
The headline total: SELECT ROUND(SUM(amount_eur), 2) FROM counted_donations;`)
	w.WriteString("\nBEGIN;\n")
}

// File returns the name of the script.
func File(b *book.Book) string { return b.Metadata.Name + ".sql" }

// writeComment writes each line of a text as a comment.
func writeComment(w *strings.Builder, indent, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(w, "%s-- %s\n", indent, line)
	}
}

// quotedName puts a name in quotes.
func quotedName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quotedNames puts names in quotes and commas between them.
func quotedNames(names []string) string {
	quoted := make([]string, len(names))
	for i := range names {
		quoted[i] = quotedName(names[i])
	}
	return strings.Join(quoted, ", ")
}

// quotedText returns a text as SQL has it.
func quotedText(s string) string { return string(appendText(nil, s)) }

// appendText appends a text as SQL has it.
func appendText(b []byte, s string) []byte {
	b = append(b, '\'')
	for {
		before, rest, found := strings.Cut(s, "'")
		b = append(b, before...)
		if !found {
			return append(b, '\'')
		}
		b = append(b, "''"...)
		s = rest
	}
}
