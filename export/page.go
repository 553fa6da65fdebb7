package export

import (
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

// pageFiles are the page alone, which lists all other files.
func pageFiles(b *Book, others []Resource) []File {
	r := Resource{Name: "page", Path: page.File, Title: "Page to look at and to search", Medium: mediumHTML}
	downloads := make([]page.Download, len(others))
	for i := range others {
		downloads[i] = page.Download{Path: others[i].Path, Title: others[i].Title, Bytes: others[i].Bytes, Hash: others[i].Hash}
	}
	return []File{{r, func(out *folder.File) error { return page.Write(out, b, downloads) }, page.Reader}}
}
