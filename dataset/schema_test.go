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
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// models are the records of each table, in the order of the schemas.
var models = []any{dataset.Company{}, dataset.Halt{}, dataset.Event{}, dataset.Donation{}, dataset.Recipient{}, dataset.Source{}, dataset.Rate{}}

// TestModelsFollowSchemas holds the gocsv tags and the Go types of the records together with the schema.
func TestModelsFollowSchemas(t *testing.T) {
	typeOf := map[reflect.Type]dataset.Type{
		reflect.TypeFor[string](): dataset.TypeText, reflect.TypeFor[dataset.List](): dataset.TypeList,
		reflect.TypeFor[dataset.Date](): dataset.TypeDate, reflect.TypeFor[dataset.PlainDay](): dataset.TypeDay, reflect.TypeFor[dataset.Decimal](): dataset.TypeDecimal,
	}
	for i := range dataset.Schemas {
		schema, record := &dataset.Schemas[i], reflect.TypeOf(models[i])
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
			if c.Currency != "" && c.Currency != "EUR" && !slices.ContainsFunc(columns, func(other dataset.Column) bool { return other.Name == c.Currency }) {
				t.Errorf("%s has the currency of column %q, which is not there", of, c.Currency)
			}
		}
	}
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
