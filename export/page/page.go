// Package page writes the page of an export: one HTML document with key figures, charts, tables to search and downloads,
// which needs no network and shows all but the search without JavaScript.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"haltsheet/dataset"
)

// File is the name of the page in an export.
const File = "index.html"

// Content is what a page shows.
type Content struct {
	Metadata  dataset.Metadata
	Curated   []*dataset.Table
	Summaries []*dataset.Table
	Codes     []dataset.CodeList
	Digest    string     // of the curated data, SHA-256 in hexadecimal
	Downloads []Download // the other files of the export, in order
	Changes   *Changes   // nil for what is no release
}

// Download is another file of the export.
type Download struct {
	Path  string // from the page, with slashes
	Title string
	Bytes int64
	Hash  string // SHA-256 in hexadecimal; empty, as Bytes are 0, for a file that tells the page's own
}

// Changes are what is different from the release before.
type Changes struct {
	Since    string // the version of the release before; empty for a first release
	Released string // when that was released, an ISO day
	Items    []Change
}

// Change is one of them, with the weight that it has in a version: major, minor or patch.
type Change struct{ Weight, Text string }

// The parts of the page. The scripts share one scope and stand in the order in which one uses the other.
var (
	//go:embed assets
	assets  embed.FS
	scripts = []string{"data.js", "words.js", "elements.js", "address.js", "rows.js", "explore.js", "company.js", "save.js", "start.js"}
	style   = asset("page.css")
	script  = joinAssets(scripts)
	layout  = template.Must(template.New("page.html").Funcs(template.FuncMap{"day": inWords, "bytes": inBytes, "label": labelOf}).ParseFS(assets, "assets/page.html"))
)

func asset(name string) string {
	content, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(content)
}

func joinAssets(names []string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(asset(name))
	}
	return b.String()
}

// policy is the content security policy: only this script and this style, nothing from elsewhere, and no text that
// becomes markup. Pictures are those that a chart is saved through.
var policy = strings.Join([]string{
	"default-src 'none'", "script-src " + hashSource(script), "style-src " + hashSource(style), "img-src blob:",
	"base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
}, "; ")

// hashSource returns the source expression of an inline element (Content Security Policy Level 3, 2.3.1).
func hashSource(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Write writes the page.
func Write(w io.Writer, content *Content) error {
	data, err := pack(content)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := layout.Execute(&b, newView(content, data)); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}
