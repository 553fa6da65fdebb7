package intake

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/dataset"
)

// Complete makes the dataset of a transcript and its rows. Tables and metadata that the transcript lacks are those of the dataset
// that it was made from, and it tells which. White space that people and spreadsheets leave at the edges of texts of the metadata
// is undone and told. Where nothing was changed, the dataset is the very one that it was made from, neither loaded nor checked anew.
func (r *Reading) Complete(from *dataset.Transcript, made *dataset.Dataset, tables []*Rows) (err error) {
	var missing []string
	isChanged := from.Findings.Len() > 0 || slices.ContainsFunc(tables, func(rows *Rows) bool { return rows.isChanged(from) })
	if from.Metadata == nil {
		missing = append(missing, dataset.MetadataFile)
		if from.Metadata, err = made.TranscribeMetadata(); err != nil {
			return err
		}
	} else {
		r.Remarks.AddAll(mendMetadata(from.Metadata, made))
		isChanged = isChanged || !isMetadata(from.Metadata.Text, made)
	}
	for i := range dataset.Schemas {
		if schema := &dataset.Schemas[i]; from.Tables[schema.Name] == nil {
			if !schema.Later || made.Table(schema).Rows > 0 {
				missing = append(missing, schema.Name)
			}
			from.Tables[schema.Name] = made.Transcribe(schema)
		}
	}
	switch {
	case from.Findings.Len() > 0 || len(missing) == 0:
	case len(missing) == 1:
		r.How = append(r.How, missing[0]+" is not in it, and stays as it is")
	default:
		r.How = append(r.How, strings.Join(missing, ", ")+" are not in it, and stay as they are")
	}
	if r.Dataset = made; isChanged {
		r.Dataset, err = dataset.LoadTranscript(from)
	}
	return err
}

// isChanged reports whether the table differs from the dataset's: in a cell, a column or the order of its rows.
func (r *Rows) isChanged(from *dataset.Transcript) bool {
	if len(r.rows) != r.base.table.Rows || len(r.derived) > 0 || len(from.Tables[r.schema.Name].Header) != len(r.schema.Curated()) {
		return true
	}
	for i := range r.rows {
		if r.rows[i].was != i || r.rows[i].texts != nil {
			return true
		}
	}
	return false
}

// isMetadata reports whether a text is the metadata of a dataset, however it is spaced.
func isMetadata(text string, made *dataset.Dataset) bool {
	want, err := dataset.MarshalMetadata(made.Metadata)
	is := jsontext.Value(text)
	return err == nil && is.Compact() == nil && (*jsontext.Value)(&want).Compact() == nil && bytes.Equal(is, want)
}
