package dataset_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/gocarina/gocsv"
	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestModelsFollowSchemas holds the gocsv tags and the Go types of the records together with the schema.
func TestModelsFollowSchemas(t *testing.T) {
	typeOf := map[reflect.Type]dataset.Type{
		reflect.TypeFor[string](): dataset.TypeText, reflect.TypeFor[dataset.List](): dataset.TypeList,
		reflect.TypeFor[dataset.Date](): dataset.TypeDate, reflect.TypeFor[dataset.PlainDay](): dataset.TypeDay, reflect.TypeFor[dataset.Decimal](): dataset.TypeDecimal,
	}
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		record := reflect.TypeOf(schema.Columns[0].Field).In(0).Elem()
		var want, got []string
		for _, c := range schema.Curated() {
			want = append(want, c.Name+" "+c.Type.String())
		}
		for f := range record.Fields() {
			got = append(got, f.Tag.Get("csv")+" "+typeOf[f.Type].String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-schema +%s):\n%s", schema.Name, record, diff)
		}
		one := reflect.New(record)
		for column, c := range schema.Curated() {
			field := reflect.ValueOf(c.Field).Call([]reflect.Value{one})[0]
			if field.UnsafePointer() != one.Elem().Field(column).Addr().UnsafePointer() {
				t.Errorf("%s.%s reaches another field than %s", schema.Name, c.Name, record.Field(column).Name)
			}
		}
	}
}

// TestRoles: a table has at most one column of each role, and what its records belong to is one record of another table,
// which belongs in the end to a company.
func TestRoles(t *testing.T) {
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		columns := map[dataset.Role]int{}
		for _, c := range schema.Columns {
			columns[c.Role]++
			if c.Role == dataset.RoleOwner && (c.Ref == "" || c.Type != dataset.TypeText || !c.Required) {
				t.Errorf("%s.%s: an owner is one record of a table, and always there", schema.Name, c.Name)
			}
		}
		delete(columns, dataset.RoleNone)
		for role, n := range columns {
			if n > 1 {
				t.Errorf("%s has %d columns of role %d", schema.Name, n, role)
			}
		}
		if columns[dataset.RoleAbout] == 0 {
			t.Errorf("%s: no column tells what a record is about", schema.Name)
		}
		root := schema
		for root.Owner() != nil {
			root = root.Owner()
		}
		if root != schema && root.Name != "companies" {
			t.Errorf("%s belongs to %s, and not to companies", schema.Name, root.Name)
		}
	}
}

// TestGocsvReadsRecords: a Go program that reads the CSV with gocsv gets the records that Load makes, derived columns or
// not, since the tags name the columns.
func TestGocsvReadsRecords(t *testing.T) {
	d := load(t, datasettest.Generate(100))
	for i, want := range []any{&d.Companies, &d.Halts, &d.Events, &d.Donations, &d.Recipients, &d.Sources, &d.Rates} {
		table := d.Table(&dataset.Schemas[i])
		csv := dataset.AppendCSVHeader(nil, table.Columns)
		for row := range table.Rows {
			csv = table.AppendCSVRow(csv, table.Columns, row)
		}
		got := reflect.New(reflect.TypeOf(want).Elem())
		if err := gocsv.UnmarshalBytes(csv, got.Interface()); err != nil {
			t.Errorf("%s: %v", table.Name, err)
		}
		if !reflect.DeepEqual(got.Interface(), want) {
			t.Errorf("%s: gocsv reads other records", table.Name)
		}
	}
}

// columnsOf are the columns of every table, curated and summary, by table.
func columnsOf(t *testing.T) map[string][]dataset.Column {
	t.Helper()
	columns := map[string][]dataset.Column{}
	for i := range dataset.Schemas {
		columns[dataset.Schemas[i].Name] = dataset.Schemas[i].InWorksheets()
	}
	for _, table := range load(t, datasettest.Clean()).Summarize() {
		columns[table.Name] = table.Columns
	}
	return columns
}

