package release

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/jsontext"
)

// writeCitation writes a file in the Citation File Format, 1.2.0. Its texts are JSON strings, which YAML reads.
func writeCitation(r *Release, _ []export.Resource, w io.Writer) error {
	m := &r.Book.Metadata
	b := []byte("cff-version: 1.2.0\ntype: dataset\n")
	line := func(key, text string) {
		if text != "" {
			b = append(jsontext.AppendText(append(append(b, key...), ": "...), text), '\n')
		}
	}
	message := "Please cite this dataset as below."
	if m.Citation != "" {
		message = "Please cite this dataset as: " + m.Citation
	}
	line("message", message)
	line("title", m.Title)
	line("abstract", m.Description)
	line("version", m.Version)
	line("date-released", m.Released)
	line("url", m.Homepage)
	b = append(b, "authors:\n"...)
	for _, author := range authorsOf(m) {
		line("  - name", author.Title)
		line("    website", author.Path)
	}
	b = append(b, "license:\n"...)
	for _, license := range m.Licenses {
		b = append(jsontext.AppendText(append(b, "  - "...), license.Name), '\n')
	}
	if len(m.Keywords) > 0 {
		b = append(b, "keywords:\n"...)
		for _, keyword := range m.Keywords {
			b = append(jsontext.AppendText(append(b, "  - "...), keyword), '\n')
		}
	}
	_, err := w.Write(b)
	return err
}

// authorsOf returns the contributors who are authors, else all contributors, else the dataset itself.
func authorsOf(m *dataset.Metadata) []dataset.Contributor {
	authors := slices.DeleteFunc(slices.Clone(m.Contributors), func(c dataset.Contributor) bool { return !slices.Contains(c.Roles, "author") })
	switch {
	case len(authors) > 0:
		return authors
	case len(m.Contributors) > 0:
		return m.Contributors
	default:
		return []dataset.Contributor{{Title: "The makers of " + m.Title}}
	}
}

// croissant is a dataset in the words of schema.org and of Croissant 1.0, which builds on them:
// https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
type croissant struct {
	Context          map[string]any     `json:"@context"`
	Type             string             `json:"@type"`
	ConformsTo       string             `json:"conformsTo"`
	Name             string             `json:"name"`
	AlternateName    string             `json:"alternateName"`
	Description      string             `json:"description"`
	Version          string             `json:"version"`
	DatePublished    string             `json:"datePublished"`
	URL              string             `json:"url,omitempty"`
	CiteAs           string             `json:"citeAs,omitempty"`
	License          []string           `json:"license"`
	Creator          []croissantCreator `json:"creator"`
	Keywords         []string           `json:"keywords,omitempty"`
	TemporalCoverage string             `json:"temporalCoverage"`
	SpatialCoverage  []string           `json:"spatialCoverage,omitempty"`
	Distribution     []croissantFile    `json:"distribution"`
	RecordSet        []croissantRecords `json:"recordSet"`
}

type croissantCreator struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type croissantRef struct {
	ID string `json:"@id"`
}

type croissantFile struct {
	Type           string `json:"@type"`
	ID             string `json:"@id"`
	Name           string `json:"name"`
	Description    string `json:"description"`
	ContentURL     string `json:"contentUrl"`
	ContentSize    string `json:"contentSize"`
	EncodingFormat string `json:"encodingFormat"`
	SHA256         string `json:"sha256"`
}

type croissantRecords struct {
	Type        string           `json:"@type"`
	ID          string           `json:"@id"`
	Name        string           `json:"name"`
	Description string           `json:"description"`
	Key         []croissantRef   `json:"key,omitempty"`
	Field       []croissantField `json:"field"`
}

type croissantField struct {
	Type        string           `json:"@type"`
	ID          string           `json:"@id"`
	Name        string           `json:"name"`
	Description string           `json:"description"`
	DataType    string           `json:"dataType"`
	Repeated    bool             `json:"repeated,omitempty"` // the cell is a list
	Source      croissantSource  `json:"source"`
	References  *croissantTarget `json:"references,omitempty"`
}

type croissantSource struct {
	FileObject croissantRef      `json:"fileObject"`
	Extract    map[string]string `json:"extract"`
	Transform  map[string]string `json:"transform,omitempty"`
}

type croissantTarget struct {
	Field croissantRef `json:"field"`
}

