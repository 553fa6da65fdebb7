package export_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
)

// describedTable is what a test reads of a resource.
type describedTable struct {
	Name, Path, Encoding string
	Schema               struct {
		Fields []struct {
			Name, Type, Example string
			Derived             bool
			Categories          []struct{ Value, Label string }
			Constraints         struct{ Enum []string }
		}
		PrimaryKey  []string
		ForeignKeys []struct {
			Fields    []string
			Reference struct {
				Resource string
				Fields   []string
			}
		}
	}
}

func TestDescriptor(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, bookOf(datasettest.Clean()), allFormats())
	content, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte(`: "",`)) {
		t.Error("the descriptor has empty texts")
	}
	var descriptor struct{ Resources []describedTable }
	if err := json.Unmarshal(content, &descriptor); err != nil {
		t.Fatal(err)
	}
	byName := map[string]describedTable{}
	for _, r := range descriptor.Resources {
		byName[r.Name] = r
		if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(r.Name) {
			t.Errorf("%q is no good name of a resource", r.Name)
		}
		if isText := slices.Contains([]string{".csv", ".html", ".json", ".jsonl"}, filepath.Ext(r.Path)); isText != (r.Encoding == "utf-8") {
			t.Errorf("%s has the encoding %q", r.Name, r.Encoding)
		}
	}
	for _, name := range []string{"workbook", "halts", "halts-jsonl", "summary-key-figures", "dataset", "document", "document-schema"} {
		if byName[name].Path == "" {
			t.Errorf("there is no resource %s", name)
		}
	}
	for _, r := range descriptor.Resources {
		checkForeignKeys(t, r, byName)
		checkFields(t, r)
	}
}

// TestDescriptorOfOneFormat holds the foreign keys to the resources that are there when only one format is.
func TestDescriptorOfOneFormat(t *testing.T) {
	for _, f := range allFormats() {
		dir := filepath.Join(t.TempDir(), "out")
		write(t, dir, bookOf(datasettest.Clean()), format(f.Name))
		content, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
		if err != nil {
			t.Fatal(err)
		}
		var descriptor struct{ Resources []describedTable }
		if err := json.Unmarshal(content, &descriptor); err != nil {
			t.Fatal(err)
		}
		byName := map[string]describedTable{}
		for _, r := range descriptor.Resources {
			byName[r.Name] = r
		}
		for _, r := range descriptor.Resources {
			checkForeignKeys(t, r, byName)
		}
	}
}

func fieldNames(r describedTable) (names []string) {
	for _, f := range r.Schema.Fields {
		names = append(names, f.Name)
	}
	return names
}

// checkForeignKeys holds the foreign keys of a resource to those that it may refer to.
func checkForeignKeys(t *testing.T, r describedTable, byName map[string]describedTable) {
	t.Helper()
	for _, key := range r.Schema.ForeignKeys {
		to, ok := byName[key.Reference.Resource]
		if key.Reference.Resource == "" {
			to, ok = r, true
		}
		if !ok || !slices.Equal(key.Reference.Fields, to.Schema.PrimaryKey) || !slices.Contains(fieldNames(r), key.Fields[0]) {
			t.Errorf("%s has the foreign key %v", r.Name, key)
		}
	}
}

// checkFields holds the fields of a resource to the header of its file and to the standard.
func checkFields(t *testing.T, r describedTable) {
	t.Helper()
	for i, f := range r.Schema.Fields {
		labels := map[string]bool{}
		for j, category := range f.Categories {
			if labels[category.Label] || f.Constraints.Enum[j] != category.Value {
				t.Errorf("%s: %s has the category %v", r.Name, f.Name, category)
			}
			labels[category.Label] = true
		}
		if i > 0 && r.Schema.Fields[i-1].Derived && !f.Derived {
			t.Errorf("%s: %s stands behind derived fields", r.Name, f.Name)
		}
		if want := map[bool]string{true: "list", false: "array"}[strings.HasSuffix(r.Path, ".csv")]; strings.HasSuffix(f.Name, "_ids") && f.Type != want {
			t.Errorf("%s: %s is of type %s, not %s", r.Name, f.Name, f.Type, want)
		}
		if f.Type == "array" && json.Unmarshal([]byte(f.Example), new([]string)) != nil {
			t.Errorf("%s: %s has the example %s, which is no array", r.Name, f.Name, f.Example)
		}
	}
}

func TestCSVForSpreadsheets(t *testing.T) {
	folder := datasettest.CleanWith(map[string][]byte{
		"companies.csv": []byte("company_id,name,parent_id,country,sector,note\nacme,=1+1,,,retail,\"@a, b\"\n"),
		"halts.csv":     nil,
		"donations.csv": nil,
	})
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, bookOf(folder), format("csv-excel"))
	got, err := os.ReadFile(filepath.Join(dir, "csv-excel", "companies.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeffcompany_id,name,parent_id,country,sector,note,halt_count,donation_count,first_announced,donated_eur,donated_not_exact\r\n" +
		"acme,'=1+1,,,retail,\"'@a, b\",0,0,,,\r\n"
	if string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
