package export

import (
	"encoding/json"
	"reflect"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/jsontext"
)

// jsonSchema is a JSON Schema, as far as the document needs it.
type jsonSchema struct {
	Schema               string            `json:"$schema,omitempty"`
	ID                   string            `json:"$id,omitempty"`
	Title                string            `json:"title,omitempty"`
	Description          string            `json:"description,omitempty"`
	Type                 any               `json:"type,omitempty"` // a name, or several
	Enum                 []any             `json:"enum,omitempty"`
	OneOf                []codeSchema      `json:"oneOf,omitempty"`
	Pattern              string            `json:"pattern,omitempty"`
	Format               string            `json:"format,omitempty"`
	Minimum              *int              `json:"minimum,omitempty"`
	Items                *jsonSchema       `json:"items,omitempty"`
	MinItems             int               `json:"minItems,omitempty"`
	UniqueItems          bool              `json:"uniqueItems,omitempty"`
	Properties           properties        `json:"properties,omitempty"`
	Required             []string          `json:"required,omitempty"`
	AdditionalProperties any               `json:"additionalProperties,omitempty"` // false, or a schema
	Examples             []json.RawMessage `json:"examples,omitempty"`
	Defs                 properties        `json:"$defs,omitempty"`
	Ref                  string            `json:"$ref,omitempty"`
}

