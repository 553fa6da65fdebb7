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
	"sync"

	"haltsheet/export/book"
)

// File is the name of the page in an export.
const File = "index.html"

// Download is another file of the export.
type Download struct {
	Path  string // from the page, with slashes
	Title string
	Bytes int64
	Hash  string // SHA-256 in hexadecimal; empty, as Bytes are 0, for a file that tells the page's own
}

// The parts of the page. The scripts share one scope and stand in the order in which one uses the other.
var (
	//go:embed assets
	assets  embed.FS
	scripts = []string{"data.js", "words.js", "elements.js", "address.js", "rows.js", "explore.js", "company.js", "save.js", "start.js"}
	css     = sync.OnceValue(func() string { return asset("page.css") })
	script  = sync.OnceValue(func() string { return joinAssets(scripts) })
	layout  = sync.OnceValue(func() *template.Template { // when it is first asked for: most commands write no page
		return template.Must(template.New("page.html").Funcs(template.FuncMap{"day": inWords, "bytes": inBytes}).ParseFS(assets, "assets/page.html"))
	})
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

// policyOf returns the content security policy: only this script and this style, nothing from elsewhere, and no text that
// becomes markup. Pictures are those that a chart is saved through.
func policyOf(style string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src " + hashSource(script()), "style-src " + hashSource(style), "img-src blob:",
		"base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
	}, "; ")
}

// hashSource returns the source expression of an inline element (Content Security Policy Level 3, 2.3.1).
func hashSource(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Output is where the page is written. Stopped returns why the writing should end early, and nil as long as it should not.
type Output interface {
	io.Writer
	Stopped() error
}

// Write writes the page of a book with the rows that Pack made of it, beside which there are other files.
func Write(out Output, b *book.Book, rows Rows, downloads []Download) error {
	v, err := newView(out, b, downloads, rows)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := layout().Execute(&page, v); err != nil {
		return err
	}
	_, err = out.Write(page.Bytes())
	return err
}
