package release

import (
	"fmt"
	"io"
	"strings"

	"haltsheet/export"
)

// notebook is a Jupyter notebook, nbformat 4.5: https://nbformat.readthedocs.io/en/latest/format_description.html. No outputs are stored.
type notebook struct {
	Cells    []any            `json:"cells"`
	Metadata notebookMetadata `json:"metadata"`
	Major    int              `json:"nbformat"`
	Minor    int              `json:"nbformat_minor"`
}

type notebookMetadata struct {
	KernelSpec   kernelSpec   `json:"kernelspec"`
	LanguageInfo languageInfo `json:"language_info"`
}

type kernelSpec struct {
	DisplayName string `json:"display_name"`
	Language    string `json:"language"`
	Name        string `json:"name"`
}

type languageInfo struct {
	Name string `json:"name"`
}

type wordsCell struct {
	Type     string   `json:"cell_type"`
	ID       string   `json:"id"`
	Metadata struct{} `json:"metadata"`
	Source   []string `json:"source"` // lines with their ends
}

type codeCell struct {
	wordsCell
	Count   *int  `json:"execution_count"`
	Outputs []any `json:"outputs"`
}

// How the script of a notebook begins its cells, as Jupytext and editors know it.
const (
	cellStart  = "# %%"
	wordsStart = " [markdown]\n"
)

// writeNotebook writes the notebook that loaders/explore.py is the script of.
func writeNotebook(r *Release, _ []export.Resource, w io.Writer) error {
	script, err := loaderCode.ReadFile("loaders/explore.py")
	if err != nil {
		return err
	}
	loader, err := codeOf(r.Book, &loaders[0])
	if err != nil {
		return err
	}
	m := &r.Book.Metadata
	fill := strings.NewReplacer("LOADER", loader, "TITLE", markdownText(m.Title), "VERSION", m.Version)
	n := notebook{
		Metadata: notebookMetadata{kernelSpec{"Python 3", "python", "python3"}, languageInfo{"python"}}, Major: 4, Minor: 5,
	}
	for i, cell := range strings.Split(string(script), cellStart)[1:] {
		common := wordsCell{Type: "markdown", ID: fmt.Sprintf("cell-%d", i+1)}
		if words, isWords := strings.CutPrefix(cell, wordsStart); isWords {
			common.Source = linesOf(fill.Replace(strings.ReplaceAll(strings.ReplaceAll("\n"+words, "\n# ", "\n"), "\n#\n", "\n\n")))
			n.Cells = append(n.Cells, common)
		} else {
			common.Type, common.Source = "code", linesOf(fill.Replace(cell))
			n.Cells = append(n.Cells, codeCell{wordsCell: common, Outputs: []any{}})
		}
	}
	return writeIndented(w, n)
}

// linesOf returns the lines of a text with their ends, without empty ones at its edges.
func linesOf(text string) []string { return strings.SplitAfter(strings.Trim(text, "\n"), "\n") }
