package book

import (
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/jsontext"
)

// Statement is a key and what is said under it.
type Statement struct{ Key, Text string }

// Says returns what a file with some columns of a table says of the dataset and of the table. column_descriptions is an object in JSON.
func (b *Book) Says(table *dataset.Table, columns []dataset.Column) []Statement {
	m := &b.Metadata
	licences := make([]string, len(m.Licenses))
	for i := range licences {
		licences[i] = m.Licenses[i].Name
	}
	descriptions := []byte{'{'}
	for i := range columns {
		if i > 0 {
			descriptions = append(descriptions, ',')
		}
		descriptions = append(jsontext.AppendText(descriptions, columns[i].Name), ':')
		descriptions = jsontext.AppendText(descriptions, columns[i].Description)
	}
	return []Statement{
		{"name", m.Name},
		{"title", m.Title},
		{"version", m.Version},
		{"license", strings.Join(licences, ", ")},
		{"digest", b.Digest},
		{"citation", m.Citation},
		{"table", table.Name},
		{"table_description", table.Description},
		{"column_descriptions", string(append(descriptions, '}'))},
	}
}
