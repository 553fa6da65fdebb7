package export

import (
	"maps"
	"path"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/jsontext"
	"haltsheet/export/limits"
)

// descriptor is a Data Package, version 2: https://datapackage.org/standard/data-package/. What the standard does not
// know it lets be, such as derived.
type descriptor struct {
	Schema       string                           `json:"$schema"`
	Name         string                           `json:"name"`
	Title        string                           `json:"title,omitempty"`
	Description  string                           `json:"description,omitempty"`
	Version      string                           `json:"version,omitempty"`
	Created      string                           `json:"created,omitempty"`
	Homepage     string                           `json:"homepage,omitempty"`
	Licenses     []license                        `json:"licenses,omitempty"`
	Contributors []contributor                    `json:"contributors,omitempty"`
	Keywords     []string                         `json:"keywords,omitempty"`
	Sources      []source                         `json:"sources,omitempty"`
	Resources    limits.Listed[describedResource] `json:"resources"`
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
	Name        string       `json:"name"`
	Type        string       `json:"type,omitempty"`
	Path        string       `json:"path"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Format      string       `json:"format,omitempty"`
	MediaType   string       `json:"mediatype"`
	Encoding    string       `json:"encoding,omitempty"`
	Bytes       int64        `json:"bytes,omitempty"`
	Hash        string       `json:"hash,omitempty"` // empty for a file that has the descriptor's own hash in it
	Dialect     *dialect     `json:"dialect,omitempty"`
	Schema      *TableSchema `json:"schema,omitempty"`
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
	// Excel and ODS say the same to frictionless, which does not know sheetName.
	Excel *sheetControl `json:"excel,omitempty"`
	ODS   *sheetControl `json:"ods,omitempty"`
}

type sheetControl struct {
	Sheet string `json:"sheet"`
}

// TableSchema is a Table Schema: the columns of a file that holds records.
type TableSchema struct {
	Fields        limits.Listed[Field] `json:"fields"`
	MissingValues []string             `json:"missingValues,omitempty"`
	PrimaryKey    []string             `json:"primaryKey,omitempty"`
	ForeignKeys   []foreignKey         `json:"foreignKeys,omitempty"`
}

// Field is one column of a TableSchema.
type Field struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Type        string `json:"type"`
	// Delimiter and ItemType tell how a text is taken apart that is a list. The standard has a type for that, which its own
	// profile 2.0 refuses and few libraries know, so that the type is string.
	Delimiter   string       `json:"delimiter,omitempty"`
	ItemType    string       `json:"itemType,omitempty"`
	TrueValues  []string     `json:"trueValues,omitempty"`
	FalseValues []string     `json:"falseValues,omitempty"`
	Categories  []category   `json:"categories,omitempty"`
	Constraints *Constraints `json:"constraints,omitempty"`
	Example     string       `json:"example,omitempty"`
	Derived     bool         `json:"derived,omitempty"`
}

// category is one code of a field. The standard has the value and the label.
type category struct {
	Value      string `json:"value"`
	Label      string `json:"label"`
	Definition string `json:"definition"`
}

// Constraints are what the cells of a Field are held to.
type Constraints struct {
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

// DescriptorFile returns the file of the descriptor.
func DescriptorFile() Resource {
	return Resource{Name: "datapackage", Path: folder.Descriptor, Title: "Descriptor: Data Package, version 2", Medium: JSON}
}

// MarshalDescriptor returns the descriptor of a book in the files that were written.
func MarshalDescriptor(book *Book, resources []Resource) ([]byte, error) {
	m := &book.Metadata
	d := descriptor{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   m.Name, Title: m.Title, Description: m.Description, Version: m.Version, Homepage: m.Homepage,
		Keywords: m.Keywords, Sources: sourcesOf(book), Resources: limits.Listed[describedResource]{},
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
	for i := range resources {
		d.Resources = append(d.Resources, describeResource(book, &resources[i]))
		for _, sheet := range resources[i].Sheets {
			d.Resources = append(d.Resources, describeSheet(book, &resources[i], sheet))
		}
	}
	return jsontext.MarshalIndented(d)
}

// sourcesOf returns the publishers that the facts come from, each once.
func sourcesOf(book *Book) []source {
	table := book.Table("sources")
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

func describeResource(book *Book, r *Resource) describedResource {
	described := describedResource{
		Name: r.Name, Path: r.Path, Title: r.Title, Format: r.Medium.Format, MediaType: r.Medium.Type, Schema: r.Schema, Bytes: r.Bytes,
	}
	if described.Format == "" {
		described.Format = strings.TrimPrefix(path.Ext(r.Path), ".")
	}
	if r.Hash != "" {
		described.Hash = folder.HashPrefix + r.Hash
	}
	if r.Medium.IsText {
		described.Encoding = "utf-8"
	}
	if r.Medium.Delimiter != "" {
		described.Dialect = &dialect{Header: true, Delimiter: r.Medium.Delimiter, LineTerminator: r.Medium.LineEnd, QuoteChar: `"`, DoubleQuote: true}
	}
	if r.Table != nil {
		described.Description, described.Schema = r.Table.Description, describeTable(book, r)
	}
	if described.Schema != nil && r.Medium.IsText {
		described.Type = "table" // which libraries read; they take a file of another kind as it is
	}
	return described
}

