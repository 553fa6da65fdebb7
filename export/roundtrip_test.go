package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/defuse"
	"haltsheet/export/exporttest"
	"haltsheet/export/intake"
	"haltsheet/export/jsontext"
)

func TestRoundTrip(t *testing.T) {
	formats := []*export.Format{export.FormatOf("csv"), export.FormatOf("json"), export.FormatOf("csv-excel")}
	check := func(t require, d *dataset.Dataset, dir string) {
		book := export.NewBook(d)
		if _, err := export.Write(t.Context(), dir, book, formats); err != nil {
			t.Fatal(err)
		}
		for _, table := range book.Curated {
			diff(t, table.Name+".csv", cellsOf(table, plain), readCSV(t, dir, "csv/"+table.Name+".csv"))
			diff(t, table.Name+".csv for spreadsheets", cellsOf(table, defuse.Text), readCSV(t, dir, "csv-excel/"+table.Name+".csv"))
			diff(t, table.Name+".jsonl", recordsOf(table), readJSONLines(t, dir, "json/"+table.Name+".jsonl"))
		}
		reading, err := intake.Read(filepath.Join(dir, "csv-excel"), d)
		if err != nil || len(reading.Remarks.First) > 0 || !dataset.Compare(d, reading.Dataset).IsEmpty() {
			t.Errorf("the CSV for spreadsheets is read as another dataset: %v, %v, %v", err, reading.Remarks.First, dataset.Compare(d, reading.Dataset))
		}
		for _, table := range book.Summaries {
			diff(t, table.Name, cellsOf(table, plain), readCSV(t, dir, "csv/summary_"+table.Name+".csv"))
		}
		for stem, table := range linked(book) {
			diff(t, table.Name, cellsOf(table, plain), readCSV(t, dir, "csv/"+stem+".csv"))
		}
		document := readJSON(t, filepath.Join(dir, "json", book.Metadata.Name+".json")).(map[string]any)
		diff(t, "document", documentOf(t, book), document)
		validate(t, filepath.Join(dir, "json", book.Metadata.Name+".schema.json"), document)
	}

	t.Run("clean", func(t *testing.T) { check(t, exporttest.Load(datasettest.Clean()), filepath.Join(t.TempDir(), "out")) })
	t.Run("drawn", rapid.MakeCheck(func(rt *rapid.T) {
		check(rt, exporttest.Load(datasettest.Draw(rt)), filepath.Join(t.TempDir(), "out"))
	}))
}

// linked returns the link tables and the codebook of a book, by the path of their file without its ending.
func linked(book *export.Book) map[string]*dataset.Table {
	tables := map[string]*dataset.Table{}
	for _, table := range book.Links {
		tables["links/"+table.Name] = table
	}
	for _, table := range book.Codebook {
		tables[table.Name] = table
	}
	return tables
}

// require is what a test and a rapid check have in common.
type require interface {
	rapid.TB
	Context() context.Context
}

func diff(t require, what string, want, got any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) { // far quicker than a diff of equal values
		t.Fatalf("%s: -want +got\n%s", what, cmp.Diff(want, got))
	}
}

func plain(text string) string { return text }

// cellsOf returns the header and the cells of a table as texts.
func cellsOf(table *dataset.Table, ofText func(string) string) [][]string {
	rows := make([][]string, 1+table.Rows)
	for i, column := range table.Columns {
		rows[0] = append(rows[0], column.Name)
		for row := range table.Rows {
			cell := string(table.Cell(row, i).Append(nil, column.Type))
			if column.Type != dataset.TypeBoolean && column.Type != dataset.TypeDecimal && column.Type != dataset.TypeInteger {
				cell = ofText(cell)
			}
			rows[1+row] = append(rows[1+row], cell)
		}
	}
	return rows
}

