package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"haltsheet/dataset"
)

// writeGitHub writes findings as the workflow commands that GitHub shows beside the lines of a change:
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func writeGitHub(w io.Writer, r *result) error {
	of := isNoNote
	if r.isOne {
		of = isAny
	}
	findings, beyond := weightiest(r.found, of)
	for i := range findings {
		f := &findings[i]
		fmt.Fprintf(w, "::%s file=%s", gitHubLevels[f.Severity], gitHubProperty(filepath.ToSlash(filepath.Join(r.folder, f.File))))
		if f.Line > 0 {
			fmt.Fprintf(w, ",line=%d,col=%d", f.Line, f.Column)
		}
		fmt.Fprintf(w, ",title=%s::%s\n", gitHubProperty(f.Rule), gitHubText(annotation(f)))
	}
	leftOut := r.lines(beyond)
	if !r.isOne {
		leftOut = append(leftOut, noteCounts(r.found)...)
	}
	for _, line := range leftOut {
		fmt.Fprintf(w, "::notice title=haltsheet::%s\n", gitHubText(line))
	}
	return nil
}

var gitHubLevels = map[dataset.Severity]string{dataset.Error: "error", dataset.Warning: "warning", dataset.Note: "notice"}

// gitHubText escapes what would end a command; its line feeds come back on the page.
func gitHubText(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(printable(lines[i]), "%", "%25")
	}
	return strings.Join(lines, "%0A")
}

// gitHubProperty escapes what would end a property as well.
func gitHubProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(gitHubText(text))
}
