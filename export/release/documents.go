package release

import (
	"encoding/json"
	"fmt"
	"io"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/jsontext"
)

// document is a file of a release beside the formats.
type document struct {
	export.Resource
	write func(r *Release, before []export.Resource, w io.Writer) error
}

// The kinds of documents.
var (
	mediumNotebook = export.Medium{Type: "application/x-ipynb+json", IsText: true}
	mediumJSONLD   = export.Medium{Type: "application/ld+json", IsText: true}
	mediumMarkdown = export.Medium{Type: "text/markdown", IsText: true}
	mediumPlain    = export.Medium{Type: "text/plain", IsText: true}
	mediumYAML     = export.Medium{Type: "application/yaml"}
)

// create writes the document, and fills in its size and hash.
func (d *document) create(r *Release, before []export.Resource, out *folder.Folder) error {
	return d.Create(out, func(out *folder.File) error { return d.write(r, before, out) })
}

// accounts are the documents that tell of the dataset and of no file. They come first.
var accounts = []document{
	{export.Resource{Name: "statistics", Path: "statistics.json", Title: "What the tables hold, counted", Medium: export.JSON}, writeStatistics},
	{export.Resource{Name: "issues", Path: "issues.json", Title: "What is known to be open, and the exceptions with their reasons", Medium: export.JSON}, writeIssues},
	{export.Resource{Name: "changes", Path: "CHANGES.md", Title: "What changed since the release before", Medium: mediumMarkdown}, writeChanges},
	{export.Resource{Name: "delta", Path: deltaFile, Title: "The records that make this release of the one before", Medium: export.JSONLines, Schema: deltaSchema}, writeDelta},
	{export.Resource{Name: "history", Path: export.History, Title: "When each record was first seen and last changed", Medium: export.JSONLines, Schema: historySchema}, writeHistory},
}

// documents are the others in order. Each may tell of the files before it.
var documents = []document{
	{export.Resource{Name: "citation", Path: "CITATION.cff", Title: "How to cite the dataset", Medium: mediumYAML}, writeCitation},
	{export.Resource{Name: "croissant", Path: "croissant.json", Title: "The dataset for search engines and Croissant readers", Medium: mediumJSONLD}, writeCroissant},
	{export.Resource{Name: "notebook", Path: "explore.ipynb", Title: "A notebook that loads the tables, draws them and computes the headline anew", Medium: mediumNotebook}, writeNotebook},
	{export.Resource{Name: "readme", Path: "README.md", Title: "How to load the files", Medium: mediumMarkdown}, writeReadme},
}

func writeIndented(w io.Writer, v any) error {
	content, err := jsontext.MarshalIndented(v)
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
func writeStatistics(r *Release, _ []export.Resource, w io.Writer) error {
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
	figures := dataset.FiguresOf(r.Book.Summaries)
	for row := range figures.Rows {
		statistics.KeyFigures = append(statistics.KeyFigures, jsontext.AppendRecord(nil, figures, row))
	}
	return writeIndented(w, statistics)
}

func countTable(b *export.Book, table *dataset.Table) tableStatistics {
	t := tableStatistics{Name: table.Name, Rows: table.Rows}
	for i := range table.Columns {
		column := columnStatistics{Name: table.Columns[i].Name}
		uses := map[string]int{}
		list := b.CodeList(table.Columns[i].Codes)
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

// writeIssues writes the findings that hold, one by one, and the exceptions that keep others from being reported.
func writeIssues(r *Release, _ []export.Resource, w io.Writer) error {
	issues := struct {
		Counts     issueCounts         `json:"counts"`
		Findings   dataset.Findings    `json:"findings"`
		Exceptions []dataset.Exception `json:"exceptions"`
	}{r.issueCounts(), dataset.Findings{}, append([]dataset.Exception{}, r.Book.Metadata.Exceptions...)}
	all := dataset.Where(r.Findings, func(dataset.Kind) bool { return true })
	return jsontext.WriteList(w, issues, jsontext.Indented, dataset.Listed(r.Findings.Told(all)))
}

// writeChanges writes what is different from the previous release, for people.
func writeChanges(r *Release, _ []export.Resource, w io.Writer) error {
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
