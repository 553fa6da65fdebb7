package export

import (
	"encoding/json"
	"strings"

	"haltsheet/dataset"
)

// Listed is a file as a descriptor lists it.
type Listed struct {
	Path  string
	Bytes int64
	Hash  string // SHA-256 in hexadecimal; empty for a file that lists the descriptor itself
}

// ReadDescriptor returns the files that a descriptor lists, each once.
func ReadDescriptor(content []byte) ([]Listed, error) {
	var d descriptor
	if err := json.Unmarshal(content, &d); err != nil {
		return nil, err
	}
	var files []Listed
	for i := range d.Resources {
		if r := &d.Resources[i]; !r.isSheet() {
			files = append(files, Listed{r.Path, r.Bytes, strings.TrimPrefix(r.Hash, hashPrefix)})
		}
	}
	return files, nil
}

// isSheet reports whether the resource is one worksheet of a file that has a resource of its own.
func (r *describedResource) isSheet() bool { return r.Dialect != nil && r.Dialect.SheetName != "" }

// Redescribe returns the descriptor that a book would have in the files that a descriptor lists: the same bytes, unless
// one of the two was changed.
func Redescribe(book *Book, content []byte) ([]byte, error) {
	var d descriptor
	if err := json.Unmarshal(content, &d); err != nil {
		return nil, err
	}
	var resources []*resource
	for i := range d.Resources {
		described := &d.Resources[i]
		if described.isSheet() {
			continue
		}
		r := &resource{
			Name: described.Name, Path: described.Path, Title: described.Title, MediaType: described.MediaType,
			Bytes: described.Bytes, Hash: strings.TrimPrefix(described.Hash, hashPrefix),
		}
		if described.Dialect != nil {
			r.LineEnd = described.Dialect.LineTerminator
		}
		if described.Schema != nil {
			r.Table = book.tableOf(r.Name)
		}
		resources = append(resources, r)
	}
	return marshalDescriptor(book, resources)
}

// tableOf returns the table that a resource holds by its name, or nil.
func (b *Book) tableOf(resource string) *dataset.Table {
	for _, table := range b.Curated {
		if name := slug(table.Name); resource == name || strings.HasPrefix(resource, name+"-") {
			return table
		}
	}
	for _, table := range b.Summaries {
		if name := "summary-" + slug(table.Name); resource == name || resource == name+"-parquet" {
			return table
		}
	}
	return nil
}