// describeSheet returns a resource for a worksheet of a file. Its header has the titles of the columns and not their names, in
// the order in which people look at them.
func describeSheet(book *Book, workbook *Resource, sheet Sheet) describedResource {
	table := sheet.Table.InWords()
	described := describeResource(book, workbook)
	described.Name, described.Type, described.Title, described.Description = Slug(table.Name)+"-"+described.Format, "table", table.Title, table.Description
	described.Dialect = &dialect{Header: true, HeaderRows: []int{sheet.HeaderRow}, SheetName: sheet.Name}
	workbook.Medium.control(described.Dialect, &sheetControl{sheet.Name})
	described.Schema = &TableSchema{MissingValues: []string{""}}
	order, _ := table.Shown()
	for _, column := range order {
		c := &table.Columns[column]
		field := describeColumn(book, c, CSV)
		field.Name = c.Title
		described.Schema.Fields = append(described.Schema.Fields, field)
		if c.Key {
			described.Schema.PrimaryKey = append(described.Schema.PrimaryKey, c.Title)
		}
	}
	return described
}

// describeTable returns the Table Schema of a file that holds one table, or a part of it.
func describeTable(book *Book, r *Resource) *TableSchema {
	s := &TableSchema{MissingValues: []string{""}}
	for i := range r.Table.Columns {
		c := &r.Table.Columns[i]
		if c.Name == r.Without {
			continue
		}
		s.Fields = append(s.Fields, describeColumn(book, c, r.Medium))
		if c.Key {
			s.PrimaryKey = append(s.PrimaryKey, c.Name)
		}
		if to := book.Table(c.Ref); to != nil && canRefer(book, r, c) {
			key := foreignKey{Fields: []string{c.Name}, Reference: reference{Resource: to.Name + r.Medium.Suffix, Fields: to.KeyNames()}}
			if to.Name == r.Table.Name {
				key.Reference.Resource = ""
			}
			s.ForeignKeys = append(s.ForeignKeys, key)
		}
	}
	return s
}

// canRefer reports whether every key in a column is one of the single file that holds what it refers to. A list has no foreign key
// in the standard.
func canRefer(book *Book, r *Resource, c *dataset.Column) bool {
	isOneFile := !r.Medium.InParts || partitionOf(book, book.Table(c.Ref)) == nil
	return isOneFile && book.Refers(r.Table, c)
}

// describeColumn returns the field of a column in a file of some kind.
func describeColumn(book *Book, c *dataset.Column, medium Medium) Field {
	f := Field{
		Name: c.Name, Title: c.Title, Description: c.Description, Type: fieldTypes[c.Type], Example: c.Example, Derived: c.IsDerived(),
	}
	limits := Constraints{Required: c.Required, Unique: c.Unique}
	switch {
	case c.IsDay():
		f.Type = "date"
	case c.Type == dataset.TypeDate:
		limits.Pattern = edtfPattern
	case c.Type == dataset.TypeText:
		limits.Pattern = patternOf(c)
	case c.Type == dataset.TypeList && medium.Delimiter != "":
		f.Type, f.Delimiter, f.ItemType, limits.Pattern = jsonString, ";", jsonString, listPattern(c)
	case c.Type == dataset.TypeList:
		f.Example = string(jsontext.AppendList(nil, c, c.Example))
	case c.Type == dataset.TypeBoolean:
		f.TrueValues, f.FalseValues = []string{"true"}, []string{"false"}
	}
	if list := book.CodeList(c.Codes); list != nil {
		limits.Enum = codesOf(book, c)
		for _, code := range list.Codes {
			f.Categories = append(f.Categories, category{code.Code, code.Words(), code.Definition})
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
	dataset.TypeList:    jsonArray,
}

// listPattern is what the cells of a list look like as texts: members that are joined. Where members may be empty, that is anything.
func listPattern(c *dataset.Column) string {
	if c.Gaps {
		return ""
	}
	member := `[^;]+`
	if pattern := patternOf(c); pattern != "" {
		member = "(" + strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$") + ")"
	}
	return "^" + member + "(;" + member + ")*$"
}
