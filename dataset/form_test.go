package dataset_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestExamplesPassTheirColumns loads tables of one row, all of whose cells are the examples, and wants no finding of
// a cell rule on them.
func TestExamplesPassTheirColumns(t *testing.T) {
	ofCells := strings.Fields("required type-error decimal-form enum pattern text-control text-too-long text-space text-not-nfc text-entity header row-length")
	files := map[string][]byte{}
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		b := dataset.AppendCSVHeader(nil, schema.Columns)
		for j, c := range schema.Columns {
			if j > 0 {
				b = append(b, ',')
			}
			b = dataset.AppendCSV(b, c.Example)
		}
		files[schema.File()] = append(b, '\n')
	}
	for _, f := range check(t, datasettest.CleanWith(files)) {
		if slices.Contains(ofCells, f.Rule) {
			t.Errorf("example of %s.%s: %s", f.Table, f.Field, f)
		}
	}
}

// TestExamplesHaveTheirTypes checks the examples of derived and summary columns, which no file may hold.
func TestExamplesHaveTheirTypes(t *testing.T) {
	lists := load(t, datasettest.Clean())
	integer := regexp.MustCompile(`^(0|[1-9][0-9]*)$`)
	for table, columns := range columnsOf(t) {
		for i := range columns {
			c := &columns[i]
			date, errDate := dataset.ParseDate(c.Example)
			_, errDecimal := dataset.ParseDecimal(c.Example)
			fits := true
			switch c.Type {
			case dataset.TypeDate:
				fits = errDate == nil
			case dataset.TypeDay:
				fits = errDate == nil && date.Precision() == dataset.PrecisionDay && date.Qualifier() == ""
			case dataset.TypeDecimal:
				fits = errDecimal == nil
			case dataset.TypeInteger:
				fits = integer.MatchString(c.Example)
			case dataset.TypeBoolean:
				fits = c.Example == "true" || c.Example == "false"
			case dataset.TypeList, dataset.TypeText:
			}
			if c.Codes != "" {
				_, known := lists.CodeList(c.Codes).Find(c.Example)
				fits = fits && known
			}
			if !fits {
				t.Errorf("%s.%s: the example %q is no %s of it", table, c.Name, c.Example, c.Type)
			}
		}
	}
}

// TestPatternsMatch holds the patterns of forms, which others check texts by, to examples and counterexamples.
func TestPatternsMatch(t *testing.T) {
	for i := range dataset.Schemas {
		for _, c := range dataset.Schemas[i].Columns {
			if c.Form == nil {
				continue
			}
			if c.Form.Name == "" || c.Form.Description == "" || strings.HasSuffix(c.Form.Description, ".") {
				t.Errorf("the form %q of %s is not told: %q", c.Form.Name, c.Name, c.Form.Description)
			}
			if c.Form.Pattern == "" {
				continue
			}
			pattern := regexp.MustCompile(c.Form.Pattern)
			texts := []string{c.Example}
			if c.Type == dataset.TypeList {
				texts = slices.Collect(dataset.List(c.Example).All())
			}
			for _, text := range texts {
				if !pattern.MatchString(text) {
					t.Errorf("the pattern %s of %s does not match its example %q", c.Form.Pattern, c.Name, text)
				}
			}
			for _, text := range []string{"", ";", "a;b"} {
				if pattern.MatchString(text) {
					t.Errorf("the pattern %s of %s matches %q", c.Form.Pattern, c.Name, text)
				}
			}
		}
	}
}

// TestOneLookIsRight: what a form accepts at one look, it accepts at a closer one, member by member.
func TestOneLookIsRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`[a-z0-9;-]{0,9}|[a-z0-9;]{60,70}|[A-Za-z0-9-]{1,4}(;[a-z0-9-]{1,3}){0,3}`),
			rapid.StringMatching(`https?://?[a-z0-9.:@-]{0,6}/?[a-zA-Z0-9%/?#&;=+ "<>\[\]]{0,6}`),
		).Draw(t, "text")
		for i := range dataset.Schemas {
			for _, c := range dataset.Schemas[i].Columns {
				if c.Form == nil || !c.Form.PlainlyAccepts(text) {
					continue
				}
				for member := range dataset.List(text).All() {
					if member == "" || !c.Form.Accepts(member) {
						t.Errorf("%q is no %s, because of %q", text, c.Form.Name, member)
					}
				}
			}
		}
	})
}

// TestPatternsMatchWhatFormsAccept wants no text that is well-formed here and malformed by the pattern, as ECMA-262
// reads it: \s is any white space there, and ASCII only in RE2.
func TestPatternsMatchWhatFormsAccept(t *testing.T) {
	forms := map[string]*dataset.Form{}
	for i := range dataset.Schemas {
		for _, c := range dataset.Schemas[i].Columns {
			if c.Form != nil && c.Form.Pattern != "" {
				forms[c.Form.Name] = c.Form
			}
		}
	}
	for name, form := range forms {
		pattern := regexp.MustCompile(strings.ReplaceAll(form.Pattern, `[^\s;]`, `[^\s\x0b\p{Z}\x{feff};]`))
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				text := rapid.OneOf(
					rapid.StringMatching(`(https|HTTP|http|ftp):?//?[a-z.@:\pZ\x{feff}]{1,4}[/?#]?[a-z%& \pZ;]{0,4}`),
					rapid.StringMatching(`[a-z0-9-]{1,5}|[A-Z]{2,3}|20[0-9]{2}-[01][0-9]-[0-3][0-9][?~]?`), rapid.String(),
				).Draw(t, "text")
				if form.Accepts(text) && text != "" && !pattern.MatchString(text) {
					t.Errorf("%q is a %s, but not by the pattern %s", text, name, form.Pattern)
				}
			})
		})
	}
}

func TestKeysHaveAtMost64Characters(t *testing.T) {
	form := dataset.SchemaOf("companies").Columns[0].Form
	for text, want := range map[string]bool{
		strings.Repeat("a", 64): true, strings.Repeat("a", 65): false, "a-1": true, "7-eleven": true, "a--b": false, "-a": false, "a-": false, "A": false, "a_b": false, "é": false, "-": false,
	} {
		if form.Accepts(text) != want {
			t.Errorf("%q is a key: %t, want %t", text, !want, want)
		}
	}
}
