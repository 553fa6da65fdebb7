package dataset_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

func TestCodesHaveDefinitions(t *testing.T) {
	codeForm := regexp.MustCompile(`^[a-z]+([-_][a-z]+)*$`)
	labelForm := regexp.MustCompile(`^\p{Lu}[\pL-]*( \pL+){0,4}$`)
	used := map[string]bool{}
	for i := range dataset.Schemas {
		for _, c := range dataset.Schemas[i].Columns {
			used[c.Codes] = true
		}
	}
	for _, list := range load(t, datasettest.Clean()).CodeLists() {
		if !used[list.Name] || list.Title == "" || len(list.Codes) == 0 {
			t.Errorf("the codes %s are not used, or not all there", list.Name)
		}
		seen, labels := map[string]bool{}, map[string]bool{}
		for _, code := range list.Codes {
			if !codeForm.MatchString(code.Code) || seen[code.Code] {
				t.Errorf("%s: code %q is not in form, or there twice", list.Name, code.Code)
			}
			seen[code.Code] = true
			if !strings.HasSuffix(code.Definition, ".") || strings.Contains(code.Definition, "\n") {
				t.Errorf("%s: the definition of %q is not one line: %q", list.Name, code.Code, code.Definition)
			}
			if found, ok := list.Find(code.Code); !ok || found != code {
				t.Errorf("%s: Find(%q) = %v, %t", list.Name, code.Code, found, ok)
			}
			if !labelForm.MatchString(code.Label) || labels[code.Label] {
				t.Errorf("%s: label %q of %q is not a few words, or there twice", list.Name, code.Label, code.Code)
			}
			labels[code.Label] = true
		}
	}
}

// TestMetadataReplacesCodes gives a dataset on something else its own sectors.
func TestMetadataReplacesCodes(t *testing.T) {
	metadata := strings.Replace(cleanMetadata(t), `"exceptions": [],`, `"exceptions": [], "codes": {"sector": [{"code": "bakery", "definition": "Bread."}]},`, 1)
	d := load(t, datasettest.CleanWith(map[string][]byte{dataset.MetadataFile: []byte(metadata)}))
	if _, ok := d.CodeList("sector").Find("bakery"); !ok {
		t.Error("the sector bakery is not there")
	}
	var enums int
	for _, f := range dataset.Check(d) {
		if f.Rule == "enum" {
			enums++
		}
	}
	if enums != len(d.Companies) {
		t.Errorf("%d companies have no sector any more, want all %d", enums, len(d.Companies))
	}
	if _, ok := load(t, datasettest.Clean()).CodeList("sector").Find("bakery"); ok {
		t.Error("the sectors of one dataset are those of another")
	}
}

// TestWordsSayCodes holds the columns that only worksheets have to the columns whose codes they say: every example is what a
// code says, and every code of a list comes back from its words.
func TestWordsSayCodes(t *testing.T) {
	d := load(t, datasettest.Clean())
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		table := d.Table(schema)
		worksheet := table.InWords()
		order, people := worksheet.Shown()
		if len(order) != len(worksheet.Columns) || slices.Contains(order, -1) {
			t.Errorf("%s: %v are shown of %d columns", schema.Name, order, len(worksheet.Columns))
		}
		for _, column := range order[:people] {
			if c := &worksheet.Columns[column]; c.Codes != "" {
				t.Errorf("%s: people see the codes of %s", schema.Name, c.Name)
			}
		}
		for j := range schema.Words {
			c := &schema.Words[j]
			checkTitle(t, schema.Name, c.Title)
			of := &table.Columns[table.Column(c.Says)]
			if code, ok := d.CodesOf(of, c.Example); !ok || d.WordsOf(of)(code) != c.Example {
				t.Errorf("%s.%s: no code says %q", schema.Name, c.Name, c.Example)
			}
			for row := range table.Rows {
				code := string(table.AppendCell(nil, row, table.Column(c.Says)))
				words := worksheet.Cell(row, worksheet.Column(c.Name)).Text
				if back, ok := d.CodesOf(of, words); code != "" && (!ok || back != code) {
					t.Errorf("%s.%s of row %d: %q says %q, which stands for %q", schema.Name, c.Name, row, code, words, back)
				}
			}
		}
	}
}
