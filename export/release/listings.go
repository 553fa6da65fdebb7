package release

import (
	"fmt"
	"slices"

	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/jsontext"
)

// listing is a file that lists those before it.
type listing struct {
	export.Resource
	marshal func(r *Release, before []export.Resource) ([]byte, error)
}

// listings are the files that list others, in the order in which they are written. The descriptor lists those behind it too,
// without size and hash.
func listings() []listing {
	descriptor := export.DescriptorFile()
	index := export.Resource{Name: "index", Path: folder.Index, Title: "The release in short", Medium: export.JSON}
	sums := export.Resource{Name: "checksums", Path: folder.Sums, Title: "Checksums of all other files", Medium: mediumPlain}
	return []listing{
		{descriptor, func(r *Release, before []export.Resource) ([]byte, error) {
			return export.MarshalDescriptor(r.Book, append(slices.Clone(before), index, sums))
		}},
		{index, marshalIndex},
		{sums, marshalSums},
	}
}

// releaseIndex is a release in short.
type releaseIndex struct {
	Name     string      `json:"name"`
	Title    string      `json:"title"`
	Version  string      `json:"version"`
	Released string      `json:"released"`
	Previous string      `json:"previous,omitempty"` // version
	Digest   string      `json:"digest"`             // of the curated data
	Counts   []rowCount  `json:"counts"`
	Issues   issueCounts `json:"issues"`
	// Paths are the files by what they are, the same in every version: workbook, halts, halts-parquet and so on.
	Paths map[string]string `json:"paths"`
	Files []indexedFile     `json:"files"`
}

type rowCount struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
}

type indexedFile struct {
	Path      string `json:"path"`
	Title     string `json:"title"`
	MediaType string `json:"mediatype"`
	Bytes     int64  `json:"bytes"`
	SHA256    string `json:"sha256"`
}

func marshalIndex(r *Release, before []export.Resource) ([]byte, error) {
	m := &r.Book.Metadata
	short := releaseIndex{Name: m.Name, Title: m.Title, Version: m.Version, Released: m.Released, Digest: r.Book.Digest, Issues: r.issueCounts()}
	if r.Previous != nil {
		short.Previous = r.Previous.Dataset.Metadata.Version
	}
	for _, table := range r.Book.Curated {
		short.Counts = append(short.Counts, rowCount{table.Name, table.Rows})
	}
	short.Paths = map[string]string{"index": folder.Index, "checksums": folder.Sums}
	for i := range before {
		file := &before[i]
		short.Paths[file.Name] = file.Path
		short.Files = append(short.Files, indexedFile{file.Path, file.Title, file.Medium.Type, file.Bytes, file.Hash})
	}
	return jsontext.MarshalIndented(short)
}

// marshalSums returns what sha256sum -c reads.
func marshalSums(_ *Release, before []export.Resource) ([]byte, error) {
	var b []byte
	for i := range before {
		file := &before[i]
		b = fmt.Appendf(b, "%s  %s\n", file.Hash, file.Path)
	}
	return b, nil
}
