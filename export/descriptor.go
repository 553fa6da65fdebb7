package export

import (
	"maps"
	"path"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/xlsx"
)

// descriptorFile is the name of the descriptor of an export.
const descriptorFile = "datapackage.json"

// hashPrefix says which hash a descriptor gives.
const hashPrefix = "sha256:"

// descriptor is a Data Package, version 2: https://datapackage.org/standard/data-package/. What the standard does not
// know it lets be, such as derived.
type descriptor struct {
	Schema       string              `json:"$schema"`
	Name         string              `json:"name"`
	Title        string              `json:"title,omitempty"`
	Description  string              `json:"description,omitempty"`
	Version      string              `json:"version,omitempty"`
	Created      string              `json:"created,omitempty"`
	Homepage     string              `json:"homepage,omitempty"`
	Licenses     []license           `json:"licenses,omitempty"`
	Contributors []contributor       `json:"contributors,omitempty"`
	Keywords     []string            `json:"keywords,omitempty"`
	Sources      []source            `json:"sources,omitempty"`
	Resources    []describedResource `json:"resources"`
}

type license struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

type contributor struct {
	Title string   `json:"title,omitempty"`
	Path  string   `json:"path,omitempty"`
	Roles []string `json:"roles,omitempty"`
}

type source struct {
	Title string `json:"title"`
}

type describedResource struct {
	Name        string           `json:"name"`
	Type        string           `json:"type,omitempty"`
	Path        string           `json:"path"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Format      string           `json:"format,omitempty"`
	MediaType   string           `json:"mediatype"`
	Encoding    string           `json:"encoding,omitempty"`
	Bytes       int64            `json:"bytes,omitempty"`
	Hash        string           `json:"hash,omitempty"` // empty for a file that has the descriptor's own hash in it
	Dialect     *dialect         `json:"dialect,omitempty"`
	Schema      *describedSchema `json:"schema,omitempty"`
}

// dialect says how a CSV file is written, or where in a workbook a table stands.
type dialect struct {
	Header         bool   `json:"header"`
	HeaderRows     []int  `json:"headerRows,omitempty"`
	Delimiter      string `json:"delimiter,omitempty"`
	LineTerminator string `json:"lineTerminator,omitempty"`
	QuoteChar      string `json:"quoteChar,omitempty"`
	DoubleQuote    bool   `json:"doubleQuote,omitempty"`
	SheetName      string `json:"sheetName,omitempty"`
}

// describedSchema is a Table Schema.
type describedSchema struct {
	Fields        []field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey,omitempty"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
}

type field struct {
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Type        string       `json:"type"`
	Delimiter   string       `json:"delimiter,omitempty"`
	ItemType    string       `json:"itemType,omitempty"`
	TrueValues  []string     `json:"trueValues,omitempty"`
	FalseValues []string     `json:"falseValues,omitempty"`
	Categories  []category   `json:"categories,omitempty"`
	Constraints *constraints `json:"constraints,omitempty"`
	Example     string       `json:"example"`
	Derived     bool         `json:"derived,omitempty"`
}

type category struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

type constraints struct {
	Required bool   `json:"required,omitempty"`
	Unique   bool   `json:"unique,omitempty"`
	Enum     []any  `json:"enum,omitempty"`
	Pattern  string `json:"pattern,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource,omitempty"` // empty for the resource itself
	Fields   []string `json:"fields"`
}

// marshalDescriptor returns the descriptor of a book in the files that were written.
func marshalDescriptor(book *Book, resources []*resource) ([]byte, error) {
	m := &book.Metadata
	d := descriptor{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   m.Name, Title: m.Title, Description: m.Description, Version: m.Version, Homepage: m.Homepage,
		Keywords: m.Keywords, Sources: sourcesOf(book), Resources: []describedResource{},
	}
	if m.Released != "" {
		d.Created = m.Released + "T00:00:00Z"
	}
	for _, l := range m.Licenses {
		d.Licenses = append(d.Licenses, license(l))
	}
	for _, c := range m.Contributors {
		d.Contributors = append(d.Contributors, contributor(c))
	}
	for _, r := range resources {
		d.Resources = append(d.Resources, describeResource(book, r))
		if r.MediaType == mediaXLSX {
			d.Resources = append(d.Resources, describeSheets(book, r)...)
		}
	}
	return marshalIndented(d)
}

// sourcesOf returns the publishers that the facts come from, each once.
func sourcesOf(book *Book) []source {
	table := book.table("sources")
	column := table.Column("publisher")
	names := map[string]bool{}
	for row := range table.Rows {
		names[table.Cell(row, column).Text] = true
	}
	var sources []source
	for _, name := range slices.Sorted(maps.Keys(names)) {
		sources = append(sources, source{name})
	}
	return sources
}

func describeResource(book *Book, r *resource) describedResource {
	described := describedResource{
		Name: r.Name, Path: r.Path, Title: r.Title, Format: strings.TrimPrefix(path.Ext(r.Path), "."), MediaType: r.MediaType,
		Bytes: r.Bytes,
	}
	if r.Hash != "" {
		described.Hash = hashPrefix + r.Hash
	}
	if strings.HasPrefix(r.MediaType, "text/") || strings.Contains(r.MediaType, "json") {
		described.Encoding = "utf-8"
	}
	if r.LineEnd != "" {
		described.Dialect = &dialect{Header: true, Delimiter: ",", LineTerminator: r.LineEnd, QuoteChar: `"`, DoubleQuote: true}
	}
	if r.Table != nil {
		described.Type, described.Description = "table", r.Table.Description
		described.Schema = describeTable(book, r)
	}
	return described
}

