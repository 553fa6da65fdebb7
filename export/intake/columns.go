package intake

import (
	"slices"
	"strings"
	"unicode"

	"haltsheet/dataset"
)

// column is a column of a file, with its place among the columns of the schema, or -1.
type column struct {
	of   int
	name string // as the header has it
}

// headerOf returns the columns that a row names, or nil where it is no header: where it names less than half of the
// curated ones. They may be named by name or title, in any case, in any order.
func headerOf(schema *dataset.Schema, cells []string) []column {
	header, labels, named := make([]column, len(cells)), labelsOf(schema), map[int]bool{}
	for i, cell := range cells {
		of, is := labels[foldLabel(cell)]
		if !is {
			of = -1
		}
		header[i] = column{of, Bare(cell)}
		if is && of < len(schema.Curated()) {
			named[of] = true
		}
	}
	if 2*len(named) < len(schema.Curated()) {
		return nil
	}
	return header
}

// labelsOf returns the places of the columns of a schema by their names and titles, folded.
func labelsOf(schema *dataset.Schema) map[string]int {
	labels := map[string]int{}
	for i, c := range slices.Backward(schema.InWorksheets()) {
		labels[foldLabel(c.Name)], labels[foldLabel(c.Title)] = i, i
	}
	return labels
}

// IsFormer reports whether a column, by its name or title, is one that earlier versions of the table had.
func IsFormer(schema *dataset.Schema, text string) bool {
	return slices.ContainsFunc(schema.Former, func(name string) bool { return foldLabel(name) == foldLabel(text) })
}

// foldLabel reduces a label to its letters and digits in lower case.
func foldLabel(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// Bare returns a text without white space and characters that nobody sees at its edges.
func Bare(text string) string {
	if n := len(text); n == 0 || isMark(text[0]) && isMark(text[n-1]) {
		return text
	}
	return strings.TrimFunc(text, isUnseen)
}

// isMark reports whether a byte is an ASCII character that can be seen.
func isMark(b byte) bool { return '!' <= b && b <= '~' }

// isUnseen reports whether a character cannot be seen: white space, controls and formats (Unicode's general categories Z, Cc and
// Cf), such as a byte order mark.
func isUnseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf)
}
