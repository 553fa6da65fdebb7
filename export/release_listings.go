package export

import (
	"fmt"
	"slices"
)

// The files of a release that list others.
const (
	indexFile = "index.json"
	sumsFile  = "SHA256SUMS"
)

// The files that list others, in the order in which they are written: each lists those before it.
var (
	descriptorListing = resource{Name: "datapackage", Path: descriptorFile, Title: "Descriptor: Data Package, version 2", MediaType: mediaJSON}
	indexListing      = resource{Name: "index", Path: indexFile, Title: "The release in short", MediaType: mediaJSON}
	sumsListing       = resource{Name: "checksums", Path: sumsFile, Title: "Checksums of all other files", MediaType: mediaPlain}
)

// writeListings writes the files that list others behind some files, and returns all.
func writeListings(out *folder, r *Release, files []*resource) ([]*resource, error) {
	for _, listing := range []struct {
		resource
		marshal func(r *Release, before []*resource) ([]byte, error)
	}{{descriptorListing, describeRelease}, {indexListing, marshalIndex}, {sumsListing, marshalSums}} {
		content, err := listing.marshal(r, files)
		if err != nil {
			return nil, err
		}
		if err := out.writeFile(listing.resource, content); err != nil {
			return nil, err
		}
		files = append(files, &out.files[len(out.files)-1].resource)
	}
	return files, nil
}

// describeRelease returns the descriptor. The listings behind it are in it too, without size and hash.
func describeRelease(r *Release, before []*resource) ([]byte, error) {
	return marshalDescriptor(r.Book, append(slices.Clone(before), &indexListing, &sumsListing))
}

// index is a release in short.
type index struct {
	Name     string      `json:"name"`
	Title    string      `json:"title"`
	Version  string      `json:"version"`
	Released string      `json:"released"`
	Previous string      `json:"previous,omitempty"` // version
	Digest   string      `json:"digest"`             // of the curated data
	Counts   []rowCount  `json:"counts"`
	Issues   issueCounts `json:"issues"`
	Files    []indexed   `json:"files"`
}

type rowCount struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
}

type indexed struct {
	Path      string `json:"path"`
	Title     string `json:"title"`
	MediaType string `json:"mediatype"`
	Bytes     int64  `json:"bytes"`
	SHA256    string `json:"sha256"`
}

func marshalIndex(r *Release, before []*resource) ([]byte, error) {
	m := &r.Book.Metadata
	short := index{Name: m.Name, Title: m.Title, Version: m.Version, Released: m.Released, Digest: r.Book.Digest, Issues: r.issueCounts()}
	if r.Previous != nil {
		short.Previous = r.Previous.Dataset.Metadata.Version
	}
	for _, table := range r.Book.Curated {
		short.Counts = append(short.Counts, rowCount{table.Name, table.Rows})
	}
	for _, file := range before {
		short.Files = append(short.Files, indexed{file.Path, file.Title, file.MediaType, file.Bytes, file.Hash})
	}
	return marshalIndented(short)
}

// marshalSums returns what sha256sum -c reads.
func marshalSums(_ *Release, before []*resource) ([]byte, error) {
	var b []byte
	for _, file := range before {
		b = fmt.Appendf(b, "%s  %s\n", file.Hash, file.Path)
	}
	return b, nil
}
