package datasettest

import (
	"bytes"
	"encoding/csv"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"haltsheet/dataset"
)

// whole completes the tables of a dataset folder, and adds those that it does not have, without rows.
func whole(folder fstest.MapFS) fstest.MapFS {
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		content := dataset.AppendCSVHeader(nil, schema.Curated())
		if file := folder[schema.File()]; file != nil {
			content = Complete(schema.File(), file.Data)
		}
		folder[schema.File()] = &fstest.MapFile{Data: content}
	}
	return folder
}

// Complete returns a file of a dataset folder with the columns that its header does not name, if they may be empty: a test names those
// that it is about, and one more in the schema does not concern it. Any other file stays as it is.
func Complete(name string, content []byte) []byte {
	schema := dataset.SchemaOf(strings.TrimSuffix(path.Base(name), ".csv"))
	header, _, _ := strings.Cut(string(content), "\n")
	if schema == nil || path.Ext(name) != ".csv" || fieldsOf(schema, strings.Split(header, ",")) == nil {
		return content
	}
	records, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return content // which is what the test is about
	}
	var b bytes.Buffer
	_ = csv.NewWriter(&b).WriteAll(complete(schema, records)) // bytes.Buffer takes everything
	return b.Bytes()
}

// Row returns a row of a table for the clean dataset: the cells are those of the columns that its archive names.
func Row(table, cells string) string {
	for _, file := range txtar.Parse(clean).Files {
		if header, _, _ := strings.Cut(string(file.Data), "\n"); file.Name == table+".csv" {
			_, row, _ := strings.Cut(string(Complete(file.Name, []byte(header+"\n"+cells+"\n"))), "\n")
			return row
		}
	}
	return ""
}

// complete does what Complete does with the records of a table, of which the first is the header.
func complete(schema *dataset.Schema, records [][]string) [][]string {
	fields := fieldsOf(schema, records[0])
	if fields == nil {
		return records
	}
	whole := make([][]string, len(records))
	for i, record := range records {
		whole[i] = make([]string, len(fields))
		for column, field := range fields {
			if field >= 0 {
				whole[i][column] = record[field]
			} else if i == 0 {
				whole[i][column] = schema.Columns[column].Name
			}
		}
	}
	return whole
}

// fieldsOf returns where a header has each curated column, or -1 where it does not; nil for one that has all of them, or that is none for
// another reason.
func fieldsOf(schema *dataset.Schema, header []string) []int {
	curated := schema.Curated()
	fields, next := make([]int, len(curated)), 0
	for i := range curated {
		switch {
		case next < len(header) && header[next] == curated[i].Name:
			fields[i], next = next, next+1
		case curated[i].Required:
			return nil
		default:
			fields[i] = -1
		}
	}
	if next < len(header) || !slices.Contains(fields, -1) {
		return nil
	}
	return fields
}
