package export_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/audit"
	"haltsheet/export/exporttest"
)

// describedTable is what a test reads of a resource.
type describedTable struct {
	Name, Type, Path, Encoding string
	Schema                     struct {
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
	if strings.Contains(exporttest.ReadFile(t, dir, "datapackage.json"), `: "",`) {
		t.Error("the descriptor has empty texts")
	}
	resources, byName := describedIn(t, dir), map[string]describedTable{}
	for _, r := range resources {
		byName[r.Name] = r
		if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(r.Name) {
			t.Errorf("%q is no good name of a resource", r.Name)
		}
		if isText := utf8.ValidString(exporttest.ReadFile(t, dir, r.Path)) && filepath.Ext(r.Path) != ".svg"; isText != (r.Encoding == "utf-8") {
			t.Errorf("%s has the encoding %q; that it is UTF-8 is %t, and IsText of its medium says which", r.Path, r.Encoding, isText)
		}
	}
	for _, name := range []string{"workbook", "halts", "halts-jsonl", "summary-key-figures", "dataset", "document", "document-schema"} {
		if byName[name].Path == "" {
			t.Errorf("there is no resource %s", name)
		}
	}
	for _, r := range resources {
		checkForeignKeys(t, r, byName)
		checkFields(t, r)
	}
}

// TestDescriptorOfOneFormat holds the foreign keys to the resources that are there when only one format is.
func TestDescriptorOfOneFormat(t *testing.T) {
	for _, f := range allFormats() {
		dir := filepath.Join(t.TempDir(), "out")
		write(t, dir, bookOf(datasettest.Clean()), format(f.Name))
		resources, byName := describedIn(t, dir), map[string]describedTable{}
		for _, r := range resources {
			byName[r.Name] = r
		}
		for _, r := range resources {
			checkForeignKeys(t, r, byName)
		}
	}
}

// TestDescriptorFitsItsProfile holds the descriptors of exports and releases to the profile that they name: testdata/datapackage-2.0.json
// is the one that is published there, without its words for people and without the patterns of paths, which RE2 cannot read.
func TestDescriptorFitsItsProfile(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	profile, err := compiler.Compile("testdata/datapackage-2.0.json")
	if err != nil {
		t.Fatal(err)
	}
	holdTo := func(name, dir string) {
		t.Helper()
		descriptor, err := jsonschema.UnmarshalJSON(strings.NewReader(exporttest.ReadFile(t, dir, "datapackage.json")))
		if err == nil {
			err = profile.Validate(descriptor)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, partition := range append(export.PartitionColumns(), "") {
		for name, fsys := range map[string]fs.FS{"clean": datasettest.Clean(), "empty": datasettest.Empty()} {
			book, dir := bookOf(fsys), filepath.Join(t.TempDir(), "out")
			book.PartitionBy = partition
			write(t, dir, book, allFormats())
			holdTo(name+" by "+partition, dir)
		}
	}
	dir := filepath.Join(t.TempDir(), "out")
	if err := exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 5, exporttest.ReadsBack); err != nil {
		t.Fatal(err)
	}
	holdTo("release", dir)
}

// TestDescriptorTellsOfEveryRecord holds that every file of records has a schema, and those that libraries read are tables.
func TestDescriptorTellsOfEveryRecord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 5, exporttest.ReadsBack); err != nil {
		t.Fatal(err)
	}
	parts := filepath.Join(t.TempDir(), "out")
	book := bookOf(datasettest.Clean())
	book.PartitionBy = "sector"
	write(t, parts, book, allFormats())
	for _, dir := range []string{dir, parts} {
		for _, r := range describedIn(t, dir) {
			isRead := slices.Contains([]string{".csv", ".jsonl"}, path.Ext(r.Path)) && !strings.HasPrefix(r.Path, "csv-excel/")
			if (isRead || path.Ext(r.Path) == ".parquet") && len(r.Schema.Fields) == 0 {
				t.Errorf("%s has no schema", r.Path)
			}
			if isRead && r.Type != "table" {
				t.Errorf("%s is of type %q", r.Path, r.Type)
			}
		}
	}
}

// TestPartitionedIntoNothing holds that a partitioned table without records is still there, with its columns.
func TestPartitionedIntoNothing(t *testing.T) {
	for _, by := range export.PartitionColumns() {
		book, dir := bookOf(datasettest.Empty()), filepath.Join(t.TempDir(), "out")
		book.PartitionBy = by
		write(t, dir, book, format("parquet"))
		for _, table := range book.Curated {
			if table.Role(dataset.RoleOwner) < 0 || by != "announced_year" && table.Column(by) < 0 || table.Column("announced") < 0 && by == "announced_year" {
				continue
			}
			header := readParquet(t, filepath.Join(dir, "parquet", table.Name, by+"=__HIVE_DEFAULT_PARTITION__", "part-0.parquet"))[0]
			want := len(table.Columns)
			if table.Column(by) >= 0 {
				want--
			}
			if len(header) != want || slices.Contains(header, by) {
				t.Errorf("%s by %s has the columns %v", table.Name, by, header)
			}
		}
		if found, err := audit.Folder(t.Context(), dir, ""); err != nil || found.Len() > 0 {
			t.Errorf("by %s: %v, %v", by, dataset.All(found), err)
		}
	}
}

// describedIn returns the resources of the descriptor in a folder.
func describedIn(t *testing.T, dir string) []describedTable {
	t.Helper()
	var descriptor struct{ Resources []describedTable }
	if err := json.Unmarshal([]byte(exporttest.ReadFile(t, dir, "datapackage.json")), &descriptor); err != nil {
		t.Fatal(err)
	}
	return descriptor.Resources
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
		if i > 0 && r.Schema.Fields[i-1].Derived && !f.Derived && !slices.Contains([]string{".xlsx", ".ods"}, path.Ext(r.Path)) {
			t.Errorf("%s: %s stands behind derived fields", r.Name, f.Name)
		}
		if want := map[bool]string{true: "string", false: "array"}[strings.HasSuffix(r.Path, ".csv")]; strings.HasSuffix(f.Name, "_ids") && f.Type != want {
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