// describeSheets returns a resource for the worksheet of each curated table of a workbook. It has no schema, since its
// header has the titles of the columns and not their names.
func describeSheets(book *Book, workbook *resource) (sheets []describedResource) {
	for _, table := range book.Curated {
		sheet := describeResource(book, workbook)
		sheet.Name, sheet.Type, sheet.Title, sheet.Description = slug(table.Name)+"-xlsx", "table", table.Title, table.Description
		sheet.Dialect = &dialect{Header: true, HeaderRows: []int{xlsx.HeaderRow}, SheetName: xlsx.SheetName(table)}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// describeTable returns the Table Schema of a file that holds one table.
func describeTable(book *Book, r *resource) *describedSchema {
	s := &describedSchema{MissingValues: []string{""}}
	suffix := strings.TrimPrefix(strings.TrimPrefix(r.Name, "summary-"), slug(r.Table.Name)) // of the resources of the same format
	for i := range r.Table.Columns {
		c := &r.Table.Columns[i]
		s.Fields = append(s.Fields, describeColumn(book, c, r.MediaType))
		if c.Key {
			s.PrimaryKey = append(s.PrimaryKey, c.Name)
		}
		if c.Ref == "" || c.Type == dataset.TypeList {
			continue // a list has no foreign key in the standard
		}
		key := foreignKey{Fields: []string{c.Name}, Reference: reference{Resource: c.Ref + suffix, Fields: keyOf(book.table(c.Ref))}}
		if c.Ref == r.Table.Name {
			key.Reference.Resource = ""
		}
		s.ForeignKeys = append(s.ForeignKeys, key)
	}
	return s
}

// keyOf returns the names of the key columns of a table.
func keyOf(table *dataset.Table) (names []string) {
	for i := range table.Columns {
		if table.Columns[i].Key {
			names = append(names, table.Columns[i].Name)
		}
	}
	return names
}

// describeColumn returns the field of a column in a file of a media type.
func describeColumn(book *Book, c *dataset.Column, mediaType string) field {
	f := field{
		Name: c.Name, Title: c.Title, Description: c.Description, Type: fieldTypes[c.Type], Example: c.Example, Derived: c.IsDerived(),
	}
	limits := constraints{Required: c.Required, Unique: c.Unique}
	switch {
	case isDay(c):
		f.Type = "date"
	case c.Type == dataset.TypeDate:
		limits.Pattern = edtfPattern
	case c.Type == dataset.TypeText:
		limits.Pattern = patternOf(c)
	case c.Type == dataset.TypeList && mediaType == mediaCSV:
		f.Delimiter, f.ItemType = ";", jsonString
	case c.Type == dataset.TypeList:
		f.Type, f.Example = jsonArray, string(appendJSONList(nil, c.Example))
	case c.Type == dataset.TypeBoolean:
		f.TrueValues, f.FalseValues = []string{"true"}, []string{"false"}
	}
	if list := book.codeList(c.Codes); list != nil {
		limits.Enum = codesOf(book, c)
		for _, code := range list.Codes {
			f.Categories = append(f.Categories, category{code.Code, code.Definition})
		}
	}
	if limits.Required || limits.Unique || limits.Enum != nil || limits.Pattern != "" {
		f.Constraints = &limits
	}
	return f
}

// fieldTypes are the types of columns in the words of Table Schema. A date is a string, since it may be a month.
var fieldTypes = [...]string{
	dataset.TypeText:    jsonString,
	dataset.TypeDate:    jsonString,
	dataset.TypeDay:     "date",
	dataset.TypeDecimal: jsonNumber,
	dataset.TypeInteger: jsonInteger,
	dataset.TypeBoolean: jsonBoolean,
	dataset.TypeList:    "list",
}