// writeCroissant describes the files, and the records in those of CSV and of Parquet.
func writeCroissant(r *Release, before []export.Resource, w io.Writer) error {
	m := &r.Book.Metadata
	c := croissant{
		Context: croissantContext, Type: "sc:Dataset", ConformsTo: "http://mlcommons.org/croissant/1.0",
		Name: m.Title, AlternateName: m.Name, Description: m.Description, Version: m.Version, DatePublished: m.Released, URL: m.Homepage,
		CiteAs: m.Citation, Keywords: m.Keywords, TemporalCoverage: m.Coverage.Start + "/" + m.Coverage.End,
	}
	for _, l := range m.Licenses {
		if c.License = append(c.License, l.Path); l.Path == "" {
			c.License[len(c.License)-1] = "https://spdx.org/licenses/" + l.Name
		}
	}
	for _, author := range authorsOf(m) {
		c.Creator = append(c.Creator, croissantCreator{"sc:Organization", author.Title, author.Path})
	}
	for _, country := range m.Coverage.Countries {
		name, _ := dataset.CountryName(country)
		c.SpatialCoverage = append(c.SpatialCoverage, name)
	}
	for i := range before {
		file := &before[i]
		c.Distribution = append(c.Distribution, croissantFile{
			"cr:FileObject", file.Path, file.Path, file.Title, file.Path, fmt.Sprintf("%d B", file.Bytes), cmp.Or(file.Medium.Former, file.Medium.Type), file.Hash,
		})
		if file.Table != nil && file.Medium.HasColumns {
			c.RecordSet = append(c.RecordSet, croissantTable(file))
		}
	}
	return writeIndented(w, c)
}

func croissantTable(file *export.Resource) croissantRecords {
	table := file.Table
	records := croissantRecords{Type: "cr:RecordSet", ID: file.Name, Name: file.Name, Description: table.Description}
	for i := range table.Columns {
		column := &table.Columns[i]
		id := file.Name + "/" + column.Name
		field := croissantField{
			Type: "cr:Field", ID: id, Name: id, Description: column.Description, DataType: croissantTypes[column.Type],
			Source: croissantSource{FileObject: croissantRef{file.Path}, Extract: map[string]string{"column": column.Name}},
		}
		switch {
		case column.IsDay():
			field.DataType = "sc:Date"
		case column.Type == dataset.TypeList:
			if field.Repeated = true; file.Medium.Delimiter != "" {
				field.Source.Transform = map[string]string{"separator": ";"}
			}
		case column.Ref != "" && column.Ref != table.Name && dataset.SchemaOf(column.Ref).Owner() == nil:
			// Readers join by references: they fail where one comes back to the same table, or leads to a table with its own.
			key := dataset.SchemaOf(column.Ref).Columns[0].Name
			field.References = &croissantTarget{croissantRef{export.Slug(column.Ref) + file.Medium.Suffix + "/" + key}}
		}
		if column.Key {
			records.Key = append(records.Key, croissantRef{id})
		}
		records.Field = append(records.Field, field)
	}
	return records
}

// croissantTypes are the types of columns. A date is a text, since it may be a month; a list is of texts.
var croissantTypes = [...]string{
	dataset.TypeText:    "sc:Text",
	dataset.TypeDate:    "sc:Text",
	dataset.TypeDay:     "sc:Date",
	dataset.TypeDecimal: "sc:Float",
	dataset.TypeInteger: "sc:Integer",
	dataset.TypeBoolean: "sc:Boolean",
	dataset.TypeList:    "sc:Text",
}

// croissantContext is the context that Croissant 1.0 has every file repeat.
var croissantContext = map[string]any{
	"@language":          "en",
	"@vocab":             "https://schema.org/",
	"citeAs":             "cr:citeAs",
	"column":             "cr:column",
	"conformsTo":         "dct:conformsTo",
	"cr":                 "http://mlcommons.org/croissant/",
	"data":               map[string]string{"@id": "cr:data", "@type": "@json"},
	"dataType":           map[string]string{"@id": "cr:dataType", "@type": "@vocab"},
	"dct":                "http://purl.org/dc/terms/",
	"equivalentProperty": "cr:equivalentProperty",
	"examples":           map[string]string{"@id": "cr:examples", "@type": "@json"},
	"extract":            "cr:extract",
	"field":              "cr:field",
	"fileObject":         "cr:fileObject",
	"fileProperty":       "cr:fileProperty",
	"fileSet":            "cr:fileSet",
	"format":             "cr:format",
	"includes":           "cr:includes",
	"isLiveDataset":      "cr:isLiveDataset",
	"jsonPath":           "cr:jsonPath",
	"key":                "cr:key",
	"md5":                "cr:md5",
	"parentField":        "cr:parentField",
	"path":               "cr:path",
	"rai":                "http://mlcommons.org/croissant/RAI/",
	"recordSet":          "cr:recordSet",
	"references":         "cr:references",
	"regex":              "cr:regex",
	"repeated":           "cr:repeated",
	"replace":            "cr:replace",
	"samplingRate":       "cr:samplingRate",
	"sc":                 "https://schema.org/",
	"separator":          "cr:separator",
	"source":             "cr:source",
	"subField":           "cr:subField",
	"transform":          "cr:transform",
}
