package export

import (
	"encoding/json"
	"strings"

	"haltsheet/export/folder"
	"haltsheet/export/limits"
)

// Listed is a file as a descriptor lists it.
type Listed struct {
	Path  string
	Bytes int64
	Hash  string // SHA-256 in hexadecimal; empty for a file that lists the descriptor itself
}

// ReadDescriptor returns the files that a descriptor lists, each once.
func ReadDescriptor(content []byte) ([]Listed, error) {
	var d struct {
		Resources limits.Listed[struct {
			Path, Hash string
			Bytes      int64
			Dialect    *dialect
		}]
	}
	if err := json.Unmarshal(content, &d); err != nil {
		return nil, err
	}
	var files []Listed
	for i := range d.Resources {
		if r := &d.Resources[i]; !isSheet(r.Dialect) {
			files = append(files, Listed{r.Path, r.Bytes, strings.TrimPrefix(r.Hash, folder.HashPrefix)})
		}
	}
	return files, nil
}

// isSheet reports whether a resource is, by its dialect, one worksheet of a file that has a resource of its own.
func isSheet(d *dialect) bool { return d != nil && d.SheetName != "" }

// Redescribe returns the descriptor that a book would have in the files that a descriptor lists: the same bytes, unless
// one of the two was changed. What no format writes is taken as it is described.
func Redescribe(b *Book, content []byte) ([]byte, error) {
	var d descriptor
	if err := json.Unmarshal(content, &d); err != nil {
		return nil, err
	}
	known := map[string]Resource{}
	for i := range Formats {
		for _, file := range Formats[i].Files(b) {
			known[file.Path] = file.Resource
		}
	}
	var resources []Resource
	for i := range d.Resources {
		described := &d.Resources[i]
		if isSheet(described.Dialect) {
			continue
		}
		r, isKnown := known[described.Path]
		if !isKnown {
			r = Resource{
				Name: described.Name, Path: described.Path, Title: described.Title,
				Medium: Medium{Type: described.MediaType, IsText: described.Encoding != "", Format: described.Format}, Schema: described.Schema,
			}
		}
		r.Bytes, r.Hash = described.Bytes, strings.TrimPrefix(described.Hash, folder.HashPrefix)
		resources = append(resources, r)
	}
	return MarshalDescriptor(b, resources)
}
