package intake

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/dataset"
)

// mendMetadata undoes white space and unseen characters at the edges of the texts of dataset.json, but for those that the
// dataset had which it was made from, and tells of each. What is no JSON stays as it is, for the rules to tell.
func mendMetadata(m *dataset.MetadataTranscript, made *dataset.Dataset) *Remarks {
	remarks := &Remarks{}
	before := map[string]string{}
	for _, leaf := range made.Metadata.Leaves() {
		before[leaf.Path] = leaf.Value.Text
	}
	text := []byte(m.Text)
	decoder := jsontext.NewDecoder(strings.NewReader(m.Text), jsontext.AllowDuplicateNames(true))
	for {
		token, err := decoder.ReadToken()
		if err != nil {
			break
		}
		if kind, n := decoder.StackIndex(decoder.StackDepth()); token.Kind() != '"' || kind == '{' && n%2 == 1 { // a name
			continue
		}
		path, was := strings.TrimPrefix(string(decoder.StackPointer()), "/"), token.String()
		is := Bare(was)
		if is == was || before[path] == was {
			continue
		}
		end := int(decoder.InputOffset())
		start := startOfString(m.Text, end)
		quoted, err := jsontext.AppendQuote(nil, is)
		if err != nil || len(quoted) > end-start {
			continue
		}
		copy(text[start:], string(quoted)+strings.Repeat(" ", end-start-len(quoted))) // everything else keeps its place
		remarks.Add(ReadAs(m.Place(path, start), was, is))
	}
	m.Text = string(text)
	return remarks
}

// IsPlainMetadata reports whether there is nothing to undo at the edges of the texts of dataset.json.
func IsPlainMetadata(m *dataset.Metadata) bool {
	return !slices.ContainsFunc(m.Leaves(), func(leaf dataset.Leaf) bool { return Bare(leaf.Value.Text) != leaf.Value.Text })
}

// startOfString returns the offset of the quote that opens the JSON string which ends at an offset.
func startOfString(text string, end int) int {
	for start := end - 2; start > 0; start-- {
		if text[start] != '"' {
			continue
		}
		if escapes := len(text[:start]) - len(strings.TrimRight(text[:start], `\`)); escapes%2 == 0 {
			return start
		}
	}
	return 0
}
