package dataset

import "strings"

// otherForm is a form in which spreadsheets save CSV and that a dataset folder cannot have.
type otherForm struct{ rule, message, hint string }

// importReads ends the hints about other forms.
const importReads = "; haltsheet import reads such files"

// encodedOtherwise returns the form of a text that is UTF-16, with a byte order mark or, where names of columns begin it, with a
// zero in every second byte; nil for any other.
func encodedOtherwise(text string) *otherForm {
	isMarked := strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff")
	if !isMarked && (len(text) < 2 || (text[0] == 0) == (text[1] == 0)) {
		return nil
	}
	return &otherForm{"encoding", "the file is UTF-16", "save it as UTF-8" + importReads}
}

// writtenOtherwise returns the form of a file of the table with other line ends or separators; nil for any other.
func (t *tableLoad) writtenOtherwise(text string) *otherForm {
	line, _, hasLF := strings.Cut(text, "\n")
	line = strings.TrimSuffix(line, "\r")
	if !hasLF && strings.Contains(line, "\r") {
		return &otherForm{"csv-syntax", "lines end in CR alone", "end them in LF" + importReads}
	}
	if strings.HasPrefix(strings.ToLower(strings.Trim(line, `"`)), "sep=") {
		return &otherForm{"csv-syntax", "the first line names the separator, and is no header", "begin with the header" + importReads}
	}
	first := func(separator string) string {
		name, _, _ := strings.Cut(line, separator)
		return strings.Trim(name, `"`)
	}
	for _, other := range []struct{ separator, name string }{{";", "semicolons"}, {"\t", "tabs"}, {"|", "vertical bars"}} {
		if t.schema.column(first(",")) < 0 && t.schema.column(first(other.separator)) >= 0 {
			return &otherForm{"csv-syntax", "cells are separated by " + other.name, "separate them by commas" + importReads}
		}
	}
	return nil
}
