package export

import (
	"context"

	"haltsheet/export/folder"
	"haltsheet/export/page"
)

// The kinds of files of the page.
var (
	mediumHTML = Medium{Type: "text/html", IsText: true}
	mediumSVG  = Medium{Type: "image/svg+xml"}
)

// chartFiles are the charts of the page, each a picture of its own.
func chartFiles(b *Book) (files []File) {
	for _, chart := range page.Charts(b) {
		r := Resource{Name: "chart-" + Slug(chart.Summary), Path: "charts/" + chart.Summary + ".svg", Title: "Chart: " + chart.Title, Medium: mediumSVG}
		files = append(files, textFile(b, r, func(*Book) ([]byte, error) { return chart.SVG, nil }))
	}
	return files
}

// pageListing makes the page, which lists all other files.
type pageListing struct {
	book *Book
	rows page.Rows // empty until they are packed
}

func newPageListing(b *Book) listing { return &pageListing{book: b} }

// prepare packs the rows that the page holds.
func (l *pageListing) prepare(ctx context.Context) (err error) {
	l.rows, err = page.Pack(func() error { return context.Cause(ctx) }, l.book)
	return err
}

func (l *pageListing) files(others []Resource) []File {
	r := Resource{Name: "page", Path: page.File, Title: "Page to look at and to search", Medium: mediumHTML}
	downloads := make([]page.Download, len(others))
	for i := range others {
		downloads[i] = page.Download{Path: others[i].Path, Title: others[i].Title, Bytes: others[i].Bytes, Hash: others[i].Hash}
	}
	return []File{{r, func(out *folder.File) error { return page.Write(out, l.book, l.rows, downloads) }, page.Reader}}
}