var snakeCase = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// checkTitle holds a title to what Excel and its tables accept as a sheet name and a header.
func checkTitle(t *testing.T, of, title string) {
	t.Helper()
	if n := len(utf16.Encode([]rune(title))); n == 0 || n > 31 || strings.ContainsAny(title, `[]:*?/\'`) || strings.TrimSpace(title) != title {
		t.Errorf("%s: %q cannot name a column or a sheet", of, title)
	}
}

func TestColumnsAreTold(t *testing.T) {
	lists := load(t, datasettest.Clean())
	for table, columns := range columnsOf(t) {
		names, titles := map[string]bool{}, map[string]bool{}
		for i := range columns {
			c := &columns[i]
			of := table + "." + c.Name
			if !snakeCase.MatchString(c.Name) || names[c.Name] {
				t.Errorf("%s is not in snake_case, or there twice", of)
			}
			checkTitle(t, of, c.Title)
			if folded := strings.ToLower(c.Title); titles[folded] {
				t.Errorf("%s: the title %q is there twice", of, c.Title)
			} else {
				titles[folded] = true
			}
			names[c.Name] = true
			if !strings.HasSuffix(c.Description, ".") {
				t.Errorf("%s: description %q is no sentence", of, c.Description)
			}
			if c.Example == "" {
				t.Errorf("%s has no example", of)
			}
			if c.Codes != "" && lists.CodeList(c.Codes) == nil {
				t.Errorf("%s draws from the codes %q, which are not there", of, c.Codes)
			}
			if c.Ref != "" && dataset.SchemaOf(c.Ref) == nil {
				t.Errorf("%s refers to %q, which is no table", of, c.Ref)
			}
			if c.Currency != "" && c.Currency != "EUR" && columnOf(columns, c.Currency) == nil {
				t.Errorf("%s has the currency of column %q, which is not there", of, c.Currency)
			}
			checkFrom(t, of, columns, c)
		}
	}
}

// checkFrom holds the column where an edit of a derived one belongs to being there. What belongs to a company by way of a halt has no
// company_id.
func checkFrom(t *testing.T, of string, columns []dataset.Column, c *dataset.Column) {
	t.Helper()
	through, field, isElsewhere := strings.Cut(c.From, ".")
	reference := columnOf(columns, through)
	switch {
	case c.From == "", isElsewhere && reference == nil && through == "company_id":
	case reference == nil, isElsewhere && columnOf(dataset.SchemaOf(reference.Ref).Columns, field) == nil:
		t.Errorf("%s is computed from %q, which is not there", of, c.From)
	case !c.IsDerived():
		t.Errorf("%s is curated, and computed from %q", of, c.From)
	}
}

// columnOf returns a column by name, or nil.
func columnOf(columns []dataset.Column, name string) *dataset.Column {
	if i := slices.IndexFunc(columns, func(c dataset.Column) bool { return c.Name == name }); i >= 0 {
		return &columns[i]
	}
	return nil
}

func TestSchemas(t *testing.T) {
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		checkTitle(t, schema.Name, schema.Title)
		if dataset.SchemaOf(schema.Name) != schema || schema.File() != schema.Name+".csv" || schema.Description == "" || schema.Blank == "" {
			t.Errorf("schema %s is not all there", schema.Name)
		}
		curated := schema.Curated()
		keys := 0
		for j := range schema.Columns {
			c := &schema.Columns[j]
			if c.IsDerived() != (j >= len(curated)) {
				t.Errorf("%s.%s: curated columns come first", schema.Name, c.Name)
			}
			if !c.Key {
				continue
			}
			if keys++; j >= keys || !c.Required || c.IsDerived() {
				t.Errorf("%s.%s: keys come first and are required", schema.Name, c.Name)
			}
		}
		if keys == 0 {
			t.Errorf("%s has no key", schema.Name)
		}
	}
	if dataset.SchemaOf("people") != nil {
		t.Error("SchemaOf finds a table that is not there")
	}
}
