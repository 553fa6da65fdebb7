package export

import (
	"encoding/json"
	"fmt"
	"io"

	"haltsheet/dataset"
)

// document is a file of a release beside the formats.
type document struct {
	name, path, title, mediaType string
	write                        func(r *Release, before []*resource, w io.Writer) error
}

// The media types of documents.
const (
	mediaJSONLD   = "application/ld+json"
	mediaMarkdown = "text/markdown"
	mediaPlain    = "text/plain"
	mediaYAML     = "application/yaml"
)

// releaseDocuments are all documents in order. Each may tell of the files before it.
var releaseDocuments = []document{
	{"statistics", "statistics.json", "What the tables hold, counted", mediaJSON, writeStatistics},
	{"issues", "issues.json", "What is known to be open, and the exceptions with their reasons", mediaJSON, writeIssues},
	{"changes", "CHANGES.md", "What changed since the release before", mediaMarkdown, writeChanges},
	{"delta", deltaFile, "The records that make this release of the one before", mediaJSONL, writeDelta},
	{"history", historyFile, "When each record was first seen and last changed", mediaJSONL, writeHistory},
	{"citation", "CITATION.cff", "How to cite the dataset", mediaYAML, writeCitation},
	{"croissant", "croissant.json", "The dataset for search engines and Croissant readers", mediaJSONLD, writeCroissant},
	{"readme", "README.md", "How to load the files", mediaMarkdown, writeReadme},
}

// create writes a document behind some files.
func (d *document) create(out *folder, r *Release, before []*resource) (*file, error) {
	file, err := out.create(resource{Name: d.name, Path: d.path, Title: d.title, MediaType: d.mediaType})
	if err != nil {
		return nil, err
	}
	if err := d.write(r, before, file); err != nil {
		return nil, err
	}
	return file, file.Close()
}

func writeIndented(w io.Writer, v any) error {
	content, err := marshalIndented(v)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// tableStatistics counts what a table holds.
type tableStatistics struct {
	Name    string             `json:"name"`
	Rows    int                `json:"rows"`
	Columns []columnStatistics `json:"columns"`
}

type columnStatistics struct {
	Name   string      `json:"name"`
	Filled int         `json:"filled"` // cells that are not empty
	Codes  []codeCount `json:"codes,omitempty"`
}

type codeCount struct {
	Code string `json:"code"`
	Rows int    `json:"rows"`
}

// writeStatistics writes how many rows each table has, how many cells are filled, how often each code is used, and the
// key figures.
func writeStatistics(r *Release, _ []*resource, w io.Writer) error {
	m := &r.Book.Metadata
	statistics := struct {
		Name       string            `json:"name"`
		Version    string            `json:"version"`
		Released   string            `json:"released"`
		Tables     []tableStatistics `json:"tables"`
		KeyFigures []json.RawMessage `json:"key_figures"`
	}{Name: m.Name, Version: m.Version, Released: m.Released, KeyFigures: []json.RawMessage{}}
	for _, table := range r.Book.Curated {
		statistics.Tables = append(statistics.Tables, countTable(r.Book, table))
	}
	figures := r.Book.Summaries[0]
	for row := range figures.Rows {
		statistics.KeyFigures = append(statistics.KeyFigures, appendJSONRecord(nil, figures, row))
	}
	return writeIndented(w, statistics)
}

func countTable(book *Book, table *dataset.Table) tableStatistics {
	t := tableStatistics{Name: table.Name, Rows: table.Rows}
	for i := range table.Columns {
		column := columnStatistics{Name: table.Columns[i].Name}
		uses := map[string]int{}
		list := book.codeList(table.Columns[i].Codes)
		for row := range table.Rows {
			v := table.Cell(row, i)
			if v.Known {
				column.Filled++
			}
			if list != nil {
				uses[v.Text]++
			}
		}
		if list != nil {
			for _, code := range list.Codes {
				column.Codes = append(column.Codes, codeCount{code.Code, uses[code.Code]})
			}
		}
		t.Columns = append(t.Columns, column)
	}
	return t
}

// issueCounts counts findings by severity.
type issueCounts struct {
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Notes      int `json:"notes"`
	Exceptions int `json:"exceptions"`
}

func (r *Release) issueCounts() issueCounts {
	return issueCounts{
		r.Findings.Count(dataset.Error), r.Findings.Count(dataset.Warning), r.Findings.Count(dataset.Note), len(r.Book.Metadata.Exceptions),
	}
}

// writeIssues writes the findings that hold, and the exceptions that keep others from being reported.
func writeIssues(r *Release, _ []*resource, w io.Writer) error {
	findings := make(dataset.Findings, len(r.Findings))
	for i := range findings {
		findings[i] = r.Findings[i]
		findings[i].Related = append([]dataset.Place{}, findings[i].Related...)
	}
	return writeIndented(w, struct {
		Counts     issueCounts         `json:"counts"`
		Findings   dataset.Findings    `json:"findings"`
		Exceptions []dataset.Exception `json:"exceptions"`
	}{r.issueCounts(), findings, append([]dataset.Exception{}, r.Book.Metadata.Exceptions...)})
}

// writeChanges writes what is different from the previous release, for people.
func writeChanges(r *Release, _ []*resource, w io.Writer) error {
	m := &r.Book.Metadata
	b := fmt.Appendf(nil, "# %s %s, released on %s\n\n", markdownText(m.Title), m.Version, m.Released)
	if r.Previous == nil {
		b = append(b, "The first release.\n\n| table | rows |\n| ----- | ---: |\n"...)
		for _, table := range r.Book.Curated {
			b = fmt.Appendf(b, "| %s | %d |\n", table.Title, table.Rows)
		}
	} else {
		before := &r.Previous.Dataset.Metadata
		b = fmt.Appendf(b, "Since %s, released on %s. The changes ask for version %s at least:\n\n", before.Version, before.Released, r.Version)
		for _, change := range r.Changes {
			b = fmt.Appendf(b, "- %s: %s\n", change.Weight, markdownText(change.Text))
		}
		b = AppendDiff(append(b, '\n'), r.Diff)
	}
	_, err := w.Write(b)
	return err
}