func readCSV(t require, dir, path string) [][]string {
	content, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

// recordsOf returns the records of a table as encoding/json reads them.
func recordsOf(table *dataset.Table) []any {
	records := []any{}
	for row := range table.Rows {
		record := map[string]any{}
		for i, column := range table.Columns {
			record[column.Name] = jsonOf(table.Cell(row, i), column.Type)
		}
		records = append(records, record)
	}
	return records
}

func jsonOf(v dataset.Value, t dataset.Type) any {
	text := string(v.Append(nil, t))
	switch {
	case t == dataset.TypeList:
		members := []any{}
		for member := range strings.SplitSeq(text, ";") {
			if text != "" {
				members = append(members, member)
			}
		}
		return members
	case !v.Known:
		return nil
	case t == dataset.TypeBoolean:
		return v.True
	case t == dataset.TypeDecimal, t == dataset.TypeInteger:
		return json.Number(text)
	default:
		return text
	}
}

// documentOf returns the document of a book as encoding/json reads it.
func documentOf(t require, book *export.Book) map[string]any {
	document := map[string]any{}
	metadata, err := dataset.MarshalMetadata(book.Metadata)
	if err != nil {
		t.Fatal(err)
	}
	document["dataset"] = decode(t, json.NewDecoder(bytes.NewReader(metadata)))
	for _, table := range book.Curated {
		document[table.Name] = recordsOf(table)
	}
	for _, inside := range []struct{ table, of, key string }{
		{"events", "halts", "halt_id"}, {"halts", "companies", "company_id"}, {"donations", "companies", "company_id"},
	} {
		for _, owner := range document[inside.of].([]any) {
			owner := owner.(map[string]any)
			owner[inside.table] = slices.DeleteFunc(slices.Clone(document[inside.table].([]any)), func(record any) bool {
				return record.(map[string]any)[inside.key] != owner[inside.key]
			})
		}
		delete(document, inside.table)
	}
	summaries := map[string]any{}
	for _, table := range book.Summaries {
		summaries[table.Name] = recordsOf(table)
	}
	document["summaries"] = summaries
	return document
}

func readJSON(t require, path string) any {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, json.NewDecoder(bytes.NewReader(content)))
}

func readJSONLines(t require, dir, path string) []any {
	content, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	records := []any{}
	for line := range bytes.Lines(content) {
		records = append(records, decode(t, json.NewDecoder(bytes.NewReader(line))))
	}
	return records
}

func decode(t require, decoder *json.Decoder) (value any) {
	t.Helper()
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// validate holds a document against its schema.
func validate(t require, schema string, document any) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", readJSON(t, schema)); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(document); err != nil {
		t.Fatalf("the document does not fit its schema: %#v", err)
	}
}

func TestSchemaIsStrict(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	book := bookOf(datasettest.Clean())
	write(t, dir, book, format("json"))
	schema := readJSON(t, filepath.Join(dir, "json", book.Metadata.Name+".schema.json"))
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled := compiler.MustCompile("schema.json")
	firstHalt := func(document map[string]any) map[string]any {
		for _, company := range document["companies"].([]any) {
			if halts := company.(map[string]any)["halts"].([]any); len(halts) > 0 {
				return halts[0].(map[string]any)
			}
		}
		return nil
	}
	for name, spoil := range map[string]func(document map[string]any){
		"a missing key":     func(d map[string]any) { delete(firstHalt(d), "note") },
		"an unknown key":    func(d map[string]any) { firstHalt(d)["extra"] = "" },
		"an unknown code":   func(d map[string]any) { firstHalt(d)["action"] = "stop" },
		"a required null":   func(d map[string]any) { firstHalt(d)["announced"] = nil },
		"no date":           func(d map[string]any) { firstHalt(d)["announced"] = "March 2022" },
		"no day":            func(d map[string]any) { firstHalt(d)["announced_start"] = "2022-03" },
		"a list that is no": func(d map[string]any) { firstHalt(d)["countries"] = "RU" },
		"no key":            func(d map[string]any) { firstHalt(d)["company_id"] = "Not A Slug" },
		"a missing table":   func(d map[string]any) { delete(d, "rates") },
	} {
		document := documentOf(t, book)
		spoil(document)
		if compiled.Validate(document) == nil {
			t.Errorf("a document with %s fits the schema", name)
		}
	}
}

func FuzzJSONText(f *testing.F) {
	for _, text := range []string{"", "plain", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "<&>", "\u2028\u2029\u2027", "héllo 🙂"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		written := jsontext.AppendText(nil, text)
		var got string
		if err := json.Unmarshal(written, &got); err != nil || got != text {
			t.Fatalf("%q was written as %s and read as %q: %v", text, written, got, err)
		}
		if bytes.ContainsAny(written, "\n\u2028\u2029") {
			t.Fatalf("%q was written as %s, which is not one line", text, written)
		}
	})
}