// codeSchema tells the label and the definition of one code of an enumeration; of null it has none.
type codeSchema struct {
	Const       any    `json:"const"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

// properties are named schemas in order.
type properties []property

type property struct {
	name   string
	schema *jsonSchema
}

// MarshalJSONTo writes the properties as an object in their order.
func (p properties) MarshalJSONTo(to *jsontext.Encoder) error {
	return jsontext.WriteMembers(to, p, func(p property) (string, any) { return p.name, p.schema })
}

// The types of JSON.
const (
	jsonArray   = "array"
	jsonBoolean = "boolean"
	jsonInteger = "integer"
	jsonNull    = "null"
	jsonNumber  = "number"
	jsonObject  = "object"
	jsonString  = "string"
)

// documentSchema returns the JSON Schema of the document. Each table is a definition, named as the table.
func documentSchema(b *Book) ([]byte, error) {
	var defs, members, summaries properties
	members = append(members, property{"dataset", typeSchema(reflect.TypeFor[dataset.Metadata]())})
	for _, table := range b.Curated {
		defs = append(defs, property{table.Name, recordSchema(b, table)})
		if table.Role(dataset.RoleOwner) < 0 {
			members = append(members, property{table.Name, tableSchema(table)})
		}
	}
	for _, table := range b.Summaries {
		defs = append(defs, property{table.Name, recordSchema(b, table)})
		summaries = append(summaries, property{table.Name, tableSchema(table)})
	}
	members = append(members, property{"summaries", objectSchema(summaries)})
	document := objectSchema(members)
	document.Schema = "https://json-schema.org/draft/2020-12/schema"
	if m := &b.Metadata; m.Homepage != "" {
		page, _, _ := strings.Cut(m.Homepage, "#") // an address of a schema has no place in a page
		page, _, _ = strings.Cut(page, "?")
		document.ID = strings.TrimSuffix(page, "/") + "/" + m.Version + "/" + schemaPath(b)
	}
	document.Title, document.Description = b.Metadata.Title, b.Metadata.Description
	document.Defs = defs
	return jsontext.MarshalIndented(document)
}

// objectSchema returns the schema of an object that has all of the members and no other.
func objectSchema(members properties) *jsonSchema {
	names := make([]string, len(members))
	for i := range members {
		names[i] = members[i].name
	}
	return &jsonSchema{Type: jsonObject, Properties: members, Required: names, AdditionalProperties: false}
}

// tableSchema returns the schema of an array of the records of a table.
func tableSchema(table *dataset.Table) *jsonSchema {
	return &jsonSchema{
		Title: table.Title, Description: table.Description, Type: jsonArray, Items: &jsonSchema{Ref: "#/$defs/" + table.Name},
	}
}

// recordSchema returns the schema of one record of a table. It has those that belong to it besides.
func recordSchema(b *Book, table *dataset.Table) *jsonSchema {
	var members properties
	for i := range table.Columns {
		members = append(members, property{table.Columns[i].Name, columnSchema(b, &table.Columns[i])})
	}
	for _, name := range table.Owned() {
		members = append(members, property{name, tableSchema(b.Table(name))})
	}
	return objectSchema(members)
}

// edtfPattern is what an EDTF date looks like, as far as a pattern can tell.
const edtfPattern = `^\d{4}(-\d{2}(-\d{2})?)?[?~%]?$`

// columnSchema returns the schema of the cells of a column.
func columnSchema(book *Book, c *dataset.Column) *jsonSchema {
	s := &jsonSchema{Title: c.Title, Description: c.Description, Examples: []json.RawMessage{exampleOf(c)}}
	switch c.Type {
	case dataset.TypeText:
		s.Type, s.Enum, s.OneOf, s.Pattern = jsonString, codesOf(book, c), codeSchemas(book, c), patternOf(c)
	case dataset.TypeDate:
		s.Type, s.Pattern = jsonString, edtfPattern
	case dataset.TypeDay:
		s.Type = jsonString
	case dataset.TypeDecimal:
		s.Type, s.Minimum = jsonNumber, new(int)
	case dataset.TypeInteger:
		s.Type, s.Minimum = jsonInteger, new(int)
	case dataset.TypeBoolean:
		s.Type = jsonBoolean
	case dataset.TypeList:
		s.Type, s.UniqueItems = jsonArray, c.Beside == ""
		s.Items = &jsonSchema{Type: jsonString, Enum: codesOf(book, c), OneOf: codeSchemas(book, c), Pattern: patternOf(c)}
		if c.Required || c.Gaps {
			s.MinItems = 1
		}
		return s // which is empty, not null, where nothing is known
	}
	if c.IsDay() {
		s.Format, s.Pattern = "date", ""
	}
	if !c.Required {
		s.Type = []any{s.Type, jsonNull}
		if s.Enum != nil {
			s.Enum, s.OneOf = append(s.Enum, nil), append(s.OneOf, codeSchema{})
		}
	}
	return s
}

func patternOf(c *dataset.Column) string {
	if c.Form == nil {
		return ""
	}
	return c.Form.Pattern
}

// codesOf returns the codes that a column draws from, and nothing where it draws from no list.
func codesOf(book *Book, c *dataset.Column) (codes []any) {
	if list := book.CodeList(c.Codes); list != nil {
		for _, code := range list.Codes {
			codes = append(codes, code.Code)
		}
	}
	return codes
}

// codeSchemas tells the codes that a column draws from, one by one.
func codeSchemas(book *Book, c *dataset.Column) (schemas []codeSchema) {
	if list := book.CodeList(c.Codes); list != nil {
		for _, code := range list.Codes {
			schemas = append(schemas, codeSchema{code.Code, code.Words(), code.Definition})
		}
	}
	return schemas
}

// exampleOf returns the example of a column as JSON.
func exampleOf(c *dataset.Column) json.RawMessage {
	switch c.Type {
	case dataset.TypeDecimal, dataset.TypeInteger, dataset.TypeBoolean:
		return json.RawMessage(c.Example)
	case dataset.TypeList:
		return jsontext.AppendList(nil, c, c.Example)
	default:
		return jsontext.AppendText(nil, c.Example)
	}
}

// typeSchema returns the schema of what encoding/json makes of a Go type. Lists and maps may be null.
func typeSchema(t reflect.Type) *jsonSchema {
	switch t.Kind() {
	case reflect.String:
		return &jsonSchema{Type: jsonString}
	case reflect.Int:
		return &jsonSchema{Type: jsonInteger}
	case reflect.Slice:
		return &jsonSchema{Type: []any{jsonArray, jsonNull}, Items: typeSchema(t.Elem())}
	case reflect.Map:
		return &jsonSchema{Type: []any{jsonObject, jsonNull}, AdditionalProperties: typeSchema(t.Elem())}
	case reflect.Struct:
		s := &jsonSchema{Type: jsonObject, AdditionalProperties: false}
		for field := range t.Fields() {
			name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			s.Properties = append(s.Properties, property{name, typeSchema(field.Type)})
			if options != "omitempty" {
				s.Required = append(s.Required, name)
			}
		}
		return s
	default:
		panic("export: metadata of type " + t.String())
	}
}
